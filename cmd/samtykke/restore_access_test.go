package main_test

import (
	"bytes"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// asProgram asks the API with a key, and gives the status.
func asProgram(t *testing.T, server *running, key string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.admin+"/api/v1/sites", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+key)
	response, err := localClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// What let somebody in when the backup was made may have been ended or used since: none
// of it works again after that was put back, which is said, and told in the trail.
func TestRestoreRevivesNoAccess(t *testing.T) {
	i := newInstallation(t)
	do := func(args ...string) string {
		t.Helper()
		return must(t, append(args, "--data", i.data)...)
	}
	do("account", "add", "kari@example.no", "--operator", "--role", "gjerdrum=administrator")
	do("account", "add", "ola@example.no", "--role", "gjerdrum=administrator")
	do("account", "add", "per@example.no", "--role", "gjerdrum=viewer")
	do("account", "invite", "gjerdrum", "ny@example.no", "administrator", "--by", "kari@example.no")
	var doomed, kept struct{ ID, Secret string }
	read(t, do("key", "add", "gjerdrum", "Doomed", "--maker", "kari@example.no", "-s", "read", "--json"), &doomed)
	read(t, do("key", "add", "gjerdrum", "Kept", "--maker", "kari@example.no", "-s", "read", "--json"), &kept)
	kari, now := i.account(t, "kari@example.no"), time.Now()
	login, link, code := consent.LoginID{1}, consent.LinkID{2}, consent.CodeID{3}
	store := i.open(t)
	for _, err := range []error{
		store.AddLogin(t.Context(), &consent.Login{ID: login, Account: kari.ID, Created: now, Seen: now, Confirmed: now}),
		store.AddLink(t.Context(), &consent.Link{ID: link, Account: kari.ID, Expires: now.Add(time.Hour)}),
		store.SetCodes(t.Context(), kari.ID, []consent.CodeID{code}),
		store.SetApp(t.Context(), kari.ID, bytes.Repeat([]byte{4}, 60), 1),
		store.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	do("db", "backup", backup)
	server := i.start(t)
	if status := asProgram(t, server, doomed.Secret); status != http.StatusOK {
		t.Fatalf("before, the key gives %d", status)
	}
	server.stop(syscall.SIGTERM)
	later := i.saves(t)

	said := do("db", "restore", backup)
	for _, wanted := range []string{
		"1 login, 3 one-time links, 1 invitation, 2 API keys, 1 recovery code", "samtykke key add", "1 account more",
		"samtykke account list --data " + i.data, "account close", "account reset",
	} {
		if !strings.Contains(said, wanted) {
			t.Errorf("it does not say %q:\n%s", wanted, said)
		}
	}
	if operator, other := strings.Index(said, "kari@example.no"), strings.Index(said, "ola@example.no"); operator < 0 || other < operator || strings.Contains(said, "per@example.no") {
		t.Errorf("who may do most is not named first, and alone:\n%s", said)
	}

	i.lacks(t, kari.ID, login, link, code, now)
	store = i.open(t)
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Limit: 1})
	if err != nil || len(acts) != 1 || acts[0].Action != "db.restore" {
		t.Fatalf("the trail has %+v, %v", acts, err)
	}
	for _, told := range []consent.FieldChange{{Field: "keys", Was: "2", Is: "0"}, {Field: "links", Was: "3", Is: "0"}} {
		if !slices.Contains(acts[0].Changes, told) {
			t.Errorf("the trail does not tell %+v, but %+v", told, acts[0].Changes)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	draft := i.draft(t)
	i.saves(t) // by somebody else, and what this one has not seen
	store = i.open(t)
	if err := store.ReplaceDraft(t.Context(), draft, later, time.Now()); consent.KindOf(err) != consent.Conflict {
		t.Errorf("who has read a draft that is lost overwrites another: %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, lang := range web.AdminLanguages {
		words, _ := web.AdminWordsIn(lang)
		for _, field := range []string{"logins", "links", "invitations", "keys", "recovery_codes"} {
			if words["field_"+field] == "" {
				t.Errorf("%s: the trail has no words for %s", lang, field)
			}
		}
	}

	server = i.start(t)
	for _, key := range []string{doomed.Secret, kept.Secret} {
		if status := asProgram(t, server, key); status != http.StatusUnauthorized {
			t.Errorf("after, a key gives %d", status)
		}
	}
	var anew struct{ Secret string }
	read(t, do("key", "add", "gjerdrum", "Anew", "--maker", "kari@example.no", "-s", "read", "--json"), &anew)
	if status := asProgram(t, server, anew.Secret); status != http.StatusOK {
		t.Errorf("a new key gives %d", status)
	}
}

// saves saves the draft once more, and gives its revision from then on.
func (i installation) saves(t *testing.T) consent.DraftRevision {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	draft, revision, err := store.DraftAt(t.Context(), "gjerdrum")
	if err == nil {
		err = store.ReplaceDraft(t.Context(), draft, revision, time.Now())
	}
	if err == nil {
		_, revision, err = store.DraftAt(t.Context(), "gjerdrum")
	}
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

// lacks says what of an account lets somebody in who must not get in by it.
func (i installation) lacks(t *testing.T, account consent.AccountID, login consent.LoginID, link consent.LinkID, code consent.CodeID, now time.Time) {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	_, ofLogin := store.Login(t.Context(), login)
	_, ofLink := store.Link(t.Context(), link, now)
	for what, err := range map[string]error{"login": ofLogin, "one-time link": ofLink, "recovery code": store.UseCode(t.Context(), account, code)} {
		if consent.KindOf(err) != consent.NotFound {
			t.Errorf("the %s works again: %v", what, err)
		}
	}
	if err := store.UseApp(t.Context(), account, now.Unix()/30); consent.CodeOf(err) != "used_code" {
		t.Errorf("a code of the app that may have been used works again: %v", err)
	}
	if left, err := store.Invitations(t.Context(), "gjerdrum", now); err != nil || len(left) > 0 {
		t.Errorf("the invitation works again: %+v, %v", left, err)
	}
}
