package ledger_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/storage/ledger"
)

// TestAnEventIsWrittenInOneWay pins its bytes, and refuses others that mean the
// same: two of them would be two leaves.
func TestAnEventIsWrittenInOneWay(t *testing.T) {
	oslo := time.FixedZone("", 3600)
	event := ledger.Event{Kind: ledger.Erase, Time: time.Date(2026, 11, 22, 9, 0, 0, 123456789, oslo), Actor: "dpo", Reason: "Article 17", Spans: []ledger.Span{{3, 3}, {7, 9}}}
	data, err := event.Encode()
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"event":"erase","time":"2026-11-22T08:00:00.123Z","actor":"dpo","reason":"Article 17","spans":[[3,3],[7,9]]}`
	if string(data) != want {
		t.Fatalf("the event is written as %s instead of %s", data, want)
	}
	again, err := ledger.ParseEvent(data)
	if err != nil || !again.Removes() || !slices.Equal(again.Spans, event.Spans) || again.Actor != event.Actor {
		t.Errorf("the event is read as %+v, %v", again, err)
	}
	for _, other := range []string{
		"", "null", "{}", " " + want, want + " ", want + want,
		strings.Replace(want, `"event"`, `"Event"`, 1),
		strings.Replace(want, `"erase"`, `"er\u0061se"`, 1),
		strings.Replace(want, `.123Z`, `.1230Z`, 1),
		strings.Replace(want, `.123Z`, `.1234Z`, 1),
		strings.Replace(want, `08:00:00.123Z`, `09:00:00.123+01:00`, 1),
		strings.Replace(want, `"actor":"dpo",`, `"actor":"none","actor":"dpo",`, 1),
		strings.Replace(want, `"actor":"dpo"`, `"other":"dpo"`, 1),
		strings.Replace(want, `[3,3]`, `[3]`, 1),
		strings.Replace(want, `[3,3]`, `[3,3,3]`, 1),
		strings.Replace(want, `[3,3]`, `[3.0,3]`, 1),
	} {
		if have, err := ledger.ParseEvent([]byte(other)); err == nil {
			t.Errorf("%s is read as %+v", other, have)
		}
	}
}

// TestOnlyErasureAndExpiryRemove keeps other events from explaining a gap.
func TestOnlyErasureAndExpiryRemove(t *testing.T) {
	for kind, want := range map[ledger.EventKind]bool{ledger.Erase: true, ledger.Expire: true, ledger.Begin: false, ledger.Rotate: false, "": false} {
		if have := (&ledger.Event{Kind: kind}).Removes(); have != want {
			t.Errorf("%q removes: %t", kind, have)
		}
	}
}

// TestSpansNameTheSameIndexes holds for all ascending ones, with as few spans as
// there are runs.
func TestSpansNameTheSameIndexes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		indexes := rapid.SliceOfDistinct(rapid.Int64Range(0, 40), rapid.ID[int64]).Draw(t, "indexes")
		slices.Sort(indexes)
		var again []int64
		last := int64(-2)
		for _, span := range ledger.Spans(indexes) {
			if span[0] <= last+1 {
				t.Fatalf("%v begins where the span before could have gone on", span)
			}
			for index := span[0]; index <= span[1]; index++ {
				again = append(again, index)
			}
			last = span[1]
		}
		if !slices.Equal(again, indexes) {
			t.Fatalf("%v became %v", indexes, again)
		}
	})
}
