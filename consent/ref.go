package consent

import (
	"strings"
)

// Ref names a Service within a Category.
func Ref(category CategoryKey, service ServiceKey) ServiceRef {
	return ServiceRef(string(category) + "/" + string(service))
}

// Split gives the two keys. Both are empty for what is not a reference.
func (r ServiceRef) Split() (CategoryKey, ServiceKey) {
	category, service, found := strings.Cut(string(r), "/")
	if !found {
		return "", ""
	}
	return CategoryKey(category), ServiceKey(service)
}

// Refs gives what consent to the service consists of: one reference for its
// own category and one for each further category of its cookies, in the order
// in which they are written. What is necessary is never asked for.
func (s *Service) Refs() []ServiceRef {
	var refs []ServiceRef
	seen := make(map[CategoryKey]bool, 4)
	add := func(category CategoryKey) {
		if category != Necessary && category != "" && !seen[category] {
			seen[category] = true
			refs = append(refs, Ref(category, s.Key))
		}
	}
	add(s.Category)
	for i := range s.Cookies {
		add(s.Cookies[i].CategoryIn(s))
	}
	return refs
}

// Grants says whether the Choice lets a service of a category run. What is
// necessary runs always. Otherwise an answer for the service itself counts
// before the answer for its category. A service that is asked for in place has
// only its own answer: ask with GrantsInPlace, so that a yes in the banner never
// starts a video.
func (c Choice) Grants(category CategoryKey, service ServiceKey) bool {
	if category == Necessary {
		return true
	}
	if len(c.Services) > 0 {
		if granted, decided := c.Services[Ref(category, service)]; decided {
			return granted
		}
	}
	return c.Categories[category]
}

// GrantsInPlace says whether the Choice lets a service run that is asked for in
// place: only a yes to the service itself counts.
func (c Choice) GrantsInPlace(category CategoryKey, service ServiceKey) bool {
	return category == Necessary || c.Services[Ref(category, service)]
}
