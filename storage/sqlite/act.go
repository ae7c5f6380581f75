package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// actRecord is what a leaf says of an act.
type actRecord struct {
	Schema       string                 `json:"schema"`
	Time         string                 `json:"time"`
	Account      consent.AccountID      `json:"account"`
	Organisation consent.OrganisationID `json:"organisation"`
	Site         consent.SiteKey        `json:"site"`
	Action       string                 `json:"action"`
	Object       string                 `json:"object"`
	Reason       string                 `json:"reason"`
	Changes      string                 `json:"changes,omitempty"` // as they are stored
}

// The schemas of a leaf: without changes it is what it was before those were told, so
// that older acts hold.
const (
	actSchema        = "act/1"
	actChangesSchema = "act/2"
)

// encodeAct gives the bytes that a leaf is taken over. changes are as they are stored.
func encodeAct(act *consent.Act, changes string) ([]byte, error) {
	schema := actSchema
	if changes != "" {
		schema = actChangesSchema
	}
	return json.Marshal(actRecord{
		schema, act.Time.UTC().Truncate(time.Millisecond).Format("2006-01-02T15:04:05.000Z07:00"),
		act.Account, act.Organisation, act.Site, act.Action, act.Object, act.Reason, changes,
	})
}

// storedChanges is what an act changed, as it is stored.
type storedChanges struct {
	Fields []consent.FieldChange `json:"fields"`
	More   int                   `json:"more"`
	Hash   consent.Hash          `json:"hash,omitzero"`  // absent for acts from before it was kept
	Rest   []consent.ChangesLeft `json:"rest,omitempty"` // the same
}

// encodeChanges gives what an act changed as it is stored, "" for nothing.
func encodeChanges(act *consent.Act) (string, error) {
	if len(act.Changes) == 0 && act.More == 0 {
		return "", nil
	}
	var text strings.Builder
	writing := json.NewEncoder(&text)
	writing.SetEscapeHTML(false) // it would take more room than the column has
	err := writing.Encode(storedChanges{act.Changes, act.More, act.ChangesHash, act.Rest})
	return strings.TrimSpace(text.String()), err
}

// decodeChanges reads them into the act.
func decodeChanges(act *consent.Act, text string) error {
	if text == "" {
		return nil
	}
	var stored storedChanges
	if err := json.Unmarshal([]byte(text), &stored); err != nil {
		return fmt.Errorf("read what an act changed: %w; run samtykke log verify", err)
	}
	act.Changes, act.More, act.ChangesHash, act.Rest = stored.Fields, stored.More, stored.Hash, stored.Rest
	return nil
}
