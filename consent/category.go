package consent

// CategoryKey names a Category within a Site.
type CategoryKey string

// The categories every site knows. A site may add its own.
const (
	Necessary  CategoryKey = "necessary"
	Functional CategoryKey = "functional"
	Statistics CategoryKey = "statistics"
	Marketing  CategoryKey = "marketing"
)

// Category is the thing consented to.
type Category struct {
	Key  CategoryKey `json:"key" yaml:"key"`
	Name Text        `json:"name" yaml:"name"`
	// Purpose is one plain sentence: what the visitor says yes to.
	Purpose Text `json:"purpose" yaml:"purpose"`
	// PurposeRevision counts the meanings that Purpose has had, from 1: when it
	// grows, those who have answered are asked again. At 0 publishing counts by
	// itself: new words count, better spelling and translations do not.
	PurposeRevision int `json:"purpose_revision,omitempty" yaml:"purpose_revision,omitempty"`
}

// InCategory counts the services and the cookies in a Category.
func (d *Draft) InCategory(key CategoryKey) (services, cookies int) {
	for i := range d.Services {
		s := &d.Services[i]
		if s.Category == key {
			services++
		}
		for j := range s.Cookies {
			if s.Cookies[j].CategoryIn(s) == key {
				cookies++
			}
		}
	}
	return services, cookies
}
