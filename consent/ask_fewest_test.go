package consent

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// askedDraft has services that the banner asks for, that are asked for in place, and that
// are not asked for.
func askedDraft(dice *rand.Rand) *Draft {
	d := &Draft{Site: Site{Languages: []Language{Bokmaal}}}
	for _, key := range []CategoryKey{"necessary", "statistics", "marketing", "functional"} {
		d.Categories = append(d.Categories, Category{Key: key, PurposeRevision: 1})
	}
	for i := range dice.IntN(7) {
		d.Services = append(d.Services, someService(dice, ServiceKey(fmt.Sprintf("s%d", i))))
	}
	return d
}

func someService(dice *rand.Rand, key ServiceKey) Service {
	categories := []CategoryKey{"necessary", "statistics", "marketing", "functional", "nowhere"}
	pick := func() CategoryKey { return categories[dice.IntN(len(categories))] }
	s := Service{
		Key: key, Category: pick(), Ask: []Ask{AskBanner, AskBanner, AskInPlace, AskNever}[dice.IntN(4)], PurposeRevision: 1 + dice.IntN(2),
		Purpose: Text{Bokmaal: []string{"Teller besøk.", "Viser noe helt annet."}[dice.IntN(2)]},
	}
	for i := range dice.IntN(3) {
		s.Cookies = append(s.Cookies, Cookie{Pattern: Pattern{Name: fmt.Sprintf("c%d", i)}, Category: pick(), Kind: KindCookie})
	}
	return s
}

// A few services stand for all of a draft when one is changed, is new or goes.
func TestAFewStandForAll(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	asked := 0
	for range 4000 {
		before := askedDraft(dice)
		key := ServiceKey(fmt.Sprintf("s%d", dice.IntN(7)))
		now, gone := someService(dice, key), dice.IntN(4) == 0
		changed := func(d *Draft) *Draft {
			next := *d
			next.Services = slices.DeleteFunc(slices.Clone(d.Services), func(s Service) bool { return s.Key == key })
			if !gone {
				next.Services = append(next.Services, now)
			}
			return &next
		}
		few := before.Fewest().With(key)
		want, got := CompareAsks(before, changed(before)).Again, CompareAsks(few, changed(few)).Again
		if !slices.Equal(got, want) {
			t.Fatalf("%v is asked again, and with a few services %v: %+v", want, got, before)
		}
		asked += len(want)
	}
	if asked < 500 {
		t.Errorf("only %d were asked again", asked)
	}
}

// The purposes by which alone somebody is asked again are those whose revision of before
// makes the difference, one at a time.
func TestRewordedPurposesAreFoundOneByOne(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	told := 0
	for range 4000 {
		before := askedDraft(dice)
		draft := before.Copy()
		for i := range draft.Services {
			s, other := &draft.Services[i], someService(dice, draft.Services[i].Key)
			if s.Purpose, s.PurposeRevision = other.Purpose, 0; dice.IntN(4) == 0 {
				s.Cookies = other.Cookies
			}
		}
		settled := Revise(*draft, before)
		asks := CompareAsks(before, &settled)
		kept := settled
		kept.Services = slices.Clone(settled.Services)
		for i := range kept.Services {
			if old := before.Service(kept.Services[i].Key); old != nil {
				kept.Services[i].PurposeRevision = old.PurposeRevision
			}
		}
		least := CompareAsks(before, &kept).Again
		var want []ServiceKey
		for i := range settled.Services {
			one := kept
			one.Services = slices.Clone(kept.Services)
			one.Services[i].PurposeRevision = settled.Services[i].PurposeRevision
			if len(least) < len(asks.Again) && len(CompareAsks(before, &one).Again) > len(least) {
				want = append(want, settled.Services[i].Key)
			}
		}
		var got []ServiceKey
		for _, each := range FindReworded(before, draft, &settled, asks) {
			if each.Service != "" {
				got = append(got, each.Service)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v are found, want %v: %+v and %+v", got, want, before, draft)
		}
		told += len(got)
	}
	if told < 200 {
		t.Errorf("only %d were found", told)
	}
}
