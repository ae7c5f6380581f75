package main

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// hashShown is how much of a hash stands in a table: enough to name a bundle.
const hashShown = 8

// pause is how long --follow waits between two looks.
const pause = 250 * time.Millisecond

type logListCmd struct {
	access
	logFilter
	Limit  int  `short:"n" default:"20" placeholder:"N" help:"Show at most this many; the newest win. 20 unless told."`
	Follow bool `short:"f" help:"Go on with new decisions as they come, until interrupted."`
	JSON   bool `name:"json" help:"Write one JSON object per line."`
}

// Help says what the columns are.
func (c *logListCmd) Help() string {
	return `The newest decision comes last. GRANTED names what the visitor said yes to: a category (statistics), or a category and a service (marketing/youtube). BUNDLE begins the SHA-256 of the script that asked. RECEIPT is the id that the visitor can see in the banner; "samtykke notice show SITE --as-shown --decision ID" shows what that visitor saw. FROZEN decisions are kept and not used (log freeze): leave them out of what you count.

Times and days are those of the time zone of this computer; set TZ to choose another. JSON holds UTC.

Examples:

  samtykke log list gjerdrum --follow
  samtykke log list gjerdrum --day today --category statistics
  samtykke log list gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b --json`
}

// Run shows the newest decisions, then follows.
func (c *logListCmd) Run(ctx context.Context, t *terminal) (err error) {
	now := t.clock()
	query, err := c.query(now)
	if err != nil {
		return err
	}
	if c.Limit < 1 || c.Limit > 10_000 {
		return misusef("--limit must be between 1 and 10000; \"samtykke log export\" writes more")
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := c.check(ctx, store); err != nil {
		return err
	}
	query.Limit = c.Limit
	newest, err := store.Read(ctx, query)
	if err != nil {
		return err
	}
	slices.Reverse(newest)
	lines := c.lines(t, store)
	if !c.Follow && !c.JSON && len(newest) == 0 {
		t.say("No decisions.")
		return nil
	}
	if err := lines.put(ctx, newest); err != nil || !c.Follow {
		return err
	}
	if len(newest) > 0 {
		query.After = newest[len(newest)-1].Index
	}
	return follow(ctx, store, query, lines)
}

// follow reads past the last index until ctx ends.
func follow(ctx context.Context, store consent.Log, query consent.LogQuery, lines logLines) error {
	query.Oldest = true
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		entries, err := store.Read(ctx, query)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if err := lines.put(ctx, entries); err != nil {
			return err
		}
		if len(entries) > 0 {
			query.After = entries[len(entries)-1].Index
		}
		if len(entries) == query.Limit {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// logLines writes decisions as they are read.
type logLines interface {
	put(ctx context.Context, entries []consent.Entry) error
}

func (c *logListCmd) lines(t *terminal, store consent.Store) logLines {
	recorder := export.NewRecorder(store, c.Site)
	if c.JSON {
		encoder := json.NewEncoder(t.out)
		encoder.SetEscapeHTML(false)
		return &jsonLines{recorder, encoder}
	}
	return &tableLines{recorder: recorder, table: newTable(t,
		column{title: "TIME", width: len("2006-01-02 15:04:05 CEST")},
		column{title: "STATE", width: len(consent.StatePartlyGiven)},
		column{title: "METHOD", width: len(consent.PlaceholderAlways)},
		column{title: "GRANTED", width: len("statistics")},
		column{title: "LANG"},
		column{title: "NOTICE", right: true},
		column{title: "BUNDLE", width: hashShown},
		column{title: "RECEIPT", width: 36},
		column{title: "FROZEN"},
	)}
}

// yesOrNothing leaves a column to the rows that it is about.
func yesOrNothing(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

type jsonLines struct {
	recorder *export.Recorder
	encoder  *json.Encoder
}

func (l *jsonLines) put(ctx context.Context, entries []consent.Entry) error {
	for i := range entries {
		made, err := l.recorder.Record(ctx, &entries[i])
		if err != nil {
			return err
		}
		if err := l.encoder.Encode(made); err != nil {
			return err
		}
	}
	return nil
}

type tableLines struct {
	recorder *export.Recorder
	table    *table
	headed   bool
}

func (l *tableLines) put(ctx context.Context, entries []consent.Entry) error {
	for i := range entries {
		made, err := l.recorder.Record(ctx, &entries[i])
		if err != nil {
			return err
		}
		granted, _ := export.Answers(made.Choice)
		l.table.add(
			whenShown(entries[i].Time), string(made.State), string(made.Method),
			orDash(strings.Join(granted, " ")), string(made.Language), strconv.Itoa(int(made.Notice)), orDash(made.BundleHash[:min(hashShown, len(made.BundleHash))]), made.ID, yesOrNothing(made.Frozen),
		)
	}
	if !l.headed {
		l.headed = true
		return l.table.write()
	}
	return l.table.flush()
}
