package main

import (
	"context"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

// take takes what is named over from the catalogue, or says what that would add.
func (c *inventorySuggestCmd) take(ctx context.Context, t *terminal, store consent.Store, catalogue *consent.Catalogue) error {
	var changes []string
	done, err := c.editDraft(ctx, t, store, c.Site, 0, func(draft *consent.Draft) (*edit, error) {
		taken := &admin.Taken{Draft: draft}
		var objects, told []string
		for _, name := range c.Take {
			next, object, err := c.takeOne(ctx, admin.Machine{Store: store, Clock: t.clock}, taken.Draft, catalogue, name)
			if err != nil {
				return nil, err
			}
			taken, objects, told = next, append(objects, object), append(told, next.Changes...)
		}
		changes = told
		if !c.Yes {
			return &edit{draft: draft, problems: taken.Problems}, nil
		}
		action := "draft.service.add"
		if c.Service != "" {
			action = "draft.cookie.add"
		}
		return &edit{taken.Draft, action, strings.Join(objects, " "), taken.Problems}, nil
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return newLines(t).Encode(struct {
			*edited
			Changes []string `json:"changes"` // in words
		}{done, changes})
	}
	for _, change := range changes {
		t.say("  %s", printable(change))
	}
	writeProblems(t.err, "", done.Problems)
	if c.Yes {
		t.say("The draft of %s is changed, and at revision %d. Verify what the vendor claims before you publish.", c.Site, done.Revision)
	} else {
		t.say("Nothing is saved. Run this again with --yes to save it in the draft of %s.", c.Site)
	}
	return nil
}

// takeOne takes one over, and gives what the trail calls it.
func (c *inventorySuggestCmd) takeOne(ctx context.Context, desk admin.Machine, draft *consent.Draft, catalogue *consent.Catalogue, name string) (*admin.Taken, string, error) {
	if c.Service == "" {
		entries := catalogue.Of(name)
		if len(entries) == 0 {
			return nil, "", consent.Errorf(consent.NotFound, "no_suggestion", "The catalogue knows no service %q. Search for it: samtykke inventory suggest %s SEARCH", name, c.Site)
		}
		taken, err := desk.TakeService(ctx, draft, entries)
		if err != nil {
			return nil, "", err
		}
		return taken, string(taken.Draft.Services[len(taken.Draft.Services)-1].Key), nil
	}
	s := draft.Service(c.Service)
	if s == nil {
		return nil, "", unknownService(draft, c.Service)
	}
	missing := catalogue.Missing(s)
	for i := range missing {
		if missing[i].Name == name {
			taken, err := desk.TakeCookie(ctx, draft, c.Service, catalogue.Language, &missing[i])
			return taken, string(c.Service) + "/" + name, err
		}
	}
	return nil, "", consent.Errorf(consent.NotFound, "no_suggestion", "The catalogue has no cookie %q that %s lacks. See those that it has: samtykke inventory suggest %s --service %s", name, c.Service, c.Site, c.Service)
}
