package export

import (
	"context"
	"maps"

	"github.com/samtykke/samtykke/consent"
)

// maxCircumstances bounds what a Recorder keeps: visitors can make combinations up.
const maxCircumstances = 10_000

// Circumstance is what the records of many decisions have in common. An export
// works it out once.
type Circumstance struct {
	Notice     *consent.Notice
	Hosts      []string // where the decision holds
	NoticeHash string
	BundleHash string   // empty when the bundle's bytes are gone
	Granted    []string // keys, categories before services
	Denied     []string

	choice consent.Choice
	row    *csvParts
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

// Circumstance gives that of an entry.
func (r *Recorder) Circumstance(ctx context.Context, entry *consent.Entry) (*Circumstance, error) {
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
	fresh := &Circumstance{
		choice: entry.Choice, Notice: notice, Hosts: notice.Draft.Site.Hosts(),
		NoticeHash: notice.Hash.String(), BundleHash: bundle,
	}
	fresh.Granted, fresh.Denied = Answers(entry.Choice)
	if r.count++; r.count > maxCircumstances {
		clear(r.known)
		r.count = 1
	}
	r.known[key] = append(r.known[key], fresh)
	return fresh, nil
}
