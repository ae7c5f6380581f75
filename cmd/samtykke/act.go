package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// tells gives a context in which a change is an act in the audit trail. Nobody has
// logged in, so no person is named.
func tells(ctx context.Context, t *terminal, act consent.Act) context.Context {
	act.Time, act.Account = t.clock(), 0
	return consent.WithAct(ctx, act)
}

// tellsOf is tells for what is about a site: it stands in the trail of its
// organisation.
func tellsOf(ctx context.Context, t *terminal, store consent.SiteStore, site consent.SiteKey, action, object string) (context.Context, error) {
	entry, err := store.Site(ctx, site)
	if err != nil {
		return nil, err
	}
	return tells(ctx, t, consent.Act{Organisation: entry.Organisation, Site: site, Action: action, Object: object}), nil
}

// inNameOf begins what an act is about with the person in whose name it is done.
func inNameOf(account *consent.Account, object string) string {
	return "person=" + objectOf(account) + " " + object
}

// because gives a context whose act tells why, in the words of whoever does it.
func because(ctx context.Context, why string) context.Context {
	act, _ := consent.ActOf(ctx)
	act.Reason = why
	return consent.WithAct(ctx, act)
}

// tellNow has the trail know of what changes nothing in the database, such as an
// export.
func tellNow(ctx context.Context, t *terminal, store consent.Store, site consent.SiteKey, action, object string) error {
	ctx, err := tellsOf(ctx, t, store, site, action, object)
	if err != nil {
		return err
	}
	act, _ := consent.ActOf(ctx)
	return store.RecordAct(ctx, act)
}
