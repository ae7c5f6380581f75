package storagetest

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testNotices(t *testing.T, open Opener) {
	t.Run("numbering", func(t *testing.T) { testNumbering(t, open(t)) })
	t.Run("two publish at once", func(t *testing.T) { testPublishingAtOnce(t, open(t)) })
}

func testNumbering(t *testing.T, store consent.Store) {
	ctx := t.Context()
	draft := Draft("skogen")
	first, second := freeze(t, draft, 1, Morning), freeze(t, draft, 2, Morning.Add(time.Hour))

	wantKind(t, store.SaveNotice(ctx, "skogen", first), consent.NotFound, "unknown_site")
	must(t, store.SaveDraft(ctx, draft, Morning))
	_, err := store.CurrentNotice(ctx, "skogen")
	wantKind(t, err, consent.NotFound, "")
	wantKind(t, store.SaveNotice(ctx, "skogen", second), consent.Conflict, "notice_number")

	must(t, store.SaveNotice(ctx, "skogen", first))
	wantKind(t, store.SaveNotice(ctx, "skogen", first), consent.Conflict, "notice_number")
	must(t, store.SaveNotice(ctx, "skogen", second))

	current, err := store.CurrentNotice(ctx, "skogen")
	must(t, err)
	if current != second.Entry() {
		t.Fatalf("the current notice is %+v, want %+v", current, second.Entry())
	}
	for _, want := range []*consent.Notice{first, second} {
		got, err := store.Notice(ctx, "skogen", want.Number)
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got notice %d as\n%+v, want\n%+v", want.Number, got, want)
		}
		entry, err := store.NoticeEntry(ctx, "skogen", want.Number)
		must(t, err)
		if entry != want.Entry() {
			t.Fatalf("got the entry %+v, want %+v", entry, want.Entry())
		}
	}
	for _, none := range []struct {
		site   consent.SiteKey
		number consent.NoticeNumber
	}{{"skogen", 3}, {"havet", 1}} {
		_, err = store.Notice(ctx, none.site, none.number)
		wantKind(t, err, consent.NotFound, "unknown_notice")
		_, err = store.NoticeEntry(ctx, none.site, none.number)
		wantKind(t, err, consent.NotFound, "unknown_notice")
	}

	list, err := store.Notices(ctx, "skogen")
	must(t, err)
	want := []consent.NoticeEntry{{Number: 2, Hash: second.Hash, Published: second.Published}, {Number: 1, Hash: first.Hash, Published: first.Published}}
	if !reflect.DeepEqual(list, want) {
		t.Fatalf("got notices %+v, want %+v", list, want)
	}

	forged := *freeze(t, draft, 3, Morning)
	forged.Hash[0] ^= 1
	wantKind(t, store.SaveNotice(ctx, "skogen", &forged), consent.Invalid, "wrong_hash")
}

// testPublishingAtOnce has several people publish the same number: one wins,
// the others are told to read again, and the numbers have no gap.
func testPublishingAtOnce(t *testing.T, store consent.Store) {
	ctx := t.Context()
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	const people, rounds = 8, 5
	for number := consent.NoticeNumber(1); number <= rounds; number++ {
		var wg sync.WaitGroup
		results := make([]error, people)
		notices := make([]*consent.Notice, people)
		for i := range people {
			draft := Draft("skogen")
			draft.Organisation.Name = fmt.Sprint("Person ", i)
			notices[i] = freeze(t, draft, number, Morning)
		}
		for i := range people {
			wg.Go(func() { results[i] = store.SaveNotice(ctx, "skogen", notices[i]) })
		}
		wg.Wait()
		var winner *consent.Notice
		for i, err := range results {
			if err == nil {
				if winner != nil {
					t.Fatalf("notice %d was published twice", number)
				}
				winner = notices[i]
				continue
			}
			wantKind(t, err, consent.Conflict, "notice_number")
		}
		if winner == nil {
			t.Fatalf("nobody could publish notice %d: %v", number, results)
		}
		got, err := store.Notice(ctx, "skogen", number)
		must(t, err)
		if got.Hash != winner.Hash {
			t.Fatalf("notice %d is not the one that was acknowledged", number)
		}
	}
}
