package figures

import (
	"fmt"
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

// What one answered notice is not told by another's categories: 1 yes and 2 no to notice 3
// are what is left of statistics without marketing.
func TestNoticesThatAskDifferently(t *testing.T) {
	const three, two, one = "functional=%d marketing=%[1]d statistics=%[1]d", "functional=%d statistics=%[1]d", "functional=%d"
	made := map[kind]int{}
	say := func(notice consent.NoticeNumber, format string, yes, no int) {
		accept := Way{consent.AcceptAll, consent.LayerFirst}
		reject := Way{consent.RejectAll, consent.LayerFirst}
		made[kind{notice, consent.Bokmaal, accept, Yes, answered(fmt.Sprintf(format, AnsweredYes))}] = yes
		made[kind{notice, consent.Bokmaal, reject, No, answered(fmt.Sprintf(format, AnsweredNo))}] = no
	}
	say(1, three, 30, 26)
	say(2, one, 20, 15)
	say(3, two, 1, 2)
	c := count(made)
	for _, told := range c.categories() {
		if !told.Hidden {
			t.Errorf("what was answered about %s is shown: %+v", told.Key, told)
		}
	}
	made = map[kind]int{}
	say(1, three, 30, 26)
	say(2, three, 20, 15)
	for _, told := range count(made).categories() {
		if told.Hidden {
			t.Errorf("notices asked about the same, and %s is hidden", told.Key)
		}
	}
}

// A notice that asks about one category cannot be answered in part. So that it was
// answered 22 times is not told beside 25 that said yes or no: 3 of them answered another.
func TestNoticesLackOutcomes(t *testing.T) {
	made := map[kind]int{}
	say := func(notice consent.NoticeNumber, language consent.Language, answers answered, outcome Outcome, n int) {
		made[kind{notice, language, Way{consent.Save, consent.LayerSecond}, outcome, answers}] = n
	}
	const both, some, none = "marketing=0 statistics=0", "marketing=0 statistics=2", "marketing=2 statistics=2"
	for language := range 4 { // each of which is told in all, but not by outcome
		spoken := consent.Language(fmt.Sprint("x", language))
		say(2, spoken, "statistics=0", Yes, 3)
		say(2, spoken, "statistics=2", No, 3)
	}
	say(1, consent.Bokmaal, both, Yes, 1)
	say(1, consent.Bokmaal, none, No, 2)
	say(1, consent.Bokmaal, some, Partly, 8)
	c := count(made)
	_, notices := c.notices()
	_, languages := c.languages()
	if notices.whole || languages.whole {
		t.Errorf("decisions are told in all, without how they came out: notices %+v, languages %+v", notices, languages)
	}
}

// Of those who said yes to some, few said it to no whole category: that is what is left
// when both categories are taken away.
func TestTwoCategoriesTellOfNoFew(t *testing.T) {
	for _, c := range []struct {
		neither int
		hidden  bool
	}{{0, false}, {2, true}, {5, false}} {
		made := map[kind]int{}
		say := func(answers answered, outcome Outcome, n int) {
			if n > 0 {
				made[kind{notice: 1, language: consent.Bokmaal, way: Way{consent.Save, consent.LayerSecond}, outcome: outcome, answers: answers}] = n
			}
		}
		say("marketing=0 statistics=0", Yes, 40)
		say("marketing=2 statistics=2", No, 30)
		say("marketing=0 statistics=2", Partly, 8)
		say("marketing=2 statistics=0", Partly, 8)
		say("marketing=0 statistics=1", Partly, 7)
		say("marketing=2 statistics=1", Partly, c.neither)
		for _, told := range count(made).categories() {
			if told.Hidden != c.hidden {
				t.Errorf("%d said a whole yes to none: %+v", c.neither, told)
			}
		}
	}
}

// Where a yes is counted with a no, the answers about a category do not take them apart: 8
// that said no, less 7 that refused, leave 1 who took back.
func TestCategoriesTakeNoOutcomesApart(t *testing.T) {
	made := map[kind]int{}
	for _, one := range []struct {
		way     Way
		outcome Outcome
		answer  int
		n       int
	}{
		{Way{consent.AcceptAll, consent.LayerFirst}, Yes, AnsweredYes, 4},
		{Way{consent.PlaceholderAlways, consent.LayerPlaceholder}, InPlace, AnsweredYes, 1},
		{Way{consent.RejectAll, consent.LayerFirst}, No, AnsweredNo, 7},
		{Way{consent.Withdraw, consent.LayerPage}, Back, AnsweredNo, 1},
	} {
		made[kind{1, consent.Bokmaal, one.way, one.outcome, answered(fmt.Sprintf("marketing=%d statistics=%[1]d", one.answer))}] = one.n
	}
	for _, told := range count(made).categories() {
		if !told.Hidden {
			t.Errorf("what was answered about %s is shown: %+v", told.Key, told)
		}
	}
}

// Of one notice nobody can say yes to a part of a category. What is left of the whole yeses
// without it is about the other: 2 who said yes to one category, and 6 to none.
func TestNoticesWithoutParts(t *testing.T) {
	made := map[kind]int{}
	say := func(notice consent.NoticeNumber, answers answered, outcome Outcome, n int) {
		made[kind{notice, consent.Bokmaal, Way{consent.Save, consent.LayerSecond}, outcome, answers}] = n
	}
	say(1, "marketing=0 statistics=0", Yes, 40)
	say(1, "marketing=2 statistics=2", No, 30)
	say(1, "marketing=0 statistics=2", Partly, 8)
	say(1, "marketing=2 statistics=0", Partly, 8)
	say(2, "marketing=2 statistics=1", Partly, 6)
	say(2, "marketing=0 statistics=2", Partly, 2)
	for _, told := range count(made).categories() {
		if !told.Hidden {
			t.Errorf("what was answered about %s is shown: %+v", told.Key, told)
		}
	}
}

// A unit that was closed when categories of which not all were asked stood beside each other
// is told without them; one where all were asked, as it is.
func TestEarlierUnitsHideWhatWasAskedDifferently(t *testing.T) {
	for tables, hidden := range map[string]bool{
		`{"categories":[{"key":"marketing","counts":[30,0,26]},{"key":"statistics","counts":[31,0,28]}]}`: true,
		`{"categories":[{"key":"marketing","counts":[30,0,29]},{"key":"statistics","counts":[31,0,28]}]}`: false,
	} {
		u, _, err := read(&consent.ClosedFigures{Tables: []byte(tables)})
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range u.Categories {
			if one.Hidden != hidden || hidden && one.Asked() > 0 {
				t.Errorf("%s is told as %+v", tables, one)
			}
		}
	}
}
