package config

import (
	"encoding/json"
	"reflect"

	"github.com/samtykke/samtykke/consent"
)

// FormatSiteJSON writes a site file as JSON, which is YAML, too: ParseSite reads it
// back as the same draft. Draft texts must be UTF-8.
func FormatSiteJSON(draft *consent.Draft) ([]byte, error) {
	node := encoder{languages: draft.Site.Languages}.value(reflect.ValueOf(*draft))
	if !printable(node) {
		return nil, errNotPrintable()
	}
	var value any
	if err := node.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

func errNotPrintable() error {
	return consent.Errorf(consent.Invalid, "not_utf8", "The draft holds text that is not UTF-8. Write that text again.")
}
