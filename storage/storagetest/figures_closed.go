package storagetest

import (
	"reflect"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// testFiguresClosed: tables that are closed stay, whatever becomes of the decisions.
func testFiguresClosed(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	Publish(ctx, t, store, "havet")
	appendAs(t, store, site, 1, Visitor(1))
	day := func(n int) time.Time { return consent.MidnightOf(Morning).AddDate(0, 0, n) }
	wantJudged := func(judged, closed time.Time) {
		t.Helper()
		gotJudged, gotClosed, err := store.FiguresJudged(ctx, "skogen")
		if err != nil || !gotJudged.Equal(judged) || !gotClosed.Equal(closed) {
			t.Errorf("judged to %s and closed to %s, want %s and %s; %v", gotJudged, gotClosed, judged, closed, err)
		}
	}
	want := func(from, to int, want ...consent.ClosedFigures) {
		t.Helper()
		got, err := store.ClosedFigures(ctx, "skogen", day(from), day(to))
		if err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("got %s, want %s; %v", got, want, err)
		}
	}
	wantJudged(time.Time{}, time.Time{})
	must(t, store.CloseFigures(ctx, "skogen", day(0), nil))
	wantJudged(day(0), time.Time{})
	one := consent.ClosedFigures{First: day(0), Last: day(2), Tables: []byte(`{"yes":5}`)}
	two := consent.ClosedFigures{First: day(3), Last: day(3), Tables: []byte(`{"yes":6}`)}
	must(t, store.CloseFigures(ctx, "skogen", day(4), []consent.ClosedFigures{one, two}))
	wantJudged(day(4), day(3))
	must(t, store.CloseFigures(ctx, "skogen", day(3), nil)) // the clock was ahead
	wantJudged(day(3), day(3))
	must(t, store.CloseFigures(ctx, "skogen", day(4), nil))
	want(0, 3, one)
	want(0, 4, one, two)
	want(3, 4, two)
	want(4, 9)
	over := consent.ClosedFigures{First: day(3), Last: day(7), Tables: []byte(`{}`)}
	next := consent.ClosedFigures{First: day(4), Last: day(7), Tables: []byte(`{}`)}
	wantKind(t, store.CloseFigures(ctx, "skogen", day(9), []consent.ClosedFigures{next, over}), consent.Invalid, "figures_overlap")
	wantKind(t, store.CloseFigures(ctx, "skogen", day(9), []consent.ClosedFigures{{First: day(5), Last: day(4), Tables: []byte(`{}`)}}), consent.Invalid, "figures_overlap")
	wantKind(t, store.CloseFigures(ctx, "nowhere", day(9), nil), consent.NotFound, "unknown_site")
	wantErased(t, store, Visitor(1), 1)
	wantJudged(day(4), day(3))
	want(0, 9, one, two)
	if others, err := store.ClosedFigures(ctx, "havet", day(0), day(9)); err != nil || len(others) > 0 {
		t.Errorf("another site has %s: %v", others, err)
	}
}
