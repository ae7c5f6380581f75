package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"net"
	"strconv"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// tellsOfAccount has the trail of the installation know what becomes of an account.
func tellsOfAccount(ctx context.Context, t *terminal, action string, id consent.AccountID) context.Context {
	return tells(ctx, t, consent.Act{Action: action, Object: strconv.FormatInt(int64(id), 10)})
}

// newLink makes a link with which somebody chooses a password, in place of earlier
// ones. Admin is where the administration is.
func newLink(ctx context.Context, t *terminal, store consent.Store, admin, email string) (string, error) {
	account, err := store.AccountOf(ctx, email)
	if err != nil {
		return "", err
	}
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	secret := base64.RawURLEncoding.EncodeToString(random)
	err = store.AddLink(ctx, &consent.Link{
		ID: consent.LinkID(consent.HashOf([]byte(secret))), Account: account.ID, Expires: t.clock().Add(consent.LinkLasts),
	})
	return admin + "/link/" + secret, err
}

// adminAddress gives where the settings say that people reach the administration.
func adminAddress(settings *config.Config) string {
	_, number, _ := net.SplitHostPort(settings.Admin.Listen) // checked with the settings
	return cmp.Or(settings.Admin.URL.String(), "http://"+net.JoinHostPort("localhost", number))
}

// sayHere warns who hands on a link that leads to this machine alone.
func sayHere(t *terminal, settings *config.Config) {
	if settings.Admin.URL == "" {
		t.say("\nThe link leads to this machine: admin.url is not set. Set it to the address of the administration, or name the settings that have it with --config.")
	}
}

// knownAccount makes "there is no such account" say how to find them.
func knownAccount(ctx context.Context, store consent.AccountStore, address string) (*consent.Account, error) {
	email, err := consent.NormalEmail(address)
	if err != nil {
		return nil, err
	}
	account, err := store.AccountOf(ctx, email)
	if consent.KindOf(err) == consent.NotFound {
		return nil, consent.Errorf(consent.NotFound, "unknown_account", "There is no account %s. See those that there are: samtykke account list", email)
	}
	return account, err
}

// accountNamed finds an account by its e-mail address or, as the trail tells it, by its
// number.
func accountNamed(ctx context.Context, store consent.AccountStore, said string) (*consent.Account, error) {
	id, is := consent.ParseAccountID(said)
	if !is {
		return knownAccount(ctx, store, said)
	}
	account, err := store.Account(ctx, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, consent.Errorf(consent.NotFound, "unknown_account", "There is no account %d. See those that there are: samtykke account list", id)
	}
	return account, err
}
