package main

type configCheckCmd struct{ access }

// Run loads the settings; what is wrong with them is its error.
func (c *configCheckCmd) Run(t *terminal) error {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	if _, err := translations(t, settings); err != nil {
		return err
	}
	from := "defaults and environment"
	if c.Config != "" {
		from = c.Config
	}
	t.say("The settings are sound (%s).", from)
	return nil
}
