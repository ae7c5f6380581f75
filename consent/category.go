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
	// PurposeRevision is raised by the editor when the meaning of Purpose
	// changes: those who have answered are asked again. A spelling mistake or a
	// translation leaves it alone.
	PurposeRevision int `json:"purpose_revision,omitempty" yaml:"purpose_revision,omitempty"`
}
