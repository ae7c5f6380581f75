package admin

import (
	"cmp"
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// intoField names the service that a cookie is put into whose own is gone, and asPublished
// stands for that one as visitors have it: no address of a service is called so.
const (
	intoField   = "into"
	asPublished = ".published"
)

// cookieForm is the form of a cookie, and where its cookie is.
type cookieForm struct {
	*request
	service string // as the address has it
	name    string // of the cookie there, "" for a new one
	home    string // the service that it is put into
	at      int    // its place there, so that a new name is found
	lost    bool   // the service of the address is gone

	notice    *consent.Notice  // the one in force
	published *consent.Service // the service in it, as it can be brought back, or nil
}

// shape fills in what the forms of new cookies and of others have in common. s is nil for
// a service that was there when the form was opened.
func (f *cookieForm) shape(p *part, s *consent.Service) {
	f.home, p.back, p.fields = f.service, f.sitePath("/services/"+f.service), f.fields
	p.trail = f.inventoryTrail()
	if s != nil {
		p.trail = f.inventoryTrail(f.serviceLink(f.service, s))
	}
	p.path = func(d *consent.Draft) string { return pathOfCookie(d, f.home, f.at) }
	p.homeless = func(d *consent.Draft) (string, error) { return f.homeless(d, p) }
	p.apply = func(rd *reader) { f.apply(rd, p) }
}

// find gives the cookie as a draft has it, or nil.
func (f *cookieForm) find(d *consent.Draft) *consent.Cookie {
	s := serviceAt(d, f.service)
	if s == nil || f.name == "" {
		return nil
	}
	if f.at = indexOf(s.Cookies, cookieName, f.name); f.at < 0 {
		return nil
	}
	return &s.Cookies[f.at]
}

// homeless says that the service of the form is gone, "" when it is there, or when the
// person has said into which one to put the cookie.
func (f *cookieForm) homeless(d *consent.Draft, p *part) (string, error) {
	if f.lost = serviceAt(d, f.service) == nil; !f.lost {
		return "", nil
	}
	p.spot, p.renames, p.suggest, p.leave, p.trail = servicePath(f.service), false, nil, f.sitePath("/inventory"), f.inventoryTrail()
	if err := f.findPublished(d); err != nil {
		return "", err
	}
	if p.fresh {
		p.pairs = []any{"name", f.called()}
	}
	if into := f.field(intoField); into == asPublished && f.published != nil || serviceAt(d, into) != nil {
		return "", nil
	}
	return f.say("cookie_lost", "service", f.called()), nil
}

// findPublished finds the service in the notice in force. It is brought back only into
// the category that it had.
func (f *cookieForm) findPublished(d *consent.Draft) (err error) {
	if f.notice == nil {
		if f.notice, err = consent.InForce(f.ctx, f.Store, f.site.Key); err != nil || f.notice == nil {
			return err
		}
	}
	f.published = serviceAt(&f.notice.Draft, f.service)
	if f.published != nil && d.Category(f.published.Category) == nil {
		f.published = nil
	}
	return nil
}

// called is what the person knows the service by.
func (f *cookieForm) called() string {
	if f.published != nil {
		return f.serviceName(f.published)
	}
	return brief(f.service)
}

// fields makes the form. It begins with where the cookie is to be, when its service is gone.
func (f *cookieForm) fields(b *builder) {
	if f.lost {
		f.chooseHome(b)
	}
	cookieFields(b)
}

func (f *cookieForm) chooseHome(b *builder) {
	words, values := map[string]string{"": f.say("cookie_lost_choose")}, []string{""}
	if f.published != nil {
		values = append(values, asPublished)
		words[asPublished] = f.say("cookie_lost_published", "service", f.called(), "n", f.notice.Number)
	}
	for i, address := range addressNames(b.draft.Services, serviceKey) {
		if address != f.service { // it is there if the form has brought it back
			values = append(values, address)
			words[address] = f.serviceName(&b.draft.Services[i])
		}
	}
	if !slices.Contains(values, f.field(intoField)) {
		b.values = maps.Clone(b.values)
		b.values.Del(intoField)
	}
	b.section("cookie_part_lost")
	b.choices(intoField, "cookie_into", values, func(v string) string { return words[v] })
}

// apply puts the cookie into its service, or into the one that was chosen.
func (f *cookieForm) apply(rd *reader, p *part) {
	c := f.find(rd.draft)
	s := f.homeIn(rd.draft, c != nil)
	if s == nil {
		rd.wrong[intoField] = rd.say("cookie_lost_choose")
		return
	}
	if c == nil && f.home == f.service {
		c = f.find(rd.draft) // it came back with its service
	}
	p.back = rd.sitePath("/services/" + f.home)
	var read consent.Cookie
	if c != nil {
		read = *c
	}
	was := read.Pattern.Name
	rd.readCookie(s, &read)
	rd.tellsPart(sitefile.Part{Service: s.Key, Cookie: cmp.Or(was, read.Pattern.Name)})
	if c != nil {
		*c = read
		return
	}
	s.Cookies = append(s.Cookies, read)
	f.at = len(s.Cookies) - 1
}

// homeIn gives the service that holds the cookie, or nil. One that is brought back comes
// with what it had.
func (f *cookieForm) homeIn(d *consent.Draft, there bool) *consent.Service {
	into := f.field(intoField)
	if f.home = f.service; there || into == "" {
		return serviceAt(d, f.service)
	}
	if into != asPublished {
		f.home = into
		return serviceAt(d, into)
	}
	if s := serviceAt(d, f.service); s != nil || f.published == nil {
		return s
	}
	back := *f.published
	back.Cookies = slices.Clone(back.Cookies)
	d.Services = append(d.Services, back)
	return &d.Services[len(d.Services)-1]
}

// pathOfCookie gives where the problems of a cookie are found.
func pathOfCookie(d *consent.Draft, service string, cookie int) string {
	i := indexOf(d.Services, serviceKey, service)
	if i < 0 || cookie < 0 || cookie >= len(d.Services[i].Cookies) {
		return ""
	}
	return cookiePath(partNames(d.Services, serviceKey)[i], partNames(d.Services[i].Cookies, cookieName)[cookie])
}
