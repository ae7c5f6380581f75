package consent

import "slices"

// AskWhy is what has changed of what visitors said yes to.
type AskWhy string

// What may have.
const (
	AskController     AskWhy = "controller"      // who asks
	AskPurpose        AskWhy = "purpose"         // the meaning of the category's purpose
	AskService        AskWhy = "service"         // a service is new
	AskServiceGone    AskWhy = "service_gone"    // a service is no longer
	AskServicePurpose AskWhy = "service_purpose" // the meaning of a service's purpose
	AskCompanies      AskWhy = "companies"       // a service's provider or recipients
	AskRole           AskWhy = "role"            // the role of one of them
	AskTransfer       AskWhy = "transfer"        // to where out of the EEA one of them transfers, or on which ground
	AskCookies        AskWhy = "cookies"         // a service's cookies, or how long they live
)

// AskReason is one cause for which a unit is asked again.
type AskReason struct {
	Why     AskWhy
	Service ServiceKey // "" when it is about none
	Cookies []string   // names of those that differ
}

// AskReasons says why visitors are asked again about a unit that two Drafts have: in
// what its checksum covers they differ.
func AskReasons(before, after *Draft, unit string) []AskReason {
	was, is := before.askedOf(unit), after.askedOf(unit)
	if was == nil || is == nil {
		return nil
	}
	var all []AskReason
	if before.Organisation.Number != after.Organisation.Number {
		all = append(all, AskReason{Why: AskController})
	}
	if was.Revision != is.Revision {
		all = append(all, AskReason{Why: AskPurpose})
	}
	earlier, later := was.byKey(), is.byKey()
	for i := range is.Services {
		now := &is.Services[i]
		if old := earlier[now.Key]; old != nil {
			all = append(all, now.since(old)...)
		} else {
			all = append(all, AskReason{Why: AskService, Service: now.Key})
		}
	}
	for i := range was.Services {
		if gone := was.Services[i].Key; later[gone] == nil {
			all = append(all, AskReason{Why: AskServiceGone, Service: gone})
		}
	}
	return all
}

// askedOf gives what a unit asks for, nil when there is none of the name.
func (d *Draft) askedOf(name string) *askedFor {
	for _, unit := range d.Asks() {
		switch {
		case unit.Name() != name:
		case unit.Service != "":
			return &askedFor{Services: []askedService{d.Service(unit.Service).asked("")}}
		default:
			asked := d.askedCategory(d.Category(unit.Category))
			return &asked
		}
	}
	return nil
}

// byKey gives the services of a unit by their keys.
func (a *askedFor) byKey() map[ServiceKey]*askedService {
	all := make(map[ServiceKey]*askedService, len(a.Services))
	for i := range a.Services {
		all[a.Services[i].Key] = &a.Services[i]
	}
	return all
}

// since gives what has changed of a service.
func (s *askedService) since(old *askedService) []AskReason {
	var all []AskReason
	if s.Revision != old.Revision {
		all = append(all, AskReason{Why: AskServicePurpose, Service: s.Key})
	}
	for _, why := range companiesSince(s.Companies, old.Companies) {
		all = append(all, AskReason{Why: why, Service: s.Key})
	}
	if !slices.Equal(s.Cookies, old.Cookies) {
		all = append(all, AskReason{Why: AskCookies, Service: s.Key, Cookies: differing(s.Cookies, old.Cookies)})
	}
	return all
}

// companiesSince gives what has changed of those who get data. Of others than before,
// role and transfer are a matter of course.
func companiesSince(now, old []askedCompany) []AskWhy {
	same := func(of func(askedCompany) string) bool {
		return slices.EqualFunc(now, old, func(a, b askedCompany) bool { return of(a) == of(b) })
	}
	if !same(func(c askedCompany) string { return c.Name }) {
		return []AskWhy{AskCompanies}
	}
	var all []AskWhy
	if !same(func(c askedCompany) string { return string(c.Role) }) {
		all = append(all, AskRole)
	}
	if !same(func(c askedCompany) string { return c.Transfer + " " + string(c.Basis) }) {
		all = append(all, AskTransfer)
	}
	return all
}

// differing gives the names of the cookies that are not the same in both.
func differing(one, other []askedCookie) []string {
	var names []string
	for _, pair := range [][2][]askedCookie{{one, other}, {other, one}} {
		for _, c := range pair[0] {
			if !slices.Contains(pair[1], c) && !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	return names
}
