package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/looks"
)

// pause is how long --follow waits between two looks.
const pause = 250 * time.Millisecond

type logListCmd struct {
	access
	logFilter
	TokenFile string `placeholder:"FILE" help:"File that holds a visitor's token: all decisions of that visitor, and no other filter; - for standard input. A token on the command line would be seen by others on this machine."`
	Limit     int    `short:"n" default:"20" placeholder:"N" help:"Show at most this many; the newest win. 20 unless told."`
	Follow    bool   `short:"f" help:"Go on with new decisions as they come, until interrupted."`
	JSON      bool   `name:"json" help:"Write one JSON object per line."`
}

// Help says what the columns are.
func (c *logListCmd) Help() string {
	return `The newest decision comes last. GRANTED names what the visitor said yes to: a category (statistics), or a category and a service (marketing/youtube). BUNDLE begins the SHA-256 of the script that asked. RECEIPT is the id that the visitor can see in the banner; "samtykke notice show SITE --as-shown --decision ID" shows what that visitor saw. FROZEN decisions are kept and not used (log freeze): leave them out of what you count.

Of a decision that was erased, --receipt shows when and by whom that was done, and on which ground. --token-file shows what one visitor has decided. The audit trail knows how many decisions were read and how the log was narrowed, and that a visitor was asked for, but not with which token.

Times and days are those of the time zone of this computer; set TZ to choose another. JSON holds UTC.

Examples:

  samtykke log list gjerdrum --follow
  samtykke log list gjerdrum --day today --category statistics
  samtykke log list gjerdrum --notice 1 --language nn
  samtykke log list gjerdrum --token-file -
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
	visitor, err := c.visitor(t)
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
	query.Limit = c.Limit
	newest, err := c.newest(ctx, t, store, query, visitor)
	if err != nil {
		return err
	}
	if !c.Follow && len(newest) == 0 {
		return c.none(ctx, t, store, query.ID)
	}
	lines := c.lines(t, store)
	if visitor.IsZero() {
		told, failed := c.told(ctx, t, store, lines)
		if failed != nil {
			return failed
		}
		defer func() { err = errors.Join(err, told.end(ctx)) }()
		lines = told
	}
	if err := lines.put(ctx, newest); err != nil || !c.Follow {
		return err
	}
	if len(newest) > 0 {
		query.After = newest[len(newest)-1].Index
	}
	return follow(ctx, store, query, lines)
}

// toldLines writes decisions that the audit trail knows to be read, as it does of pages:
// the first before they are written, those that follow in the end at the latest.
type toldLines struct {
	logLines

	looks *looks.Looks
	act   consent.Act
	words string // how the log is narrowed
	t     *terminal
}

func (c *logListCmd) told(ctx context.Context, t *terminal, store consent.Store, lines logLines) (*toldLines, error) {
	telling, err := tellsOf(ctx, t, store, c.Site, "log.read", "")
	act, _ := consent.ActOf(telling)
	return &toldLines{lines, looks.New(store.RecordAct, t.clock), act, c.words(), t}, err
}

func (l *toldLines) put(ctx context.Context, entries []consent.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	l.act.Time = l.t.clock()
	if err := l.looks.Read(ctx, consent.LoginID{}, l.act, entries, l.words); err != nil {
		return err
	}
	return l.logLines.put(ctx, entries)
}

// end tells the trail of what it does not know of yet, also when somebody interrupts.
func (l *toldLines) end(ctx context.Context) error {
	return l.looks.End(context.WithoutCancel(ctx), true)
}

// visitor reads whose decisions are asked for, if that is what is asked.
func (c *logListCmd) visitor(t *terminal) (consent.VisitorKey, error) {
	if c.TokenFile == "" {
		return consent.VisitorKey{}, nil
	}
	if c.Follow || c.logFilter != (logFilter{Site: c.Site}) {
		return consent.VisitorKey{}, misusef("--token-file shows all that one visitor has decided: leave out --follow and what chooses among decisions")
	}
	return subject{TokenFile: c.TokenFile}.token(t)
}

// newest gives the newest decisions that are asked for, the newest last. Of one visitor's,
// the trail is told first.
func (c *logListCmd) newest(ctx context.Context, t *terminal, store consent.Store, query consent.LogQuery, visitor consent.VisitorKey) ([]consent.Entry, error) {
	if visitor.IsZero() {
		entries, err := store.Read(ctx, query)
		slices.Reverse(entries)
		return entries, err
	}
	if err := tellNow(ctx, t, store, c.Site, "log.find", ""); err != nil {
		return nil, err
	}
	entries, err := store.Decisions(ctx, c.Site, visitor)
	return entries[max(0, len(entries)-c.Limit):], err
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
