package main

import (
	"context"
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/publishing"
)

type noticeDiffCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object."`
}

// Help says what asks again.
func (c *noticeDiffCmd) Help() string {
	return `Visitors are asked again only about what changed in substance: a company, a cookie, a transfer, a lifetime, or a purpose that says something else. Spelling and translations never ask again. To decide it yourself, write purpose_revision in the site file: the old number keeps the answers, a higher one asks again.

Before the first notice it lists every service, with the hosts that pages will load from.`
}

// Run compares the draft with the published notice.
func (c *noticeDiffCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	site, err := store.Site(ctx, c.Site)
	if err != nil {
		return err
	}
	found, err := publishing.Compare(ctx, store, c.Site, t.clock())
	if err != nil {
		return err
	}
	changes, err := found.Differences()
	if err != nil {
		return err
	}
	said := saidChanges{}
	if said.Things, said.More, err = (admin.Machine{Store: store, Clock: t.clock}).Say(ctx, site, found.Known(), &found.Settled); err != nil {
		return err
	}
	if found.Before == nil {
		found.Before = &consent.Notice{}
	}
	if c.JSON {
		return c.object(t, found, changes, said)
	}
	c.words(t, found, said)
	sayReworded(t, found.Reworded)
	sayRetold(t, found.Retold)
	sayShortened(t, found.Shortened)
	return nil
}

// saidChanges is what changed, in words, and how many things are not told of.
type saidChanges struct {
	Things []api.ChangedThing
	More   int
}

func (s *saidChanges) say(t *terminal) {
	for i := range s.Things {
		sayThing(t, &s.Things[i])
	}
	if s.More > 0 {
		t.say("  … and %s more.", plural(s.More, "thing"))
	}
}

func (c *noticeDiffCmd) words(t *terminal, found *publishing.Comparison, said saidChanges) {
	number := found.Before.Number
	if number == 0 {
		t.say("Nothing is published yet.")
		if len(said.Things) > 0 {
			t.say("Pages will load:")
			said.say(t)
		}
		sayAsks(t, found.Asked, true)
		return
	}
	if len(said.Things) == 0 {
		t.say("The draft says what notice %d says.", number)
		return
	}
	said.say(t)
	t.say("\n%s changed since notice %d.", capital(plural(len(said.Things)+said.More, "thing")), number)
	sayAsks(t, found.Asked, false)
}

func (c *noticeDiffCmd) object(t *terminal, found *publishing.Comparison, changes []consent.Difference, said saidChanges) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	return lines.Encode(struct {
		Site    consent.SiteKey      `json:"site"`
		Notice  consent.NoticeNumber `json:"notice"`  // 0 when nothing is published
		Things  []api.ChangedThing   `json:"things"`  // in words; when nothing is published the services
		Changes []consent.Difference `json:"changes"` // field by field
		consent.Asked
		Reworded  []consent.Reworded `json:"reworded"`  // what asks again by its words alone
		Retold    []consent.Reworded `json:"retold"`    // asks nobody, though it says something else in some languages
		Shortened *consent.Shortened `json:"shortened"` // null when decisions are kept no shorter
	}{c.Site, found.Before.Number, append([]api.ChangedThing{}, said.Things...), append([]consent.Difference{}, changes...), found.Asked, found.Reworded, found.Retold, found.Shortened})
}

// inForce gives the notice in force, or says how to publish one.
func inForce(ctx context.Context, store consent.NoticeStore, site consent.SiteKey) (*consent.Notice, error) {
	notice, err := consent.InForce(ctx, store, site)
	if err != nil || notice != nil {
		return notice, err
	}
	return nil, consent.Errorf(consent.NotFound, "unpublished",
		"The site %s has published nothing yet. Publish its draft: samtykke notice publish %s", site, site)
}
