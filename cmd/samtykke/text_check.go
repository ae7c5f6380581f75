package main

import "errors"

type textCheckCmd struct {
	access
	Files []string `arg:"" optional:"" name:"file" help:"Files of corrected texts, each named after its language (se.json). Without any: those of the settings."`
}

// Help says what counts as a fault.
func (c *textCheckCmd) Help() string {
	return `A fault stops the server from starting: a text that nothing shows, an empty one, or one that has lost a name in braces. The exit code is 1 when there is one. No database is needed.

Read on: samtykke help languages`
}

// Run lists every fault at once.
func (c *textCheckCmd) Run(t *terminal) error {
	files := c.Files
	if len(files) == 0 {
		settings, err := c.settings(t, nil)
		if err != nil {
			return err
		}
		if files, err = correctionFiles(settings.Texts.Corrections); err != nil {
			return err
		}
	}
	var faulty error
	for _, file := range files {
		_, err := correction(t, file)
		switch {
		case errors.As(err, &told{}):
			faulty = err
		case err != nil:
			return err
		default:
			t.say("%s is sound.", file)
		}
	}
	if len(files) == 0 {
		t.say("There are no corrected texts.")
	}
	return faulty
}
