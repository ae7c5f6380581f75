package visitor

import (
	"errors"
	"hash/maphash"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// countFor is how long a counted refusal is known again when a browser's queue
// sends it once more. Nothing of it outlives the process, so a browser that was
// away for longer, or a server that began anew, counts twice.
const countFor = 10 * time.Minute

// countRefusal answers a Decision without a token: on a Site that counts
// refusals, somebody's first no to everything adds one to a number. It gets 204,
// with which the browser's queue forgets it. There is no row and no receipt.
func (v *Visitor) countRefusal(c *fiber.Ctx, site consent.SiteKey, claim *claim, ballot *ballot, body []byte, now time.Time) error {
	if ballot.notice.Draft.Site.Refusals != consent.RefusalsCount || claim.method != consent.RejectAll || !claim.previous.IsZero() {
		return malformed(errors.New("it lacks a token"))
	}
	if _, err := ballot.judge(claim); err != nil {
		return err
	}
	again, forget := v.counted.claim(site, claim.id, body, now)
	if again {
		return c.SendStatus(fiber.StatusNoContent)
	}
	room, err := v.days.reserve(site, v.address.Network(c), now)
	if err != nil {
		forget()
		retryMuchLater(c)
		return err
	}
	refusal := &consent.Decision{ID: claim.id, Site: site, Time: now}
	v.tallies.decide(refusal)
	if err := v.Store.CountRefusal(c.UserContext(), site, ballot.notice.Number, claim.language, now); err != nil {
		v.tallies.failed(refusal, err)
		v.days.giveBack(room)
		forget()
		return err
	}
	v.tallies.took(site, claim, now)
	v.acknowledge(c, site, now)
	return c.SendStatus(fiber.StatusNoContent)
}

// claim takes a place for a body that is about to be counted, or says that the
// same was counted already. What could not be counted is forgotten again.
func (r *repeats) claim(site consent.SiteKey, id consent.DecisionID, body []byte, now time.Time) (again bool, forget func()) {
	slot := r.slot(id)
	taken := &repeat{site: site, id: id, body: maphash.Bytes(r.seed, body), until: now.Add(countFor)}
	for {
		before := slot.Load()
		if before.answers(taken, now) {
			return true, nil
		}
		if slot.CompareAndSwap(before, taken) {
			return false, func() { slot.CompareAndSwap(taken, nil) }
		}
	}
}

// answers says that what is remembered is of the same request.
func (r *repeat) answers(request *repeat, now time.Time) bool {
	return r != nil && r.id == request.id && r.site == request.site && r.body == request.body && now.Before(r.until)
}
