package admin

import (
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// ownPerHour is how often in an hour somebody may do one thing that costs the server or
// others much, such as a file of a whole log, or a letter: nobody does more by hand.
const ownPerHour = 30

// departPerMinute is how often in a minute people of one network may set out to a provider:
// a town hall does when the day begins.
const departPerMinute = 120

// ownLimit counts what each person does of that, in memory. Everything is forgotten when
// its time ends, such as an hour.
type ownLimit struct {
	clock func() time.Time
	most  int
	each  time.Duration
	mu    sync.Mutex
	began time.Time
	done  map[ownDeed]int
}

// ownDeed is who does what, or from where.
type ownDeed struct {
	account consent.AccountID
	action  string
}

func newOwnLimit(clock func() time.Time, most int, each time.Duration) *ownLimit {
	return &ownLimit{clock: clock, most: most, each: each}
}

// wait counts a deed, and gives how long the person has to wait with it, 0 for not at all.
func (l *ownLimit) wait(deed ownDeed) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	wait := l.left(deed)
	if wait == 0 {
		l.done[deed]++
	}
	return wait
}

// full says whether a deed would have to wait.
func (l *ownLimit) full(deed ownDeed) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.left(deed) > 0
}

// left gives how long the person has to wait. The caller holds mu.
func (l *ownLimit) left(deed ownDeed) time.Duration {
	now := l.clock()
	if now.Sub(l.began) >= l.each || now.Before(l.began) {
		l.began, l.done = now, map[ownDeed]int{}
	}
	if l.done[deed] < l.most {
		return 0
	}
	return l.began.Add(l.each).Sub(now)
}

// limited refuses what somebody has done too often in an hour.
func (r *request) limited(to route) error {
	if !to.costs || r.account == nil {
		return nil
	}
	deed := ownDeed{r.account.ID, to.action}
	if to.together {
		deed = ownDeed{action: api.Together(to.action, r.organisation.ID)}
	}
	wait := r.own.wait(deed)
	if wait == 0 {
		return nil
	}
	return r.errTooOften(wait, "own_limit", "n", ownPerHour, "minutes", int(math.Ceil(wait.Minutes())))
}

// errTooOften refuses what a limit holds up for a while.
func (r *request) errTooOften(wait time.Duration, key string, pairs ...any) error {
	r.c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	return consent.Errorf(consent.Unavailable, tooOften, "%s", r.say(key, pairs...))
}

// doneOften counts what a program does with a key of an account, with what the person
// does; no account is everybody of the organisation that the action names.
func (a *Admin) doneOften(who consent.AccountID, action string) time.Duration {
	return a.own.wait(ownDeed{who, action})
}

// tooOften is the code of what is refused by a limit.
const tooOften = "too_often"
