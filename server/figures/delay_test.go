package figures

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

func decidedBy(method consent.Method, layer consent.Layer, outcome Outcome) kind {
	return kind{notice: 1, language: consent.Bokmaal, way: Way{method, layer}, outcome: outcome, answers: "statistics=0"}
}

// Steps of few are put together, and nobody is told of how few decisions the time is
// not known: not of those that are told apart, and not of those that are not.
func TestDelaysOfFewAreTogether(t *testing.T) {
	yes := decidedBy(consent.AcceptAll, consent.LayerFirst, Yes)
	no := decidedBy(consent.RejectAll, consent.LayerFirst, No)
	once := decidedBy(consent.PlaceholderOnce, consent.LayerPlaceholder, InPlace)
	back := decidedBy(consent.Withdraw, consent.LayerPage, Back)
	for name, c := range map[string]struct {
		made map[kind]int
		took took
		want string
	}{
		"all are many":             {map[kind]int{yes: 30, once: 7}, took{10, 9, 11}, "[{[0] false 10} {[2] false 9} {[5] false 11}]"},
		"few of two steps":         {map[kind]int{yes: 30}, took{3, 9, 11, 4, 0, 0, 3}, "[{[0 2] false 12} {[5 10 30 60 300] false 18}]"},
		"the slowest are few":      {map[kind]int{yes: 80}, took{8, 20, 25, 15, 6, 5, 1}, "[{[0] false 8} {[2] false 20} {[5] false 25} {[10] false 15} {[30] false 6} {[60 300] false 6}]"},
		"a gap between":            {map[kind]int{yes: 15}, took{5, 1, 0, 0, 0, 0, 9}, "[{[0 2] false 6} {[300] false 9}]"},
		"a step of few alone":      {map[kind]int{yes: 24}, took{1, 9, 14}, "[{[0 2] false 10} {[5] false 14}]"},
		"few are not known":        {map[kind]int{yes: 20, once: 7}, took{9, 9}, "[{[0] false 9} {[2] true 18}]"},
		"many are not known":       {map[kind]int{yes: 25, once: 7}, took{9, 9}, "[{[0] false 9} {[2] false 9}]"},
		"more than there are left": {map[kind]int{yes: 20}, took{9, 12}, "[{[0] false 9} {[2] true 11}]"},
		"hardly any are known":     {map[kind]int{yes: 40}, took{1, 2}, "[]"},
		"none is known":            {map[kind]int{yes: 40, no: 10}, took{}, "[]"},
		"all few":                  {map[kind]int{yes: 6}, took{2, 1, 1, 0, 2}, "[{[0 2 5 10 30] false 6}]"},
		// Ways: yes 20; no and back are joined, 5. That all answers are known would tell 3 from 2.
		"a joint way": {map[kind]int{yes: 20, no: 3, back: 2}, took{10, 13}, "[{[0] false 10} {[2] true 15}]"},
	} {
		counted := count(c.made)
		counted.took = c.took
		if got := fmt.Sprint(counted.delays()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Every time of a closed unit is in its sums once, and units add up in order.
func TestDelaysAddUp(t *testing.T) {
	s := madeUp(rand.New(rand.NewPCG(5, 5)), 60)
	for at := range s.days { // a busy site, all of whose times are known
		times := took{}
		for k := range s.days[at] {
			s.days[at][k] = 70
			if k.way.Method.AnswersQuestion() {
				times.add(took{10, 10, 10, 10, 10, 10, 10})
			}
		}
		s.took[at] = times
	}
	now := at(4, 2)
	if err := Close(t.Context(), s, "skogen", now); err != nil {
		t.Fatal(err)
	}
	f, err := Between(t.Context(), s, "skogen", Span{at(1, 1), at(3, 31)})
	if err != nil {
		t.Fatal(err)
	}
	var want took
	for day, times := range s.took {
		if !day.Before(f.Covers.First) && !day.After(f.Covers.Last) {
			want.add(times)
		}
	}
	for place, one := range f.Delays {
		if place >= len(want) || len(one.Delays) != 1 || one.Delays[0] != consent.Delays[place] || one.Count != want[place] || one.Count == 0 {
			t.Errorf("%+v, want %v", f.Delays, want)
			break
		}
	}
	if len(f.Delays) != len(want) {
		t.Errorf("%d steps are told apart", len(f.Delays))
	}
}

// Units that put different neighbours together add up to rows on end: what is slow
// stays with what is slow, and the quick ones stand as they are.
func TestDelaysOfSeveralUnits(t *testing.T) {
	yes := decidedBy(consent.AcceptAll, consent.LayerFirst, Yes)
	var units []*unit
	for _, times := range []took{{8, 20, 25, 15, 6, 5, 1}, {8, 20, 25, 15, 4, 2, 6}, {8, 20, 25, 15, 6, 7, 5}, {1, 20}} {
		all := 0
		for _, n := range times {
			all += n
		}
		c := count(map[kind]int{yes: all})
		c.took = times
		units = append(units, &unit{Delays: c.delays()})
	}
	for n, want := range map[int]string{
		1: "[{[0] false 8} {[2] false 20} {[5] false 25} {[10] false 15} {[30] false 6} {[60 300] false 6}]",
		3: "[{[0] false 24} {[2] false 60} {[5] false 75} {[10] false 45} {[30 60 300] false 42}]",
		4: "[{[0 2] false 105} {[5] false 75} {[10] false 45} {[30 60 300] false 42}]",
	} {
		f := &Figures{}
		if f.addDelays(units[:n]); fmt.Sprint(f.Delays) != want {
			t.Errorf("%d units: %v, want %s", n, f.Delays, want)
		}
	}
}
