package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/samtykke/samtykke/consent"
)

type keyListCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Organisation that they belong to."`
	JSON         bool                   `name:"json" help:"Write one JSON object per line."`
}

// Help says what is not shown.
func (c *keyListCmd) Help() string {
	return `The secrets are kept nowhere; each begins with smt_, the key and another _. A key ends when its maker may no longer do all of it, when the account is closed, and when the maker gets a new password by a link. It does not come back with the right; the trail says key.end.`
}

// Run lists the keys, the newest first.
func (c *keyListCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	keys, err := store.APIKeys(ctx, c.Organisation)
	if err != nil {
		return err
	}
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return err
	}
	makers := map[consent.AccountID]string{}
	for i := range accounts {
		makers[accounts[i].ID] = accounts[i].Email
	}
	if c.JSON {
		return keyLines(t, keys, makers)
	}
	if len(keys) == 0 {
		t.say("No keys.")
		return nil
	}
	list := newTable(t, column{title: "KEY"}, column{title: "NAME"}, column{title: "SCOPES"}, column{title: "MAKER"}, column{title: "UNTIL"}, column{title: "LAST USED"})
	for i := range keys {
		key := &keys[i]
		until := dayShown(key.Expires)
		if !t.clock().Before(key.Expires) {
			until += ", over"
		}
		used := ""
		if !key.Used.IsZero() {
			used = dayShown(key.Used)
		}
		list.add(string(key.ID), key.Name, join(key.Scopes), makers[key.Maker], until, orDash(used))
	}
	return list.write()
}

func keyLines(t *terminal, keys []consent.APIKey, makers map[consent.AccountID]string) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	for i := range keys {
		key := &keys[i]
		var used *string
		if !key.Used.IsZero() {
			used = new(key.Used.UTC().Format(time.DateOnly))
		}
		err := lines.Encode(map[string]any{
			"id": key.ID, "name": key.Name, "scopes": key.Scopes, "maker": makers[key.Maker],
			"created": key.Created.UTC().Format(stamp), "expires": key.Expires.UTC().Format(stamp), "used": used,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
