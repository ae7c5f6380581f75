package admin_test

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// aRequest is an open request in Skogen's register, when logged has filled it.
var aRequest = consent.NewRequestID(storagetest.Morning, [10]byte{1})

// site gives a published site of the house.
func (h *house) site(t *testing.T, key consent.SiteKey) storagetest.Published {
	t.Helper()
	entry, err := h.store.CurrentNotice(t.Context(), key)
	must(t, err)
	notice, err := h.store.Notice(t.Context(), key, entry.Number)
	must(t, err)
	bundles, err := h.store.Bundles(t.Context(), key)
	must(t, err)
	bundle, err := h.store.Bundle(t.Context(), key, bundles[len(bundles)-1])
	must(t, err)
	return storagetest.Published{Site: key, Notice: notice, Bundle: bundle}
}

// decide appends the decisions from one number to another, and gives them.
func (h *house) decide(t *testing.T, key consent.SiteKey, from, to int) []consent.Entry {
	t.Helper()
	site := h.site(t, key)
	var entries []consent.Entry
	for n := from; n < to; n++ {
		d := site.Decision(n)
		d.Visitor = storagetest.Visitor(n / 2 * 2) // two each
		entry, err := h.store.Append(t.Context(), d)
		must(t, err)
		entries = append(entries, entry.Entry)
	}
	return entries
}

// logged fills Skogen's log and register with something of each kind.
func (h *house) logged(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	h.decide(t, "skogen", 0, 60)
	_, err := h.store.Erase(ctx, "skogen", consent.Erasure{ID: storagetest.ID(3), Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: storagetest.Morning})
	must(t, err)
	_, err = h.store.Restrict(ctx, "skogen", consent.Restriction{ID: storagetest.ID(2), Reason: consent.ReasonAsked, Time: storagetest.Morning})
	must(t, err)
	today := consent.DayOf(storagetest.Morning)
	for i, each := range []struct {
		kind     consent.RequestKind
		received consent.Day
		receipt  consent.DecisionID
	}{
		{consent.RequestErasure, today - 3, storagetest.ID(1)},
		{consent.RequestAccess, today - 40, storagetest.ID(3)},
		{consent.RequestObjection, today - 25, consent.DecisionID{}},
		{consent.RequestRestriction, today - 9, storagetest.ID(2)},
	} {
		made, err := consent.Receive(consent.Request{
			ID: consent.NewRequestID(storagetest.Morning, [10]byte{byte(i + 1)}), Site: "skogen", Kind: each.kind, Channel: consent.ChannelLetter,
			Receipt: each.receipt, Case: "2026/1234",
		}, each.received, storagetest.Morning)
		must(t, err)
		must(t, h.store.AddRequest(ctx, made))
		if i == 2 {
			_, err = h.store.AppendRequest(ctx, "skogen", made.ID, consent.RequestEvent{
				Step: consent.StepAnswered, Time: storagetest.Morning.Add(time.Hour), Day: today, Outcome: consent.OutcomeRefused, Refusal: consent.RefusedOverriding,
			})
			must(t, err)
		}
		if i == 0 {
			_, err = h.store.AppendRequest(ctx, "skogen", made.ID, consent.RequestEvent{
				Step: consent.StepExtended, Time: storagetest.Morning.Add(time.Hour), Day: today, Ground: consent.GroundNumber,
			})
			must(t, err)
		}
	}
}
