package publishing

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// AloneStore is what says whether somebody had to approve a Notice.
type AloneStore interface {
	// TwoRule gives whether nobody publishes alone.
	TwoRule(ctx context.Context, organisation consent.OrganisationID) (consent.TwoRule, error)
	// NoticeEntry gives the entry of one Notice.
	NoticeEntry(ctx context.Context, site consent.SiteKey, number consent.NoticeNumber) (consent.NoticeEntry, error)
}

// PublishedAlone gives which Notices a command on the machine published since two people are
// asked for: nobody approved those.
func PublishedAlone(ctx context.Context, store AloneStore, site *consent.SiteEntry, found map[consent.NoticeNumber]Past) (map[consent.NoticeNumber]bool, error) {
	rule, err := store.TwoRule(ctx, site.Organisation)
	if err != nil || !rule.On {
		return nil, err
	}
	alone := map[consent.NoticeNumber]bool{}
	for number, past := range found {
		if !past.Maker.Command || !past.Approved.IsZero() || past.Due {
			continue
		}
		entry, err := store.NoticeEntry(ctx, site.Key, number)
		if err != nil {
			return nil, err
		}
		alone[number] = !entry.Published.Before(rule.Since)
	}
	return alone, nil
}
