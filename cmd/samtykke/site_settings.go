package main

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

type siteSettingsCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	Values []string        `arg:"" optional:"" name:"name=value" help:"What to change; everything else stays."`
	JSON   bool            `name:"json" help:"Write one JSON object per line."`
}

// Help says what the names are.
func (c *siteSettingsCmd) Help() string {
	return `The settings are those of the page: addresses, languages, names, contacts, how long answers hold and are kept, how the banner looks and works. Without NAME=VALUE they are listed, each with its name. A text has one for each language, such as name.nb; times are written in words, such as "12 months"; what is yes or no takes yes and no; an empty value takes something away. What would be a new fault of the draft is refused, but for texts in a language that is added: they are written next, and the draft is published with them. How long answers hold and are kept (validity, retention, refusals) is changed by itself, and the audit trail tells from what to what. So is review_months, after how many months each service is to be reviewed ("samtykke help review list"): it holds at once and is no part of the draft.

Examples:

  samtykke site settings gjerdrum
  samtykke site settings gjerdrum placement=bottom "languages=nb nn en"
  samtykke site settings gjerdrum "languages=nb nn en sv"
  samtykke site settings gjerdrum "retention=24 months"
  samtykke site settings gjerdrum review_months=6`
}

// keepingPart is the part of the settings that is changed by itself.
const keepingPart = "keeping"

// Run lists the settings, or changes those that are given.
func (c *siteSettingsCmd) Run(ctx context.Context, t *terminal) (err error) {
	values := map[string]string{}
	for _, text := range c.Values {
		name, value, is := strings.Cut(text, "=")
		if !is {
			return misusef("%q: write it as NAME=VALUE, such as placement=bottom", text)
		}
		values[name] = strings.TrimSpace(value)
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, err := store.Draft(ctx, c.Site)
	if err != nil {
		return err
	}
	desk := admin.Machine{Store: store, Clock: t.clock}
	if len(values) == 0 {
		review, err := desk.ReviewSetting(ctx, c.Site)
		if err != nil {
			return err
		}
		return c.list(t, append(desk.Settings(ctx, draft), review))
	}
	if months, given := values[admin.ReviewSetting]; given {
		if len(values) > 1 {
			return misusef("%s is changed by itself: leave the others for another command", admin.ReviewSetting)
		}
		return c.review(ctx, t, store, months)
	}
	parts, err := c.parts(desk.Settings(ctx, draft), values)
	if err != nil {
		return err
	}
	object, action := strings.Join(parts, " "), "draft.settings.save"
	if parts[0] == keepingPart {
		object, action = "", "draft.keeping.save"
	}
	telling, err := tellsOf(ctx, t, store, c.Site, action, object)
	if err != nil {
		return err
	}
	var gone []consent.Language
	done, err := c.changeDraft(telling, t, store, c.Site, func(draft *consent.Draft) error {
		was := draft.Site
		faults := desk.SetSettings(ctx, draft, values)
		gone = draft.Site.LanguagesGone(&was)
		return c.refused(t, faults)
	})
	if err != nil {
		return err
	}
	return c.done(t, done, gone)
}

// review changes how often services are to be looked at.
func (c *siteSettingsCmd) review(ctx context.Context, t *terminal, store consent.Store, months string) error {
	n, err := strconv.Atoi(months)
	every := consent.ReviewInterval(n)
	if err != nil || consent.CheckReviewInterval(every) != nil {
		return misusef("%s is 3, 6 or 12", admin.ReviewSetting)
	}
	was, err := store.ReviewInterval(ctx, c.Site)
	if err != nil {
		return err
	}
	if every != was {
		telling, err := tellsOf(ctx, t, store, c.Site, "site.review", "")
		if err != nil {
			return err
		}
		if err := store.SetReviewInterval(telling, c.Site, every, was); err != nil {
			return err
		}
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"site": c.Site, "changed": every != was})
	}
	t.say("The services of %s are to be looked at every %d months, unless they have a day of their own.", c.Site, every)
	return nil
}

// parts gives the parts of the settings that names are in. A name.LANGUAGE of a language
// that the site is only about to get is known when the change is made.
func (c *siteSettingsCmd) parts(known []admin.Setting, values map[string]string) (parts []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		base, _, _ := strings.Cut(name, ".")
		at := slices.IndexFunc(known, func(s admin.Setting) bool { own, _, _ := strings.Cut(s.Name, "."); return own == base })
		if at < 0 {
			return nil, misusef("there is no setting %q; \"samtykke site settings %s\" lists them", name, c.Site)
		}
		if !slices.Contains(parts, known[at].Part) {
			parts = append(parts, known[at].Part)
		}
	}
	if len(parts) > 1 && slices.Contains(parts, keepingPart) {
		return nil, misusef("validity, retention and refusals are changed by themselves: leave the others for another command")
	}
	return parts, nil
}

// refused shows what cannot be read.
func (c *siteSettingsCmd) refused(t *terminal, faults map[string]string) error {
	if len(faults) == 0 {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		t.remark("%s: %s", printable(name), printable(faults[name]))
	}
	t.remark("\nNothing was saved.")
	return told{consent.Errorf(consent.Invalid, "bad_setting", "A setting cannot be read.")}
}

func (c *siteSettingsCmd) done(t *terminal, done *edited, gone []consent.Language) error {
	if c.JSON {
		return newLines(t).Encode(struct {
			*edited
			Gone []consent.Language `json:"languages_gone"` // their texts are kept and not published
		}{done, gone})
	}
	for _, lang := range gone {
		t.say("%s is removed. The draft keeps the texts in it until it comes back, and they are not published.", lang.NameIn(consent.English))
	}
	if !done.Changed {
		t.say("The draft of %s says so already.", c.Site)
		return nil
	}
	if unwritten := len(done.Problems.Faults()); unwritten > 0 {
		t.say("The draft of %s is changed. It lacks %s in the new languages, and is published only with them. List them with: samtykke text list %s --missing%s", c.Site, plural(unwritten, "text"), c.Site, c.again())
		return nil
	}
	t.say("The draft of %s is changed. Show it to visitors with: samtykke notice publish %s%s", c.Site, c.Site, c.again())
	return nil
}

func (c *siteSettingsCmd) list(t *terminal, settings []admin.Setting) error {
	if c.JSON {
		lines := newLines(t)
		for i := range settings {
			if err := lines.Encode(settings[i]); err != nil {
				return err
			}
		}
		return nil
	}
	list := newTable(t, column{title: "NAME"}, column{title: "VALUE"}, column{title: "WHAT IT IS"})
	for _, s := range settings {
		what := s.Label
		if len(s.Choices) > 0 {
			what += " (" + strings.Join(s.Choices, ", ") + ")"
		}
		list.add(s.Name, orDash(shortened(strings.ReplaceAll(s.Value, "\n", " "))), what)
	}
	return list.write()
}
