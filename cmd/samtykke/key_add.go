package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"github.com/samtykke/samtykke/consent"
)

type keyAddCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Organisation that it belongs to."`
	Name         string                 `arg:"" help:"Which program it is for, such as \"Data warehouse\"."`
	Maker        string                 `required:"" placeholder:"EMAIL" help:"Account that answers for it: the key never does more than this person may."`
	Scope        []consent.Scope        `required:"" short:"s" enum:"${scopes}" placeholder:"SCOPE" help:"What it can do: ${scope_words}. May be repeated."`
	Days         int                    `default:"90" enum:"30,90,365" help:"How long it holds: 30, 90 or 365 days."`
	JSON         bool                   `name:"json" help:"Write one JSON object."`
}

// Help says what the secret is.
func (c *keyAddCmd) Help() string {
	return `The secret is shown this once, and kept nowhere. Put it where the program finds it and nobody else reads it. The audit trail of the organisation tells of the key. What each scope allows: samtykke help api.

Examples:

  samtykke key add gjerdrum "Data warehouse" --maker kari@example.no --scope log
  samtykke key add gjerdrum Archive --maker kari@example.no -s log -s requests --days 365`
}

// Run makes the key.
func (c *keyAddCmd) Run(ctx context.Context, t *terminal) (err error) {
	key := &consent.APIKey{Organisation: c.Organisation, Name: strings.TrimSpace(c.Name), Created: t.clock()}
	if key.Name == "" || utf8.RuneCountInString(key.Name) > consent.MaxAPIKeyName {
		return misusef("the name of a key has 1 to %d characters", consent.MaxAPIKeyName)
	}
	if err := consent.CheckKeyName(key.Name); err != nil {
		return err
	}
	for _, scope := range consent.Scopes { // each once, in one order
		if slices.Contains(c.Scope, scope) {
			key.Scopes = append(key.Scopes, scope)
		}
	}
	key.Expires = key.Created.Add(time.Duration(c.Days) * 24 * time.Hour)
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	maker, err := knownAccount(ctx, store, c.Maker)
	if err != nil {
		return err
	}
	if err := mayGive(maker, key); err != nil {
		return err
	}
	key.Maker = maker.ID
	var random [38]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	secret := key.Seal(random)
	if err := store.AddAPIKey(tellsOfOrganisation(ctx, t, key.Organisation, "key.make", inNameOf(maker, string(key.ID)+" "+key.Name)), key); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"id": key.ID, "secret": secret, "expires": key.Expires.UTC().Format(stamp)})
	}
	t.say("The key %q holds for %d days. Its secret is shown this once:\n\n  %s", key.Name, c.Days, secret)
	return nil
}

// mayGive refuses a scope that the maker may not use: nobody gives more than they
// have.
func mayGive(maker *consent.Account, key *consent.APIKey) error {
	if maker.Closed {
		return consent.Errorf(consent.Forbidden, "closed_account", "The account %s is closed, so its keys would not work.", maker.Email)
	}
	for _, scope := range key.Scopes {
		if scope.OfInstallation() && !maker.Operator {
			return consent.Errorf(consent.Forbidden, "maker_not_permitted", "%s is not an operator, which the scope %s asks for. Name one who administers %s, or make somebody one: samtykke account change EMAIL --operator yes", maker.Email, scope, key.Organisation)
		}
		if !maker.Allows(key.Organisation, scope) {
			return consent.Errorf(consent.Forbidden, "maker_not_permitted", "%s may not do what the scope %s allows in %s. Name somebody who may, or give a role: samtykke help administration", maker.Email, scope, key.Organisation)
		}
	}
	return nil
}

// scopeVars are the scopes as the tags of flags name them.
func scopeVars() kong.Vars {
	words, last := join(consent.Scopes), len(consent.Scopes)-1
	return kong.Vars{"scopes": strings.ReplaceAll(words, ", ", ","), "scope_words": join(consent.Scopes[:last]) + " or " + string(consent.Scopes[last])}
}

// tellsOfKey has the trail of the organisation know what becomes of a key.
func tellsOfKey(ctx context.Context, t *terminal, action string, key *consent.APIKey) context.Context {
	return tells(ctx, t, consent.Act{Organisation: key.Organisation, Action: action, Object: string(key.ID) + " " + key.Name})
}
