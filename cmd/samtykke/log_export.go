package main

import (
	"bufio"
	"context"
	"encoding/json"
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
}

// Help says how to read the result.
func (c *logExportCmd) Help() string {
	return `Decisions come oldest first, each once. Times in files are UTC. Every decision names the form of its record (consent-event/1), the hosts that it holds for, and the entity that made it: the subject, or the system when it ran out. "frozen" marks what may be kept and not used (log freeze): leave it out of statistics. In CSV, the columns "granted" and "denied" hold keys with spaces between: a category (statistics), or a category and a service (marketing/youtube). No cell is a formula: text that begins with = + - or @ gets an apostrophe.

A day is a day in the time zone of this computer; set TZ to choose another.

Examples:

  samtykke log export gjerdrum --from 2026-11-01 --to 2026-11-30 -o november.csv
  samtykke log export gjerdrum --format jsonl | gzip > decisions.jsonl.gz`
}

// Run writes the decisions page by page.
func (c *logExportCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.BOM && c.Format != "csv" {
		return misusef("--bom belongs to --format csv; JSON Lines never has one")
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

// save writes to where the decisions are wanted.
func (c *logExportCmd) save(ctx context.Context, t *terminal, store consent.Store, query consent.LogQuery) error {
	if c.Out == "" {
		return c.write(ctx, t, store, query, t.out)
	}
	return writeWhole(c.Out, func(out io.Writer) error { return c.write(ctx, t, store, query, out) })
}

func (c *logExportCmd) write(ctx context.Context, t *terminal, store consent.Store, query consent.LogQuery, out io.Writer) error {
	query.Oldest, query.Limit = true, page
	buffer := bufio.NewWriterSize(out, 1<<16)
	var put func(*record) error
	finish := buffer.Flush
	if c.Format == "jsonl" {
		lines := json.NewEncoder(buffer)
		lines.SetEscapeHTML(false)
		put = func(r *record) error { return lines.Encode(r) }
	} else {
		if c.BOM {
			_, _ = buffer.WriteString(byteOrderMark)
		}
		rows := newCSVWriter(buffer)
		if err := rows.row(csvHeader); err != nil {
			return err
		}
		put = func(r *record) error { return rows.row(r.cells()) }
		finish = func() error {
			if err := rows.flush(); err != nil {
				return err
			}
			return buffer.Flush()
		}
	}
	bar := c.bar(ctx, t, store)
	if err := eachPage(ctx, store, query, newRecorder(store, c.Site), bar, put); err != nil {
		return err
	}
	bar.finish()
	return finish()
}

// bar shows progress when a person waits and the output goes to a file.
func (c *logExportCmd) bar(ctx context.Context, t *terminal, store consent.Log) *bar {
	if c.Out == "" {
		return nil
	}
	return newExportBar(ctx, t, store, c.Site)
}

// eachPage reads the query to its end and hands on every decision. One page is
// read while another is written.
func eachPage(ctx context.Context, store consent.Store, query consent.LogQuery, recorder *recorder, bar *bar, put func(*record) error) error {
	group, ctx := errgroup.WithContext(ctx)
	pages := make(chan []consent.Entry)
	group.Go(func() error {
		defer close(pages)
		return readPages(ctx, store, query, pages)
	})
	group.Go(func() error {
		for entries := range pages {
			for i := range entries {
				made, err := recorder.record(ctx, &entries[i])
				if err != nil {
					return err
				}
				if err := put(made); err != nil {
					return err
				}
			}
			bar.reach(entries[len(entries)-1].Index)
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
