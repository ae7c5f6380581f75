package storagetest

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testFindings(t *testing.T, open Opener) {
	t.Run("counting", func(t *testing.T) { testCounting(t, open(t)) })
	t.Run("invented names", func(t *testing.T) { testInvented(t, open(t)) })
}

func finding(site consent.SiteKey, day int, name string, count int) consent.Finding {
	midnight := Morning.Truncate(24*time.Hour).AddDate(0, 0, day)
	return consent.Finding{Site: site, Day: midnight, Kind: consent.FoundResidual, Name: name, Count: count, Last: midnight.Add(time.Hour)}
}

func testCounting(t *testing.T, store consent.Store) {
	ctx := t.Context()
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	must(t, store.SaveDraft(ctx, Draft("havet"), Morning))
	must(t, store.AddFindings(ctx, nil))
	must(t, store.AddFindings(ctx, []consent.Finding{finding("skogen", 0, "film/_film", 2), finding("skogen", 1, "film/_film", 1)}))
	must(t, store.AddFindings(ctx, []consent.Finding{finding("havet", 0, "film/_film", 5)}))
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := store.AddFindings(ctx, []consent.Finding{finding("skogen", 0, "film/_film", 1)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got, err := store.Findings(ctx, "skogen")
	must(t, err)
	want := []consent.Finding{finding("skogen", 1, "film/_film", 1), finding("skogen", 0, "film/_film", 22)}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got findings %+v, want %+v", got, want)
	}

	later := finding("skogen", 1, "film/_film", 1)
	later.Last = later.Last.Add(-time.Minute)
	must(t, store.AddFindings(ctx, []consent.Finding{later}))
	got, err = store.Findings(ctx, "skogen")
	must(t, err)
	if !got[0].Last.Equal(want[0].Last) || got[0].Count != 2 {
		t.Fatalf("an older report moved the time back: %+v", got[0])
	}

	wantKind(t, store.AddFindings(ctx, []consent.Finding{finding("nowhere", 0, "film/_film", 1)}), consent.NotFound, "unknown_site")
	bad := finding("skogen", 0, "film/_film", 7)
	bad2 := bad
	bad2.Kind = "rumour"
	wantKind(t, store.AddFindings(ctx, []consent.Finding{bad, bad2}), consent.Invalid, "")
	got, err = store.Findings(ctx, "skogen")
	must(t, err)
	if got[1].Count != 22 {
		t.Fatalf("half of a refused report was counted: %+v", got[1])
	}

	must(t, store.AddFindings(ctx, []consent.Finding{finding("havet", 0, "film/_often", 90), finding("havet", 0, "film/_a", 1)}))
	got, err = store.Findings(ctx, "havet")
	must(t, err)
	if want := []consent.Finding{finding("havet", 0, "film/_a", 1), finding("havet", 0, "film/_film", 5), finding("havet", 0, "film/_often", 90)}; !reflect.DeepEqual(got, want) {
		t.Fatalf("the order tells which was seen more often: %+v", got)
	}
}

// testInvented has a page report a new name each time. The day's rows stay
// bounded, and known names are still counted.
func testInvented(t *testing.T, store consent.Store) {
	ctx := t.Context()
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	must(t, store.AddFindings(ctx, []consent.Finding{finding("skogen", 0, "film/_film", 1)}))
	for n := range 60 {
		batch := make([]consent.Finding, 20)
		for i := range batch {
			batch[i] = finding("skogen", 0, fmt.Sprintf("made-up/%d", n*20+i), 1)
		}
		must(t, store.AddFindings(ctx, batch))
	}
	must(t, store.AddFindings(ctx, []consent.Finding{finding("skogen", 0, "film/_film", 1)}))
	must(t, store.AddFindings(ctx, []consent.Finding{finding("skogen", 1, "film/_film", 1)}))
	got, err := store.Findings(ctx, "skogen")
	must(t, err)
	if len(got) > 1000 {
		t.Fatalf("the list has %d findings", len(got))
	}
	if got[0] != finding("skogen", 1, "film/_film", 1) || got[1].Name != "film/_film" || got[1].Count != 2 {
		t.Fatalf("the known name was lost among the invented ones: %+v", got[:2])
	}
}
