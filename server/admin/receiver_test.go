package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// A file on its way ends when what let its receiver in ends: not with the file, which may
// take days.
func TestFileEndsWithTheRight(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 8)
	kari := h.member("kari@example.no", consent.RoleAuditor, skogen)
	page := func(p *person, path string) func() (string, error) {
		form := url.Values{"form": {"csv"}, "csrf": {csrfField.FindStringSubmatch(p.get("/account").body)[1]}}
		return func() (string, error) { return p.fetches(path, form) }
	}
	key := func(g *program, path string) func() (string, error) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+api.Base+path, http.NoBody)
		must(t, err)
		request.Header.Set("Authorization", "Bearer "+g.secret)
		return func() (string, error) { return received(request, "127.0.0.1") } // which is not asked again on another connection
	}
	ends := func(id consent.AccountID) func() {
		return func() { must(t, h.store.SetRole(t.Context(), id, skogen, "")) }
	}
	revokes := func(g *program) func() {
		return func() { must(t, h.store.RevokeAPIKey(t.Context(), skogen, g.key.ID)) }
	}
	per, ola, siv := h.member("per@example.no", consent.RoleAuditor, skogen), h.member("ola@example.no", consent.RoleAuditor, skogen), h.member("siv@example.no", consent.RoleAuditor, skogen)
	revoked, trails := kari.program(t, consent.ScopeExport), kari.program(t, consent.ScopeAudit)
	for name, of := range map[string]struct {
		get func() (string, error)
		end func()
		log bool // it is the log's file, which ends while it is read, and not before
	}{
		"the log, for who is no member any more":           {page(per, "/sites/skogen/log/export"), ends(per.id), true},
		"the trail, for who is no member any more":         {page(ola, "/organisations/skogen/trail/export"), ends(ola.id), false},
		"the log, with a key that is revoked":              {key(revoked, "/sites/skogen/log/export"), revokes(revoked), true},
		"the trail, with a key that is revoked":            {key(trails, "/trail/export"), revokes(trails), false},
		"the log, with a key of who is no member any more": {key(siv.program(t, consent.ScopeExport), "/sites/skogen/log/export?form=jsonl"), ends(siv.id), true},
	} {
		end := sync.OnceFunc(of.end)
		h.mu.Lock()
		h.looking, h.paging = end, nil
		told := make(chan struct{}, 2) // that it begins, and that it is over
		if of.log {
			h.looking = func() { told <- struct{}{} }
			h.paging = func(query consent.LogQuery) error {
				if query.Oldest {
					end()
				}
				return nil
			}
		}
		h.mu.Unlock()
		got, err := of.get()
		if err == nil || strings.Contains(got, "accept_all") || strings.Contains(got, "account.") {
			t.Errorf("%s: %v, after\n%.300s", name, err, got)
		}
		if !of.log {
			continue
		}
		<-told
		<-told
		h.mu.Lock()
		if last := h.acts[len(h.acts)-1]; !strings.Contains(last.Object, "broken_off") {
			t.Errorf("%s: the trail says %+v", name, last)
		}
		h.mu.Unlock()
	}
	h.mu.Lock()
	h.looking, h.paging = nil, nil
	h.mu.Unlock()
	if got, err := page(kari, "/sites/skogen/log/export")(); err != nil || !strings.Contains(got, "accept_all") {
		t.Errorf("whose right goes on gets %v\n%.300s", err, got)
	}
}
