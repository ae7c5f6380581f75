package main

import (
	"context"
	"maps"

	"github.com/samtykke/samtykke/consent"
)

// maxCircumstances bounds what a recorder keeps: visitors can make combinations up.
const maxCircumstances = 10_000

// circumstance is what the records of many decisions have in common. An export
// works it out once.
type circumstance struct {
	choice     consent.Choice
	notice     *consent.Notice
	hosts      []string // where the decision holds
	noticeHash string
	bundleHash string   // empty when the bundle's bytes are gone
	granted    []string // keys, categories before services
	denied     []string
	row        *csvParts
}

// circumstanceKey is a circumstance without its choice, which Go cannot compare.
type circumstanceKey struct {
	notice   consent.NoticeNumber
	bundle   consent.BundleID
	language consent.Language
	method   consent.Method
	layer    consent.Layer
	state    consent.State
	gpc      bool
}

// circumstance gives that of an entry.
func (r *recorder) circumstance(ctx context.Context, entry *consent.Entry) (*circumstance, error) {
	key := circumstanceKey{entry.Notice, entry.Bundle, entry.Language, entry.Method, entry.Layer, entry.State, entry.GPC}
	for _, known := range r.known[key] {
		if maps.Equal(known.choice.Categories, entry.Choice.Categories) && maps.Equal(known.choice.Services, entry.Choice.Services) {
			return known, nil
		}
	}
	notice, err := r.notice(ctx, entry.Notice)
	if err != nil {
		return nil, err
	}
	bundle, err := r.bundle(ctx, entry.Bundle)
	if err != nil {
		return nil, err
	}
	fresh := &circumstance{
		choice: entry.Choice, notice: notice, hosts: notice.Draft.Site.Hosts(),
		noticeHash: notice.Hash.String(), bundleHash: bundle,
	}
	fresh.granted, fresh.denied = answers(entry.Choice)
	if r.count++; r.count > maxCircumstances {
		clear(r.known)
		r.count = 1
	}
	r.known[key] = append(r.known[key], fresh)
	return fresh, nil
}
