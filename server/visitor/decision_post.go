package visitor

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// maxSkew is where a browser's clock stops being taken seriously.
const maxSkew = 10 * 365 * 24 * time.Hour

// postDecision answers POST /{site}/decisions: 201 and the Receipt, only after
// the Decision is on disk; the same for the same bytes again. It copies all it
// keeps: the request's memory is used again after the handler returns.
func (v *Visitor) postDecision(c *fiber.Ctx) error {
	current, err := v.admit(c, v.limiter)
	if err != nil {
		return err
	}
	body, err := rawBody(c)
	if err != nil {
		return err
	}
	claim, err := decodeClaim(body)
	if err != nil {
		return err
	}
	now := v.Clock().UTC().Truncate(time.Millisecond)
	if receipt, ok := v.repeated.find(current.site, claim.id, body, now); ok {
		return sendReceipt(c, receipt)
	}
	ballot, err := v.ballot(c.UserContext(), current.site, claim.bundle)
	if err != nil {
		return err
	}
	if claim.visitor.IsZero() {
		return v.countRefusal(c, current.site, claim, ballot, body, now)
	}
	decision, err := ballot.decide(claim, current.site, now)
	if err != nil {
		return err
	}
	entry, err := v.append(c, decision)
	if err != nil {
		return err
	}
	receipt := appendReceipt(make([]byte, 0, 1024), &entry.Decision, ballot)
	receipt = append(appendProof(receipt, &entry.Proof), '}')
	if !entry.Again {
		v.tallies.took(current.site, claim, now)
	}
	v.repeated.add(&entry.Decision, body, receipt, now)
	return sendReceipt(c, receipt)
}

// append stores a Decision, or gives the one that was stored first under its id.
// Only what is stored anew counts against the day: it alone takes a row.
func (v *Visitor) append(c *fiber.Ctx, decision *consent.Decision) (*consent.Appended, error) {
	room, err := v.days.reserve(decision.Site, v.address.Network(c), decision.Time)
	if err != nil {
		retryMuchLater(c)
		return nil, err
	}
	first := v.tallies.decide(decision)
	entry, err := v.Store.Append(c.UserContext(), decision)
	if err != nil {
		v.tallies.failed(decision, err)
		v.days.giveBack(room)
		return nil, err
	}
	if !entry.Again {
		v.Meter.Stored(entry.Site, entry.Method)
		v.acknowledge(c, decision.Site, decision.Time)
	} else {
		if first {
			v.tallies.withdraw(decision)
		}
		v.days.giveBack(room)
	}
	return entry, nil
}

// admit lets a request in from a page of the Site and takes from its network's
// allowance. The origin comes first: without it the page could not read why it was
// turned away, and its queue would not know when to come back.
func (v *Visitor) admit(c *fiber.Ctx, from *limiter) (*notice, error) {
	current, err := v.current(c)
	if err != nil {
		return nil, err
	}
	if err := v.allowOrigin(c, current); err != nil {
		return nil, err
	}
	return current, v.spend(c, from)
}

// spend takes one request from the allowance of the network it comes from.
func (v *Visitor) spend(c *fiber.Ctx, from *limiter) error {
	if wait, ok := from.take(v.address.Network(c)); !ok {
		retryAfter(c, wait)
		return tooMany()
	}
	return nil
}

// decide turns a claim into a Decision: the verdict, the Notice and the time
// are the server's.
func (b *ballot) decide(c *claim, site consent.SiteKey, now time.Time) (*consent.Decision, error) {
	if c.previous == c.id {
		return nil, consent.Errorf(consent.Invalid, "own_previous",
			"A decision cannot follow itself. Send the id of the visitor's earlier decision as previous, or leave it out.")
	}
	state, err := b.judge(c)
	if err != nil {
		return nil, err
	}
	return &consent.Decision{
		ID: c.id, Site: site, Visitor: c.visitor,
		Notice: b.notice.Number, Bundle: c.bundle, Language: c.language,
		Method: c.method, Layer: c.layer, State: state, Choice: c.choice,
		Previous: c.previous, GPC: c.gpc,
		Time: now, Skew: skew(c.seconds, now),
	}, nil
}

// skew is the browser's clock minus ours in whole seconds, within ±10 years.
func skew(seconds int64, now time.Time) time.Duration {
	const most = int64(maxSkew / time.Second)
	// Compared before subtracting: the claimed time may be any 64-bit number.
	switch at := now.Unix(); {
	case seconds > at+most:
		return maxSkew
	case seconds < at-most:
		return -maxSkew
	default:
		return time.Duration(seconds-at) * time.Second
	}
}

func sendReceipt(c *fiber.Ctx, receipt []byte) error {
	Set(c, typeJSON)
	c.Status(fiber.StatusCreated)
	c.Response().SetBodyRaw(receipt)
	return nil
}
