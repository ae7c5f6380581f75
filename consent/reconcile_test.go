package consent_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

var reconciled = time.Date(2026, time.November, 26, 0, 0, 0, 0, time.UTC)

// usually gives fourteen quiet days, then the day that is judged.
func usually(shown, decided int, last consent.Tally) []consent.Tally {
	var days []consent.Tally
	for n := 14; n > 0; n-- {
		days = append(days, consent.Tally{Site: "s", Day: reconciled.AddDate(0, 0, -n), Shown: shown, Decided: decided, Stored: decided, Acknowledged: decided})
	}
	last.Site, last.Day = "s", reconciled
	return append(days, last)
}

func TestReconcile(t *testing.T) {
	for _, c := range []struct {
		name string
		days []consent.Tally
		want []consent.GapKind
	}{
		{"a usual day", usually(1000, 400, consent.Tally{Shown: 900, Decided: 380, Stored: 380, Acknowledged: 380}), nil},
		{"a day on which little happens", usually(1000, 400, consent.Tally{Shown: 49}), nil},
		{"a small site", usually(12, 4, consent.Tally{Shown: 60, Decided: 0}), nil},
		{"few answers, by chance", usually(1000, 100, consent.Tally{Shown: 100, Decided: 3, Stored: 3, Acknowledged: 3}), nil},
		{"a new site", []consent.Tally{{Site: "s", Day: reconciled, Shown: 5000}}, nil},
		{"a broken banner", usually(1000, 400, consent.Tally{Shown: 900}), []consent.GapKind{consent.GapDecided}},
		{"the store loses", usually(1000, 400, consent.Tally{Shown: 900, Decided: 380, Stored: 300, Acknowledged: 380}), []consent.GapKind{consent.GapStored}},
		{"nothing is stored", usually(1000, 400, consent.Tally{Shown: 900, Decided: 380}), []consent.GapKind{consent.GapStored}},
		{"answers fail", usually(1000, 400, consent.Tally{Shown: 900, Decided: 380, Stored: 380, Acknowledged: 7}), []consent.GapKind{consent.GapAcknowledged}},
		{"some were on their way", usually(1000, 400, consent.Tally{Shown: 900, Decided: 380, Stored: 374, Acknowledged: 371}), nil},
		{"killed before the counts were written", usually(1000, 400, consent.Tally{Shown: 900, Decided: 300, Stored: 380, Acknowledged: 310}), nil},
		{"killed, and no decision was counted", usually(1000, 400, consent.Tally{Shown: 10, Stored: 380}), nil},
	} {
		var got []consent.GapKind
		for _, gap := range consent.Reconcile(c.days, reconciled) {
			if gap.Site != "s" || !gap.Day.Equal(reconciled) || gap.Missing < consent.Crowd {
				t.Errorf("%s: %+v", c.name, gap)
			}
			got = append(got, gap.Kind)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// What a server could not take waits in the browsers, and comes later.
func TestReconcileLater(t *testing.T) {
	out := consent.Tally{Site: "s", Day: reconciled.AddDate(0, 0, -1), Shown: 900, Decided: 380, Stored: 200, Acknowledged: 200}
	back := consent.Tally{Site: "s", Day: reconciled, Shown: 900, Decided: 200, Stored: 350, Acknowledged: 350}
	if got := consent.Reconcile([]consent.Tally{out}, out.Day); len(got) != 1 || got[0].Kind != consent.GapStored || got[0].Missing != 180 {
		t.Errorf("before: %+v", got)
	}
	back.Stored = 380
	// Whether it is the same nobody knows, so the day does not look whole.
	after := consent.Reconcile([]consent.Tally{out, back}, out.Day)
	if len(after) != 1 || after[0].Kind != consent.GapLate || after[0].Missing != 180 || !after[0].Day.Equal(out.Day) || after[0].Kind.Alarms() {
		t.Errorf("after: %+v", after)
	}
	back.Stored = 300
	after = consent.Reconcile([]consent.Tally{out, back}, out.Day)
	if len(after) != 2 || after[0].Kind != consent.GapStored || after[0].Missing != 80 || after[1].Kind != consent.GapLate || after[1].Missing != 100 {
		t.Errorf("after a part of it: %+v", after)
	}
}

// A day whose counts were lost is told when it is over: while it goes on, the counts
// are behind what is stored.
func TestReconcileUncounted(t *testing.T) {
	killed := consent.Tally{Site: "s", Day: reconciled.AddDate(0, 0, -1), Shown: 900, Decided: 300, Stored: 380, Acknowledged: 310}
	if got := consent.Reconcile([]consent.Tally{killed}, killed.Day); len(got) != 0 {
		t.Errorf("while the day goes on: %+v", got)
	}
	got := consent.Reconcile([]consent.Tally{killed, {Site: "s", Day: reconciled, Shown: 1}}, killed.Day)
	if len(got) != 1 || got[0].Kind != consent.GapUncounted || got[0].Missing != 80 || got[0].Kind.Alarms() {
		t.Errorf("afterwards: %+v", got)
	}
}

// Days before the ones that are judged only say what is usual.
func TestReconcileFrom(t *testing.T) {
	days := usually(1000, 400, consent.Tally{Shown: 900, Decided: 400, Stored: 400, Acknowledged: 400})
	days[3].Stored = 0
	if got := consent.Reconcile(days, reconciled); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if from := consent.ReconcileFrom(reconciled); from.After(days[0].Day) {
		t.Errorf("it begins on %v", from)
	}
}
