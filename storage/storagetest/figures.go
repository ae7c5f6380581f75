package storagetest

import (
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testFigures(t *testing.T, open Opener) {
	t.Run("as the log", func(t *testing.T) { testFiguresAsLog(t, open(t)) })
	t.Run("midnight", func(t *testing.T) { testFiguresMidnight(t, open(t)) })
	t.Run("counted refusals", func(t *testing.T) { testFiguresRefused(t, open(t)) })
	t.Run("closed", func(t *testing.T) { testFiguresClosed(t, open(t)) })
	t.Run("at random", func(t *testing.T) { testFiguresAtRandom(t, open(t)) })
}

// Far before and far after everything in the suite.
var (
	before = consent.MidnightOf(Morning).AddDate(-1, 0, 0)
	after  = consent.MidnightOf(Morning).AddDate(3, 0, 0)
)

// wantFigures asserts that the figures are what one counts who reads all of
// skogen's log, and leaves out what is frozen.
func wantFigures(t *testing.T, store consent.Store, from, to time.Time) *consent.Figures {
	t.Helper()
	got, err := store.Figures(t.Context(), "skogen", from, to)
	must(t, err)
	type day struct {
		at      time.Time
		state   consent.State
		inPlace bool
	}
	days, made, choices := map[day]int{}, map[string]int{}, map[string]consent.MadeFigure{}
	add := func(f consent.MadeFigure, n int) {
		key, err := json.Marshal([]any{f.Notice, f.Language, f.Method, f.Layer, f.State, f.Choice})
		must(t, err)
		made[string(key)] += n
		choices[string(key)] = f
	}
	for _, e := range all(t.Context(), t, store, consent.LogQuery{Site: "skogen", From: from, To: to, Oldest: true, Limit: 1000}) {
		if e.Frozen {
			continue
		}
		days[day{consent.MidnightOf(e.Time), e.State, e.Method.IsInPlace()}]++
		add(consent.MadeFigure{Notice: e.Notice, Language: e.Language, Method: e.Method, Layer: e.Layer, State: e.State, Choice: e.Choice}, 1)
	}
	refusals, err := store.Refusals(t.Context(), "skogen")
	must(t, err)
	for _, r := range refusals {
		if !r.Day.Before(from) && r.Day.Before(to) {
			days[day{r.Day, consent.StateRefused, false}] += r.Count
			add(consent.MadeFigure{Notice: r.Notice, Language: r.Language, State: consent.StateRefused}, r.Count)
		}
	}
	want := &consent.Figures{}
	for at, n := range days {
		want.Days = append(want.Days, consent.DayFigure{Day: at.at, State: at.state, InPlace: at.inPlace, Count: n})
	}
	for key, n := range made {
		f := choices[key]
		f.Count = n
		want.Made = append(want.Made, f)
	}
	inOrder := func(a, b consent.DayFigure) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.State, b.State), cmp.Compare(strconv.FormatBool(a.InPlace), strconv.FormatBool(b.InPlace)))
	}
	slices.SortFunc(want.Days, inOrder)
	if !slices.IsSortedFunc(got.Days, func(a, b consent.DayFigure) int { return a.Day.Compare(b.Day) }) {
		t.Errorf("the days do not come in order: %+v", got.Days)
	}
	bySense := func(a, b consent.MadeFigure) int { return cmp.Compare(sense(t, a), sense(t, b)) }
	slices.SortFunc(want.Made, bySense)
	sorted := &consent.Figures{Days: slices.SortedFunc(slices.Values(got.Days), inOrder), Made: slices.SortedFunc(slices.Values(got.Made), bySense)}
	if !reflect.DeepEqual(sorted, want) {
		t.Fatalf("from %s to %s the figures are\n%+v\nand the log says\n%+v", from, to, sorted, want)
	}
	return got
}

func sense(t *testing.T, f consent.MadeFigure) string {
	t.Helper()
	text, err := json.Marshal(f)
	must(t, err)
	return string(text)
}

func testFiguresAsLog(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site, other := Publish(ctx, t, store, "skogen"), Publish(ctx, t, store, "havet")
	if empty, err := store.Figures(ctx, "nowhere", before, after); err != nil || len(empty.Days)+len(empty.Made) > 0 {
		t.Errorf("a site that does not exist has %+v: %v", empty, err)
	}
	wantFigures(t, store, before, after)
	for n := range 60 {
		appendAs(t, store, site, n, Visitor(n%6))
		appendAs(t, store, other, n, Visitor(n%6))
	}
	appendAs(t, store, site, 7, Visitor(1)) // a repetition
	wantFigures(t, store, before, after)
	wantRestricted(t, store, consent.Restriction{Visitor: Visitor(1)}, 10)
	wantFigures(t, store, before, after)
	wantRestricted(t, store, consent.Restriction{Visitor: Visitor(1)}, 0)
	_, err := store.Restrict(ctx, "skogen", consent.Restriction{ID: ID(1), Reason: consent.ReasonClaim, Time: Morning})
	must(t, err)
	wantFigures(t, store, before, after)
	wantRestricted(t, store, consent.Restriction{ID: ID(7), Release: true}, 1)
	wantRestricted(t, store, consent.Restriction{ID: ID(7), Release: true}, 0)
	wantFigures(t, store, before, after)
	wantErased(t, store, Visitor(1), 10)
	wantErased(t, store, Visitor(2), 10)
	_, err = store.Append(ctx, site.Decision(2))
	wantKind(t, err, consent.NotFound, "erased")
	wantFigures(t, store, before, after)
	wantRestricted(t, store, consent.Restriction{Visitor: Visitor(3)}, 10)
	_, err = store.Expire(ctx, "skogen", Morning.Add(30*time.Hour), Morning.AddDate(1, 0, 0))
	must(t, err)
	wantFigures(t, store, before, after)
	wantRestricted(t, store, consent.Restriction{Visitor: Visitor(3), Release: true}, 10)
	wantFigures(t, store, before, after)
	_, err = store.Expire(ctx, "skogen", after, after)
	must(t, err)
	if left := wantFigures(t, store, before, after); len(left.Days)+len(left.Made) > 0 {
		t.Errorf("of decisions that are gone is left %+v", left)
	}
	wantWhole(t, store)
}

// testFiguresMidnight: a day begins and ends at midnight UTC, and the last day of
// a range is not in it.
func testFiguresMidnight(t *testing.T, store consent.Store) {
	site := Publish(t.Context(), t, store, "skogen")
	midnight := consent.MidnightOf(Morning).AddDate(0, 0, 1)
	for n, at := range []time.Time{midnight.Add(-time.Millisecond), midnight, midnight.Add(24*time.Hour - time.Millisecond), midnight.Add(24 * time.Hour)} {
		d := site.Decision(n)
		d.Time = at
		_, err := store.Append(t.Context(), d)
		must(t, err)
	}
	for from := -1; from < 4; from++ {
		for to := -1; to < 4; to++ {
			wantFigures(t, store, midnight.AddDate(0, 0, from), midnight.AddDate(0, 0, to))
		}
	}
	one := wantFigures(t, store, midnight, midnight.AddDate(0, 0, 1))
	want := []consent.DayFigure{{Day: midnight, State: consent.StatePartlyGiven, Count: 1}, {Day: midnight, State: consent.StateRefused, Count: 1}}
	if !reflect.DeepEqual(one.Days, want) {
		t.Errorf("the day has %+v, want %+v", one.Days, want)
	}
}

func testFiguresRefused(t *testing.T, store consent.Store) {
	site := Publish(t.Context(), t, store, "skogen")
	for n, at := range []time.Time{Morning, Morning, Morning.AddDate(0, 0, 1)} {
		must(t, store.CountRefusal(t.Context(), "skogen", 1, []consent.Language{consent.Bokmaal, consent.English}[n%2], at))
		appendAs(t, store, site, n, Visitor(n))
	}
	got := wantFigures(t, store, before, after)
	for _, f := range got.Made {
		if f.Method == "" && f.Language == consent.Bokmaal && f.Count == 2 {
			return
		}
	}
	t.Errorf("two refusals that are numbers are not in %+v", got.Made)
}

// testFiguresAtRandom does what may be done to decisions in any order.
func testFiguresAtRandom(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	seed := rand.Uint64()                    //nolint:gosec // a test
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // a test
	t.Logf("seed %d", seed)
	reasons := []consent.RestrictionReason{consent.ReasonAsked, consent.ReasonClaim, consent.ReasonAccuracy}
	for step := range 300 {
		n := random.IntN(120)
		var err error
		switch random.IntN(8) {
		case 0:
			_, err = store.Erase(ctx, "skogen", consent.Erasure{Visitor: Visitor(n % 9), Actor: consent.ActorVisitor, Time: Morning})
		case 1, 2:
			_, err = store.Restrict(ctx, "skogen", consent.Restriction{Visitor: Visitor(n % 9), Reason: reasons[n%3], Time: Morning})
		case 3:
			_, err = store.Restrict(ctx, "skogen", consent.Restriction{ID: ID(n), Release: true, Time: Morning})
		case 4:
			if step%10 == 0 {
				_, err = store.Expire(ctx, "skogen", Morning.Add(time.Duration(n)*time.Hour), after)
			}
		default:
			d := site.Decision(n)
			d.Visitor = Visitor(n % 9)
			if n%7 == 0 && d.State == consent.StatePartlyGiven {
				d.Method, d.Layer = []consent.Method{consent.PlaceholderOnce, consent.PlaceholderAlways}[n%2], consent.LayerPlaceholder
			}
			if _, err = store.Append(ctx, d); consent.KindOf(err) == consent.NotFound {
				err = nil
			}
		}
		must(t, err)
		wantFigures(t, store, before, after)
	}
}
