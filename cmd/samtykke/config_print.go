package main

import (
	"encoding/json"

	"go.yaml.in/yaml/v3"
)

type configPrintCmd struct {
	access
	JSON bool `name:"json" help:"Write one JSON object."`
}

// Help says where settings come from.
func (c *configPrintCmd) Help() string {
	return `Settings come from the file, then the environment, then flags; the later ones win. Secrets are shown as ***.`
}

// Run shows the settings in force.
func (c *configPrintCmd) Run(t *terminal) error {
	settings, err := c.served(t, nil)
	if err != nil {
		return err
	}
	if c.JSON {
		text, err := yaml.Marshal(settings)
		if err != nil {
			return err
		}
		var plain map[string]any
		if err := yaml.Unmarshal(text, &plain); err != nil {
			return err
		}
		return json.NewEncoder(t.out).Encode(plain)
	}
	writer := yaml.NewEncoder(t.out)
	writer.SetIndent(2)
	return writer.Encode(settings)
}
