package figures

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// kept is a store of one site, by day.
type kept struct {
	days   map[time.Time]map[kind]int
	took   map[time.Time]took
	visits map[time.Time]visits
	judged time.Time
	closed []consent.ClosedFigures
}

func (s *kept) Figures(_ context.Context, _ consent.SiteKey, from, to time.Time) (*consent.Figures, error) {
	figures := &consent.Figures{}
	for _, at := range slices.SortedFunc(maps.Keys(s.days), time.Time.Compare) {
		if at.Before(from) || !at.Before(to) {
			continue
		}
		for k, n := range s.days[at] {
			if n == 0 {
				continue
			}
			state := [outcomes]consent.State{consent.StateGiven, consent.StatePartlyGiven, consent.StateRefused, consent.StateWithdrawn, consent.StatePartlyGiven}[k.outcome]
			choice := consent.Choice{Categories: map[consent.CategoryKey]bool{}}
			for key, answer := range k.answers.each() {
				choice.Categories[key] = answer == AnsweredYes
			}
			figures.Days = append(figures.Days, consent.DayFigure{Day: at, State: state, InPlace: k.outcome == InPlace, Count: n})
			figures.Made = append(figures.Made, consent.MadeFigure{Notice: k.notice, Language: k.language, Method: k.way.Method, Layer: k.way.Layer, State: state, Choice: choice, Count: n})
		}
	}
	return figures, nil
}

func (s *kept) Tallies(_ context.Context, _ consent.SiteKey, from, to time.Time) (all []consent.Tally, err error) {
	for at, one := range s.took {
		if !at.Before(from) && at.Before(to) {
			v := s.visits[at]
			all = append(all, consent.Tally{Day: at, Took: one, Shown: v[atShown], Decided: v[atDecided], Stored: v[atStored], Acknowledged: v[atAnswered]})
		}
	}
	return all, nil
}

func (s *kept) ClosedFigures(_ context.Context, _ consent.SiteKey, from, to time.Time) (all []consent.ClosedFigures, err error) {
	for _, one := range s.closed {
		if !one.Last.Before(from) && one.Last.Before(to) {
			all = append(all, one)
		}
	}
	return all, nil
}

func (s *kept) FiguresJudged(context.Context, consent.SiteKey) (judged, closed time.Time, err error) {
	if len(s.closed) > 0 {
		closed = s.closed[len(s.closed)-1].Last
	}
	return s.judged, closed, nil
}

func (s *kept) CloseFigures(_ context.Context, _ consent.SiteKey, judged time.Time, closed []consent.ClosedFigures) error {
	s.judged, s.closed = judged, append(s.closed, closed...)
	return nil
}

// seen is what somebody has written down of a look at a range.
type seen struct {
	what   string
	days   Span // that the numbers are about
	counts map[string]int
}

// tables writes down the numbers of all tables, and what is left of the outcomes
// when a table's rows are taken from them.
func tables(what string, f *Figures) seen {
	s := seen{what, f.Covers, map[string]int{"all": f.Counted()}}
	for name, table := range map[string]*Table{"outcomes": &f.Outcomes, "languages": &f.Languages, "notices": &f.Notices, "ways": &f.Ways} {
		for _, row := range table.Rows {
			key := "several"
			if len(row.Keys) < 2 {
				key = fmt.Sprint(row.Keys)
			}
			for i, n := range row.Counts {
				column := "several"
				if len(table.Columns[i]) == 1 {
					column = fmt.Sprint(table.Columns[i])
				}
				s.counts[name+key+column] += n
				s.counts[name+"of"+column] += n
				s.counts[name+"in"+key] += n
			}
		}
	}
	for _, column := range f.Outcomes.Columns {
		for _, name := range []string{"languages", "notices", "ways"} {
			if len(column) == 1 {
				s.counts["not in "+name+fmt.Sprint(column)] = s.counts["outcomesof"+fmt.Sprint(column)] - s.counts[name+"of"+fmt.Sprint(column)]
			}
		}
	}
	s.counts["of no time"] = f.Counted()
	for from, first := range f.Delays { // every sum of rows on end may be taken from another
		sum := 0
		for _, one := range f.Delays[from:] {
			sum += one.Count
			s.counts[fmt.Sprint("took ", first.Delays[0], " to ", one.Delays[len(one.Delays)-1])] = sum
		}
		s.counts["took"] += first.Count
		s.counts["of no time"] -= first.Count
	}
	for step, n := range f.Visits { // each less each later one, and less what was decided
		s.counts[fmt.Sprint("step ", step)] = n
		for other, m := range append(slices.Clone(f.Visits), f.Counted()) {
			if step < other && step != atAnswered {
				s.counts[fmt.Sprint("step ", step, " less ", other)] = n - m
			}
		}
	}
	for _, one := range f.Categories {
		for answer, n := range one.Counts {
			s.counts[fmt.Sprint("category ", one.Key, answer)] = n
		}
		s.counts[fmt.Sprint("not asked about ", one.Key)] = f.Counted() - one.Asked()
	}
	return s
}

// totals writes down what the runs say.
func totals(what string, f *Figures) (s seen, ok bool) {
	if len(f.Runs) == 0 {
		return s, false
	}
	return seen{what, Span{f.Runs[0].First, f.Runs[len(f.Runs)-1].Last}, map[string]int{"all": f.Total()}}, true
}

// notes are what somebody has written down, each once.
type notes map[string]seen

func (n notes) add(one seen) { n[fmt.Sprint(one.days, one.counts)] = one }

// few finds two looks of which one is about some of the days of the other, and a
// number of which few are left when it is taken from the other's.
func (n notes) few() string {
	for _, b := range n {
		for _, a := range n {
			if a.days.First.Before(b.days.First) || a.days.Last.After(b.days.Last) {
				continue
			}
			for key := range b.counts {
				if left := b.counts[key] - a.counts[key]; !consent.IsCrowd(left) {
					return fmt.Sprintf("%s (%v) less %s (%v): %s is %d", b.what, b.days, a.what, a.days, key, left)
				}
			}
		}
	}
	return ""
}

// madeUp gives a site's days at random: busy or quiet, with rare languages, a
// notice that takes over and may ask about fewer categories, and outcomes that few have.
func madeUp(random *rand.Rand, days int) *kept {
	s := &kept{days: map[time.Time]map[kind]int{}, took: map[time.Time]took{}, visits: map[time.Time]visits{}}
	busy := []int{1, 4, 20, 300}[random.IntN(4)]
	rare := []int{1, 5, 40}[random.IntN(3)]
	fewer := random.IntN(2) == 0
	one := kinds(1, 0)
	for n := range days {
		made, times := map[kind]int{}, took{}
		for range random.IntN(2*busy + 1) {
			k := one[random.IntN(len(one)/2)] // of the first notice
			if random.IntN(rare) > 0 {
				k = one[random.IntN(2)] // the usual ones
			}
			if n > days/2 {
				k.kind.notice = 2
				if statistics, _, _ := strings.Cut(string(k.kind.answers), " "); fewer && k.kind.outcome != Partly {
					k.kind.answers = answered(statistics)
				} else if fewer {
					continue // one category cannot be answered in part
				}
			}
			made[k.kind]++
			if k.kind.way.Method.AnswersQuestion() && random.IntN(rare+1) > 0 {
				times[random.IntN(len(times))]++
			}
		}
		s.took[at(1, 10).AddDate(0, 0, n)] = times
		s.visits[at(1, 10).AddDate(0, 0, n)] = madeUpVisits(random, made, busy)
		s.days[at(1, 10).AddDate(0, 0, n)] = made
	}
	return s
}

// madeUpVisits gives how far visitors came who decided so, some of whom were erased since
// then or lost their way.
func madeUpVisits(random *rand.Rand, made map[kind]int, busy int) (v visits) {
	for _, n := range made {
		v[atStored] += n
	}
	v[atStored] += random.IntN(3)
	v[atDecided] = v[atStored] + random.IntN(3)
	v[atAnswered] = max(0, v[atStored]-random.IntN(3))
	v[atShown] = v[atDecided] + random.IntN(3*busy)
	return v
}

// looks asks on successive days for ranges of days.
func looks(t *testing.T, random *rand.Rand, s *kept, days int, look func(what string, span Span, now time.Time)) {
	t.Helper()
	first := at(1, 10)
	for n := range days + 40 {
		now := first.AddDate(0, 0, n).Add(7 * time.Hour)
		if err := Close(t.Context(), s, "skogen", now); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			from := random.IntN(n + 1)
			span := Span{first.AddDate(0, 0, from), first.AddDate(0, 0, from+random.IntN(n+1-from))}
			look(fmt.Sprint("on day ", n, " ", span), span, now)
		}
		look(fmt.Sprint("all on day ", n), Span{first, first.AddDate(0, 0, n)}, now)
	}
}

// seenApart makes up sites, looks at ranges of them on many days, and fails when a
// number about few people is found by taking one from the other. What is seen of a
// range is gathered by add, and between two looks something may happen.
func seenApart(t *testing.T, sites int, add func(all notes, what string, f *Figures), between func(*rand.Rand, *kept)) {
	t.Helper()
	closed := 0
	for range sites {
		seed := rand.Uint64()
		random := rand.New(rand.NewPCG(seed, 0))
		s := madeUp(random, lookedAt)
		all := notes{}
		looks(t, random, s, lookedAt, func(what string, span Span, now time.Time) {
			f, err := Between(t.Context(), s, "skogen", span)
			if err != nil {
				t.Fatal(err)
			}
			add(all, what, f)
			between(random, s)
		})
		closed += len(s.closed)
		if told := all.few(); told != "" {
			t.Fatalf("seed %d: %s", seed, told)
		}
	}
	if 2*closed < 3*sites {
		t.Errorf("only %d units were closed", closed)
	}
}

// lookedAt is how many days the sites have.
const lookedAt = 60

func (n notes) tables(what string, f *Figures) {
	if !f.Empty() {
		n.add(tables(what, f))
	}
}

// Nobody who asks for several ranges, on several days, finds a number that is about
// few people by taking one from the other.
func TestRangesCannotBeTakenApart(t *testing.T) {
	seenApart(t, 20, func(all notes, what string, f *Figures) {
		all.tables(what, f)
		if one, ok := totals(what, f); ok {
			all.add(one)
		}
	}, func(*rand.Rand, *kept) {})
}

// What is erased between two looks is not found either: what is closed stays.
func TestErasedCannotBeTakenApart(t *testing.T) {
	seenApart(t, 10, notes.tables, func(random *rand.Rand, s *kept) {
		made := s.days[at(1, 10).AddDate(0, 0, random.IntN(lookedAt))]
		for k := range made {
			made[k] = max(0, made[k]-1)
			break
		}
	})
}

// What the tests would find: ranges that are each arranged by themselves.
func TestTakingApartIsFound(t *testing.T) {
	const days = 60
	random := rand.New(rand.NewPCG(1, 1))
	s := madeUp(random, days)
	all := notes{}
	looks(t, random, s, days, func(what string, span Span, now time.Time) {
		figures, err := s.Figures(t.Context(), "skogen", span.First, span.End())
		if err != nil {
			t.Fatal(err)
		}
		c := count(kindsOf(figures))
		if c.groups == nil || c.total() == 0 {
			return
		}
		one := arranged([]Run{{span, c.total()}}, c)
		f := &Figures{Covers: span}
		f.add([]*unit{&one})
		all.add(tables(what, f))
	})
	if all.few() == "" {
		t.Error("ranges that are arranged by themselves are not taken apart")
	}
}

// A unit is read as it was written.
func TestUnitsAreKept(t *testing.T) {
	s := madeUp(rand.New(rand.NewPCG(2, 2)), 40)
	if err := Close(t.Context(), s, "skogen", at(4, 1)); err != nil || len(s.closed) == 0 {
		t.Fatal(err, len(s.closed))
	}
	for i := range s.closed {
		u, runs, err := read(&s.closed[i])
		if err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(u)
		if err != nil || string(again) != string(s.closed[i].Tables) {
			t.Errorf("%s became %s: %v", s.closed[i].Tables, again, err)
		}
		if !runs[0].First.Equal(s.closed[i].First) || !runs[len(runs)-1].Last.Equal(s.closed[i].Last) {
			t.Errorf("the runs %v are not of %v", runs, s.closed[i])
		}
	}
}

// A clock that was years ahead does not keep days from being counted for years.
func TestClockAhead(t *testing.T) {
	s := &kept{days: map[time.Time]map[kind]int{at(1, 10): {kinds(1, 0)[0].kind: 7}}}
	for _, now := range []time.Time{at(1, 12), at(1, 12).AddDate(5, 0, 0)} {
		if err := Close(t.Context(), s, "skogen", now); err != nil {
			t.Fatal(err)
		}
	}
	s.days[at(1, 12)] = map[kind]int{kinds(1, 0)[0].kind: 9}
	if err := Close(t.Context(), s, "skogen", at(1, 14)); err != nil {
		t.Fatal(err)
	}
	f, err := Between(t.Context(), s, "skogen", Span{at(1, 1), at(1, 13)})
	if err != nil || f.Total() != 16 || f.Counted() != 16 || !f.Covers.Last.Equal(at(1, 12)) {
		t.Errorf("%d decided, and the tables tell of %d to %v: %v", f.Total(), f.Counted(), f.Covers, err)
	}
}
