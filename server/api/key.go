package api

import (
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

func keyRoutes() []route {
	return []route{
		{
			method: http.MethodGet, path: "/keys", scope: consent.ScopeOrganisation, name: "listKeys",
			summary: "The keys of the organisation, the newest first. Their secrets are kept nowhere. Keys are made on the pages and with samtykke key add only: no key makes another",
			answers: map[int]any{http.StatusOK: Keys{}}, handle: (*request).keysGet,
		},
		{
			method: http.MethodDelete, path: "/keys/:key", scope: consent.ScopeKeys, action: "api.key.revoke", name: "revokeKey",
			summary: "End a key at once, be it the one that asks", answers: map[int]any{http.StatusOK: Keys{}}, handle: (*request).keyDelete,
		},
	}
}

// Keys is a list.
type Keys struct {
	Keys []Key `json:"keys"`
}

// Key is one with which a program uses the API.
type Key struct {
	ID      string          `json:"id" about:"stands at the beginning of the secret, after smt_"`
	Name    string          `json:"name"`
	Scopes  []consent.Scope `json:"scopes"`
	Maker   int64           `json:"maker" about:"account that answers for it"`
	Created string          `json:"created"`
	Expires string          `json:"expires"`
	Used    *string         `json:"used" about:"day of the last use; null for none"`
}

func (r *request) keysGet() (*answer, error) {
	all, err := r.Store.APIKeys(r.ctx, r.key.Organisation)
	list := Keys{Keys: []Key{}}
	for i := range all {
		k := &all[i]
		key := Key{ID: string(k.ID), Name: k.Name, Scopes: k.Scopes, Maker: int64(k.Maker), Created: stamp(k.Created), Expires: stamp(k.Expires)}
		if !k.Used.IsZero() {
			key.Used = new(consent.DayOf(k.Used).String())
		}
		list.Keys = append(list.Keys, key)
	}
	return &answer{body: list}, err
}

func (r *request) keyDelete() (*answer, error) {
	all, err := r.Store.APIKeys(r.ctx, r.key.Organisation)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(k consent.APIKey) bool { return string(k.ID) == r.c.Params("key") })
	if at < 0 {
		return nil, errUnknown()
	}
	r.tells(string(all[at].ID)+" "+all[at].Name, "")
	if err := r.Store.RevokeAPIKey(r.ctx, r.key.Organisation, all[at].ID); err != nil {
		return nil, err
	}
	return r.keysGet()
}
