package main

import (
	"encoding/json"
	"io"

	"github.com/samtykke/samtykke/consent"
)

// jsonExport writes each decision as a line of JSON.
type jsonExport struct{ lines *json.Encoder }

func newJSONExport(out io.Writer) *jsonExport {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	return &jsonExport{lines}
}

func (x *jsonExport) begin() error { return nil }

func (x *jsonExport) put(entry *consent.Entry, shared *circumstance) error {
	return x.lines.Encode(shared.record(entry))
}

func (x *jsonExport) finish() error { return nil }
