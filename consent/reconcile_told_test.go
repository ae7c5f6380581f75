package consent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// told gives what somebody is told of the day that is judged.
func told(days []consent.Tally, now time.Time) string {
	var said []string
	for _, gap := range consent.ReconcileTold(days, reconciled, now) {
		said = append(said, string(gap.Kind)+" "+string(gap.Size()))
	}
	return strings.Join(said, ", ")
}

// Somebody who has the banner count once more, and looks again, finds no number of
// decisions: today tells nothing, however often the banner stood.
func TestNobodyStepsToTheNumberOfToday(t *testing.T) {
	for _, decided := range []int{0, 9, 15, 16, 17, 40, 41, 300} {
		for shown := range 400 {
			for _, stored := range []int{decided, decided / 2, 0} {
				days := usually(100, 50, consent.Tally{Shown: shown, Decided: decided, Stored: stored, Acknowledged: stored / 2})
				if said := told(days, reconciled.Add(20*time.Hour)); said != "" {
					t.Fatalf("%d decided of %d, and today tells %s", decided, shown, said)
				}
			}
		}
	}
}

// A day that is over tells the same of neighbouring numbers, whatever was shown: of ten
// each. That holds for the day itself, and for what a day of before says is usual.
func TestNeighboursAreNotToldApart(t *testing.T) {
	morning := reconciled.AddDate(0, 0, 1).Add(time.Hour)
	flips := 0
	for shown := 50; shown < 400; shown++ {
		of := func(decided int) string {
			return told(usually(100, 50, consent.Tally{Shown: shown, Decided: decided, Stored: decided, Acknowledged: decided}), morning)
		}
		usual := func(decided int) string {
			return told(usually(100, decided, consent.Tally{Shown: shown, Decided: 15, Stored: 15, Acknowledged: 15}), morning)
		}
		for decided := range 100 {
			if first := decided / 10 * 10; of(decided) != of(first) || usual(decided) != usual(first) {
				t.Fatalf("%d and %d decided are told apart when %d were shown", first, decided, shown)
			}
		}
		if of(0) != of(99) {
			flips++
		}
	}
	if flips < 100 {
		t.Errorf("only on %d days a broken banner is told", flips)
	}
}

// A day is judged when it is over and its counts stand still, the last one, too.
func TestDaysAreToldWhenTheyAreOver(t *testing.T) {
	days := usually(1000, 400, consent.Tally{Shown: 900, Decided: 300, Stored: 380, Acknowledged: 300})
	end := reconciled.AddDate(0, 0, 1)
	if said := told(days, end.Add(59*time.Minute)); said != "" {
		t.Errorf("just after: %s", said)
	}
	if said := told(days, end.Add(time.Hour)); said != "uncounted tens" {
		t.Errorf("in the night: %q", said)
	}
	// What came today in place of it is known when today is over.
	days[len(days)-1] = consent.Tally{Site: "s", Day: reconciled, Shown: 900, Decided: 380, Stored: 300, Acknowledged: 300}
	days = append(days, consent.Tally{Site: "s", Day: end, Stored: 80})
	for _, c := range []struct {
		after time.Duration
		want  string
	}{{0, "stored tens"}, {24 * time.Hour, "late tens"}} {
		if said := told(days, end.Add(time.Hour+c.after)); said != c.want {
			t.Errorf("after %v: %q, want %q", c.after, said, c.want)
		}
	}
}
