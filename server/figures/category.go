package figures

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// The answers to the question about a category.
const (
	AnsweredYes = iota
	AnsweredPartly
	AnsweredNo
	notAsked
	answers
)

// answered says what was answered about each category: "marketing=2 statistics=0".
// It can be a key, as a choice cannot.
type answered string

func answersOf(choice *consent.Choice) answered {
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(choice.Categories)) {
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		text.WriteString(string(key))
		text.WriteByte('=')
		text.WriteString(strconv.Itoa(answerOf(choice, key)))
	}
	return answered(text.String())
}

func answerOf(choice *consent.Choice, key consent.CategoryKey) int {
	if choice.Categories[key] {
		return AnsweredYes
	}
	for ref, yes := range choice.Services {
		if yes && strings.HasPrefix(string(ref), string(key)+"/") {
			return AnsweredPartly
		}
	}
	return AnsweredNo
}

func (a answered) each() map[consent.CategoryKey]int {
	all := map[consent.CategoryKey]int{}
	for _, one := range strings.Fields(string(a)) {
		key, answer, _ := strings.Cut(one, "=")
		all[consent.CategoryKey(key)] = int(answer[0] - '0')
	}
	return all
}

// Category is what was answered about one.
type Category struct {
	Key    consent.CategoryKey `json:"key"`
	Counts [notAsked]int       `json:"counts,omitzero"` // by answer
	Hidden bool                `json:"hidden,omitempty"`
	others int                 // who were not asked
}

// Asked is how many answered.
func (c *Category) Asked() int {
	return c.Counts[AnsweredYes] + c.Counts[AnsweredPartly] + c.Counts[AnsweredNo]
}

// Share is the part of those who answered that said yes.
func (c *Category) Share() float64 { return float64(c.Counts[AnsweredYes]) / float64(c.Asked()) }

// categories counts what was answered about each. A category is only shown when
// its answers are about many within every group of outcomes: what is shown of the
// outcomes can then be taken from it. One that is hidden alone could be had from
// the other one of two. None is when those who said yes to some were few that said yes,
// or no, to more than one: of three categories the sums tell how many, and of two how
// many said it to neither. And none is when notices asked differently: what all were
// asked, less what some were, is about the others.
func (c *counted) categories() []Category {
	asked := c.asked()
	partly := c.groupOf(Partly)
	yes, no := -c.sums[Partly], -c.sums[Partly] // to more than one
	hidden := c.yesJoined() || asked.differently() || !alike(asked.inPart)
	var all []Category
	for _, key := range asked.keys {
		cells := make([][answers]int, len(c.groups))
		one := Category{Key: key, Hidden: hidden}
		for k, n := range c.kinds {
			cells[c.groupOf(k.outcome)][asked.answer(&k, key)] += n
		}
		yes, no = yes+cells[partly][AnsweredYes], no+cells[partly][AnsweredNo]
		for group, row := range cells {
			one.Hidden = one.Hidden || !consent.AreCrowds(row[:])
			if c.mostlyInPlace(group) { // they have answered before, and are not asked here
				row = [answers]int{notAsked: c.grouped(c.sums)[group]}
			}
			for answer, n := range row[:notAsked] {
				one.Counts[answer] += n
			}
			one.others += row[notAsked]
		}
		if one.Asked() > 0 {
			all = append(all, one)
		}
	}
	if !consent.AreCrowds([]int{apart(yes, 0), apart(no, 0)}) {
		for i := range all {
			all[i].Hidden = true
		}
	}
	hideTwo(all)
	return all
}

// mostlyInPlace says that a group of outcomes is about placeholders.
func (c *counted) mostlyInPlace(group int) bool {
	return slices.Contains(c.groups[group], int(InPlace)) && 2*c.sums[InPlace] > c.grouped(c.sums)[group]
}

// yesJoined says that a yes, to all or to some, is counted with something else. The
// answers about the categories could take them apart.
func (c *counted) yesJoined() bool {
	return len(c.groups[c.groupOf(Yes)]) > 1 || len(c.groups[c.groupOf(Partly)]) > 1
}

// hideTwo hides a second category when one is hidden: that which fewest were asked
// about.
func hideTwo(all []Category) {
	hidden, other := 0, -1
	for i := range all {
		switch {
		case all[i].Hidden:
			hidden++
		case other < 0 || all[i].others > all[other].others:
			other = i
		}
	}
	if hidden == 1 && other >= 0 {
		all[other].Hidden = true
	}
}

// asking is which categories each notice asked about, as its decisions tell, and which
// of them somebody said yes to a part of: not every notice has parts to say yes to.
type asking struct {
	keys             []consent.CategoryKey
	byNotice, inPart map[consent.NoticeNumber]map[consent.CategoryKey]bool
	read             map[answered]map[consent.CategoryKey]int
}

func (c *counted) asked() asking {
	a := asking{
		byNotice: map[consent.NoticeNumber]map[consent.CategoryKey]bool{}, inPart: map[consent.NoticeNumber]map[consent.CategoryKey]bool{},
		read: map[answered]map[consent.CategoryKey]int{},
	}
	all := map[consent.CategoryKey]bool{}
	for k := range c.kinds {
		if a.read[k.answers] == nil {
			a.read[k.answers] = k.answers.each()
		}
		if a.byNotice[k.notice] == nil {
			a.byNotice[k.notice], a.inPart[k.notice] = map[consent.CategoryKey]bool{}, map[consent.CategoryKey]bool{}
		}
		for key, answer := range a.read[k.answers] {
			a.byNotice[k.notice][key], all[key] = true, true
			if answer == AnsweredPartly && !c.mostlyInPlace(c.groupOf(k.outcome)) {
				a.inPart[k.notice][key] = true
			}
		}
	}
	a.keys = slices.Sorted(maps.Keys(all))
	return a
}

// differently says that two notices did not ask about the same categories. Of one that has
// nothing but refusals that are kept as a number alone, nobody knows what it asked.
func (a *asking) differently() bool { return !alike(a.byNotice) }

func alike(notices map[consent.NoticeNumber]map[consent.CategoryKey]bool) bool {
	var first map[consent.CategoryKey]bool
	for _, keys := range notices {
		if first == nil {
			first = keys
		}
		if !maps.Equal(first, keys) {
			return false
		}
	}
	return true
}

// answer gives what a kind of decision says about a category. A refusal that is
// kept as a number alone said no to all that its notice asked about.
func (a *asking) answer(k *kind, key consent.CategoryKey) int {
	answer, ok := a.read[k.answers][key]
	switch {
	case ok:
		return answer
	case k.way.Method == "" && a.byNotice[k.notice][key]:
		return AnsweredNo
	}
	return notAsked
}
