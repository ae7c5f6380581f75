package admin

import (
	"cmp"
	"errors"
	"net/url"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// part is a part of the draft that has a form of its own: a service without its
// cookies, a cookie, a category.
type part struct {
	title string
	pairs []any
	trail []web.AdminLink
	back  string // where to go after saving
	leave string // where to go without saving, "" for back
	done  string // key of what is said there
	// find gives what the form is about, nil for what is not there.
	find func(*consent.Draft) any
	// values gives it as the form holds it.
	values func(*consent.Draft) url.Values
	spot   string // where it was, when it is not there any more
	alone  bool   // it has things in it that are in forms of their own
	// renames says that what is not there any more may have got another name.
	renames bool
	address string // where it is saved, "" for where the form was opened
	unsaved string // what is said of what is written and not saved, when something else is
	// homeless says that what it belongs to is gone, "" when that is there.
	homeless func(*consent.Draft) (string, error)
	// path is where its problems are found after apply.
	path func(*consent.Draft) string
	// fields makes the form.
	fields func(*builder)
	// apply puts what the form says into the draft.
	apply func(*reader)
	// more is what the page shows besides.
	more func(*consent.Draft) (any, error)
	// suggest fills the values from the catalogue, when the person asks for that.
	suggest func(*consent.Draft, url.Values) (*suggestions, error)
	fresh   bool   // it is being added
	remove  string // where it is removed, "" when it cannot be
}

// partPage is the page of a part.
type partPage struct {
	Sections []formSection
	Was      string
	Opened   string // what its fields say there
	Action   string // where it is saved, "" for here
	MayEdit  bool
	Fresh    bool
	Remove   string
	Back     string
	Others   []problemLine // problems that are about no field
	Wrong    []wrongLink   // what kept it from being saved
	Conflict *conflictView
	Kept     string // what of others the form holds now
	Unsaved  string // what the person has written is not saved yet
	More     any
	Suggest  *suggestions
	Jumps    []web.AdminLink // to the parts of a page that is long
}

// manyParts is how many a page has whose parts are listed first.
const manyParts = 4

// jumps lists the parts of a form and what stands below it.
func (b *builder) jumps(more any) []web.AdminLink {
	var links []web.AdminLink
	for _, section := range b.sections {
		if !section.Fold {
			links = append(links, web.AdminLink{Text: section.Title, URL: "#" + section.ID})
		}
	}
	if len(links) < manyParts {
		return nil
	}
	if service, ok := more.(serviceMore); ok {
		links = append(links, web.AdminLink{Text: b.say("inventory_cookies"), URL: "#cookies"})
		if service.Review != nil {
			links = append(links, web.AdminLink{Text: b.say("review_title"), URL: "#review"})
		}
	}
	return links
}

// wrongLink leads to a field.
type wrongLink struct{ Field, Label, Text string }

// errNotSaved says that a form is shown again instead.
var errNotSaved = errors.New("not saved")

// showPart shows the form as the draft has it.
func (r *request) showPart(status int, p *part) error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	found := p.find(draft)
	if found == nil && !p.fresh {
		return errNoPage()
	}
	values := p.values(draft)
	for name, preset := range r.c.Queries() {
		if p.fresh && name != "done" {
			values.Set(name, preset)
		}
	}
	shown := partPage{Was: hashOf(found)}
	if p.suggest != nil {
		if shown.Suggest, err = p.suggest(draft, values); err != nil {
			return err
		}
	}
	b := &builder{request: r, draft: draft, values: values}
	p.fields(b)
	if !p.fresh {
		path := p.path(draft)
		if r.may(consent.MayEdit) {
			shown.Opened = r.openedText(cmp.Or(p.address, r.c.Path()), b.merging(nil, values))
		}
		shown.Others = b.attach(path, r.problemsOf(draft).of[path], nil)
	}
	return r.showPartPage(status, p, b, shown)
}

func (r *request) showPartPage(status int, p *part, b *builder, shown partPage) error {
	shown.Sections, shown.MayEdit, shown.Fresh, shown.Remove, shown.Back = b.sections, r.may(consent.MayEdit), p.fresh, p.remove, cmp.Or(p.leave, p.back)
	if shown.Unsaved = p.unsaved; shown.MayEdit {
		shown.Action = p.address
	}
	if p.fresh {
		shown.Opened = r.openedFresh()
	}
	if p.more != nil {
		more, err := p.more(b.draft)
		if err != nil {
			return err
		}
		shown.More = more
	}
	shown.Jumps = b.jumps(shown.More)
	for _, section := range b.sections {
		for _, row := range section.Rows {
			for _, in := range row.Inputs {
				label := in.Label
				if row.Legend != "" {
					label = row.Legend + ", " + label
				}
				for _, wrong := range in.Wrong {
					shown.Wrong = append(shown.Wrong, wrongLink{in.Name, label, wrong.Text})
				}
			}
		}
	}
	if service, ok := shown.More.(serviceMore); ok && service.Review != nil {
		shown.Wrong = append(shown.Wrong, service.Review.wrong(r)...)
	}
	r.c.Status(status)
	return r.show(page{name: "part.html", title: p.title, pairs: p.pairs, trail: p.trail, data: shown})
}

// removal is a page that asks before a part is removed.
type removal struct {
	Text    string
	Names   []string // what goes with it
	Was     string
	Back    string
	Moves   []choice // where what is in it goes
	Changed bool     // since the page was opened
}

// askRemoval shows the page that asks.
func (r *request) askRemoval(status int, title string, trail []web.AdminLink, shown removal) error {
	r.c.Status(status)
	return r.show(page{name: "remove.html", title: title, trail: trail, data: shown})
}
