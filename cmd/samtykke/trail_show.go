package main

import (
	"cmp"
	"context"
	"encoding/json"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// emailsOf gives the address of every account.
func emailsOf(ctx context.Context, store consent.AccountStore) (map[consent.AccountID]string, error) {
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	emails := map[consent.AccountID]string{}
	for i := range accounts {
		emails[accounts[i].ID] = accounts[i].Email
	}
	return emails, nil
}

// doer says who did something, as a word.
func doer(act *consent.Act, emails map[consent.AccountID]string) string {
	if act.Account == 0 {
		return string(act.By())
	}
	return cmp.Or(emails[act.Account], "account "+strconv.FormatInt(int64(act.Account), 10))
}

// doing says who did something, and that it was with a key: no address ends like that.
func doing(act *consent.Act, emails map[consent.AccountID]string) string {
	if act.By() == consent.ByKey {
		return doer(act, emails) + " (API key)"
	}
	return doer(act, emails)
}

// showActs lists acts, with what they were about in words.
func showActs(t *terminal, acts []consent.ActEntry, about []string, emails map[consent.AccountID]string) error {
	list := newTable(t, column{title: "TIME"}, column{title: "WHO"}, column{title: "ACT"}, column{title: "SITE"}, column{title: "ABOUT"}, column{title: "REASON"}, column{title: "PLACE"})
	for i := range acts {
		act := &acts[i]
		list.add(whenShown(act.Time), doing(&act.Act, emails), act.Action, orDash(string(act.Site)), orDash(printable(about[i])), orDash(shortened(printable(act.Reason))), act.Place())
	}
	return list.write()
}

// hashOrNone gives the digits of a hash, "" for none.
func hashOrNone(hash consent.Hash) string {
	if hash.IsZero() {
		return ""
	}
	return hash.String()
}

func actLines(t *terminal, acts []consent.ActEntry, emails map[consent.AccountID]string) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	for i := range acts {
		act := &acts[i]
		err := lines.Encode(map[string]any{
			"place": act.Place(), "time": act.Time.UTC().Format(stamp), "organisation": act.Organisation, "site": act.Site, "who": doer(&act.Act, emails), "by": act.By(),
			"act": act.Action, "object": act.Object, "reason": act.Reason,
			"changes": append([]consent.FieldChange{}, act.Changes...), "more": act.More, "rest": append([]consent.ChangesLeft{}, act.Rest...), "changes_hash": hashOrNone(act.ChangesHash),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
