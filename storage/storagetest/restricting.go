package storagetest

import (
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// testRestrict (requirement H4): a frozen decision is kept through expiry, the
// operator cannot erase it, and once it is released it goes as any other.
func testRestrict(t *testing.T, open Opener) {
	t.Run("one visitor on one site", func(t *testing.T) { testRestrictVisitor(t, open(t)) })
	t.Run("released for its reason", func(t *testing.T) { testReleaseForReason(t, open(t)) })
	t.Run("outlives retention", func(t *testing.T) { testFrozenIsKept(t, open(t)) })
	t.Run("who may erase", func(t *testing.T) { testFrozenErase(t, open(t)) })
	t.Run("for a claim", func(t *testing.T) { testClaimIsKept(t, open(t)) })
}

func testRestrictVisitor(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site, other := Publish(ctx, t, store, "skogen"), Publish(ctx, t, store, "havet")
	visitor := Visitor(1)
	lookalike := visitor
	lookalike[21] ^= 1
	log := []consent.Entry{
		appendAs(t, store, site, 1, visitor), appendAs(t, store, site, 2, lookalike),
		appendAs(t, store, site, 3, consent.VisitorKey{}), appendAs(t, store, site, 4, visitor),
	}
	appendAs(t, store, other, 1, visitor)
	freeze, release := consent.Restriction{Visitor: visitor}, consent.Restriction{Visitor: visitor, Release: true}
	wantRestricted(t, store, consent.Restriction{}, 0)
	wantRestricted(t, store, consent.Restriction{Visitor: Visitor(9)}, 0)
	wantRestricted(t, store, release, 0)
	wantFrozen(t, store, log)
	wantRestricted(t, store, freeze, 2)
	wantRestricted(t, store, freeze, 0)
	wantFrozen(t, store, log, 0, 3)
	wantRestricted(t, store, consent.Restriction{ID: log[2].ID}, 1)
	wantFrozen(t, store, log, 0, 2, 3)
	wantRestricted(t, store, consent.Restriction{ID: log[0].ID, Release: true}, 1)
	wantFrozen(t, store, log, 2, 3)
	wantRestricted(t, store, release, 1)
	wantFrozen(t, store, log, 2)
	elsewhere, err := store.Decisions(ctx, "havet", visitor)
	must(t, err)
	if len(elsewhere) != 1 || elsewhere[0].Frozen {
		t.Errorf("the other site has %+v", elsewhere)
	}
	_, err = store.Restrict(ctx, "skogen", consent.Restriction{Visitor: visitor, Reason: "hearsay", Time: Morning})
	wantKind(t, err, consent.Invalid, "")
}

// testReleaseForReason has a release that names a reason, as the visitor's does,
// leave what was frozen for another one.
func testReleaseForReason(t *testing.T, store consent.Store) {
	site := Publish(t.Context(), t, store, "skogen")
	log := []consent.Entry{appendAs(t, store, site, 1, Visitor(1)), appendAs(t, store, site, 2, Visitor(1))}
	restrict := func(what consent.Restriction, want int) {
		t.Helper()
		what.Time = Morning
		n, err := store.Restrict(t.Context(), "skogen", what)
		must(t, err)
		if n != want {
			t.Fatalf("%d decisions changed, want %d", n, want)
		}
	}
	restrict(consent.Restriction{ID: log[0].ID, Reason: consent.ReasonClaim}, 1)
	restrict(consent.Restriction{Visitor: Visitor(1), Reason: consent.ReasonAsked}, 1) // the first keeps its own
	wantHeld(t, store, Visitor(1), true, false)
	restrict(consent.Restriction{Visitor: Visitor(1), Release: true, Reason: consent.ReasonAsked}, 1)
	wantFrozen(t, store, log, 0)
	restrict(consent.Restriction{ID: log[0].ID, Release: true, Reason: consent.ReasonAsked}, 0)
	wantFrozen(t, store, log, 0)
	restrict(consent.Restriction{Visitor: Visitor(1), Release: true}, 1)
	wantFrozen(t, store, log)
}

// wantFrozen asserts which of the log of skogen are frozen, whichever way they
// are read.
func wantFrozen(t *testing.T, store consent.Store, log []consent.Entry, indexes ...int) {
	t.Helper()
	for i := range log {
		log[i].Frozen = slices.Contains(indexes, i)
	}
	ctx, last := t.Context(), log[len(log)-1]
	wantEntries(t, heldAside(all(ctx, t, store, consent.LogQuery{Site: "skogen", Oldest: true})), log)
	for _, query := range []consent.LogQuery{{ID: last.ID}, {Method: last.Method, Limit: 1}} {
		query.Site = "skogen"
		got, err := store.Read(ctx, query)
		must(t, err)
		wantEntries(t, heldAside(got), []consent.Entry{last})
	}
	mine, err := store.Decisions(ctx, "skogen", last.Visitor)
	must(t, err)
	wantEntries(t, heldAside(mine), []consent.Entry{log[0], last})
}

// wantHeld asserts which of a visitor's decisions the visitor cannot release.
func wantHeld(t *testing.T, store consent.Store, visitor consent.VisitorKey, want ...bool) {
	t.Helper()
	mine, err := store.Decisions(t.Context(), "skogen", visitor)
	must(t, err)
	held := make([]bool, len(mine))
	for i := range mine {
		held[i] = mine[i].Held
	}
	if !slices.Equal(held, want) {
		t.Fatalf("held are %v, want %v", held, want)
	}
}

// heldAside leaves out who may release: wantHeld is about that.
func heldAside(entries []consent.Entry) []consent.Entry {
	for i := range entries {
		entries[i].Held = false
	}
	return entries
}

// wantRestricted restricts on skogen and asserts how many decisions changed.
func wantRestricted(t *testing.T, store consent.Store, what consent.Restriction, want int) {
	t.Helper()
	what.Reason, what.Time = consent.ReasonAccuracy, Morning.Add(time.Hour)
	n, err := store.Restrict(t.Context(), "skogen", what)
	must(t, err)
	if n != want {
		t.Fatalf("%d decisions changed, want %d", n, want)
	}
}

func testFrozenIsKept(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	for n := range 20 {
		appendAs(t, store, site, n, Visitor(n%4))
	}
	wantRestricted(t, store, consent.Restriction{Visitor: Visitor(1)}, 5)
	expire := func(want, left int) {
		t.Helper()
		wantYears := []consent.Expired{{Year: Morning.Year(), Gone: want, Frozen: left, Dropped: left == 0}}
		if want+left == 0 {
			wantYears = nil
		}
		wantExpired(ctx, t, store, Morning.AddDate(1, 0, 0), Morning.AddDate(2, 0, 0), wantYears...)
		if n := count(ctx, t, store, "skogen"); n != left {
			t.Fatalf("%d decisions are left, want %d", n, left)
		}
	}
	expire(15, 5)
	expire(0, 5)
	if _, err := store.Receipt(ctx, "skogen", ID(5)); err != nil {
		t.Errorf("the receipt of a frozen decision: %v", err)
	}
	wantRestricted(t, store, consent.Restriction{ID: ID(5), Release: true}, 1)
	expire(1, 4)
	wantRestricted(t, store, consent.Restriction{Visitor: Visitor(1), Release: true}, 4)
	expire(4, 0)
	expire(0, 0)
	wantWhole(t, store)
}

func testFrozenErase(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	for n := range 6 {
		appendAs(t, store, site, n, Visitor(n%2))
	}
	wantRestricted(t, store, consent.Restriction{ID: ID(1)}, 1)
	byOperator := func(what consent.Erasure) (int, error) {
		what.Actor, what.Time = consent.ActorOperator, Morning
		return store.Erase(ctx, "skogen", what)
	}
	for _, what := range []consent.Erasure{{ID: ID(1)}, {Visitor: Visitor(1)}} {
		_, err := byOperator(what)
		wantKind(t, err, consent.Conflict, "frozen")
		if n := count(ctx, t, store, "skogen"); n != 6 {
			t.Fatalf("%d decisions are left of 6", n)
		}
	}
	n, err := byOperator(consent.Erasure{Visitor: Visitor(0)})
	must(t, err)
	if n != 3 {
		t.Fatalf("%d decisions of another visitor were erased, want 3", n)
	}
	wantErased(t, store, Visitor(1), 3)
	wantRestricted(t, store, consent.Restriction{ID: ID(1), Release: true}, 0)
	wantWhole(t, store)
}

// testClaimIsKept has a visitor erase all but what is needed for a legal claim
// (GDPR art. 17(3)(e)); a freeze on another ground does not keep it.
func testClaimIsKept(t *testing.T, store consent.Store) {
	site := Publish(t.Context(), t, store, "skogen")
	for n := 1; n <= 3; n++ {
		appendAs(t, store, site, n, Visitor(1))
	}
	for n, reason := range map[int]consent.RestrictionReason{1: consent.ReasonClaim, 2: consent.ReasonAsked} {
		_, err := store.Restrict(t.Context(), "skogen", consent.Restriction{ID: ID(n), Reason: reason, Time: Morning})
		must(t, err)
	}
	wantErased(t, store, Visitor(1), 2)
	left := all(t.Context(), t, store, consent.LogQuery{Site: "skogen"})
	if len(left) != 1 || left[0].ID != ID(1) || !left[0].Frozen {
		t.Errorf("left is %+v", left)
	}
	one := consent.Erasure{ID: ID(1), Actor: consent.ActorVisitor, Time: Morning}
	if n, err := store.Erase(t.Context(), "skogen", one); err != nil || n != 0 {
		t.Errorf("by its id %d were erased: %v", n, err)
	}
	_, err := store.Restrict(t.Context(), "skogen", consent.Restriction{ID: ID(1), Release: true, Time: Morning})
	must(t, err)
	wantErased(t, store, Visitor(1), 1)
	wantWhole(t, store)
}

// wantWhole asserts that the ledger holds.
func wantWhole(t *testing.T, store consent.Store) {
	t.Helper()
	audited, err := store.Audit(t.Context(), "", func(int64, int64) {})
	must(t, err)
	for _, fault := range audited.Faults {
		t.Errorf("%s, index %d: %s", fault.Origin, fault.Index, fault.Why)
	}
}
