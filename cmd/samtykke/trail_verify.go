package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

type trailVerifyCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" optional:"" help:"Whose trail; all of them, with that of the installation, when left out."`
	JSON         bool                   `name:"json" help:"Write one JSON object per line."`
}

// Help says what is proven.
func (c *trailVerifyCmd) Help() string {
	return `Each trail is derived anew from what is stored: acts, leaves, the root of the tree, its seal, and the newest head that was signed, which is kept beside the database. A trail begins each year. The exit code is 1 when one does not hold. samtykke log verify audits the trails, too, with the ledgers of all sites.

Examples:

  samtykke trail verify
  samtykke trail verify gjerdrum --json`
}

// Run audits the trails.
func (c *trailVerifyCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	var audits []consent.TrailAudit
	if c.Organisation == "" {
		audits, err = auditsOfTrails(ctx, store)
	} else if _, err = knownOrganisation(ctx, store, c.Organisation); err == nil {
		audits, err = store.AuditTrails(ctx, c.Organisation)
	}
	if err != nil {
		return err
	}
	faults := 0
	for _, audit := range audits {
		if audit.Fault.Code != "" {
			faults++
		}
	}
	if c.JSON {
		err = trailAuditLines(t, audits)
	} else {
		err = showTrailAudits(t, audits, faults)
	}
	if err == nil && faults > 0 {
		return told{fmt.Errorf("%d faults", faults)}
	}
	return err
}

func showTrailAudits(t *terminal, audits []consent.TrailAudit, faults int) error {
	if len(audits) == 0 {
		t.say("There is nothing to audit: there is no audit trail here yet.")
		return nil
	}
	list := newTable(t, column{title: "TRAIL"}, column{title: "YEAR"}, column{title: "PART", right: true}, column{title: "ACTS", right: true}, column{title: "STATE"})
	for _, audit := range audits {
		state := "holds"
		if audit.Fault.Code != "" {
			state = "does NOT hold: " + audit.Fault.Why
		}
		list.add(orInstallation(audit.Organisation), strconv.Itoa(audit.Year), strconv.Itoa(audit.Part), grouped(audit.Acts), state)
	}
	if err := list.write(); err != nil {
		return err
	}
	t.say("")
	for _, audit := range audits {
		if audit.Broke != nil {
			t.say("The audit trail %s: %s.", called(audit.Organisation), brokeOff(audit.Broke))
		}
	}
	switch {
	case faults == 1:
		t.say("A trail does NOT hold.")
	case faults > 1:
		t.say("%d trails do NOT hold.", faults)
	case len(audits) == 1:
		t.say("The trail holds.")
	default:
		t.say("All trails hold.")
	}
	return nil
}

// trailJSON is the audit of a trail as a program reads it.
type trailJSON struct {
	Organisation consent.OrganisationID `json:"organisation"` // none is the installation
	Year         int                    `json:"year"`
	Part         int                    `json:"part"`
	Acts         int64                  `json:"acts"`
	Holds        bool                   `json:"holds"`
	Fault        *string                `json:"fault"`
	BrokeOff     *string                `json:"broke_off"`
}

func jsonOfTrail(audit consent.TrailAudit) trailJSON {
	out := trailJSON{Organisation: audit.Organisation, Year: audit.Year, Part: audit.Part, Acts: audit.Acts, Holds: audit.Fault.Code == ""}
	if !out.Holds {
		out.Fault = &audit.Fault.Why
	}
	if audit.Broke != nil {
		out.BrokeOff = new(brokeOff(audit.Broke))
	}
	return out
}

func trailAuditLines(t *terminal, audits []consent.TrailAudit) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	for _, audit := range audits {
		if err := lines.Encode(jsonOfTrail(audit)); err != nil {
			return err
		}
	}
	return nil
}

// orInstallation names a trail in a list.
func orInstallation(organisation consent.OrganisationID) string {
	if organisation == "" {
		return "installation"
	}
	return string(organisation)
}
