package admin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// adopt gives a service of another Site as this Site would have it. What belongs to a
// Site stays its own: the key, the languages, the pages where a service never runs,
// what was measured, notes, and how often a purpose has got another meaning. A text
// that the other one lacks is kept. Own is nil for a service that is not here yet.
func adopt(theirs, own *consent.Service, languages []consent.Language) *consent.Service {
	made := (&consent.Draft{Services: []consent.Service{*theirs}}).Copy().Services[0]
	if own == nil {
		own = &consent.Service{Key: theirs.Key}
	}
	kept := map[string]*consent.Text{}
	eachText(own, func(path string, text *consent.Text) { kept[path] = text })
	eachText(&made, func(path string, text *consent.Text) {
		fitted := consent.Text{}
		for _, lang := range languages {
			if said := (*text)[lang]; said != "" {
				fitted[lang] = said
			} else if was := kept[path]; was != nil && (*was)[lang] != "" {
				fitted[lang] = (*was)[lang]
			}
		}
		if *text != nil || len(fitted) > 0 {
			*text = fitted
		}
	})
	made.Key, made.NeverOn, made.Notes, made.PurposeRevision = own.Key, own.NeverOn, own.Notes, own.PurposeRevision
	for i := range made.Cookies {
		c := &made.Cookies[i]
		c.Lifetime.Observed, c.Notes = "", nil
		if at := slices.IndexFunc(own.Cookies, func(is consent.Cookie) bool { return is.Pattern.Name == c.Pattern.Name }); at >= 0 {
			c.Lifetime.Observed, c.Notes = own.Cookies[at].Lifetime.Observed, own.Cookies[at].Notes
		}
	}
	return &made
}

// eachText runs over the texts of a service and its cookies, with where they stand.
func eachText(s *consent.Service, do func(path string, text *consent.Text)) {
	company := func(at string, p *consent.Provider) { do(at+".missing", &p.Missing) }
	do("name", &s.Name)
	do("purpose", &s.Purpose)
	do("security", &s.Security)
	do("warning", &s.Warning)
	company("provider", &s.Provider)
	for i := range s.Recipients {
		company("recipients."+s.Recipients[i].Name, &s.Recipients[i])
	}
	for i := range s.DataCategories {
		do("data_categories."+strconv.Itoa(i), &s.DataCategories[i])
	}
	for i := range s.Cookies {
		c := &s.Cookies[i]
		at := "cookies." + c.Pattern.Name
		do(at+".purpose", &c.Purpose)
		if e := c.Exemption; e != nil {
			do(at+".reason", &e.Reason)
			do(at+".when", &e.When)
		}
	}
}

// sameService says whether two services of different Sites are the same one: by the
// key, or by name and company.
func sameService(a, b *consent.Service) bool {
	known := serviceIndex{}
	known.add(a, 0)
	return known.find(b) == 0
}

// serviceIndex says where in a draft a service is that is the same as another Site's.
type serviceIndex map[string]int

func newServiceIndex(services []consent.Service) serviceIndex {
	index := serviceIndex{}
	for i := range services {
		index.add(&services[i], i)
	}
	return index
}

// add adds a service. The first of a name stays.
func (index serviceIndex) add(s *consent.Service, at int) {
	for _, name := range sameNames(s) {
		if _, taken := index[name]; !taken {
			index[name] = at
		}
	}
}

// find gives where the service is that is the same, the one of its key first, or -1.
func (index serviceIndex) find(s *consent.Service) int {
	found := -1
	for i, name := range sameNames(s) {
		at, there := index[name]
		switch {
		case there && i == 0: // the key
			return at
		case there && (found < 0 || at < found):
			found = at
		}
	}
	return found
}

// sameNames are what a service is known by on every Site: its key, and its name in each
// language with the company.
func sameNames(s *consent.Service) []string {
	names := []string{string(s.Key)}
	company := folded(s.Provider.Name)
	if company == "" {
		return names
	}
	for lang, name := range s.Name {
		if name = folded(name); name != "" {
			names = append(names, string(lang)+"\x00"+company+"\x00"+name)
		}
	}
	return names
}

func folded(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// putService puts a service into a draft, in place of the one of its key. It says why
// the draft cannot hold it, or "".
func (r *request) putService(d *consent.Draft, s *consent.Service) string {
	if i := slices.IndexFunc(d.Services, func(is consent.Service) bool { return is.Key == s.Key }); i >= 0 {
		d.Services[i] = *s
	} else {
		d.Services = append(d.Services, *s)
	}
	if d.Category(s.Category) == nil {
		return r.say("import_no_category", "name", brief(string(s.Category)))
	}
	for i := range s.Cookies {
		c := &s.Cookies[i]
		switch key := c.CategoryIn(s); {
		case d.Category(key) == nil:
			return r.say("import_no_category", "name", brief(string(key)))
		case key == consent.Necessary && c.Exemption == nil:
			return r.say("service_unsigned", "names", brief(c.Pattern.Name))
		}
	}
	problems := r.newDraftProblems(d)
	paths := []string{servicePath(string(s.Key))}
	for _, cookie := range partNames(s.Cookies, cookieName) {
		paths = append(paths, cookiePath(string(s.Key), cookie))
	}
	for _, path := range paths {
		for i := range problems.of[path] {
			if p := &problems.of[path][i]; p.Refused() {
				return r.problemText(p).Text
			}
		}
	}
	return ""
}
