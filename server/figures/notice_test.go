package figures

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// who is how many decided on a day of January in a way, at a notice.
type who struct {
	day    int
	notice consent.NoticeNumber
	method consent.Method
	n      int
}

// inJanuary closes the one unit of a month in which these decided, and two in nynorsk, so
// that it is not closed before the month is over.
func inJanuary(t *testing.T, all []who) (*unit, []Run) {
	t.Helper()
	w := newWalker(at(1, 1))
	for day := at(1, 1); day.Month() == time.January; day = day.AddDate(0, 0, 1) {
		made := map[kind]int{}
		if day.Day() == 1 {
			made[kind{1, consent.Nynorsk, Way{consent.AcceptAll, consent.LayerFirst}, Yes, "statistics=0"}] = 2
		}
		for _, one := range all {
			if one.day != day.Day() {
				continue
			}
			outcome, answer := No, "statistics=2"
			if one.method == consent.AcceptAll {
				outcome, answer = Yes, "statistics=0"
			}
			made[kind{one.notice, consent.Bokmaal, Way{one.method, consent.LayerFirst}, outcome, answered(answer)}] += one.n
		}
		if err := w.day(day, made, false); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.closed) != 1 {
		t.Fatalf("%d units were closed", len(w.closed))
	}
	u, runs, err := read(&w.closed[0])
	if err != nil {
		t.Fatal(err)
	}
	return u, runs
}

// Everybody knows on which day a notice was published. What was decided from then on, less
// what was answered to it, is who answered the one before after all: where these are few,
// the days around are told as one, and all others as ever.
func TestLateAnswersAreNotTold(t *testing.T) {
	for late, days := range map[int]int{0: 31, 1: 28, 4: 28, 5: 31} {
		_, runs := inJanuary(t, []who{
			{1, 1, consent.AcceptAll, 9},
			{1, 1, consent.RejectAll, 6},
			{5, 1, consent.AcceptAll, 9},
			{9, 1, consent.AcceptAll, 9},
			{12, 1, consent.AcceptAll, late},
			{12, 2, consent.AcceptAll, 9},
			{20, 2, consent.AcceptAll, 9},
			{20, 2, consent.RejectAll, 6},
		})
		if len(runs) != days {
			t.Errorf("with %d who answered the old notice on the day of the new one %d runs are told: %v", late, len(runs), runs)
		}
	}
}

// Only one notice was answered by browsers. What it was refused, less what browsers
// refused, is who said no to it themselves.
func TestWaysOfOneNoticeAreNotTold(t *testing.T) {
	for themselves, apart := range map[int]bool{0: true, 3: false, 5: true} {
		u, _ := inJanuary(t, []who{
			{3, 1, consent.AcceptAll, 3},
			{3, 1, consent.RejectAll, 20},
			{9, 1, consent.AcceptAll, 20},
			{12, 2, consent.SignalMethod, 30},
			{12, 2, consent.AcceptAll, 20},
			{12, 2, consent.RejectAll, themselves},
		})
		told := false
		for _, one := range u.Ways {
			told = told || len(one.Rows) == 1 && one.Rows[0] == "signal/first" && one.Count == 30
		}
		if told != apart {
			t.Errorf("with %d who said no themselves: %+v", themselves, u.Ways)
		}
	}
}

// Of as few decisions as there are ways no way is told, and the quarter is closed.
func TestAsManyWaysAsDecisions(t *testing.T) {
	w := newWalker(at(1, 1))
	made := map[kind]int{}
	for _, way := range []Way{
		{consent.RejectAll, consent.LayerFirst},
		{consent.RejectAll, consent.LayerSecond},
		{consent.Save, consent.LayerSecond},
		{consent.SignalMethod, consent.LayerFirst},
		{consent.Withdraw, consent.LayerSecond},
	} {
		made[kind{1, consent.Bokmaal, way, No, "statistics=2"}] = 1
	}
	for day := at(1, 1); day.Before(at(4, 1)); day = day.AddDate(0, 0, 1) {
		if err := w.day(day, made, false); err != nil {
			t.Fatal(err)
		}
		made = map[kind]int{}
	}
	if len(w.closed) != 1 {
		t.Fatalf("%d units were closed", len(w.closed))
	}
	u, _, err := read(&w.closed[0])
	if err != nil {
		t.Fatal(err)
	}
	if len(u.Ways) > 0 {
		t.Errorf("of five decisions are told %+v", u.Ways)
	}
}
