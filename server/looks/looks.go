// Package looks tells the audit trail who reads the log. One act stands for all that
// a person sees of one thing within an hour of a login, so that the trail stays
// readable. What is read with another login is told of at once: it may be somebody
// else who has it.
package looks

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	// stretch is how long an act stands for what is seen again.
	stretch = time.Hour
	// most is how many decisions a person may have seen, whatever they searched for, that
	// the trail is not told of yet: half of those of a day that others are told of.
	most = 250
	// remembered is how many decisions of a stretch are counted once. Whoever sees
	// more has long been told of.
	remembered = 10_000
	// many is how many searches of a reader are told apart. Whoever makes more is told of
	// at once, and begins anew: what is in memory is bounded.
	many = 50
	// sweep is how often what has ended is looked for.
	sweep = time.Minute
)

// Looks notes who looks at what. What it holds back is in memory, and is written when
// the stretch ends or the server stops; one that is killed loses at most that.
type Looks struct {
	record func(context.Context, consent.Act) error
	clock  func() time.Time

	mu    sync.Mutex
	open  map[what]*look
	held  map[reader]held
	swept time.Time
}

// reader is who sees how much of what, with whichever login and key.
type reader struct {
	account      consent.AccountID
	organisation consent.OrganisationID
	noun         string
}

// what is looked at, and by whom.
type what struct {
	login         consent.LoginID // none for a program, whose key stands in the object
	account       consent.AccountID
	organisation  consent.OrganisationID
	site          consent.SiteKey
	action        string
	object, words string
}

// held is what is in memory of a reader: their open looks, and the sum of their counts.
type held struct{ looks, untold int }

// look is what was seen in a stretch.
type look struct {
	act   consent.Act
	login consent.LoginID
	ends  time.Time
	noun  string         // of what was seen
	seen  map[int64]bool // decisions by index, acts by place
	count int            // of those that the trail is not told of
}

// New makes Looks that are recorded in a trail.
func New(record func(context.Context, consent.Act) error, clock func() time.Time) *Looks {
	return &Looks{record: record, clock: clock, open: map[what]*look{}, held: map[reader]held{}}
}

// Once notes that one thing is looked at, before it is shown.
func (l *Looks) Once(ctx context.Context, login consent.LoginID, act consent.Act) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	found, is := l.of(ctx, login, &act, "")
	if is {
		return nil
	}
	if err := l.record(ctx, act); err != nil {
		return err
	}
	l.keep(found, "")
	return nil
}

// Read notes that a page of the log is looked at, before it is shown. The words tell
// how it is narrowed. The first page of a stretch is written at once.
func (l *Looks) Read(ctx context.Context, login consent.LoginID, act consent.Act, entries []consent.Entry, words string) error {
	indexes := make([]int64, len(entries))
	for i := range entries {
		indexes[i] = entries[i].Index
	}
	return l.see(ctx, look{act: act, login: login, noun: "decisions"}, indexes, words)
}

// Acts notes that a program looks at a page of the trail itself, before it is shown.
func (l *Looks) Acts(ctx context.Context, act consent.Act, acts []consent.ActEntry, words string) error {
	places := make([]int64, len(acts))
	for i := range acts {
		places[i] = int64(acts[i].Year)<<44 | int64(acts[i].Part)<<36 | acts[i].Number
	}
	return l.see(ctx, look{act: act, noun: "acts"}, places, words)
}

func (l *Looks) see(ctx context.Context, at look, indexes []int64, words string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	found, is := l.of(ctx, at.login, &at.act, words)
	found.noun = at.noun
	fresh := found.unseen(indexes)
	if held := l.held[found.reader()]; !is && held.looks >= many {
		if err := l.endAll(ctx, found.reader()); err != nil {
			return err
		}
		found.count = 0
	}
	much := l.held[found.reader()].untold+len(fresh) >= most
	if !is || much {
		if err := l.record(ctx, found.told(at.act, found.count+len(fresh), words)); err != nil {
			return err
		}
		l.hold(found, 0)
	} else {
		l.hold(found, found.count+len(fresh))
	}
	l.keep(found, words)
	if much {
		if err := l.tell(ctx, found.reader()); err != nil {
			return err
		}
	}
	for _, index := range fresh {
		if len(found.seen) < remembered {
			found.seen[index] = true
		}
	}
	return nil
}

// hold notes how many of a look are not told of.
func (l *Looks) hold(found *look, count int) {
	l.add(found.reader(), held{untold: count - found.count})
	found.count = count
}

func (l *Looks) add(by reader, more held) {
	now := held{l.held[by].looks + more.looks, l.held[by].untold + more.untold}
	if l.held[by] = now; now == (held{}) {
		delete(l.held, by)
	}
}

// endAll ends all looks of a reader.
func (l *Looks) endAll(ctx context.Context, by reader) error {
	if err := l.tell(ctx, by); err != nil {
		return err
	}
	for key, found := range l.open {
		if found.reader() == by {
			l.drop(key, found)
		}
	}
	return nil
}

func (l *Looks) drop(key what, found *look) {
	delete(l.open, key)
	l.add(found.reader(), held{looks: -1})
}

// tell writes all that is held back of a reader.
func (l *Looks) tell(ctx context.Context, by reader) error {
	for key, found := range l.open {
		if found.reader() != by {
			continue
		}
		if err := l.write(ctx, found, key.words); err != nil {
			return err
		}
	}
	return nil
}

// write tells the trail what is held back of a look, if anything is.
func (l *Looks) write(ctx context.Context, found *look, words string) error {
	if found.count == 0 {
		return nil
	}
	act := found.act
	act.Time = l.clock()
	if err := l.record(ctx, found.told(act, found.count, words)); err != nil {
		return err
	}
	l.hold(found, 0)
	return nil
}

// of gives the look of the running stretch, or a new one.
func (l *Looks) of(ctx context.Context, login consent.LoginID, act *consent.Act, words string) (found *look, is bool) {
	if now := l.clock(); now.Sub(l.swept) >= sweep || now.Before(l.swept) {
		_ = l.end(ctx, now) // what cannot be written is held, and tried again
		l.swept = now
	}
	if found, is = l.open[whatOf(login, act, words)]; is && act.Time.Before(found.ends) {
		return found, true
	}
	fresh := &look{act: *act, login: login, ends: act.Time.Add(stretch), seen: map[int64]bool{}}
	if is {
		fresh.count = found.count // which could not be written when it ended
	}
	return fresh, false
}

func (l *Looks) keep(found *look, words string) {
	key := whatOf(found.login, &found.act, words)
	if l.open[key] == nil {
		l.add(found.reader(), held{looks: 1})
	}
	l.open[key] = found
}

func whatOf(login consent.LoginID, act *consent.Act, words string) what {
	return what{login, act.Account, act.Organisation, act.Site, act.Action, act.Object, words}
}

func (l *look) reader() reader {
	return reader{l.act.Account, l.act.Organisation, l.noun}
}

// unseen gives those that were not seen before.
func (l *look) unseen(indexes []int64) []int64 {
	var fresh []int64
	for _, index := range indexes {
		if !l.seen[index] {
			fresh = append(fresh, index)
		}
	}
	return fresh
}

// told is the act with how many were seen, and of which kind.
func (l *look) told(act consent.Act, count int, words string) consent.Act {
	parts := []string{act.Object, l.noun + "=" + strconv.Itoa(count), words}
	act.Object = strings.TrimSpace(strings.Join(parts, " "))
	return act
}

// End writes what is held back of the stretches that have ended; all are when whole.
func (l *Looks) End(ctx context.Context, whole bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if whole {
		now = now.Add(stretch)
	}
	return l.end(ctx, now)
}

func (l *Looks) end(ctx context.Context, now time.Time) error {
	var errs []error
	for key, found := range l.open {
		if now.Before(found.ends) {
			continue
		}
		if err := l.write(ctx, found, key.words); err != nil {
			errs = append(errs, err)
			continue
		}
		l.drop(key, found)
	}
	return errors.Join(errs...)
}

// Run writes what has ended until ctx ends.
func (l *Looks) Run(ctx context.Context, failed func(error)) {
	ticker := time.NewTicker(sweep)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := l.End(ctx, false); err != nil {
				failed(err)
			}
		}
	}
}
