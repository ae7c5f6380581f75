package storagetest

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testAppend(t *testing.T, open Opener) {
	t.Run("what is stored is what was sent", func(t *testing.T) { testStored(t, open(t)) })
	t.Run("the same again", func(t *testing.T) { testSameAgain(t, open(t)) })
	t.Run("another's earlier decision", func(t *testing.T) { testForeignPrevious(t, open(t)) })
	t.Run("64 at once", func(t *testing.T) { testSameAtOnce(t, open(t)) })
	t.Run("refused", func(t *testing.T) { testRefused(t, open(t)) })
	t.Run("a bad one fails alone", func(t *testing.T) { testFailsAlone(t, open(t)) })
	t.Run("callers that give up", func(t *testing.T) { testGivingUp(t, open(t)) })
	t.Run("the caller keeps its maps", func(t *testing.T) { testOwnMaps(t, open(t)) })
}

func testStored(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	var last int64
	for n := range 12 {
		d := site.Decision(n)
		d.GPC = n%4 == 0
		d.Time = d.Time.Add(123 * time.Millisecond)
		switch {
		case n == 11:
			d.Visitor = consent.VisitorKey{}
		case n > 6:
			d.Visitor, d.Previous = Visitor(6), ID(n-1)
		}
		entry, err := store.Append(ctx, d)
		must(t, err)
		if entry.Index <= last {
			t.Fatalf("index %d follows %d", entry.Index, last)
		}
		last = entry.Index
		if !reflect.DeepEqual(entry.Decision, *d) {
			t.Fatalf("got entry\n%+v, want\n%+v", entry.Decision, *d)
		}
		read, err := store.Read(ctx, consent.LogQuery{Site: "skogen", ID: d.ID})
		must(t, err)
		if len(read) != 1 || !reflect.DeepEqual(read[0], entry.Entry) {
			t.Fatalf("read back\n%+v, want\n%+v", read, entry.Entry)
		}
	}
	d := site.Decision(50)
	d.Time = d.Time.Add(123_456_789 * time.Nanosecond).In(time.FixedZone("elsewhere", 7200))
	d.Skew = -30 * 365 * 24 * time.Hour
	entry, err := store.Append(ctx, d)
	must(t, err)
	if !entry.Time.Equal(d.Time.Truncate(time.Millisecond)) || entry.Time.Location() != time.UTC {
		t.Fatalf("time %v was stored as %v, want milliseconds in UTC", d.Time, entry.Time)
	}
	if entry.Skew != -10*365*24*time.Hour {
		t.Fatalf("the skew of a broken clock is %v, want ten years at most", entry.Skew)
	}
}

func testSameAgain(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	other := Publish(ctx, t, store, "havet")
	first, err := store.Append(ctx, site.Decision(1))
	must(t, err)

	retry := site.Decision(1)
	retry.Time, retry.Skew = retry.Time.Add(time.Minute), 5*time.Second
	again, err := store.Append(ctx, retry)
	must(t, err)
	if first.Again || !again.Again {
		t.Fatalf("it was there already: %v, and then %v", first.Again, again.Again)
	}
	again.Again = false
	if !reflect.DeepEqual(again, first) {
		t.Fatalf("the retry got\n%+v, want what was stored first\n%+v", again, first)
	}
	for name, change := range map[string]func(*consent.Decision){
		"choice":   func(d *consent.Decision) { d.Choice = choice(true, false) },
		"visitor":  func(d *consent.Decision) { d.Visitor = Visitor(99) },
		"nobody":   func(d *consent.Decision) { d.Visitor = consent.VisitorKey{} },
		"previous": func(d *consent.Decision) { d.Previous = ID(77) },
		"method":   func(d *consent.Decision) { d.Method = consent.Save },
		"language": func(d *consent.Decision) { d.Language = consent.English },
		"layer":    func(d *consent.Decision) { d.Layer = consent.LayerPage },
		"signal":   func(d *consent.Decision) { d.GPC = !d.GPC },
		"service":  func(d *consent.Decision) { d.Choice.Services = map[consent.ServiceRef]bool{"marketing/film": true} },
	} {
		changed := site.Decision(1)
		change(changed)
		_, err := store.Append(ctx, changed)
		if err == nil {
			t.Fatalf("another %s under the same id was taken", name)
		}
		wantKind(t, err, consent.Conflict, "")
	}
	elsewhere, err := store.Append(ctx, other.Decision(1))
	must(t, err)
	if elsewhere.Site != "havet" {
		t.Fatalf("the same id on another site gave %+v", elsewhere)
	}
	if n := count(ctx, t, store, "skogen"); n != 1 {
		t.Fatalf("the log holds %d rows, want 1", n)
	}
}

// testForeignPrevious: nobody's chain of decisions takes in another visitor's.
func testForeignPrevious(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	_, err := store.Append(ctx, site.Decision(1))
	must(t, err)

	theirs := site.Decision(2)
	theirs.Previous = ID(1)
	if _, err := store.Append(ctx, theirs); err == nil {
		t.Fatal("a decision follows one of another visitor")
	} else {
		wantKind(t, err, consent.Conflict, "foreign_previous")
	}
	own := site.Decision(2)
	own.Visitor, own.Previous = Visitor(1), ID(1)
	_, err = store.Append(ctx, own)
	must(t, err)
	unknown := site.Decision(3)
	unknown.Previous = ID(99)
	_, err = store.Append(ctx, unknown)
	must(t, err)

	// An id is a site's own: the same on another site is another decision.
	other := Publish(ctx, t, store, "havet")
	elsewhere := other.Decision(4)
	elsewhere.Previous = ID(1)
	_, err = store.Append(ctx, elsewhere)
	must(t, err)
}

func testSameAtOnce(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	for n := range 10 {
		entries := make([]*consent.Appended, 64)
		errs := make([]error, 64)
		var wg sync.WaitGroup
		for i := range entries {
			wg.Go(func() {
				d := site.Decision(n)
				d.Time = d.Time.Add(time.Duration(i) * time.Millisecond)
				entries[i], errs[i] = store.Append(ctx, d)
			})
		}
		wg.Wait()
		anew := 0
		for i := range entries {
			must(t, errs[i])
			if !entries[i].Again {
				anew++
			}
			entries[i].Again = false
		}
		if anew != 1 {
			t.Fatalf("%d callers are told that theirs was stored", anew)
		}
		for i := range entries {
			if !reflect.DeepEqual(entries[i], entries[0]) {
				t.Fatalf("two callers got different entries:\n%+v\n%+v", entries[i], entries[0])
			}
		}
	}
	if n := count(ctx, t, store, "skogen"); n != 10 {
		t.Fatalf("the log holds %d rows, want 10", n)
	}
}

func testRefused(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	for _, c := range []struct {
		name   string
		change func(*consent.Decision)
		kind   consent.Kind
	}{
		{"no id", func(d *consent.Decision) { d.ID = consent.DecisionID{} }, consent.Invalid},
		{"no time", func(d *consent.Decision) { d.Time = time.Time{} }, consent.Invalid},
		{"unknown site", func(d *consent.Decision) { d.Site = "nowhere" }, consent.NotFound},
		{"unknown notice", func(d *consent.Decision) { d.Notice = 9 }, consent.Invalid},
		{"unknown bundle", func(d *consent.Decision) { d.Bundle = "no-such" }, consent.Invalid},
		{"unknown method", func(d *consent.Decision) { d.Method = "guess" }, consent.Invalid},
		{"unknown layer", func(d *consent.Decision) { d.Layer = "cellar" }, consent.Invalid},
		{"unknown state", func(d *consent.Decision) { d.State = "" }, consent.Invalid},
		{"no language", func(d *consent.Decision) { d.Language = "" }, consent.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := site.Decision(1)
			c.change(d)
			_, err := store.Append(ctx, d)
			wantKind(t, err, c.kind, "")
		})
	}
	if n := count(ctx, t, store, "skogen"); n != 0 {
		t.Fatalf("the log holds %d refused rows", n)
	}
}

// testFailsAlone sends good and bad decisions at once, so that they share
// transactions: each gets its own answer.
func testFailsAlone(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	const n = 300
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			d := site.Decision(i)
			switch i % 10 {
			case 3:
				d.Method = "guess"
			case 7:
				d.Bundle = "no-such"
			}
			_, errs[i] = store.Append(ctx, d)
		})
	}
	wg.Wait()
	for i, err := range errs {
		if i%10 == 3 || i%10 == 7 {
			wantKind(t, err, consent.Invalid, "")
		} else {
			must(t, err)
		}
	}
	if got := count(ctx, t, store, "skogen"); got != n*8/10 {
		t.Fatalf("the log holds %d rows, want %d", got, n*8/10)
	}
}

// testGivingUp cancels callers at every stage. Whatever happened to their
// decisions, a retry is answered and nothing is there twice.
func testGivingUp(t *testing.T, store consent.Store) {
	site := Publish(t.Context(), t, store, "skogen")
	var wg sync.WaitGroup
	for i := range 200 {
		ctx, cancel := context.WithCancel(t.Context())
		wg.Go(func() {
			d := site.Decision(i)
			if _, err := store.Append(ctx, d); err != nil {
				wantKindQuietly(t, err, consent.Unavailable)
			}
			clear(d.Choice.Categories) // the caller's memory is its own again
		})
		wg.Go(cancel)
	}
	wg.Wait()
	for i := range 200 {
		_, err := store.Append(t.Context(), site.Decision(i))
		must(t, err)
	}
	if n := count(t.Context(), t, store, "skogen"); n != 200 {
		t.Fatalf("the log holds %d rows, want 200", n)
	}
}

// wantKindQuietly is wantKind for goroutines of a test.
func wantKindQuietly(t *testing.T, err error, kind consent.Kind) {
	t.Helper()
	if consent.KindOf(err) != kind {
		t.Errorf("got error %v, want one of kind %s", err, kind)
	}
}

func testOwnMaps(t *testing.T, store consent.Store) {
	ctx := t.Context()
	site := Publish(ctx, t, store, "skogen")
	entry, err := store.Append(ctx, site.Decision(0))
	must(t, err)
	entry.Choice.Categories[consent.Marketing] = false
	page, err := store.Read(ctx, consent.LogQuery{Site: "skogen"})
	must(t, err)
	page[0].Choice.Categories[consent.Statistics] = false
	page, err = store.Read(ctx, consent.LogQuery{Site: "skogen"})
	must(t, err)
	if !reflect.DeepEqual(page[0].Choice, choice(true, true)) {
		t.Fatalf("what a reader did to its entry reached the log: %+v", page[0].Choice)
	}
}

// count gives the number of rows in a site's log.
func count(ctx context.Context, t *testing.T, store consent.Store, site consent.SiteKey) int {
	t.Helper()
	there := len(all(ctx, t, store, consent.LogQuery{Site: site, Oldest: true, Limit: 1000}))
	if size, err := store.LogSize(ctx, site); err != nil || size != there {
		t.Errorf("the log of %s has %d decisions, and is said to have %d, %v", site, there, size, err)
	}
	return there
}

// all follows a query to its end.
func all(ctx context.Context, t *testing.T, store consent.Store, query consent.LogQuery) []consent.Entry {
	t.Helper()
	var entries []consent.Entry
	for {
		page, err := store.Read(ctx, query)
		must(t, err)
		if len(page) == 0 {
			return entries
		}
		entries = append(entries, page...)
		query.After = page[len(page)-1].Index
	}
}
