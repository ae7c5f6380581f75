package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// mostRestored is how many accounts are shown by name: samtykke account list has all.
const mostRestored = 20

// tellAccess says what was ended, and who gets in as the backup had it.
func (r *restored) tellAccess(ctx context.Context, t *terminal, store consent.Store) error {
	if r.ended.Any() {
		t.say("\nENDED, because nobody can tell what of it was ended or used after the backup: %s.", endedWords(r.ended))
	}
	if r.ended.Keys > 0 {
		t.say("Programs with a key get 401 until they have a new one: samtykke key add.")
	}
	if r.ended.Codes > 0 {
		t.say("People make new recovery codes on the page of their account.")
	}
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return err
	}
	open := slices.DeleteFunc(accounts, func(a consent.Account) bool { return a.Closed })
	if len(open) == 0 {
		return nil
	}
	slices.SortStableFunc(open, func(a, b consent.Account) int { return cmp.Compare(rank(&a), rank(&b)) })
	t.say("\nAS THE BACKUP HAD THEM are passwords, passkeys, apps, roles, and which accounts are closed.\nWhat was changed, taken away or closed after it is back. These accounts are open:\n")
	list := newTable(t, column{title: "EMAIL"}, column{title: "ROLES"}, column{title: "STATE"})
	state, err := statesIn(ctx, store)
	if err != nil {
		return err
	}
	shown := 0
	for shown < len(open) && shown < mostRestored && rank(&open[shown]) < rankOthers {
		list.add(open[shown].Email, roles(&open[shown]), state(&open[shown]))
		shown++
	}
	if shown > 0 {
		if err := list.write(); err != nil {
			return err
		}
	}
	t.say("%s more. Look through all: samtykke account list%s", plural(len(open)-shown, "account"), r.again())
	t.say("Close those that left with \"account close\", take roles away with \"account role\", and give\na new password with \"account reset\", with --factor where a device was lost.")
	return nil
}

// How much an account may do: what an operator or an administrator has lost matters most.
const (
	rankOperator = iota
	rankAdministrator
	rankOthers
)

func rank(account *consent.Account) int {
	switch {
	case account.Operator:
		return rankOperator
	case slices.ContainsFunc(account.Memberships, func(m consent.Membership) bool { return m.Role == consent.RoleAdministrator }):
		return rankAdministrator
	}
	return rankOthers
}

// endedKind is one kind of what can end: as the trail names it, as people do, and how
// much of it has.
type endedKind struct {
	field, noun string
	count       int64
}

func endedKinds(e *sqlite.Ended) []endedKind {
	return []endedKind{
		{"logins", "login", e.Logins},
		{"links", "one-time link", e.Links},
		{"invitations", "invitation", e.Invitations},
		{"keys", "API key", e.Keys},
		{"recovery_codes", "recovery code", e.Codes},
	}
}

func endedWords(e *sqlite.Ended) string {
	var all []string
	for _, each := range endedKinds(e) {
		if each.count > 0 {
			all = append(all, plural(int(each.count), each.noun))
		}
	}
	return strings.Join(all, ", ")
}

// endedChanges is what the audit trail is told of it.
func endedChanges(e *sqlite.Ended) (changes []consent.FieldChange) {
	for _, each := range endedKinds(e) {
		changes = append(changes, consent.FieldChange{Field: each.field, Was: strconv.FormatInt(each.count, 10), Is: "0"})
	}
	return changes
}
