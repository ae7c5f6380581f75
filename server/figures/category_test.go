package figures

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Three categories are told of when nobody, or many, said yes to one of them alone: that is
// what is left of those who said yes to some when two of the categories are taken away.
func TestThreeCategoriesTellOfNoFew(t *testing.T) {
	const all, none = "functional=0 marketing=0 statistics=0", "functional=2 marketing=2 statistics=2"
	for _, c := range []struct {
		alone, both int
		hidden      bool
	}{{0, 6, false}, {2, 6, true}, {4, 6, true}, {5, 6, false}, {20, 2, true}} {
		made := map[kind]int{}
		say := func(answers answered, outcome Outcome, n int) {
			if n > 0 {
				made[kind{notice: 1, language: consent.Bokmaal, way: Way{consent.Save, consent.LayerSecond}, outcome: outcome, answers: answers}] = n
			}
		}
		say(all, Yes, 100)
		say(none, No, 30)
		say("functional=0 marketing=0 statistics=2", Partly, c.both)
		say("functional=0 marketing=2 statistics=0", Partly, c.both)
		say("functional=0 marketing=2 statistics=2", Partly, c.alone)
		told := count(made).categories()
		shown := slices.ContainsFunc(told, func(one Category) bool { return !one.Hidden })
		if len(told) != 3 || shown == c.hidden {
			t.Errorf("%d said yes to one alone, and %d to two: %+v", c.alone, 2*c.both, told)
		}
	}
}
