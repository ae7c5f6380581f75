package main

import (
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

type textShowCmd struct {
	access
	Language consent.Language `arg:"" help:"Tag of the language, such as se."`
}

// Help says what to do with the file.
func (c *textShowCmd) Help() string {
	return `Writes what banner and panel say in a language, as a JSON file: with the corrections of the settings, when --config names them.

Example:

  samtykke text show se > texts/se.json

Read on: samtykke help languages`
}

// Run writes the texts in force.
func (c *textShowCmd) Run(t *terminal) error {
	if _, err := shippedIn(c.Language); err != nil {
		return err
	}
	_, said, err := c.spoken(t)
	if err != nil {
		return err
	}
	file := json.NewEncoder(t.out)
	file.SetEscapeHTML(false)
	file.SetIndent("", "  ")
	return file.Encode(said[c.Language])
}
