package main

import (
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

type textListCmd struct {
	JSON bool `name:"json" help:"Write one JSON object per language."`
}

// Help says what the marks mean.
func (c *textListCmd) Help() string {
	return `Lists every language that banner and panel come in, and what a native reader has yet to look at. The pages of the server come in nb, nn, se and en.

Read on: samtykke help languages`
}

// Run lists the languages.
func (c *textListCmd) Run(t *terminal) error {
	list := newTable(t, column{title: "TAG"}, column{title: "LANGUAGE"}, column{title: "WRITTEN"}, column{title: "REVIEW"})
	lines := json.NewEncoder(t.out)
	for _, lang := range consent.Languages() {
		texts := consent.Shipped()[lang]
		if c.JSON {
			if err := lines.Encode(map[string]any{"language": lang, "name": texts.Name, "direction": lang.Direction(), "review": texts.Review}); err != nil {
				return err
			}
			continue
		}
		list.add(string(lang), texts.Name, lang.Direction(), texts.Review)
	}
	if c.JSON {
		return nil
	}
	return list.write()
}
