package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

type logExportCmd struct {
	access
	logFilter
	count int // decisions that were taken out

	Format string `enum:"csv,jsonl,jsonld,parquet" default:"csv" placeholder:"csv|jsonl|jsonld|parquet" help:"csv for spreadsheets (unless told), jsonl for programs: one JSON object per line, exact; jsonld for ISO/IEC TS 27560; parquet for analysis."`
	BOM    bool   `name:"bom" help:"Start a CSV file with a byte order mark, as Excel wants it."`
	separated
	Out    string `short:"o" placeholder:"FILE" help:"Write to this file, which appears when it is complete; otherwise to standard output."`
	Public bool   `help:"Only the numbers of the figures, for a request for access to public documents: no ids, no keys, no times."`
	Resume bool   `help:"Keep FILE.part when the export is interrupted, and go on with it the next time."`
}

// Help says how to read the result.
func (c *logExportCmd) Help() string {
	return `Decisions come oldest first, each once. Times in files are UTC. Every decision names the form of its record (consent-event/1), the hosts that it holds for, and the entity that made it: the subject, or the system when it ran out. "frozen" marks what may be kept and not used (log freeze): leave it out of statistics. In CSV, the columns "granted" and "denied" hold keys with spaces between: a category (statistics), or a category and a service (marketing/youtube). No cell is a formula: text that begins with = + - or @ gets an apostrophe.

A day is a day in the time zone of this computer; set TZ to choose another.

With --resume, give the same command again after an interruption: the file goes on after the last whole decision, and ends as if nothing had happened. Until then FILE.part holds decisions; remove it if you do not go on.

JSON-LD has a document in each line, in the words of the Data Privacy Vocabulary: a notice before the first decision that refers to it, and the decisions. Its context stands inside; nothing is fetched. "samtykke log schema" writes the JSON Schema that each line fits.

With --public, the file holds the numbers of the figures (samtykke figures), and no others: none is about fewer than five people, and none can be worked out by taking numbers from each other, from another file or from the figures. Each row has the days that it is about, in UTC; what it tells apart: days, outcomes, languages, notices, methods, categories, delays or visits; what of that, and which answer; with a + between what could not be told apart; and the count, which is empty where it would be about few.

Such a file is of whole days: --category, --method, --language, --notice, --receipt and times of day are refused. Days are counted together once, mostly to the end of a month, and it has those that were complete and end within the days that you ask for. What is complete never changes: an erasure afterwards, a freeze or the end of the retention changes nothing in it.

Examples:

  samtykke log export gjerdrum --from 2026-11-01 --to 2026-11-30 -o november.csv
  samtykke log export gjerdrum --notice 1 --language nn -o nynorsk.csv
  samtykke log export gjerdrum --resume -o all.csv
  samtykke log export gjerdrum --public --from 2026-01-01 -o access-request.csv
  samtykke log export gjerdrum --format parquet -o decisions.parquet
  samtykke log export gjerdrum --format jsonl | gzip > decisions.jsonl.gz`
}

// Run writes the decisions page by page.
func (c *logExportCmd) Run(ctx context.Context, t *terminal) (err error) {
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	if err := c.fits(); err != nil {
		return err
	}
	query, err := c.wanted(t.clock())
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
	if err := tellNow(ctx, t, store, c.Site, "log.export", c.told()); err != nil {
		return err // before anything is taken out that nobody knows of
	}
	size, err := store.LogSize(ctx, c.Site)
	if err != nil {
		return err
	}
	c.count = 0
	err = c.save(ctx, t, store, query)
	took := export.Taken{Count: c.count, Whole: c.count >= size}
	return errors.Join(err, tellNow(ctx, t, store, c.Site, "log.exported", export.Told(c.told(), c.form(), took)))
}

// wanted is what is exported: of a public file, days by their dates.
func (c *logExportCmd) wanted(now time.Time) (consent.LogQuery, error) {
	if !c.Public {
		return c.query(now)
	}
	query, err := c.query(consent.InNorway(now))
	if err == nil && !export.PublicTakes(&query) {
		err = misusef("--public takes whole days and nothing else, as its numbers are those of the figures; give --day, or --from and --to as days")
	}
	return query, err
}

// told says for the trail what is taken out.
func (c *logExportCmd) told() string {
	return strings.TrimSpace("form=" + c.form() + " " + c.words())
}

// form names the form of the file, as the pages do.
func (c *logExportCmd) form() string {
	if c.Public {
		return export.PublicForm
	}
	return c.Format
}

// fits refuses flags that do not go together.
func (c *logExportCmd) fits() error {
	switch {
	case c.BOM && c.Format != "csv":
		return misusef("--bom belongs to --format csv; no other format has one")
	case c.semicolons() && c.Format != "csv":
		return misusef("--separator belongs to --format csv; no other format has cells")
	case c.Resume && c.Public:
		return misusef("--resume does not go with --public, which holds no decisions")
	case c.Public && c.Format != "csv" && c.Format != "jsonl":
		return misusef("--public writes --format csv or jsonl")
	case c.Resume && c.Format == "parquet":
		return misusef("--resume does not go with --format parquet, which has its index at the end")
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

// write writes a query's decisions, and keeps a note of each page in the
// unfinished file if there is one.
func (c *logExportCmd) write(ctx context.Context, t *terminal, store consent.Store, query consent.LogQuery, out io.Writer, u *unfinished) error {
	if c.Public {
		var err error
		c.count, err = export.Public{JSON: c.Format == "jsonl", BOM: c.BOM || c.semicolons()}.Write(ctx, c.to(out), store, query, t.clock())
		return err
	}
	query.Oldest, query.Limit = true, export.Page
	buffer := bufio.NewWriterSize(out, 1<<16)
	recorder := export.NewRecorder(store, c.Site)
	lines := c.format(buffer, u.notices())
	if u == nil || u.fresh() {
		if err := lines.Begin(); err != nil {
			return err
		}
	}
	bar := c.bar(ctx, t, store)
	pageDone := func(last *consent.Entry) error {
		bar.reach(last.Index)
		if u == nil {
			return nil
		}
		return errors.Join(buffer.Flush(), u.keep(last, recorder.Notices()))
	}
	put := func(entry *consent.Entry, shared *export.Circumstance) error {
		c.count++
		return lines.Put(entry, shared)
	}
	if err := export.Each(ctx, store, query, recorder, put, pageDone); err != nil {
		return err
	}
	bar.finish()
	return errors.Join(lines.Finish(), buffer.Flush())
}

// format gives the writer; some notices may be written already.
func (c *logExportCmd) format(out io.Writer, written []consent.NoticeNumber) export.Format {
	switch c.Format {
	case "jsonl":
		return export.NewJSON(out)
	case "jsonld":
		return export.NewLD(out, written)
	case "parquet":
		return export.NewParquet(out, release)
	default:
		return export.NewCSV(c.to(out), c.BOM || c.semicolons())
	}
}

// bar shows progress when a person waits and the output goes to a file.
func (c *logExportCmd) bar(ctx context.Context, t *terminal, store consent.Log) *bar {
	if c.Out == "" {
		return nil
	}
	return newExportBar(ctx, t, store, c.Site)
}
