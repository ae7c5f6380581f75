package visitor

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// tallyKey is what is counted together.
type tallyKey struct {
	site consent.SiteKey
	day  time.Time
}

// tallies are counts on their way to the store. What is decided is written a
// turn later than what follows from it, so that a process that is killed never
// leaves a Decision that was counted beside an answer that was not.
type tallies struct {
	mu      sync.Mutex
	counted map[tallyKey]*consent.Tally // of Decided, only what is to be written now
	decided map[tallyKey]int            // since the last turn
	waiting waiting
}

func newTallies() *tallies {
	return &tallies{counted: map[tallyKey]*consent.Tally{}, decided: map[tallyKey]int{}}
}

func (t *tallies) add(site consent.SiteKey, at time.Time, count func(*consent.Tally)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	count(t.of(tallyKey{site, consent.MidnightOf(at)}))
}

func (t *tallies) of(key tallyKey) *consent.Tally {
	tally := t.counted[key]
	if tally == nil {
		tally = &consent.Tally{Site: key.site, Day: key.day}
		t.counted[key] = tally
	}
	return tally
}

// shown counts that the banner stood on a page.
func (t *tallies) shown(site consent.SiteKey, at time.Time) {
	t.add(site, at, func(tally *consent.Tally) { tally.Shown++ })
}

// acknowledged counts an answer that got out.
func (t *tallies) acknowledged(site consent.SiteKey, at time.Time) {
	t.add(site, at, func(tally *consent.Tally) { tally.Acknowledged++ })
}

// took counts how long an answer took that was stored now, if it is of the question
// and tells so. A time that cannot be one counts as none.
func (t *tallies) took(site consent.SiteKey, claim *claim, at time.Time) {
	made := claim.id.Made()
	if !claim.method.AnswersQuestion() || claim.shown <= 0 || claim.shown > made {
		return
	}
	if place, ok := consent.DelayOf(time.Duration(made-claim.shown) * time.Millisecond); ok {
		t.add(site, at, func(tally *consent.Tally) { tally.Took[place]++ })
	}
}

// decide counts a Decision that has reached the server, unless it is one that
// could not be stored before and is sent again. It says which.
func (t *tallies) decide(d *consent.Decision) (counted bool) {
	if t.waiting.take(d) {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.decided[tallyKey{d.Site, consent.MidnightOf(d.Time)}]++
	return true
}

// failed hears that a Decision that was counted was not stored now. One that
// cannot be stored ever was none; another is awaited.
func (t *tallies) failed(d *consent.Decision, err error) {
	switch consent.KindOf(err) {
	case consent.Unavailable, consent.Internal:
		t.waiting.put(d)
	default:
		t.withdraw(d)
	}
}

// withdraw takes a Decision out of the count: one that was there already, or
// that is none.
func (t *tallies) withdraw(d *consent.Decision) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.decided[tallyKey{d.Site, consent.MidnightOf(d.Time)}]--
}

// turn takes out what is to be written. All includes what was decided since the
// last turn.
func (t *tallies) turn(all bool) []consent.Tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	if all {
		t.ripen()
	}
	written := make([]consent.Tally, 0, len(t.counted))
	left := map[tallyKey]*consent.Tally{}
	for key, tally := range t.counted {
		out := *tally
		if out.Decided < 0 { // it was written already: the next ones make up for it
			left[key] = &consent.Tally{Site: key.site, Day: key.day, Decided: out.Decided}
			out.Decided = 0
		}
		if out != (consent.Tally{Site: key.site, Day: key.day}) {
			written = append(written, out)
		}
	}
	t.counted = left
	t.ripen()
	slices.SortFunc(written, func(a, b consent.Tally) int { return a.Day.Compare(b.Day) })
	return written
}

// ripen moves what was decided among what is to be written.
func (t *tallies) ripen() {
	for key, n := range t.decided {
		t.of(key).Decided += n
	}
	clear(t.decided)
}

// back takes in again what could not be written.
func (t *tallies) back(written []consent.Tally) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range written {
		tally := t.of(tallyKey{one.Site, one.Day})
		tally.Shown += one.Shown
		tally.Decided += one.Decided
		tally.Acknowledged += one.Acknowledged
		for place, n := range one.Took {
			tally.Took[place] += n
		}
	}
}

// WriteTallies writes what was counted. The last call, when nothing is answered
// any more, writes all.
func (v *Visitor) WriteTallies(ctx context.Context, last bool) error {
	written := v.tallies.turn(last)
	err := v.Store.AddTallies(ctx, written)
	if err != nil {
		v.tallies.back(written)
	}
	return err
}
