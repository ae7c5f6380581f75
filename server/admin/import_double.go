package admin

import (
	"github.com/samtykke/samtykke/consent"
)

// doublesBetween gives for the services that one draft has and another has not, what they
// seem to be in the other one already, under another key: the same name, with the company
// or without, or half of the cookies of one of the two. What goes by itself is a new key,
// and no double.
func doublesBetween(was, is *consent.Draft) map[consent.ServiceKey]*consent.Service {
	before, after := keyed(was.Services, serviceKey), keyed(is.Services, serviceKey)
	known := newDoubleIndex(was)
	doubles := map[consent.ServiceKey]*consent.Service{}
	for i := range is.Services {
		s := &is.Services[i]
		if _, there := before[string(s.Key)]; there {
			continue
		}
		there := known.find(s)
		if there == nil {
			continue
		}
		if _, stays := after[string(there.Key)]; stays {
			doubles[s.Key] = there
		}
	}
	return doubles
}

// mostSharing is of how many services a cookie's name tells one from others.
const mostSharing = 10

// doubleIndex says where the services of a draft are by their names and their cookies.
type doubleIndex struct {
	draft   *consent.Draft
	names   map[string]int
	cookies map[string][]int
}

func newDoubleIndex(d *consent.Draft) *doubleIndex {
	index := &doubleIndex{d, map[string]int{}, map[string][]int{}}
	for i := range d.Services {
		s := &d.Services[i]
		for _, name := range s.Called() {
			if _, taken := index.names[folded(name)]; !taken {
				index.names[folded(name)] = i
			}
		}
		for j := range s.Cookies {
			name := s.Cookies[j].Pattern.Name
			index.cookies[name] = append(index.cookies[name], i)
		}
	}
	return index
}

// find gives the service that another one seems to be, or nil.
func (index *doubleIndex) find(s *consent.Service) *consent.Service {
	for _, name := range s.Called() {
		if i, there := index.names[folded(name)]; there {
			return &index.draft.Services[i]
		}
	}
	shared := map[int]int{}
	for j := range s.Cookies {
		in := index.cookies[s.Cookies[j].Pattern.Name]
		if len(in) > mostSharing {
			continue
		}
		for _, i := range in {
			shared[i]++
		}
	}
	best := -1
	for i, n := range shared {
		enough := 2*n >= min(len(s.Cookies), len(index.draft.Services[i].Cookies))
		if enough && (best < 0 || n > shared[best] || n == shared[best] && i < best) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return &index.draft.Services[best]
}
