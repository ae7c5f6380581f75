package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/sitefile"
)

type inventoryImportCmd struct {
	access
	Site  consent.SiteKey `arg:"" help:"Key of the site."`
	File  string          `arg:"" help:"Site file (YAML or JSON), inventory (JSON), table (CSV) or Open Cookie Database (CSV)."`
	Scope string          `enum:",all,services" default:"" placeholder:"all|services" help:"What is taken of a site file: all, or services with their categories. Otherwise all of the site's own, and services of another site's."`
	Yes   bool            `short:"y" help:"Save it."`
	JSON  bool            `name:"json" help:"Write one JSON object, also of faults."`
}

// Help says that looking comes first.
func (c *inventoryImportCmd) Help() string {
	return `What the file would change in the draft is told in words. Nothing is saved before --yes is added. The file is read as on the page for import: any fault keeps all of it out, but for rows of the Open Cookie Database that cannot be used, which are set aside and named. How long answers hold and are kept is not changed by it; "samtykke site import" changes that, too.

Examples:

  samtykke inventory import gjerdrum services.csv
  samtykke inventory import gjerdrum services.csv --yes`
}

// Run tells what the file changes, and saves it when that is asked for.
func (c *inventoryImportCmd) Run(ctx context.Context, t *terminal) (err error) {
	content, err := readWhole(c.File)
	if err != nil {
		return unreadable(c.File, err)
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	site, err := store.Site(ctx, c.Site)
	if err != nil {
		return err
	}
	draft, revision, err := store.DraftAt(ctx, c.Site)
	if err != nil {
		return err
	}
	made, err := admin.Machine{Store: store, Clock: t.clock}.Import(ctx, api.ImportQuery{
		Site: site, Language: consent.English, Draft: draft, Content: string(content), Scope: c.Scope,
	})
	if err != nil {
		return err
	}
	if len(made.Wrong) > 0 {
		c.lines(t, "fault", made.Wrong)
		if made.More > 0 {
			t.remark("… and %s more.", plural(made.More, "fault"))
		}
		faulty := fileFaults{More: made.More}
		faulty.addLines(c.File, made.Wrong)
		return faulty.refuse(t, "saved", c.JSON)
	}
	said := made.Said
	if said.Changed = !sitefile.Same(draft, made.Draft); said.Changed && c.Yes {
		telling, err := tellsOf(ctx, t, store, c.Site, "draft.import", "")
		if err != nil {
			return err
		}
		planned, err := planOf(ctx, store, c.Site)
		if err != nil {
			return err
		}
		if err := store.ReplaceDraft(telling, made.Draft, revision, t.clock()); err != nil {
			return err
		}
		if err := c.remarkLapsed(ctx, t, store, planned); err != nil {
			return err
		}
		said.Saved = true
	}
	return c.report(t, &said)
}

// lines shows lines of the file, in the form that editors jump to.
func (c *inventoryImportCmd) lines(t *terminal, kind string, lines []api.ImportLine) {
	for _, each := range lines {
		place := c.File
		if each.Line > 0 {
			place = fmt.Sprintf("%s:%d", c.File, each.Line)
		}
		t.remark("%s: %s: %s", place, kind, printable(each.Message))
	}
}

func (c *inventoryImportCmd) report(t *terminal, said *api.Imported) error {
	if c.JSON {
		return json.NewEncoder(t.out).Encode(said)
	}
	c.lines(t, "warning", said.Warnings)
	c.lines(t, "not taken", said.Aside)
	if hidden := said.AsideRows - len(said.Aside); hidden > 0 {
		t.remark("%s more %s not taken for the same reasons.", plural(hidden, "row"), are(hidden)[1:])
	}
	if said.From != "" {
		t.say("The file is of the site %s.", printable(said.From))
	}
	for _, change := range said.Changes {
		t.say("  %s", printable(change))
	}
	if len(said.Fields) > 0 {
		t.say("\nField by field:")
	}
	for i := range said.Fields {
		sayThing(t, &said.Fields[i])
	}
	if said.MoreFields > 0 {
		t.say("  … and %s more.", plural(said.MoreFields, "thing"))
	}
	if said.Blocks > 0 {
		t.say("\nOnce this is saved, %s the draft from being published:", keeps(said.Blocks))
	}
	for _, kind := range said.Blocked {
		t.say("  %d × %s %s", kind.Times, printable(kind.Message), printable(kind.Repair))
	}
	saySigned(t, said)
	for _, thing := range said.Settings {
		sayThing(t, &thing)
	}
	switch {
	case !said.Changed:
		sayNothingToSave(t, c.Site)
	case said.Saved:
		t.say("The draft of %s says this now. Show it to visitors with: samtykke notice publish %s%s", c.Site, c.Site, c.again())
	default:
		t.say("Nothing is saved. Run this again with --yes to save it in the draft of %s.", c.Site)
	}
	return nil
}

// sayNothingToSave is said of a file that changes nothing.
func sayNothingToSave(t *terminal, site consent.SiteKey) {
	t.say("The file says what the draft of %s says; there is nothing to save.", site)
}

// mostSigned is how many signatures that a file brings are named. One alone is never left
// out: it is as long as the line that tells of it.
const mostSigned = 5

// saySigned tells of signatures that the draft did not have: they may be of another site.
func saySigned(t *terminal, said *api.Imported) {
	all := len(said.Signed) + said.SignedMore
	if all == 0 {
		return
	}
	t.say("\nThe file brings %s that the draft does not have. See whether what they say holds here:", plural(all, "signed reason"))
	shown := said.Signed
	if all > mostSigned+1 {
		shown = shown[:min(len(shown), mostSigned)]
	}
	for _, each := range shown {
		t.say("  %s (%s): reviewed by %s on %s", printable(each.Cookie), printable(string(each.Service)), orDash(printable(each.Reviewer)), orDash(printable(each.Reviewed)))
	}
	switch more := all - len(shown); {
	case more > 0 && said.SignedMore == 0:
		t.say("  … and %s more. Run this with --json to see them all.", grouped(more))
	case more > 0:
		t.say("  … and %s more. Run this with --json to see the first %s.", grouped(more), grouped(len(said.Signed)))
	}
}

// keeps says how many faults keep, or one that keeps.
func keeps(faults int) string {
	if faults == 1 {
		return "one fault keeps"
	}
	return strconv.Itoa(faults) + " faults keep"
}

// sayThing says what changes of one thing, and who is asked again because of it.
func sayThing(t *terminal, thing *api.ChangedThing) {
	for _, line := range thing.Lines {
		switch {
		case line.Sentence != "":
			t.say("  %s: %s", printable(thing.Thing), printable(line.Sentence))
		case line.Field == "":
			t.say("  %s: %s", printable(thing.Thing), changedFrom(&line))
		default:
			t.say("  %s, %s: %s", printable(thing.Thing), printable(line.Field), changedFrom(&line))
		}
	}
	if thing.Again != "" {
		t.say("    %s", printable(thing.Again))
	}
}

// changedFrom says what a field was and is; of long texts that begin alike, what differs.
// What came or went is told as long as the page tells it: a list ends with what matters as
// well as it begins.
func changedFrom(line *api.ChangedField) string {
	if line.Old == nil || line.New == nil {
		return orDash(printable(textOf(line.Old))) + " → " + orDash(printable(textOf(line.New)))
	}
	was, is := skipCommon(textOf(line.Old), textOf(line.New))
	return orDash(shortened(printable(was))) + " → " + orDash(shortened(printable(is)))
}

// longestExcerpt is how much of a text is shown, in characters.
const longestExcerpt = 60

// skipCommon leaves out the words that two long texts begin with alike, so
// that what differs is within what is shown.
func skipCommon(old, now string) (was, is string) {
	cut := 0
	for i := 0; i < min(len(old), len(now)) && old[i] == now[i]; i++ {
		if old[i] == ' ' {
			cut = i + 1
		}
	}
	if cut <= longestExcerpt/2 {
		return old, now
	}
	return "… " + old[cut:], "… " + now[cut:]
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > longestExcerpt {
		return string(runes[:longestExcerpt-1]) + "…"
	}
	return text
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
