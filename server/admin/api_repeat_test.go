package admin_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Who asks again with an Idempotency-Key gets the first answer, and nothing is made
// twice.
func TestAPIAskedAgain(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g, other := boss.program(t, consent.Scopes...), boss.program(t, consent.ScopeRequests)
	const path, body = apiSite + "/requests", `{"kind": "access", "channel": "letter"}`
	ask := func(g *program, key, body string) answer {
		t.Helper()
		return g.call(http.MethodPost, path, body, "Idempotency-Key", key)
	}
	count := func(want int) {
		t.Helper()
		all, err := h.store.Requests(t.Context(), consent.RequestQuery{Site: "skogen"})
		must(t, err)
		acts := 0
		for _, act := range g.trail() {
			if act.Action == "api.request.add" {
				acts++
			}
		}
		if len(all) != want || acts != want {
			t.Errorf("%d requests and %d acts are there, want %d", len(all), acts, want)
		}
	}
	ask(g, "one", `{"kind": "access", "channel": "pigeon"}`).faultsAt(t, "channel") // nothing came of it
	first := ask(g, "one", body)
	again := ask(g, `"one"`, body)
	if first.status != http.StatusCreated || again.status != first.status || again.body != first.body || again.header.Get("Location") != first.header.Get("Location") {
		t.Fatalf("got %d %s, and then %d %s", first.status, first.body, again.status, again.body)
	}
	count(1)
	ask(g, "one", `{"kind": "erasure", "channel": "letter"}`).problem(t, http.StatusUnprocessableEntity, "key_reused")
	g.call(http.MethodPost, api.Base+"/invitations", `{"email": "per@example.no", "role": "viewer"}`, "Idempotency-Key", "one").problem(t, http.StatusUnprocessableEntity, "key_reused")
	count(1)
	for _, wrong := range []string{strings.Repeat("x", 256), "a b", "ø"} {
		ask(g, wrong, body).problem(t, http.StatusBadRequest, "malformed")
	}
	if made := ask(other, "one", body); made.status != http.StatusCreated || made.body == first.body {
		t.Errorf("another API key's is taken for the same: %d", made.status)
	}
	g.call(http.MethodPost, path, body).shows(t, http.StatusCreated)
	count(3)
	h.wait(consent.RepeatLasts - time.Second)
	if late, is := ask(g, "one", body), read[aRequestJSON](t, first); late.status != first.status || read[aRequestJSON](t, late).ID != is.ID {
		t.Errorf("it is not known for a day: %d %s", late.status, late.body)
	}
	count(3)
	h.wait(time.Second)
	ask(g, "one", body).shows(t, http.StatusCreated)
	count(4)
}

// Of those who ask at once, one makes something.
func TestAPIAskedAtOnce(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			got := g.call(http.MethodPost, apiSite+"/requests", `{"kind": "access", "channel": "letter"}`, "Idempotency-Key", "one")
			if got.status != http.StatusCreated && got.status != http.StatusConflict {
				t.Errorf("got %d", got.status)
			}
		})
	}
	all.Wait()
	if found, err := h.store.Requests(t.Context(), consent.RequestQuery{Site: "skogen"}); err != nil || len(found) != 1 {
		t.Errorf("%d requests are there, want one: %v", len(found), err)
	}
}

// A link is answered once. What broke off is not done again.
func TestAPIAnswersThatAreNotKept(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	ask := func(path, key, body string) answer {
		t.Helper()
		return g.call(http.MethodPost, path, body, "Idempotency-Key", key)
	}
	const invitations, per = api.Base + "/invitations", `{"email": "per@example.no", "role": "viewer"}`
	made := read[api.Invited](t, ask(invitations, "one", per))
	again := ask(invitations, "one", per)
	if again.problem(t, http.StatusConflict, "answered_before"); strings.Contains(again.body, *made.Link) {
		t.Error("the link is told twice")
	}
	h.stranger().get(strings.TrimPrefix(*made.Link, h.url)).shows(t, http.StatusOK)
	h.breaks = errors.New("the disk is full")
	ask(apiSite+"/requests", "two", `{"kind": "access", "channel": "letter"}`).problem(t, http.StatusInternalServerError, "internal")
	h.breaks = nil
	ask(apiSite+"/requests", "two", `{"kind": "access", "channel": "letter"}`).problem(t, http.StatusConflict, "answered_before")
}

// What a person's request leads to is told from the register alone: who asks again after
// their decisions are erased does not learn which belonged together.
func TestAPIAskedAgainAfterErasure(t *testing.T) {
	h := open(t)
	h.wait(2 * time.Hour)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	own := token(1)
	h.decideAs(t, "skogen", 0, own)
	h.decideAs(t, "skogen", 1, own)
	newest := h.decideAs(t, "skogen", 2, own)
	ask := func() answer {
		t.Helper()
		got := g.call(http.MethodPost, apiSite+"/requests", `{"kind": "erasure", "channel": "letter", "receipt": "`+newest.ID.String()+`"}`, "Idempotency-Key", "one")
		got.shows(t, http.StatusCreated)
		return got
	}
	first := ask()
	if others := read[aRequestJSON](t, first).Others; len(others) != 2 {
		t.Fatalf("the request leads to %q", others)
	}
	if again := ask(); again.body != first.body {
		t.Errorf("got %s, and then %s", first.body, again.body)
	}
	g.call(http.MethodPost, apiSite+"/decisions/"+newest.ID.String()+"/erase", `{"ground": "withdrawn", "reason": "Sak 2026/1", "all": true}`).shows(t, http.StatusOK)
	again := read[aRequestJSON](t, ask())
	if again.ID != read[aRequestJSON](t, first).ID || len(again.Others) != 0 {
		t.Errorf("it still tells which decisions were of one person: %+v", again)
	}
	if !slices.ContainsFunc(h.acts, func(act consent.Act) bool {
		return act.Action == "api.request.read" && strings.HasSuffix(act.Object, again.ID)
	}) {
		t.Errorf("nobody is told that it was read again: %+v", h.acts)
	}
}
