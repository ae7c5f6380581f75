package admin

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
	"github.com/samtykke/samtykke/server/web"
)

// categoriesPage lists the categories.
type categoriesPage struct {
	Base       string
	Categories []categoryRow
	MayEdit    bool
}

type categoryRow struct {
	URL              string
	Name             web.Wording
	Purpose          web.Wording
	Services         int
	Cookies          int
	Faults, Warnings int
}

// categoriesGet lists the categories of the draft.
func (r *request) categoriesGet() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	problems := r.problemsOf(draft)
	shown := categoriesPage{Base: r.sitePath(""), MayEdit: r.may(consent.MayEdit)}
	addresses, names := addressNames(draft.Categories, categoryKey), partNames(draft.Categories, categoryKey)
	for i := range draft.Categories {
		c := &draft.Categories[i]
		row := categoryRow{URL: r.sitePath("/categories/" + addresses[i]), Name: briefly(r.in(c.Name), string(c.Key)), Purpose: briefly(r.in(c.Purpose), "")}
		row.Services, row.Cookies = draft.InCategory(c.Key)
		row.Faults, row.Warnings = problems.count("categories." + names[i])
		shown.Categories = append(shown.Categories, row)
	}
	return r.show(page{name: "categories.html", title: "categories_title", trail: r.inventoryTrail(), data: shown})
}

// briefly shortens a text for a table, or puts another in its place.
func briefly(text web.Wording, instead string) web.Wording {
	if text.Text == "" {
		return web.Wording{Text: brief(instead)}
	}
	text.Text = brief(text.Text)
	return text
}

// categoryFields makes the form of a category.
func categoryFields(b *builder) {
	b.section("category_part")
	b.field("key", "category_key", aLine)
	b.texts("name", "category_name", aLong, true)
	b.texts("purpose", "category_purpose", area, true)
	b.field("purpose_revision", "service_revision", aLine)
}

func categoryValues(c *consent.Category) url.Values {
	v := url.Values{"key": {string(c.Key)}}
	setText(v, "name", c.Name)
	setText(v, "purpose", c.Purpose)
	if c.PurposeRevision != 0 {
		v.Set("purpose_revision", strconv.Itoa(c.PurposeRevision))
	}
	return v
}

// readCategory puts what the form says into category i, and its new key into all
// that is in it.
func (rd *reader) readCategory(i int) {
	c := &rd.draft.Categories[i]
	was, key := c.Key, consent.CategoryKey(rd.field("key"))
	switch other := rd.draft.Category(key); {
	case !key.Valid():
		rd.wrong["key"] = rd.say("inventory_fault_malformed_key")
	case other != nil && other != c:
		rd.wrong["key"] = rd.say("category_key_taken")
	case was != key && (was == consent.Necessary || key == consent.Necessary) && rd.usedBesides(was):
		rd.wrong["key"] = rd.say("category_key_necessary")
	default:
		moveCategory(rd.draft, was, key)
	}
	c.Key = key
	c.Name, c.Purpose = rd.text("name", c.Name), rd.text("purpose", c.Purpose)
	c.PurposeRevision = rd.number("purpose_revision")
}

// usedBesides says whether anything is in a category.
func (rd *reader) usedBesides(key consent.CategoryKey) bool {
	services, cookies := rd.draft.InCategory(key)
	return services+cookies > 0
}

// moveCategory puts everything that is in a category into another.
func moveCategory(d *consent.Draft, from, to consent.CategoryKey) {
	if from == "" || from == to {
		return
	}
	for i := range d.Services {
		s := &d.Services[i]
		if s.Category == from {
			s.Category = to
		}
		for j := range s.Cookies {
			if s.Cookies[j].Category == from {
				s.Cookies[j].Category = to
			}
		}
	}
}

// signedRow is a necessary cookie with its reason.
type signedRow struct {
	URL      string
	Name     string
	Service  string
	Reason   web.Wording
	Reviewer string
	Reviewed string
}

// categoryMore is what the page of a category shows beside its form.
type categoryMore struct {
	Kind      string
	Necessary bool
	Signed    []signedRow
	Services  int
	Cookies   int
	Inventory string
}

func (r *request) categoryMore(d *consent.Draft, key consent.CategoryKey) categoryMore {
	shown := categoryMore{Kind: "category", Necessary: key == consent.Necessary, Inventory: r.sitePath("/inventory?category=" + url.QueryEscape(string(key)))}
	shown.Services, shown.Cookies = d.InCategory(key)
	if !shown.Necessary {
		return shown
	}
	services := addressNames(d.Services, serviceKey)
	for i := range d.Services {
		s := &d.Services[i]
		cookies := addressNames(s.Cookies, cookieName)
		for j := range s.Cookies {
			c := &s.Cookies[j]
			if c.CategoryIn(s) != consent.Necessary || len(shown.Signed) >= pageServices {
				continue
			}
			row := signedRow{URL: r.sitePath("/services/" + services[i] + "/cookies/" + cookies[j]), Name: brief(c.Pattern.Name), Service: r.serviceName(s)}
			if c.Exemption != nil {
				row.Reason, row.Reviewer, row.Reviewed = briefly(r.in(c.Exemption.Reason), ""), brief(c.Exemption.Reviewer), r.dayOf(c.Exemption.Reviewed)
			}
			shown.Signed = append(shown.Signed, row)
		}
	}
	return shown
}

// dayOf writes a date in words.
func (r *request) dayOf(date string) string {
	words, _ := web.WordsIn(r.lang)
	if date == "" {
		return ""
	}
	return words.Date(date)
}

// categoryPart is the form of the category that the address names, or of a new
// one.
func (r *request) categoryPart(fresh bool) *part {
	name, at := r.c.Params("category"), -1
	find := func(d *consent.Draft) *consent.Category {
		if at = indexOf(d.Categories, categoryKey, name); at < 0 || fresh {
			return nil
		}
		return &d.Categories[at]
	}
	p := &part{
		title: "category_title", trail: r.inventoryTrail(web.AdminLink{Text: r.say("categories_title"), URL: r.sitePath("/categories")}),
		back: r.sitePath("/categories"), done: "saved", remove: r.sitePath("/categories/" + name + "/remove"), fresh: fresh, spot: "categories." + name,
		find: func(d *consent.Draft) any {
			if c := find(d); c != nil {
				return *c
			}
			return nil
		},
		values: func(d *consent.Draft) url.Values {
			if c := find(d); c != nil {
				return categoryValues(c)
			}
			return url.Values{"key": {""}}
		},
		path:   func(d *consent.Draft) string { return "categories." + partNames(d.Categories, categoryKey)[at] },
		fields: categoryFields,
		apply: func(rd *reader) {
			if find(rd.draft) == nil {
				rd.draft.Categories = append(rd.draft.Categories, consent.Category{})
				at = len(rd.draft.Categories) - 1
			}
			rd.readCategory(at)
			if fresh {
				rd.tellsPart(sitefile.Part{Category: rd.draft.Categories[at].Key})
			}
		},
	}
	if fresh {
		p.title, p.done, p.remove = "category_new", "category_added", ""
		return p
	}
	p.more = func(d *consent.Draft) (any, error) {
		if c := d.Category(consent.CategoryKey(name)); c != nil {
			return r.categoryMore(d, c.Key), nil
		}
		return categoryMore{Kind: "category"}, nil
	}
	p.pairs = []any{"name", name}
	return p
}

// named gives the form its category's name as heading.
func (r *request) named(p *part) (*part, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	if i := indexOf(draft.Categories, categoryKey, r.c.Params("category")); i >= 0 {
		p.pairs = []any{"name", briefly(r.in(draft.Categories[i].Name), string(draft.Categories[i].Key)).Text}
	}
	return p, nil
}

// categoryRemoveGet asks before a category is removed, and where what is in it goes.
func (r *request) categoryRemoveGet() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	return r.askCategoryRemoval(http.StatusOK, draft, false)
}

func (r *request) askCategoryRemoval(status int, d *consent.Draft, changed bool) error {
	i := indexOf(d.Categories, categoryKey, r.c.Params("category"))
	if i < 0 {
		return errNoPage()
	}
	c := &d.Categories[i]
	services, cookies := d.InCategory(c.Key)
	shown := removal{
		Text: r.say("category_remove_text", "name", r.categoryName(d, c.Key)), Was: categoryState(d, c),
		Back: r.sitePath("/categories/" + r.c.Params("category")), Changed: changed,
	}
	if services+cookies > 0 {
		shown.Text = r.say("category_remove_used", "name", r.categoryName(d, c.Key), "services", services, "cookies", cookies)
		for j := range d.Categories {
			if key := d.Categories[j].Key; j != i && key != consent.Necessary {
				shown.Moves = append(shown.Moves, choice{Value: string(key), Text: r.categoryName(d, key)})
			}
		}
	}
	return r.askRemoval(status, "category_remove", r.inventoryTrail(web.AdminLink{Text: r.say("categories_title"), URL: r.sitePath("/categories")}), shown)
}

// categoryState is the hash of a category with how much is in it.
func categoryState(d *consent.Draft, c *consent.Category) string {
	services, cookies := d.InCategory(c.Key)
	return hashOf([]any{c, services, cookies})
}

// categoryRemovePost removes a category.
func (r *request) categoryRemovePost() error {
	var now *consent.Draft
	err := r.changeDraft(func(d *consent.Draft) error {
		now = d
		i := indexOf(d.Categories, categoryKey, r.c.Params("category"))
		if i < 0 {
			return errNoPage()
		}
		c := &d.Categories[i]
		if categoryState(d, c) != r.form.Get("was") {
			return errNotSaved
		}
		if services, cookies := d.InCategory(c.Key); services+cookies > 0 {
			to := consent.CategoryKey(r.form.Get("move"))
			if to == consent.Necessary || to == c.Key || d.Category(to) == nil {
				return errNotSaved
			}
			moveCategory(d, c.Key, to)
		}
		d.Categories = slices.Delete(d.Categories, i, i+1)
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return r.askCategoryRemoval(http.StatusConflict, now, true)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/categories"), "category_removed")
}
