package storagetest

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testVisitors(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	site := Publish(ctx, t, store, "skogen")
	other := Publish(ctx, t, store, "havet")
	visitor := Visitor(1)
	lookalike := visitor
	lookalike[21] ^= 1 // the same in all that an index may keep
	var want []consent.Entry
	for n := range 6 {
		d := site.Decision(n)
		d.Visitor = visitor
		if n == 3 {
			d.Visitor = lookalike
		}
		entry, err := store.Append(ctx, d)
		must(t, err)
		if n != 3 {
			want = append(want, entry.Entry)
		}
		elsewhere := other.Decision(n)
		elsewhere.Visitor = visitor
		_, err = store.Append(ctx, elsewhere)
		must(t, err)
	}
	nobody := site.Decision(50)
	nobody.Visitor = consent.VisitorKey{}
	_, err := store.Append(ctx, nobody)
	must(t, err)

	got, err := store.Decisions(ctx, "skogen", visitor)
	must(t, err)
	wantEntries(t, got, want)
	for name, query := range map[string]struct {
		site    consent.SiteKey
		visitor consent.VisitorKey
	}{
		"an unknown visitor": {"skogen", Visitor(99)},
		"an unknown site":    {"nowhere", visitor},
		"no visitor":         {"skogen", consent.VisitorKey{}},
	} {
		got, err := store.Decisions(ctx, query.site, query.visitor)
		must(t, err)
		if len(got) != 0 {
			t.Errorf("%s has %d decisions", name, len(got))
		}
	}
}

func testErase(t *testing.T, open Opener) {
	t.Run("one visitor on one site", func(t *testing.T) { testEraseOne(t, open(t)) })
	t.Run("against late retries", func(t *testing.T) { testEraseRace(t, open(t)) })
	t.Run("for a reason", func(t *testing.T) { testEraseReason(t, open(t)) })
}

// testEraseReason has the ledger, which forgets nothing, take no words of anybody's.
func testEraseReason(t *testing.T, store consent.Store) {
	site := Publish(t.Context(), t, store, "skogen")
	appendAs(t, store, site, 1, Visitor(1))
	what := consent.Erasure{ID: ID(1), Actor: consent.ActorOperator, Reason: "Kari Nordmann asked", Time: Morning}
	_, err := store.Erase(t.Context(), "skogen", what)
	wantKind(t, err, consent.Invalid, "erasure_reason")
	if strings.Contains(err.Error(), "Kari") {
		t.Errorf("the error repeats it: %v", err)
	}
	if n := count(t.Context(), t, store, "skogen"); n != 1 {
		t.Fatalf("%d decisions are left, want 1", n)
	}
	what.Reason = consent.ErasedObjection
	n, err := store.Erase(t.Context(), "skogen", what)
	must(t, err)
	if n != 1 {
		t.Errorf("%d decisions were erased, want 1", n)
	}
}

func testEraseOne(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	other := Publish(ctx, t, store, "havet")
	visitor := Visitor(1)
	lookalike := visitor
	lookalike[21] ^= 1
	appendAs(t, store, site, 1, visitor)
	kept := []consent.Entry{appendAs(t, store, site, 2, lookalike), appendAs(t, store, site, 3, consent.VisitorKey{})}
	last := appendAs(t, store, site, 4, visitor)
	appendAs(t, store, other, 1, visitor)

	wantErased(t, store, consent.VisitorKey{}, 0)
	wantErased(t, store, Visitor(9), 0)
	wantErased(t, store, visitor, 2)
	gone, err := store.Decisions(ctx, "skogen", visitor)
	must(t, err)
	wantEntries(t, gone, nil)
	wantEntries(t, all(ctx, t, store, consent.LogQuery{Site: "skogen", Oldest: true}), kept)
	if n := count(ctx, t, store, "havet"); n != 1 {
		t.Fatalf("the other site has %d decisions, want its 1", n)
	}

	late := site.Decision(4)
	late.Visitor = visitor
	_, err = store.Append(ctx, late)
	wantKind(t, err, consent.NotFound, "erased")
	late.Visitor, late.Choice = lookalike, choice(true, false)
	_, err = store.Append(ctx, late)
	wantKind(t, err, consent.NotFound, "erased")
	if next := appendAs(t, store, site, 5, visitor); next.Index <= last.Index {
		t.Fatalf("index %d follows the erased index %d", next.Index, last.Index)
	}
	wantErased(t, store, visitor, 1)
}

// appendAs appends the n-th decision as another visitor's.
func appendAs(t *testing.T, store consent.Store, site Published, n int, visitor consent.VisitorKey) consent.Entry {
	t.Helper()
	d := site.Decision(n)
	d.Visitor = visitor
	entry, err := store.Append(t.Context(), d)
	must(t, err)
	return entry.Entry
}

// wantErased erases a visitor of skogen and asserts how many decisions went.
func wantErased(t *testing.T, store consent.Store, visitor consent.VisitorKey, want int) {
	t.Helper()
	n, err := store.Erase(t.Context(), "skogen", consent.Erasure{Visitor: visitor, Actor: consent.ActorVisitor, Time: Morning.Add(time.Hour)})
	must(t, err)
	if n != want {
		t.Fatalf("%d decisions were erased, want %d", n, want)
	}
}

// testEraseRace has a queue in the browser send the same decisions over and
// over while the visitor erases: afterwards none is back.
func testEraseRace(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	visitor := Visitor(1)
	send := func(n int) error {
		d := site.Decision(n)
		d.Visitor = visitor
		_, err := store.Append(ctx, d)
		return err
	}
	for n := range 20 {
		must(t, send(n))
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for n := range 40 {
				if err := send((n + w) % 20); err != nil {
					wantKindQuietly(t, err, consent.NotFound)
				}
			}
		})
	}
	erased, err := store.Erase(ctx, "skogen", consent.Erasure{Visitor: visitor, Actor: consent.ActorVisitor, Time: Morning})
	must(t, err)
	wg.Wait()
	if erased != 20 {
		t.Fatalf("%d decisions were erased, want 20", erased)
	}
	if n := count(ctx, t, store, "skogen"); n != 0 {
		t.Fatalf("%d erased decisions are back", n)
	}
}
