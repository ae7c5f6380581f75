package banner

import (
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

// drawn is a shape as the banner draws it: its name, attributes, and shapes in it.
type drawn consent.Shape

// MarshalJSON writes the shape as a list.
func (s drawn) MarshalJSON() ([]byte, error) {
	shapes := make([]drawn, len(s.Shapes))
	for i, one := range s.Shapes {
		shapes[i] = drawn(one)
	}
	return json.Marshal([]any{s.Name, s.Attributes, shapes})
}

// projectLogo gives the picture of a Site's logo, or nothing when it has none.
func projectLogo(l *consent.Logo) (*drawn, error) {
	if l == nil {
		return nil, nil //nolint:nilnil // no logo is no fault
	}
	shape, err := l.Drawing()
	return (*drawn)(shape), err
}
