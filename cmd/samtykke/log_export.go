package main

import (
	"bufio"
	"context"
	"errors"
	"io"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
)

// page is how many decisions are read at a time: an export of any length
// holds no more than this many in memory, and no read transaction is long.
const page = 2000

type logExportCmd struct {
	access
	logFilter
	Format string `enum:"csv,jsonl" default:"csv" placeholder:"csv|jsonl" help:"csv for spreadsheets (unless told), jsonl for programs: one JSON object per line, exact."`
	BOM    bool   `name:"bom" help:"Start a CSV file with a byte order mark, as Excel wants it."`
	Out    string `short:"o" placeholder:"FILE" help:"Write to this file, which appears when it is complete; otherwise to standard output."`
	Resume bool   `help:"Keep FILE.part when the export is interrupted, and go on with it the next time."`
}

// Help says how to read the result.
func (c *logExportCmd) Help() string {
	return `Decisions come oldest first, each once. Times in files are UTC. Every decision names the form of its record (consent-event/1), the hosts that it holds for, and the entity that made it: the subject, or the system when it ran out. In CSV, the columns "granted" and "denied" hold keys with spaces between: a category (statistics), or a category and a service (marketing/youtube). No cell is a formula: text that begins with = + - or @ gets an apostrophe.

A day is a day in the time zone of this computer; set TZ to choose another.

With --resume, give the same command again after an interruption: the file goes on after the last whole decision, and ends as if nothing had happened. Until then FILE.part holds decisions; remove it if you do not go on.

Examples:

  samtykke log export gjerdrum --from 2026-11-01 --to 2026-11-30 -o november.csv
  samtykke log export gjerdrum --resume -o all.csv
  samtykke log export gjerdrum --format jsonl | gzip > decisions.jsonl.gz`
}

// Run writes the decisions page by page.
func (c *logExportCmd) Run(ctx context.Context, t *terminal) (err error) {
	if err := c.fits(); err != nil {
		return err
	}
	query, err := c.query(t.clock())
	if err != nil {
		return err
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := c.check(ctx, store); err != nil {
		return err
	}
	return c.save(ctx, t, store, query)
}

// fits refuses flags that do not go together.
func (c *logExportCmd) fits() error {
	switch {
	case c.BOM && c.Format != "csv":
		return misusef("--bom belongs to --format csv; no other format has one")
	case c.Resume && c.Out == "":
		return misusef("--resume needs a file to go on with: name it with -o FILE")
	}
	return nil
}

// save writes to where the decisions are wanted.
func (c *logExportCmd) save(ctx context.Context, t *terminal, store consent.Store, query consent.LogQuery) error {
	whole := func(out io.Writer) error { return c.write(ctx, t, store, query, out, nil) }
	switch {
	case c.Out == "":
		return whole(t.out)
	case !c.Resume:
		return writeWhole(c.Out, whole)
	}
	u, err := openUnfinished(ctx, c.Out, c.exported(query), store)
	if err != nil {
		return err
	}
	query.After = u.state.After
	if err := c.write(ctx, t, store, query, u, u); err != nil {
		return errors.Join(err, u.part.Close())
	}
	return u.complete()
}

// format writes decisions, in the order in which they come.
type format interface {
	// begin writes what stands before the first decision.
	begin() error
	put(entry *consent.Entry, shared *circumstance) error
	// finish writes what stands after the last one.
	finish() error
}

// write writes a query's decisions, and keeps a note of each page in the
// unfinished file if there is one.
func (c *logExportCmd) write(ctx context.Context, t *terminal, store consent.Store, query consent.LogQuery, out io.Writer, u *unfinished) error {
	query.Oldest, query.Limit = true, page
	buffer := bufio.NewWriterSize(out, 1<<16)
	lines := c.format(buffer)
	if u == nil || u.fresh() {
		if err := lines.begin(); err != nil {
			return err
		}
	}
	bar := c.bar(ctx, t, store)
	pageDone := func(last *consent.Entry) error {
		bar.reach(last.Index)
		if u == nil {
			return nil
		}
		return errors.Join(buffer.Flush(), u.keep(last))
	}
	if err := eachPage(ctx, store, query, newRecorder(store, c.Site), lines.put, pageDone); err != nil {
		return err
	}
	bar.finish()
	return errors.Join(lines.finish(), buffer.Flush())
}

func (c *logExportCmd) format(out io.Writer) format {
	if c.Format == "jsonl" {
		return newJSONExport(out)
	}
	return &csvExport{out: out, bom: c.BOM}
}

// bar shows progress when a person waits and the output goes to a file.
func (c *logExportCmd) bar(ctx context.Context, t *terminal, store consent.Log) *bar {
	if c.Out == "" {
		return nil
	}
	return newExportBar(ctx, t, store, c.Site)
}

// eachPage reads the query to its end and hands on every decision, and the last
// one of each page. One page is read while another is written.
func eachPage(ctx context.Context, store consent.Store, query consent.LogQuery, recorder *recorder,
	put func(*consent.Entry, *circumstance) error, done func(last *consent.Entry) error,
) error {
	group, ctx := errgroup.WithContext(ctx)
	pages := make(chan []consent.Entry)
	group.Go(func() error {
		defer close(pages)
		return readPages(ctx, store, query, pages)
	})
	group.Go(func() error {
		for entries := range pages {
			for i := range entries {
				shared, err := recorder.circumstance(ctx, &entries[i])
				if err != nil {
					return err
				}
				if err := put(&entries[i], shared); err != nil {
					return err
				}
			}
			if err := done(&entries[len(entries)-1]); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// readPages sends the pages of a query that hold something, in order.
func readPages(ctx context.Context, store consent.Log, query consent.LogQuery, pages chan<- []consent.Entry) error {
	for {
		entries, err := store.Read(ctx, query)
		if err != nil || len(entries) == 0 {
			return err
		}
		select {
		case pages <- entries:
		case <-ctx.Done():
			return ctx.Err()
		}
		query.After = entries[len(entries)-1].Index
	}
}
