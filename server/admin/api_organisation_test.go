package admin_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// last gives the newest act of Skogen that a key did.
func (g *program) last() consent.ActEntry {
	g.t.Helper()
	acts := g.trail()
	if len(acts) == 0 {
		g.t.Fatal("the trail says nothing")
	}
	return acts[0]
}

// wantLast fails unless the newest act is the one that is told.
func (g *program) wantLast(action, object string) {
	g.t.Helper()
	act := g.last()
	if act.Action != action || act.Object != strings.TrimSpace("key="+string(g.key.ID)+" "+object) || act.Account != g.key.Maker || act.Organisation != skogen {
		g.t.Errorf("the trail says %+v, want %s %s", act, action, object)
	}
}

// People are invited, get other roles and lose them by the rules of the pages.
func TestAPIPeople(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.Scopes...)
	const people, invitations = api.Base + "/people", api.Base + "/invitations"
	h.member("sea@example.no", consent.RoleAdministrator, havet)
	if list := read[api.People](t, g.get(people)); len(list.People) != 1 || list.People[0].Email != boss.email || list.People[0].Role != consent.RoleAdministrator || len(list.Invitations) != 0 {
		t.Fatalf("got %+v", list)
	}
	for _, each := range []struct{ email, role, lang, field string }{
		{"per", "viewer", "nb", "email"}, {"per@example.no", "king", "nb", "role"}, {"per@example.no", "viewer", "se", "language"}, {boss.email, "viewer", "nb", "email"},
	} {
		g.post(invitations, map[string]any{"email": each.email, "role": each.role, "language": each.lang}).faultsAt(t, each.field)
	}
	if len(g.trail()) != 0 {
		t.Error("what was refused stands in the trail as done")
	}
	got := g.post(invitations, map[string]any{"email": " Per@Example.no", "role": "editor"})
	made := read[api.Invited](t, got)
	if got.status != http.StatusCreated || made.Link == nil || !strings.HasPrefix(*made.Link, h.url+"/invitation/") || made.Invitation.Email != "per@example.no" {
		t.Fatalf("got %d, %+v", got.status, made)
	}
	g.wantLast("api.member.invite", "editor invitation="+made.Invitation.ID)
	if list := g.get(people); !strings.Contains(list.body, made.Invitation.ID) || strings.Contains(list.body, strings.TrimPrefix(*made.Link, h.url)) {
		t.Errorf("the invitation is missing, or its link is told again: %s", list.body)
	}
	h.stranger().get(strings.TrimPrefix(*made.Link, h.url)).shows(t, http.StatusOK, "per@example.no")
	g.call(http.MethodDelete, invitations+"/"+made.Invitation.ID, "").shows(t, http.StatusOK)
	g.wantLast("api.member.uninvite", made.Invitation.ID)
	h.stranger().get(strings.TrimPrefix(*made.Link, h.url)).shows(t, http.StatusNotFound)
	g.call(http.MethodDelete, invitations+"/"+made.Invitation.ID, "").problem(t, http.StatusNotFound, "unknown_address")

	own := people + "/" + strconv.FormatInt(int64(boss.id), 10)
	for _, each := range []answer{g.call(http.MethodPut, own+"/role", `{"role": "viewer"}`), g.call(http.MethodDelete, own, "")} {
		each.problem(t, http.StatusConflict, "last_administrator")
	}
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	id := strconv.FormatInt(int64(kari.id), 10)
	g.call(http.MethodPut, people+"/"+id+"/role", `{"role": ""}`).faultsAt(t, "role")
	if now := read[api.Person](t, g.call(http.MethodPut, people+"/"+id+"/role", `{"role": "publisher"}`)); now.Role != consent.RolePublisher {
		t.Errorf("got %+v", now)
	}
	g.wantLast("api.member.role", id+" publisher")
	boss.get("/organisations/skogen/trail").shows(t, http.StatusOK, "Endret en rolle med en API-nøkkel", "Kari Nordmann (kari@example.no): Utgiver")
	if list := read[api.People](t, g.call(http.MethodDelete, people+"/"+id, "")); len(list.People) != 1 {
		t.Errorf("got %+v", list)
	}
	g.wantLast("api.member.remove", id)
	g.get(people+"/"+id).problem(t, http.StatusNotFound, "unknown_address")
}

// Keys are listed without what opens anything, ended, and made by none.
func TestAPIKeysByKey(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g, other := boss.program(t, consent.Scopes...), boss.program(t, consent.ScopeRead)
	const keys = api.Base + "/keys"
	list := g.get(keys)
	if all := read[api.Keys](t, list); len(all.Keys) != 2 || strings.Contains(list.body, other.key.Hash.String()) || strings.Contains(list.body, other.secret) {
		t.Errorf("got %s", list.body)
	}
	g.post(keys, map[string]any{"name": "x"}).problem(t, http.StatusMethodNotAllowed, "wrong_method")
	if all := read[api.Keys](t, g.call(http.MethodDelete, keys+"/"+string(other.key.ID), "")); len(all.Keys) != 1 {
		t.Errorf("got %+v", all)
	}
	g.wantLast("api.key.revoke", string(other.key.ID)+" Program")
	other.get(apiSite).problem(t, http.StatusUnauthorized, "unknown_key")
	read[api.Keys](t, g.call(http.MethodDelete, keys+"/"+string(g.key.ID), ""))
	g.get(keys).problem(t, http.StatusUnauthorized, "unknown_key")
}

// The settings are changed by whoever has seen them as they are, and left out is nothing.
func TestAPIOrganisation(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.Scopes...)
	const path, factor, two = api.Base + "/organisation", api.Base + "/organisation/second-factor", api.Base + "/organisation/two-people"
	first := g.get(path)
	tag := first.header.Get("ETag")
	put := func(body, match string) answer {
		t.Helper()
		return g.call(http.MethodPut, path, body, "If-Match", match)
	}
	g.call(http.MethodPut, path, `{"name": "Ny", "number": "964950768"}`).problem(t, http.StatusPreconditionRequired, "match_needed")
	put(`{"name": "Ny"}`, tag).faultsAt(t, "number")
	put(`{"name": null, "number": "964950768"}`, tag).faultsAt(t, "name")
	put(`{"name": "", "number": "964950768"}`, tag).faultsAt(t, "name")
	put(`{"name": "Ny", "number": "123"}`, tag).faultsAt(t, "number")
	changed := put(`{"name": "Ny kommune", "number": "964950768"}`, tag)
	if now := read[api.Organisation](t, changed); now.Name != "Ny kommune" || now.ID != skogen || h.draft().Organisation.Name != "Ny kommune" || changed.header.Get("ETag") != g.get(path).header.Get("ETag") {
		t.Errorf("got %+v, and in the draft %+v", now, h.draft().Organisation)
	}
	g.wantLast("api.organisation.change", "")
	put(`{"name": "En annen", "number": "964950768"}`, tag).problem(t, http.StatusPreconditionFailed, "changed")

	for _, rule := range []string{factor, two} {
		g.call(http.MethodPut, rule, `{}`).faultsAt(t, "needed")
	}
	g.call(http.MethodPut, factor, `{"needed": true}`).problem(t, http.StatusConflict, "own_factor_first")
	g.call(http.MethodPut, two, `{"needed": true}`).problem(t, http.StatusConflict, "two_publishers_first")
	must(t, h.store.SetApp(t.Context(), boss.id, make([]byte, 60), 1))
	h.member("kari@example.no", consent.RolePublisher, skogen)
	read[api.Organisation](t, g.call(http.MethodPut, factor, `{"needed": true}`))
	g.wantLast("api.organisation.factor", "yes")
	if now := read[api.Organisation](t, g.call(http.MethodPut, two, `{"needed": true}`)); !now.SecondFactor || !now.TwoPeople {
		t.Errorf("got %+v", now)
	}
	g.wantLast("api.organisation.two", "yes")
	g.call(http.MethodPut, two, `{"needed": false}`).problem(t, http.StatusForbidden, "two_people_key")
	if now := read[api.Organisation](t, g.get(path)); !now.TwoPeople || now.TwoEnding {
		t.Errorf("got %+v: a key has proposed to end the rule of two", now)
	}
	g.wantLast("api.organisation.two", "yes")
}

// Who is told is changed as a whole, and tried now and then.
func TestAPIRecipients(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	const path = api.Base + "/recipients"
	put := func(body string) answer {
		t.Helper()
		return g.call(http.MethodPut, path, body, "If-Match", g.get(path).header.Get("ETag"))
	}
	g.call(http.MethodPost, path+"/test", "").problem(t, http.StatusConflict, "nobody_to_tell")
	g.call(http.MethodPut, path, `{"language": "nb", "addresses": []}`, "If-Match", `"0"`).problem(t, http.StatusPreconditionFailed, "changed")
	put(`{"language": "se", "addresses": []}`).faultsAt(t, "language")
	put(`{"language": "nb"}`).faultsAt(t, "addresses")
	put(`{"language": "nb", "addresses": ["it@skogen.example", "skogen"]}`).faultsAt(t, "addresses.1")
	put(`{"language": "nb", "addresses": ["`+strings.Join(slices.Repeat([]string{"x"}, 21), `@y.example", "`)+`"]}`).faultsAt(t, "addresses.20")
	now := read[api.Recipients](t, put(`{"language": "nn", "addresses": ["it@skogen.example", "IT@skogen.example", "post@skogen.example"]}`))
	if now.Language != "nn" || !slices.Equal(now.Addresses, []string{"it@skogen.example", "post@skogen.example"}) {
		t.Errorf("got %+v", now)
	}
	g.wantLast("api.organisation.recipients", "2 nn")
	if tried := read[api.Tried](t, g.call(http.MethodPost, path+"/test", "")); len(tried.Addresses) != 2 || !tried.Addresses[0].Sent {
		t.Errorf("got %+v", tried)
	}
	g.wantLast("api.organisation.recipients.try", "2 nn")
	g.call(http.MethodPost, path+"/test", "").problem(t, http.StatusConflict, "too_soon")
}
