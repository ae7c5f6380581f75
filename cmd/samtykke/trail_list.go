package main

import (
	"context"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

type trailListCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" optional:"" help:"Whose trail; that of the installation when left out."`
	From         string                 `placeholder:"TIME" help:"From this day or moment on; also \"today\" and \"yesterday\"."`
	To           string                 `placeholder:"TIME" help:"Up to and with this day, or before this moment."`
	Act          string                 `placeholder:"ACT" help:"What was done, such as notice.publish."`
	Account      string                 `placeholder:"PERSON" help:"Who did it, or in whose name a command did: an e-mail address or the number of an account."`
	By           consent.Doer           `placeholder:"WAY" help:"How: person (on the pages), key, command, program or stranger (not logged in)."`
	Site         consent.SiteKey        `placeholder:"SITE" help:"Where it was done."`
	Before       string                 `placeholder:"PLACE" help:"What is older than the act at this place."`
	Limit        int                    `short:"n" default:"20" placeholder:"N" help:"Show at most this many; the newest win. 20 unless told."`
	JSON         bool                   `name:"json" help:"Write one JSON object per line."`
}

// Help says what the columns are.
func (c *trailListCmd) Help() string {
	return `The newest act comes last. WHO is the e-mail address of an account, with "(API key)" after it for a program that has a key of that person; "command" for a command on this machine, "program" for what the server did by itself, and "stranger" for somebody on the pages who was not logged in. PLACE is the year, its part and the number of the act: what is older still is found with --before. Whether a trail is whole is told by samtykke trail verify. --act finds what was done with a key (api.…), too. With --act notice.publish there is whatever made a notice: approvals, programs and set times, too.

Times and days are those of the time zone of this computer; set TZ to choose another. JSON holds UTC, and all of a long REASON.

Examples:

  samtykke trail list gjerdrum
  samtykke trail list gjerdrum --act log.erase --from 2026-11-01
  samtykke trail list gjerdrum --account kari@example.no --limit 500 --json
  samtykke trail list gjerdrum --by command --site skolen
  samtykke trail list --before 2026.1.17`
}

// mostActs is how many acts are shown at once.
const mostActs = 10_000

// Run shows the newest acts.
func (c *trailListCmd) Run(ctx context.Context, t *terminal) (err error) {
	query, from, err := c.query(t.clock())
	if err != nil {
		return err
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := c.check(ctx, store, &query); err != nil {
		return err
	}
	acts, more, err := actsSince(ctx, store, query, from, c.Limit)
	if err != nil {
		return err
	}
	if len(acts) == 0 && !c.JSON {
		t.say("No acts.")
		return nil
	}
	slices.Reverse(acts)
	emails, err := emailsOf(ctx, store)
	if err != nil {
		return err
	}
	if c.JSON {
		err = actLines(t, acts, emails)
	} else {
		var about []string
		if about, err = (admin.Machine{Store: store, Clock: t.clock}).TrailAbout(ctx, c.Organisation, acts, emails); err == nil {
			err = showActs(t, acts, about, emails)
		}
	}
	if err == nil && more {
		t.remark("There are older ones. Add --before %s to see them.", acts[0].Place())
	}
	return err
}

// query turns the flags into a query, and the moment from which acts are shown.
func (c *trailListCmd) query(now time.Time) (query consent.TrailQuery, from time.Time, err error) {
	query = consent.TrailQuery{Organisation: c.Organisation, Action: c.Act, Site: c.Site, By: c.By, EveryWay: true}
	if err := checkActs(c.Act, c.By); err != nil {
		return query, from, err
	}
	if c.Limit < 1 || c.Limit > mostActs {
		return query, from, misusef("--limit must be between 1 and %d; go on with --before", mostActs)
	}
	if c.From != "" {
		if from, _, err = span(c.From, now); err != nil {
			return query, from, misusef("--from: %w", err)
		}
	}
	if c.To != "" {
		if _, query.Until, err = span(c.To, now); err != nil {
			return query, from, misusef("--to: %w", err)
		}
		if !from.Before(query.Until) {
			return query, from, misusef("--from must lie before --to")
		}
	}
	if c.Before != "" {
		place, is := consent.ParseActPlace(c.Before)
		if !is {
			return query, from, misusef("--before %q is no place; write one as the list shows it, such as 2026.1.17", c.Before)
		}
		query.Before = place
	}
	return query, from, nil
}

// check refuses what there is not: an empty answer would look like "nobody".
func (c *trailListCmd) check(ctx context.Context, store consent.Store, query *consent.TrailQuery) error {
	if c.Organisation != "" {
		if _, err := knownOrganisation(ctx, store, c.Organisation); err != nil {
			return err
		}
	}
	if c.Site != "" {
		if _, err := known(ctx, store, c.Site); err != nil {
			return err
		}
	}
	if c.Account != "" {
		account, err := accountNamed(ctx, store, c.Account)
		if err != nil {
			return err
		}
		query.Account = account.ID
	}
	return nil
}

// actsSince gives the newest acts of a query from a moment on, and whether there are
// more of them. A clock that was set back leaves older ones between.
func actsSince(ctx context.Context, store consent.TrailStore, query consent.TrailQuery, from time.Time, limit int) (found []consent.ActEntry, more bool, err error) {
	query.Limit = min(limit+1, 1000)
	for {
		page, err := store.Acts(ctx, query)
		if err != nil {
			return nil, false, err
		}
		for _, act := range page {
			if act.Time.Before(from) {
				continue
			}
			if len(found) == limit {
				return found, true, nil
			}
			found = append(found, act)
		}
		if len(page) < query.Limit || page[len(page)-1].Time.Before(from) {
			return found, false, nil
		}
		query.Before = &page[len(page)-1]
	}
}
