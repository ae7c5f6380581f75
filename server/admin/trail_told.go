package admin

import (
	"cmp"

	"github.com/samtykke/samtykke/consent"
)

// trailTold is what stands under an act: who did it beyond a name that others may have,
// and what it changed.
type trailTold struct {
	Email   string // as it is now, "" for no account
	Changed []consent.FieldChange
}

// tellMore completes the lines of a page.
func (r *request) tellMore(days []trailDay) error {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	emails := make(map[consent.AccountID]string, len(accounts))
	for i := range accounts {
		emails[accounts[i].ID] = accounts[i].Email
	}
	for i := range days {
		for j := range days[i].Acts {
			line := &days[i].Acts[j]
			line.Email = emails[line.Account]
			for _, c := range line.Changes {
				line.Changed = append(line.Changed, consent.FieldChange{Field: c.Field, Was: r.changedWords(c.Was), Is: r.changedWords(c.Is)})
			}
		}
	}
	return nil
}

// changedWords says what a field was or is.
func (r *request) changedWords(value string) string {
	switch value {
	case "yes", "no":
		return r.say(value)
	}
	if l := consent.Lifetime(value); l != consent.Session && l.Valid() {
		return l.Words(r.lang)
	}
	return cmp.Or(r.words["role_"+value], value, r.say("inventory_empty"))
}
