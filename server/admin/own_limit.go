package admin

import (
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// ownPerHour is how often in an hour somebody may do one thing that costs the server or
// others much, such as a file of a whole log, or a letter: nobody does more by hand.
const ownPerHour = 30

// ownLimit counts what each person does of that, in memory. Everything is forgotten when
// an hour ends.
type ownLimit struct {
	clock func() time.Time
	mu    sync.Mutex
	began time.Time
	done  map[ownDeed]int
}

// ownDeed is who does what.
type ownDeed struct {
	account consent.AccountID
	action  string
}

func newOwnLimit(clock func() time.Time) *ownLimit { return &ownLimit{clock: clock} }

// wait counts a deed, and gives how long the person has to wait with it, 0 for not at all.
func (l *ownLimit) wait(deed ownDeed) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if now.Sub(l.began) >= time.Hour || now.Before(l.began) {
		l.began, l.done = now, map[ownDeed]int{}
	}
	if l.done[deed] >= ownPerHour {
		return l.began.Add(time.Hour).Sub(now)
	}
	l.done[deed]++
	return 0
}

// limited refuses what somebody has done too often in an hour.
func (r *request) limited(to route) error {
	if !to.costs || r.account == nil {
		return nil
	}
	wait := r.own.wait(ownDeed{r.account.ID, to.action})
	if wait == 0 {
		return nil
	}
	r.c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	return consent.Errorf(consent.Unavailable, tooOften, "%s", r.say("own_limit", "n", ownPerHour, "minutes", int(math.Ceil(wait.Minutes()))))
}

// doneOften counts what a program does with a key of an account, with what the person does.
func (a *Admin) doneOften(who consent.AccountID, action string) time.Duration {
	return a.own.wait(ownDeed{who, action})
}

// tooOften is the code of what is refused by a limit.
const tooOften = "too_often"
