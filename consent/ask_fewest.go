package consent

// Fewest is a Draft to find out in what one change alone would ask again. The answer
// hangs on what is changed and on what the banner asks for at all, and not on each of
// thousands of services: for each category a few stand for all.
type Fewest struct {
	whole *Draft
	few   []*Service
}

// Fewest picks the services that stand for all: two for each category of the banner, as
// one of them may be what is changed.
func (d *Draft) Fewest() *Fewest {
	f := &Fewest{whole: d}
	asked := map[CategoryKey]int{}
	for i := range d.Services {
		s, wanted := &d.Services[i], false
		if s.Ask != AskBanner {
			continue
		}
		for _, ref := range s.Refs() {
			category, _ := ref.Split()
			asked[category]++
			wanted = wanted || asked[category] <= 2
		}
		if wanted {
			f.few = append(f.few, s)
		}
	}
	return f
}

// With gives the Draft with those services, and the one that is to be changed.
func (f *Fewest) With(key ServiceKey) *Draft {
	draft, there := *f.whole, false
	draft.Services = make([]Service, 0, len(f.few)+1)
	for _, s := range f.few {
		draft.Services = append(draft.Services, *s)
		there = there || s.Key == key
	}
	if s := f.whole.Service(key); s != nil && !there {
		draft.Services = append(draft.Services, *s)
	}
	return &draft
}
