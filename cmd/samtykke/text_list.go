package main

import (
	"context"
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

type textListCmd struct {
	access
	Site    consent.SiteKey `arg:"" optional:"" help:"Key of a site, whose draft's texts are listed."`
	Missing bool            `help:"Of a site: only texts that lack a language."`
	JSON    bool            `name:"json" help:"Write one JSON object per language, or per text of a site."`
}

// Help says what the marks mean.
func (c *textListCmd) Help() string {
	return `Without a site: every language that banner and panel come in, and what a native reader has yet to look at. The pages of the server come in nb, nn, se and en.

With one: every text of its draft by its place, with the languages that it lacks. "samtykke text set" writes one.

Examples:

  samtykke text list
  samtykke text list gjerdrum --missing

Read on: samtykke help languages`
}

// Run lists the languages, or the texts of a site.
func (c *textListCmd) Run(ctx context.Context, t *terminal) error {
	if c.Site != "" {
		return c.ofSite(ctx, t)
	}
	if c.Missing {
		return misusef("--missing is about the texts of a site: name it")
	}
	list := newTable(t, column{title: "TAG"}, column{title: "LANGUAGE"}, column{title: "WRITTEN"}, column{title: "REVIEW"})
	lines := json.NewEncoder(t.out)
	for _, lang := range consent.Languages() {
		texts := consent.Shipped()[lang]
		if c.JSON {
			if err := lines.Encode(map[string]any{"language": lang, "name": texts.Name, "direction": lang.Direction(), "review": texts.Review}); err != nil {
				return err
			}
			continue
		}
		list.add(string(lang), texts.Name, lang.Direction(), texts.Review)
	}
	if c.JSON {
		return nil
	}
	return list.write()
}

// ofSite lists the texts of a draft.
func (c *textListCmd) ofSite(ctx context.Context, t *terminal) (err error) {
	_, said, err := c.spoken(t)
	if err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, revision, err := store.DraftAt(ctx, c.Site)
	if err != nil {
		return err
	}
	list, lines := newTable(t, column{title: "PLACE"}, column{title: "MISSING"}, column{title: "TEXT"}), newLines(t)
	for _, each := range draft.Texts() {
		text := api.TextOf(draft, &each, said)
		if c.Missing && len(text.Missing) == 0 {
			continue
		}
		if c.JSON {
			if err := lines.Encode(text); err != nil {
				return err
			}
			continue
		}
		list.add(text.Path, orDash(join(text.Missing)), orDash(shortened(wording(text.Text))))
	}
	if !c.JSON {
		err = list.write()
	}
	t.remark("This is revision %d of the draft.", revision)
	return err
}
