package main

import (
	"context"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/answer"
)

type requestAnswerCmd struct {
	access
	subject
	Site    consent.SiteKey  `arg:"" help:"Key of the site."`
	Lang    consent.Language `placeholder:"LANG" help:"Language: nb, nn or en; the site's first when left out."`
	Format  string           `enum:"html,json" default:"html" help:"A page to print or send (html), or data (json)."`
	Request string           `placeholder:"REQUEST" help:"Id of the request to which it is the answer, from \"samtykke request list\"; the audit trail and the history of the request name it."`
	Out     string           `short:"o" placeholder:"FILE" help:"Write to this file, which only you may read; otherwise to standard output."`
}

// Help says what the answer holds.
func (c *requestAnswerCmd) Help() string {
	return `The answer to a person who asks what is known of them (GDPR art. 15): a copy of every decision of theirs, what each notice said, and the purposes, categories, recipients, transfers, storage time, source and automated decisions; their rights, and how to check the copy. It comes from the notices that applied, and from the contacts, retention and consent_log of the current one.

A receipt or token leads to one visitor's decisions of this site and no other. Whoever holds it is the person, as far as anyone can tell (GDPR art. 11). Send the answer only to them: it holds the digest of their key.

Examples:

  samtykke request answer gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b -o answer.html
  samtykke request answer gjerdrum --token-file token.txt --lang nn --format json --request REQUEST`
}

// Run writes the answer.
func (c *requestAnswerCmd) Run(ctx context.Context, t *terminal) (err error) {
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	if !c.given() {
		return misusef("give --receipt ID or --token-file FILE: nothing else leads to a person's decisions")
	}
	if err := checkLanguage(c.Lang); err != nil {
		return err
	}
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	request, err := sakeOf(ctx, store, c.Site, c.Request)
	if err != nil {
		return err
	}
	entries, err := c.decisions(ctx, t, store, c.Site)
	if err != nil {
		return err
	}
	material, err := gather(ctx, store, c.Site, entries)
	if err != nil {
		return err
	}
	if material.Restrictions, err = restrictions(settings, c.Site, entries); err != nil {
		return err
	}
	material.Base, material.Language, material.Now = settings.Public.URL.String(), c.Lang, t.clock().UTC()
	if err := tellNow(ctx, t, store, c.Site, "request.answer", consent.ForRequest("decisions="+strconv.Itoa(len(entries)), request)); err != nil {
		return err // before anything is taken out that nobody knows of
	}
	page := answer.Page(*material)
	if err := writeTo(t, c.Out, func(to io.Writer) error { return writePage(to, page, c.Format) }); err != nil {
		return err
	}
	warnOfGaps(t, page.Missing)
	return nil
}

// warnOfGaps names what the notices do not state. The person who asked gets to
// read that it is missing, so whoever answers should know before.
func warnOfGaps(t *terminal, missing map[string][]consent.ServiceKey) {
	count := 0
	of := make([]string, 0, len(missing))
	for _, item := range slices.Sorted(maps.Keys(missing)) {
		count += len(missing[item])
		of = append(of, item+": "+join(missing[item]))
	}
	if count > 0 {
		t.remark("Missing: %s that art. 15 asks for (%s). The answer says so where each belongs; tell the person yourself, and add it to the site file.", plural(count, "detail"), strings.Join(of, "; "))
	}
}
