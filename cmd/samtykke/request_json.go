package main

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// requestLine writes a request as one line of JSON.
func requestLine(t *terminal, r *consent.Request, history rights.History, today consent.Day) error {
	return json.NewEncoder(t.out).Encode(rights.NewRequest(r, history, today))
}

// historyOf reads what was done about requests, of whatever sites.
func historyOf(ctx context.Context, store consent.Store, requests ...*consent.Request) (rights.History, error) {
	bySite, all := map[consent.SiteKey][]consent.Request{}, rights.History{}
	for _, each := range requests {
		bySite[each.Site] = append(bySite[each.Site], *each)
	}
	for key, theirs := range bySite {
		site, err := store.Site(ctx, key)
		if err != nil {
			return nil, err
		}
		found, err := rights.HistoryOf(ctx, store, &site, theirs...)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, found)
	}
	return all, nil
}
