package main

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// past reports what was removed before, as the ledger tells, newest first.
func (c *logExpireCmd) past(ctx context.Context, t *terminal, store consent.Log) error {
	removals, err := store.Removals(ctx, c.Site)
	if err != nil {
		return err
	}
	if c.JSON {
		lines := json.NewEncoder(t.out)
		for _, one := range removals {
			line := struct {
				Time   time.Time `json:"time"`
				Before time.Time `json:"before,omitzero"`
				Gone   int       `json:"removed"`
				Year   int       `json:"year,omitempty"` // that went whole
			}{one.Time, one.Before, one.Gone, one.Year}
			if err := lines.Encode(line); err != nil {
				return err
			}
		}
		return nil
	}
	if len(removals) == 0 {
		t.say("Nothing was removed because its time was up.")
		return nil
	}
	list := newTable(t, column{title: "WHEN"}, column{title: "REMOVED", right: true}, column{title: "MADE BEFORE"})
	for _, one := range removals {
		gone, before := strconv.Itoa(one.Gone), orDash("")
		if !one.Before.IsZero() {
			before = dayShown(one.Before)
		}
		if one.Year != 0 {
			gone, before = "ledger of "+strconv.Itoa(one.Year), orDash("")
		}
		list.add(whenShown(one.Time), gone, before)
	}
	return list.write()
}
