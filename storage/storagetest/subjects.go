package storagetest

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// testSubjects has the store say what an erasure or a freeze has done to a
// decision, to its own site and for that decision alone.
func testSubjects(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	site, other := Publish(ctx, t, store, "skogen"), Publish(ctx, t, store, "havet")
	appendAs(t, store, other, 1, Visitor(1)) // so that no number in the database is a place in the ledger
	appendAs(t, store, other, 2, Visitor(1))
	first, firstAt := appendPlaced(t, store, site, 1)
	second, secondAt := appendPlaced(t, store, site, 2)
	plain := func(id consent.DecisionID) {
		t.Helper()
		_, err := store.Erased(ctx, "skogen", id)
		wantKind(t, err, consent.NotFound, "not_erased")
		_, err = store.Restricted(ctx, "skogen", id)
		wantKind(t, err, consent.NotFound, "not_frozen")
	}
	plain(first.ID)
	plain(ID(700))

	at := Morning.Add(time.Hour)
	wantRestricted(t, store, consent.Restriction{ID: second.ID}, 1)
	what, err := store.Restricted(ctx, "skogen", second.ID)
	must(t, err)
	if *what != (consent.Restriction{ID: second.ID, Reason: consent.ReasonAccuracy, Time: at}) {
		t.Errorf("it is frozen as %+v", what)
	}
	plain(first.ID)
	_, err = store.Restricted(ctx, "havet", second.ID)
	wantKind(t, err, consent.NotFound, "not_frozen")

	_, err = store.Erase(ctx, "skogen", consent.Erasure{ID: first.ID, Actor: consent.ActorOperator, Reason: consent.ErasedChild, Time: at})
	must(t, err)
	stub, err := store.Erased(ctx, "skogen", first.ID)
	must(t, err)
	if *stub != (consent.Stub{ID: first.ID, Origin: firstAt.Origin, Index: firstAt.Index, Time: at, Actor: consent.ActorOperator, Reason: consent.ErasedChild}) {
		t.Errorf("of an erased decision is left %+v", stub)
	}
	_, err = store.Erased(ctx, "havet", first.ID)
	wantKind(t, err, consent.NotFound, "not_erased")
	wantRestricted(t, store, consent.Restriction{ID: second.ID, Release: true}, 1)
	plain(second.ID)
	subjectIsToldWhy(t, store, second.ID, at)

	_, err = store.Erase(ctx, "skogen", consent.Erasure{Visitor: Visitor(1), Actor: consent.ActorVisitor, Time: at})
	must(t, err)
	stub, err = store.Erased(ctx, "skogen", second.ID)
	must(t, err)
	if *stub != (consent.Stub{ID: second.ID, Origin: secondAt.Origin, Index: secondAt.Index, Time: at, Actor: consent.ActorVisitor}) {
		t.Errorf("of a decision that its visitor erased is left %+v", stub)
	}
}

// appendPlaced appends the n-th decision of a visitor, and says where in the ledger its
// leaf stands.
func appendPlaced(t *testing.T, store consent.Store, site Published, n int) (consent.Entry, consent.Proof) {
	t.Helper()
	d := site.Decision(n)
	d.Visitor = Visitor(1)
	entry, err := store.Append(t.Context(), d)
	must(t, err)
	return entry.Entry, entry.Proof
}

// subjectIsToldWhy has a decision say why it is frozen, in the last words about it.
func subjectIsToldWhy(t *testing.T, store consent.Store, id consent.DecisionID, at time.Time) {
	t.Helper()
	for _, again := range []consent.Restriction{
		{ID: id, Reason: consent.ReasonAsked, Time: at},
		{ID: id, Reason: consent.ReasonClaim, Why: "Case 2026/1", Time: at.Add(time.Hour)},
	} {
		if changed, err := store.Restrict(t.Context(), "skogen", again); err != nil || changed != 1 {
			t.Fatalf("%d were frozen: %v", changed, err)
		}
		if what, err := store.Restricted(t.Context(), "skogen", id); err != nil || *what != again {
			t.Errorf("it is frozen as %+v: %v", what, err)
		}
	}
	if changed, err := store.Restrict(t.Context(), "skogen", consent.Restriction{ID: id, Release: true, Time: at}); err != nil || changed != 1 {
		t.Fatalf("%d were released: %v", changed, err)
	}
}
