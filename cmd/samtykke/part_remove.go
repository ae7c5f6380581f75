package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// remove removes a part, or says what would go.
func (c *partRemove) remove(ctx context.Context, t *terminal, p thing) (err error) {
	store, err := c.openSite(ctx, t, p.site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	goes, there := "", false
	done, err := c.editDraft(ctx, t, store, p.site, c.Revision, func(draft *consent.Draft) (*edit, error) {
		inventory, found, err := p.in(draft, t.today())
		switch {
		case err != nil:
			return nil, err
		case found == nil:
			return nil, p.unknown(draft)
		}
		goes = p.going(draft)
		next, action, err := p.without(inventory, found)
		if err != nil {
			return nil, err
		}
		there = !sitefile.Same(draft, next.Draft)
		if !c.Yes {
			return &edit{draft: draft, problems: next.Problems}, nil
		}
		return &edit{next.Draft, "draft." + p.kind + "." + action, p.String(), next.Problems}, nil
	})
	if err != nil {
		return err
	}
	if c.JSON || c.Yes || !there {
		return c.done(t, done)
	}
	t.say("%s would be removed from the draft of %s. Run this again with --yes to do it.", goes, p.site)
	return nil
}

// going says what goes when a part, or a member of it, is removed.
func (p *thing) going(draft *consent.Draft) string {
	goes := fmt.Sprintf("The %s %s", p.kind, p.Part)
	switch {
	case p.member != "":
		return fmt.Sprintf("The %s of the %s %s", p.member, p.kind, p.Part)
	case p.kind == "service":
		return goes + " with " + plural(len(draft.Service(p.Service).Cookies), "cookie")
	}
	return goes
}

// without gives the draft without a part or a member of it, and how the trail calls that.
func (p *thing) without(inventory *sitefile.Inventory, found json.RawMessage) (next *sitefile.Next, action string, err error) {
	if p.member == "" {
		next, err = inventory.Remove(p.Part)
		return next, "remove", err
	}
	rest, err := withFields(p.file(), found, "", nil, []string{p.member + "="})
	if err != nil {
		return nil, "", err
	}
	next, err = inventory.Put(p.Part, rest)
	return next, "save", err
}
