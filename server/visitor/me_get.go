package visitor

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// ownDecision is what a Receipt leaves out of one's own Decision.
type ownDecision struct {
	// Standing is how it stands by what is kept here, and Until when that ends, or ended at
	// the latest, RFC 3339; valid_until is what was said when it was made.
	Standing standing            `json:"standing,omitempty"`
	Until    string              `json:"stands_until,omitempty"`
	Method   consent.Method      `json:"method"`
	Layer    consent.Layer       `json:"layer"`
	Language consent.Language    `json:"language"`
	Choice   consent.Choice      `json:"choice"`
	Previous *consent.DecisionID `json:"previous,omitempty"`
	GPC      bool                `json:"gpc"`
	Skew     int64               `json:"skew_seconds"`      // browser's clock minus ours
	Visitor  string              `json:"visitor"`           // digest of the token, base64url
	Deleted  string              `json:"deleted,omitempty"` // when its retention ends, RFC 3339; not while it is frozen
	Proof    string              `json:"proof"`             // C2SP tlog-proof
	Frozen   bool                `json:"frozen,omitempty"`  // restricted (GDPR art. 18)
	Held     bool                `json:"held,omitempty"`    // so that only the operator can release it
	// Ground is why it is held; nothing when that is not known.
	Ground consent.RestrictionReason `json:"ground,omitempty"`
}

// getMe answers GET /{site}/me with all that the visitor has decided on the
// Site, oldest first, each with what proves it (GDPR art. 15 and 20).
func (v *Visitor) getMe(c *fiber.Ctx) error {
	site, visitor, err := v.holder(c)
	if err != nil {
		return err
	}
	current, err := v.current(c)
	if err != nil {
		return err
	}
	entries, err := v.Store.Decisions(c.UserContext(), site, visitor)
	if err != nil {
		return err
	}
	ballots, asked := make([]*ballot, len(entries)), make([]*consent.Draft, len(entries))
	for i := range entries {
		if ballots[i], err = v.ballot(c.UserContext(), site, entries[i].Bundle); err != nil {
			return err
		}
		asked[i] = &ballots[i].notice.Draft
	}
	all := standingsOf(entries, asked, current.Notice, v.Clock())
	const begin = `{"decisions":[`
	body := []byte(begin)
	for i := range entries {
		proof, err := v.Store.Receipt(c.UserContext(), site, entries[i].ID)
		if consent.KindOf(err) == consent.NotFound { // erased meanwhile
			continue
		}
		if err != nil {
			return err
		}
		if len(body) > len(begin) {
			body = append(body, ',')
		}
		ground, err := v.ground(c.UserContext(), site, &entries[i])
		if err != nil {
			return err
		}
		if body, err = appendOwn(body, &entries[i], ballots[i], proof, ground, all[i], current.Draft.Site.Retention); err != nil {
			return err
		}
	}
	Set(c, typeJSON)
	return c.Send(append(body, `]}`...))
}

// ground gives why the operator holds a Decision.
func (v *Visitor) ground(ctx context.Context, site consent.SiteKey, d *consent.Entry) (consent.RestrictionReason, error) {
	if !d.Held {
		return "", nil
	}
	why, err := v.Store.Restricted(ctx, site, d.ID)
	if consent.KindOf(err) == consent.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return why.Reason, nil
}

// appendOwn writes one Decision: its Receipt, what was answered, how and where,
// and its proof in the ledger.
func appendOwn(to []byte, d *consent.Entry, b *ballot, proof []byte, ground consent.RestrictionReason, stands stands, retention consent.Lifetime) ([]byte, error) {
	own := ownDecision{
		Method: d.Method, Layer: d.Layer, Language: d.Language, Choice: d.Choice, GPC: d.GPC, Frozen: d.Frozen, Held: d.Held, Ground: ground,
		Skew: int64(d.Skew / time.Second), Visitor: base64.RawURLEncoding.EncodeToString(d.Visitor[:]),
		Proof: string(proof), Standing: stands.how,
	}
	if !stands.until.IsZero() {
		own.Until = string(appendStamp(nil, stands.until))
	}
	if !d.Frozen {
		own.Deleted = string(appendStamp(nil, retention.After(d.Time)))
	}
	if !d.Previous.IsZero() {
		own.Previous = &d.Previous
	}
	rest, err := json.Marshal(own)
	if err != nil {
		return nil, err
	}
	to = append(appendReceipt(to, &d.Decision, b), ',')
	return append(to, rest[1:]...), nil
}
