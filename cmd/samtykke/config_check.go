package main

type configCheckCmd struct{ access }

// Run loads the settings; what is wrong with them is its error. What is doubtful
// is told, and is none.
func (c *configCheckCmd) Run(t *terminal) error {
	settings, err := c.served(t, nil)
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
	doubts := settings.Doubts()
	writeProblems(t.err, c.Config, doubts)
	if len(doubts) > 0 {
		t.say("The settings can be served (%s): %s.", from, tally(doubts))
		return nil
	}
	t.say("The settings are sound (%s).", from)
	return nil
}
