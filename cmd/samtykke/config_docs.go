package main

import (
	"io"

	"github.com/samtykke/samtykke/config"
)

type configDocsCmd struct {
	Example bool `help:"Write a settings file to start from instead: YAML with every setting, its default and its manual entry."`
	Schema  bool `help:"Write the JSON Schema of site files instead, for editors."`
}

// Help says how to start.
func (c *configDocsCmd) Help() string {
	return `Examples:

  samtykke config docs --example > samtykke.yaml
  samtykke config docs --schema > site.schema.json`
}

// Run writes the manual of all settings as Markdown.
func (c *configDocsCmd) Run(t *terminal) (err error) {
	switch {
	case c.Example && c.Schema:
		return misusef("give --example or --schema, not both")
	case c.Schema:
		_, err = t.out.Write(config.SiteSchema())
	case c.Example:
		_, err = t.out.Write(config.Example())
	default:
		_, err = io.WriteString(t.out, config.Docs())
	}
	return err
}
