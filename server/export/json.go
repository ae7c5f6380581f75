package export

import (
	"encoding/json"
	"io"

	"github.com/samtykke/samtykke/consent"
)

// JSON writes each decision as a line of JSON.
type JSON struct{ lines *json.Encoder }

// NewJSON makes one.
func NewJSON(out io.Writer) *JSON {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	return &JSON{lines}
}

// Begin has nothing to write.
func (x *JSON) Begin() error { return nil }

// Put writes a line.
func (x *JSON) Put(entry *consent.Entry, shared *Circumstance) error {
	return x.lines.Encode(shared.Record(entry))
}

// Finish has nothing to write.
func (x *JSON) Finish() error { return nil }
