package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// logChosen names one decision by its receipt, or all of a visitor's by the
// token, and the request for whose sake something is done with them.
type logChosen struct {
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	subject
	All     bool   `help:"With --receipt: all decisions of the same visitor."`
	Request string `placeholder:"REQUEST" help:"Id of the request for whose sake it is done, from \"samtykke request list\"; the audit trail names it."`
}

// who reads what was named.
func (c *logChosen) who(t *terminal) (visitor consent.VisitorKey, id consent.DecisionID, err error) {
	switch {
	case !c.given():
		return visitor, id, misusef("name one decision with --receipt, or all of a visitor's with --token-file")
	case c.TokenFile != "":
		visitor, err = c.token(t)
		return visitor, id, err
	}
	if id, err = consent.ParseDecisionID(strings.TrimSpace(c.Receipt)); err != nil {
		return visitor, id, misusef("--receipt: %w", err)
	}
	return visitor, id, nil
}

// sake gives the request for whose sake it is done, which the register has, or the zero id
// for none.
func (c *logChosen) sake(ctx context.Context, store consent.RequestStore) (consent.RequestID, error) {
	return sakeOf(ctx, store, c.Site, c.Request)
}

func sakeOf(ctx context.Context, store consent.RequestStore, site consent.SiteKey, said string) (id consent.RequestID, err error) {
	if said == "" {
		return id, nil
	}
	if id, err = consent.ParseRequestID(said); err != nil {
		return id, misusef("--request: %w", err)
	}
	_, err = store.Request(ctx, site, id)
	return id, err
}

// object says for the trail what was chosen: a decision, or how many.
func (c *logChosen) object(entries []consent.Entry) string {
	if len(entries) == 1 {
		return entries[0].ID.String()
	}
	return "decisions=" + strconv.Itoa(len(entries))
}

// widened gives all of the visitor's in place of one decision, when they are meant.
func (c *logChosen) widened(ctx context.Context, store consent.Log, visitor consent.VisitorKey, id consent.DecisionID) (consent.VisitorKey, consent.DecisionID, error) {
	if !c.All || id.IsZero() {
		return visitor, id, nil
	}
	found, err := store.Read(ctx, consent.LogQuery{Site: c.Site, ID: id})
	if err != nil || len(found) == 0 || found[0].Visitor.IsZero() {
		return visitor, id, err
	}
	return found[0].Visitor, consent.DecisionID{}, nil
}

// find gives what was named, oldest first, or NotFound.
func (c *logChosen) find(ctx context.Context, store consent.Log, visitor consent.VisitorKey, id consent.DecisionID) (entries []consent.Entry, err error) {
	if id.IsZero() {
		entries, err = store.Decisions(ctx, c.Site, visitor)
	} else {
		entries, err = store.Read(ctx, consent.LogQuery{Site: c.Site, ID: id})
	}
	if err == nil && len(entries) == 0 {
		err = consent.Errorf(consent.NotFound, "unknown_receipt", "The site %s has no such decision. It was erased already, has expired or was lost at a restore, or what you gave is not whole.", c.Site)
	}
	return entries, err
}

// frozenAmong counts those that are frozen.
func frozenAmong(entries []consent.Entry) (frozen int) {
	for i := range entries {
		if entries[i].Frozen {
			frozen++
		}
	}
	return frozen
}

// between says from when to when decisions were made.
func between(entries []consent.Entry) string {
	return "made from " + whenShown(entries[0].Time) + " to " + whenShown(entries[len(entries)-1].Time)
}
