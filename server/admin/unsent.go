package admin

import (
	"net/http"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// What somebody wrote and could not send waits for them, in whatever way they log in: each
// page says so, and one lists it.
func unsentRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/unsent", who: somebody, handle: (*request).unsentGet},
		{method: http.MethodPost, path: "/unsent/discard", who: somebody, action: "login.discard", ask: (*request).askDiscard, handle: (*request).discardPost},
	}
}

// unsentField holds the key of what is discarded.
const unsentField = "unsent"

// resumePage offers to do what was posted before the login.
type resumePage struct {
	Items []resumeItem
	Stale bool // there is a login already: another than the form's
	Gone  bool // it is not there, or another's
}

// resumeItem is a form that waits.
type resumeItem struct {
	Key, Next string
	Page      string // what the page is called on which it was written
	Back      string // its address
	Act       string // what the audit trail will say
	Object    string // of what
	Red       bool   // the button that was pressed is red
	Looks     bool   // it changes nothing, and may be done twice
	Since     time.Time
	Wrote     bool // something was written or chosen: not a button alone was pressed
}

// offer shows one form that was kept.
func (r *request) offer(key string, stale bool) error {
	kept := r.held.find(key, r.account.ID)
	if kept == nil {
		return r.show(page{name: "resume.html", title: "resume_title", data: resumePage{Gone: true}, help: "conflict"})
	}
	item, err := r.resumeItem(&keptForm{kept, key})
	if err != nil {
		return err
	}
	shown := page{name: "resume.html", title: "resume_title", data: resumePage{Items: []resumeItem{item}, Stale: stale}, help: "login"}
	if stale {
		shown.help = "conflict"
	}
	return r.show(shown)
}

// unsentGet lists what the person has written and not sent.
func (r *request) unsentGet() error {
	var shown resumePage
	for _, kept := range r.stillHeld() {
		item, err := r.resumeItem(&kept)
		if err != nil {
			return err
		}
		shown.Items = append(shown.Items, item)
	}
	return r.show(page{name: "resume.html", title: "resume_title", data: shown})
}

// stillHeld gives what was written and waits, newest first. What this post sends does not:
// the page that answers has it, or says that it is done.
func (r *request) stillHeld() []keptForm {
	if r.account == nil {
		return nil
	}
	var all []keptForm
	for _, kept := range r.held.waiting(r.account.ID) {
		if hasWritten(kept.form) && (!changes(r.c.Method()) || !r.held.settled(r.posted(), kept.key)) {
			all = append(all, kept)
		}
	}
	return all
}

func (r *request) resumeItem(kept *keptForm) (resumeItem, error) {
	name, err := r.nameOfPage(kept.next)
	if err != nil {
		return resumeItem{}, err
	}
	item := resumeItem{Key: kept.key, Next: kept.next, Page: name, Back: r.pageAt(kept.next), Since: kept.since(), Wrote: hasWords(kept.form)}
	to := r.routeTo(kept.next)
	if to == nil {
		return item, nil
	}
	item.Looks, item.Wrote = to.looks, item.Wrote && !to.looks // a file is asked for by choosing
	item.Act, item.Red = r.actWords(to.action), to.red || to.ask != nil && kept.form.Get(agreed) == "yes"
	item.Object, err = r.objectAt(to, kept.next)
	return item, err
}

// routeTo gives the action at an address, nil for none.
func (a *Admin) routeTo(address string) *route {
	at, _, _ := strings.Cut(address, "?")
	for i := range a.routes {
		if to := &a.routes[i]; to.method == http.MethodPost && isAt(to.path, at) {
			return to
		}
	}
	return nil
}

// objectAt says what an address names within a site or organisation as the audit trail
// does, to whom that is shown.
func (r *request) objectAt(to *route, address string) (string, error) {
	at, _, _ := strings.Cut(address, "?")
	act := consent.Act{Time: r.Clock(), Account: r.account.ID, Action: to.action, Object: objectIn(to.path, at)}
	of, err := r.whereIs(at)
	if err != nil || act.Object == "" || of.organisation == nil && (to.who != operators || !r.account.Operator) {
		return "", err
	}
	if of.organisation != nil {
		act.Organisation = of.organisation.ID
	}
	names, err := r.names(act.Organisation)
	if err != nil {
		return "", err
	}
	return r.objectWords(&act, names), nil
}

// objectIn gives what an address names, as object does of a request.
func objectIn(path, at string) string {
	steps := strings.Split(at, "/")
	var names []string
	for i, step := range strings.Split(path, "/") {
		if strings.HasPrefix(step, ":") && step != ":site" && step != ":organisation" {
			names = append(names, steps[i])
		}
	}
	return strings.Join(names, "/")
}

// unsentTold says on a page that something waits, "" for nothing. Pages that ask what is
// to become of it do not.
func (r *request) unsentTold(p *page) (string, error) {
	offered, offers := p.data.(resumePage)
	if offers && !offered.Gone || p.name == "confirm.html" || p.name == "question.html" {
		return "", nil
	}
	all := r.stillHeld()
	if len(all) == 0 {
		return "", nil
	}
	name, err := r.nameOfPage(all[0].next)
	key := "unsent_told"
	if len(all) > 1 {
		key = "unsent_told_some"
	}
	return r.say(key, "n", r.grouped(len(all)), "page", name, "time", r.clockWords(all[0].since())), err
}

func (r *request) clockWords(moment time.Time) string {
	words, _ := web.WordsIn(r.lang)
	return words.Clock(moment)
}

// nameOfPage says what the page of an address is called in the navigation, with whose it
// is; for what stands in none, and to whom it is not shown, it gives the address.
func (r *request) nameOfPage(address string) (string, error) {
	at, _, _ := strings.Cut(address, "?")
	if at == "/account" || strings.HasPrefix(at, "/account/") {
		return r.say("nav_person"), nil
	}
	of, err := r.whereIs(at)
	if err != nil || of.organisation == nil {
		return r.pageAt(at), err
	}
	if of.site != nil {
		return r.nameOfPlace("/sites/"+string(of.site.Key), sitePlaces, at) + ", " + r.siteName(of.site), nil
	}
	return r.nameOfPlace("/organisations/"+string(of.organisation.ID), organisationPlaces, at) + ", " + of.organisation.Name, nil
}

// whereabouts are what an address is about, nil for what the person has no role in.
type whereabouts struct {
	organisation *consent.Organisation
	site         *consent.SiteEntry
}

func (r *request) whereIs(at string) (whereabouts, error) {
	steps := strings.Split(at, "/")
	if len(steps) < 3 {
		return whereabouts{}, nil
	}
	var of whereabouts
	id := consent.OrganisationID(steps[2])
	switch steps[1] {
	case "sites":
		site, err := r.Store.Site(r.ctx, consent.SiteKey(steps[2]))
		if err != nil {
			return whereabouts{}, unlessUnknown(err)
		}
		of.site, id = &site, site.Organisation
	case "organisations":
	default:
		return whereabouts{}, nil
	}
	all, err := r.Store.Organisations(r.ctx)
	if err != nil || r.account.Role(id) == "" {
		return whereabouts{}, err
	}
	for i := range all {
		if all[i].ID == id {
			of.organisation = &all[i]
			return of, nil
		}
	}
	return whereabouts{}, nil
}

// askDiscard asks before something goes that was written.
func (r *request) askDiscard() (*question, error) {
	kept := r.held.find(r.field(unsentField), r.account.ID)
	if kept == nil {
		return nil, nil //nolint:nilnil // there is nothing to lose
	}
	name, err := r.nameOfPage(kept.next)
	return &question{"unsent", []any{"page", name, "time", r.clockWords(kept.since())}, "/unsent"}, err
}

// discardPost forgets what was written.
func (r *request) discardPost() error {
	key := r.field(unsentField)
	if r.held.find(key, r.account.ID) == nil {
		return r.redirect("/unsent", "")
	}
	act, _ := consent.ActOf(r.ctx)
	if err := r.Store.RecordAct(r.ctx, act); err != nil {
		return err
	}
	r.held.done(key)
	return r.redirect("/unsent", "unsent")
}
