package admin

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/sitefile"
)

// serviceMore is what the page of a service shows beside its form.
type serviceMore struct {
	Kind    string
	Base    string
	Cookies []cookieRow
	Sites   string // address of the page about the other sites, "" when there are none
	On      []string
	Review  *reviewShown
}

// servicePart is the form of the service that the address names.
func (r *request) servicePart() (*part, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	name := r.c.Params("service")
	found := func(d *consent.Draft) *consent.Service { return serviceAt(d, name) }
	path := func(d *consent.Draft) string {
		if i := indexOf(d.Services, serviceKey, name); i >= 0 {
			return servicePath(partNames(d.Services, serviceKey)[i])
		}
		return ""
	}
	base := r.sitePath("/services/" + name)
	var review *reviewShown
	if s := found(draft); s != nil && s.Key.Valid() {
		if review, err = r.reviewShown(s, base); err != nil {
			return nil, err
		}
	}
	p := &part{
		title: "service_title", pairs: []any{"name", name}, trail: r.inventoryTrail(), address: base, back: r.withDay(base), leave: base, done: "saved",
		remove: base + "/remove", spot: servicePath(name), alone: true, path: path, fields: serviceFields,
		find: func(d *consent.Draft) any {
			if s := found(d); s != nil {
				alone := *s
				alone.Cookies = nil
				return alone
			}
			return nil
		},
		values: func(d *consent.Draft) url.Values { return r.serviceValues(found(d)) },
		apply: func(rd *reader) {
			s := found(rd.draft)
			if s == nil { // somebody removed it, and it is wanted back
				rd.draft.Services = append(rd.draft.Services, consent.Service{Key: consent.ServiceKey(name), Cookies: []consent.Cookie{}})
				s = &rd.draft.Services[len(rd.draft.Services)-1]
			}
			rd.readService(s)
		},
		more: func(d *consent.Draft) (any, error) {
			shown := serviceMore{Kind: "service", Base: base, Review: review}
			s := found(d)
			if s == nil {
				return shown, nil
			}
			shown.Cookies = r.cookieRows(d, r.problemsOf(d), name, s, path(d))
			err := r.tellSites(&shown, s)
			return shown, err
		},
	}
	if s := found(draft); s != nil {
		p.pairs = []any{"name", r.serviceName(s)}
	}
	if review != nil && review.Carried {
		p.unsaved = r.say("review_unsaved_day")
	}
	return p, nil
}

// tellSites says on which other Sites a service is. Who may not edit cannot compare.
func (r *request) tellSites(shown *serviceMore, s *consent.Service) error {
	if !r.may(consent.MayEdit) {
		return nil
	}
	sisters, err := r.sisters()
	if err != nil || len(sisters) == 0 {
		return err
	}
	shown.Sites = shown.Base + "/sites"
	for i := range sisters {
		if elsewhere(sisters[i].draft, s) != nil {
			shown.On = append(shown.On, sisters[i].name)
		}
	}
	return nil
}

// newService is the form of a service that is not there yet.
func (r *request) newService() *part {
	key := consent.ServiceKey(r.field("key"))
	p := &part{
		title: "service_new", trail: r.inventoryTrail(), fresh: true, back: r.sitePath("/services/" + string(key)), leave: r.sitePath("/inventory"), done: "service_added",
		find: func(*consent.Draft) any { return nil },
		values: func(d *consent.Draft) url.Values {
			v := newServiceValues(d)
			r.fillService(d, v)
			return v
		},
		path:    func(*consent.Draft) string { return servicePath(string(key)) },
		fields:  serviceFields,
		suggest: r.suggestServices,
	}
	p.apply = func(rd *reader) {
		key = rd.readNewService(consent.ServiceKey(rd.field("key")))
		p.back = r.sitePath("/services/" + string(key))
	}
	return p
}

// newServiceValues is what the form of a new service begins with.
func newServiceValues(d *consent.Draft) url.Values {
	v := url.Values{"key": {""}, "ask": {string(consent.AskBanner)}, "legal_basis": {string(consent.BasisConsent)}}
	for _, category := range categoryKeys(d) {
		if v.Get("category") == "" && category != string(consent.Necessary) {
			v.Set("category", category)
		}
	}
	return v
}

// readNewService adds the service that the form describes. Without a key it gets one of
// its name.
func (rd *reader) readNewService(key consent.ServiceKey) consent.ServiceKey {
	if key == "" {
		key = rd.freeKey()
	}
	switch {
	case !key.Valid():
		rd.wrong["key"] = rd.say("inventory_fault_malformed_key")
	case rd.draft.Service(key) != nil:
		rd.wrong["key"] = rd.say("service_key_taken")
	}
	s := consent.Service{Key: key, Cookies: []consent.Cookie{}}
	rd.tellsPart(sitefile.Part{Service: key})
	rd.readService(&s)
	if len(s.Name) == 0 {
		rd.wrong["name."+string(firstLanguage(rd.draft))] = rd.say("service_no_name")
	}
	rd.draft.Services = append(rd.draft.Services, s)
	return key
}

// freeKey gives a key of the name that the form gives a service, with a number after it
// when another has it. Of a name without letters a–z none can be made: "" then.
func (rd *reader) freeKey() consent.ServiceKey {
	base := ""
	for _, lang := range rd.draft.Site.Languages {
		if base == "" {
			base = string(consent.ShortName(rd.field("name." + string(lang))))
		}
	}
	if base == "" {
		return ""
	}
	for n := 1; ; n++ {
		if key := consent.ServiceKey(organising.Numbered(base, n)); rd.draft.Service(key) == nil {
			return key
		}
	}
}

// fillService takes from the address what a finding tells of a new service.
func (r *request) fillService(d *consent.Draft, v url.Values) {
	if key := consent.ServiceKey(r.c.Query("key")); key.Valid() {
		v.Set("key", string(key))
	}
	if category := consent.CategoryKey(r.c.Query("category")); d.Category(category) != nil {
		v.Set("category", string(category))
	}
}

// serviceRemoveGet asks before a service is removed.
func (r *request) serviceRemoveGet() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	s := serviceAt(draft, r.c.Params("service"))
	if s == nil {
		return errNoPage()
	}
	return r.askServiceRemoval(http.StatusOK, s, false)
}

func (r *request) askServiceRemoval(status int, s *consent.Service, changed bool) error {
	name := r.c.Params("service")
	shown := removal{
		Text: r.say("service_remove_text", "name", r.serviceName(s)), Was: hashOf(s), Back: r.sitePath("/services/" + name), Changed: changed,
	}
	for i := range s.Cookies {
		shown.Names = append(shown.Names, brief(s.Cookies[i].Pattern.Name))
	}
	return r.askRemoval(status, "service_remove", r.inventoryTrail(r.serviceLink(name, s)), shown)
}

// serviceRemovePost removes a service with its cookies.
func (r *request) serviceRemovePost() error {
	var now *consent.Service
	err := r.changeDraft(func(d *consent.Draft) error {
		i := indexOf(d.Services, serviceKey, r.c.Params("service"))
		if i < 0 {
			return errNoPage()
		}
		if now = &d.Services[i]; hashOf(now) != r.form.Get("was") {
			return errNotSaved
		}
		d.Services = slices.Delete(d.Services, i, i+1)
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return r.askServiceRemoval(http.StatusConflict, now, true)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/inventory"), "service_removed")
}
