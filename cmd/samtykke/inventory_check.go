package main

import (
	"encoding/json"
	"errors"

	"github.com/samtykke/samtykke/consent"
)

type inventoryCheckCmd struct {
	File string `arg:"" help:"Site file (YAML)."`
	JSON bool   `name:"json" help:"Write one JSON object."`
}

// Help says what counts as a fault.
func (c *inventoryCheckCmd) Help() string {
	return `A fault stops publishing: a text missing in a language, a necessary cookie without a signed reason, a lifetime that cannot be read. A warning does not, but somebody should look. The exit code is 1 when there is a fault. No database is needed.

Read on: samtykke help site-file`
}

// Run lists every problem at once.
func (c *inventoryCheckCmd) Run(t *terminal) error {
	draft, problems, err := readSite(t, c.File)
	if err != nil {
		return err
	}
	faults := len(problems.Faults())
	if c.JSON {
		err = c.object(t, draft, problems)
	} else {
		writeProblems(t.out, c.File, problems)
		if len(problems) > 0 {
			t.say("")
		}
		t.say("%s: %s, %s; %s.", c.File, plural(len(draft.Services), "service"), plural(cookies(draft), "cookie"), tally(problems))
	}
	if err == nil && faults > 0 {
		return told{errors.New("faults")}
	}
	return err
}

func (c *inventoryCheckCmd) object(t *terminal, draft *consent.Draft, problems consent.Problems) error {
	if problems == nil {
		problems = consent.Problems{}
	}
	return json.NewEncoder(t.out).Encode(map[string]any{
		"file": c.File, "site": draft.Site.Key, "services": len(draft.Services), "cookies": cookies(draft),
		"valid": len(problems.Faults()) == 0, "problems": problems,
	})
}
