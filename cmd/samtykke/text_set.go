package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

type textSetCmd struct {
	partChange
	Site     consent.SiteKey  `arg:"" help:"Key of the site."`
	Text     string           `arg:"" help:"Place of the text, as \"samtykke text list SITE\" has it."`
	Language consent.Language `arg:"" help:"Tag of the language, such as nn."`
	Words    string           `arg:"" help:"What it says from now on; empty to take it away."`
}

// Help says which texts there are.
func (c *textSetCmd) Help() string {
	return `Writes one text of the draft in one language. That it is missing in others keeps the draft from being published, not from being saved.

Examples:

  samtykke text list gjerdrum --missing
  samtykke text set gjerdrum services.youtube.purpose nn "Viser filmar."

Read on: samtykke help draft`
}

// Run writes the text.
func (c *textSetCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	done, err := c.editDraft(ctx, t, store, c.Site, c.Revision, func(draft *consent.Draft) (*edit, error) {
		next, refused, err := sitefile.PutText(draft, c.Text, c.Language, c.Words)
		switch {
		case consent.KindOf(err) == consent.NotFound && draft.TextAt(c.Text) == nil:
			return nil, consent.Errorf(consent.NotFound, "unknown_text", "The draft of %s has no text %q. See those that there are: samtykke text list %s", c.Site, c.Text, c.Site)
		case consent.KindOf(err) == consent.NotFound:
			return nil, c.unknownLanguage(draft.Site.Languages)
		case err != nil:
			return nil, err
		case len(refused) > 0:
			return nil, t.refuseFaults(refused)
		}
		return &edit{next.Draft, "draft.texts.save", c.Text + "." + string(c.Language), next.Problems}, nil
	})
	if err != nil {
		return err
	}
	return c.done(t, done)
}

// unknownLanguage says in which languages the site comes, and how it gets another.
func (c *textSetCmd) unknownLanguage(has []consent.Language) error {
	more := "\"samtykke text list\" shows those that a site can have."
	if c.Language.Known() {
		more = fmt.Sprintf("Add it with: samtykke site settings %s \"languages=%s\"", c.Site, strings.ReplaceAll(join(append(slices.Clone(has), c.Language)), ",", ""))
	}
	return consent.Errorf(consent.NotFound, "unknown_language", "The site %s does not come in %q, but in: %s. %s", c.Site, c.Language, join(has), more)
}
