package main

type configCheckCmd struct{ access }

// Run loads the settings; what is wrong with them is its error.
func (c *configCheckCmd) Run(t *terminal) error {
	if _, _, err := c.spoken(t); err != nil {
		return err
	}
	from := "defaults and environment"
	if c.Config != "" {
		from = c.Config
	}
	t.say("The settings are sound (%s).", from)
	return nil
}
