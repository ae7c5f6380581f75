package visitor

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// ownDecision is what a Receipt leaves out of one's own Decision.
type ownDecision struct {
	Method   consent.Method      `json:"method"`
	Layer    consent.Layer       `json:"layer"`
	Language consent.Language    `json:"language"`
	Choice   consent.Choice      `json:"choice"`
	Previous *consent.DecisionID `json:"previous,omitempty"`
	GPC      bool                `json:"gpc"`
	Frozen   bool                `json:"frozen,omitempty"` // restricted (GDPR art. 18)
}

// getMe answers GET /{site}/me with all that the visitor has decided on the
// Site, oldest first (GDPR art. 15 and 20).
func (v *Visitor) getMe(c *fiber.Ctx) error {
	site, visitor, err := v.holder(c)
	if err != nil {
		return err
	}
	entries, err := v.Store.Decisions(c.UserContext(), site, visitor)
	if err != nil {
		return err
	}
	body := []byte(`{"decisions":[`)
	for i := range entries {
		ballot, err := v.ballot(c.UserContext(), site, entries[i].Bundle)
		if err != nil {
			return err
		}
		if i > 0 {
			body = append(body, ',')
		}
		if body, err = appendOwn(body, &entries[i], ballot); err != nil {
			return err
		}
	}
	Set(c, typeJSON)
	return c.Send(append(body, `]}`...))
}

// appendOwn writes one Decision: its Receipt and what was answered, how and where.
func appendOwn(to []byte, d *consent.Entry, b *ballot) ([]byte, error) {
	own := ownDecision{
		Method: d.Method, Layer: d.Layer, Language: d.Language, Choice: d.Choice, GPC: d.GPC, Frozen: d.Frozen,
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
