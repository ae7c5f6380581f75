package main_test

import (
	"encoding/csv"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// account gives one by its address.
func (i installation) account(t *testing.T, email string) *consent.Account {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	account, err := store.AccountOf(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// What is named of an account becomes another, and its organisations are told of a new
// address.
func TestAccountsAreChangedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--operator", "--data", i.data)
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	change := func(email string, flags ...string) []string {
		return append([]string{"account", "change", email}, flags...)
	}
	i.refused(t, 2, "--operator", change("ola@example.no")...)
	i.refused(t, 2, "calls itself", change("ola@example.no", "--name", "Samtykke")...)
	i.refused(t, 2, "--name is empty", change("ola@example.no", "--name", " ")...)
	i.refused(t, 2, "nn", change("ola@example.no", "--language", "de")...)
	i.refused(t, 1, "There is an account kari@example.no already", change("ola@example.no", "--email", "Kari@example.no")...)
	i.refused(t, 1, "ola", change("ola@example.no", "--email", "ola")...)
	i.refused(t, 1, "no operator any more", change("kari@example.no", "--operator", "no")...)
	i.refused(t, 1, "account list", change("per@example.no", "--name", "Per")...)
	was := i.account(t, "ola@example.no")
	if said := must(t, append(change("ola@example.no", "--email", "Nordmann@example.no", "--name", "Ola Nordmann", "--language", "nn"), "--data", i.data)...); said != "nordmann@example.no is Ola Nordmann, in Nynorsk, and no operator.\n" {
		t.Errorf("got %s", said)
	}
	var said struct {
		Email    string
		Operator bool
	}
	read(t, must(t, append(change("nordmann@example.no", "--operator", "yes", "--name", "Ola Nordmann", "--json"), "--data", i.data)...), &said)
	if said.Email != "nordmann@example.no" || !said.Operator {
		t.Errorf("got %+v", said)
	}
	now := i.account(t, "nordmann@example.no")
	if now.ID != was.ID || now.Name != "Ola Nordmann" || now.Language != consent.Nynorsk || !now.Operator || now.Role("gjerdrum") != consent.RoleEditor {
		t.Errorf("got %+v", now)
	}
	if got, want := i.told(t, "", "account.change", "account.operator"), []string{"account.change 2", "account.change 2", "account.operator 2 yes"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
	if got, want := i.told(t, "gjerdrum", "account.change"), []string{"account.change 2", "account.change 2"}; !slices.Equal(got, want) {
		t.Errorf("the trail of the organisation has %q, want %q", got, want)
	}
}

// A logout ends every login, and a single act tells of it.
func TestAccountsAreLoggedOutOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	for _, email := range []string{"kari@example.no", "ola@example.no"} {
		must(t, "account", "add", email, "--data", i.data)
	}
	logins := func() (left int) {
		t.Helper()
		store := i.open(t)
		defer store.Close()
		for id := consent.AccountID(1); id <= 2; id++ {
			all, err := store.Logins(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			left = 10*left + len(all)
		}
		return left
	}
	store := i.open(t)
	for n, account := range []consent.AccountID{1, 1, 2} {
		now := time.Now()
		if err := store.AddLogin(t.Context(), &consent.Login{ID: consent.LoginID{byte(n + 1)}, Account: account, Created: now, Seen: now, Confirmed: now}); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if n := logins(); n != 21 {
		t.Fatalf("there are %d", n)
	}
	if said := must(t, "account", "logout", "kari@example.no", "--data", i.data); said != "kari@example.no: 2 logins ended.\n" {
		t.Errorf("got %s", said)
	}
	if n := logins(); n != 1 {
		t.Errorf("there are %d", n)
	}
	var done struct{ Ended int }
	read(t, must(t, "account", "logout", "ola@example.no", "--json", "--data", i.data), &done)
	if n := logins(); n != 0 || done.Ended != 1 {
		t.Errorf("there are %d, %d were ended", n, done.Ended)
	}
	i.refused(t, 1, "account list", "account", "logout", "per@example.no")
	if got, want := i.told(t, "", "account.logout"), []string{"account.logout 1", "account.logout 2"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// Somebody is invited by who may give the role, once, and not any more.
func TestInvitationsOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--data", i.data)
	must(t, "account", "add", "per@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	invite := func(email, role, by string) []string {
		return []string{"account", "invite", "gjerdrum", email, role, "--by", by}
	}
	i.refused(t, 2, "viewer", invite("ola@example.no", "king", "kari@example.no")...)
	i.refused(t, 1, "may not invite people in gjerdrum", invite("ola@example.no", "editor", "per@example.no")...)
	i.refused(t, 1, "per@example.no has access already", invite("per@example.no", "viewer", "kari@example.no")...)
	i.refused(t, 1, "Nobody is invited to gjerdrum.", "account", "uninvite", "gjerdrum", "ola@example.no")
	var made struct{ Email, Role, Link string }
	read(t, must(t, append(invite("Ola@example.no", "editor", "kari@example.no"), "--json", "--data", i.data)...), &made)
	if made.Email != "ola@example.no" || made.Role != "editor" || !strings.Contains(made.Link, "/invitation/") {
		t.Errorf("got %+v", made)
	}
	store := i.open(t)
	all, err := store.Invitations(t.Context(), "gjerdrum", time.Now())
	if err != nil || len(all) != 1 || all[0].Email != "ola@example.no" || all[0].Maker != 1 {
		t.Errorf("%v: invited are %+v", err, all)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	i.refused(t, 1, "Invited are: ola@example.no.", "account", "uninvite", "gjerdrum", "eva@example.no")
	var back struct {
		Taken int `json:"taken_back"`
	}
	read(t, must(t, "account", "uninvite", "gjerdrum", "ola@example.no", "--json", "--data", i.data), &back)
	if back.Taken != 1 {
		t.Errorf("%d were taken back", back.Taken)
	}
	i.refused(t, 1, "Nobody is invited", "account", "uninvite", "gjerdrum", "ola@example.no")
	if got, want := i.told(t, "gjerdrum", "member"), []string{"member.invite person=1 editor " + consent.ToldInvitation(all[0].ID), "member.uninvite " + hex.EncodeToString(all[0].ID[:8])}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// The rule of two begins where two may publish, and the machine ends it at once.
func TestTwoPeopleOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	change := []string{"organisation", "change", "gjerdrum", "--two-people"}
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=publisher", "--data", i.data)
	i.refused(t, 1, "Only one person may publish", append(change, "yes")...)
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=publisher", "--data", i.data)
	for range 2 {
		must(t, append(change, "yes", "--data", i.data)...)
	}
	if plan := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(plan, "nobody publishes alone") {
		t.Errorf("got %s", plan)
	}
	must(t, append(change, "no", "--data", i.data)...)
	if list := must(t, "organisation", "list", "--json", "--data", i.data); !strings.Contains(list, `"two_people":false`) {
		t.Errorf("got %s", list)
	}
	if got, want := i.told(t, "gjerdrum", "organisation"), []string{"organisation.two.begin", "organisation.two.end"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// A trail is taken out as the page has it, and that it was taken out stands in it.
func TestTrailIsTakenOutOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--name", "=Kari", "--role", "gjerdrum=administrator", "--data", i.data)
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	must(t, "account", "role", "ola@example.no", "gjerdrum", "viewer", "--data", i.data)
	i.refused(t, 2, "--from is no day", "trail", "export", "gjerdrum", "--from", "yesterday")
	i.refused(t, 2, "must not lie after", "trail", "export", "gjerdrum", "--from", "2026-11-02", "--to", "2026-11-01")
	i.refused(t, 1, "There are: gjerdrum.", "trail", "export", "havet")
	file := filepath.Join(t.TempDir(), "trail.csv")
	rows := func(args ...string) [][]string {
		t.Helper()
		must(t, append([]string{"trail", "export", "gjerdrum", "-o", file, "--data", i.data}, args...)...)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	all := rows()
	action, what := slices.Index(all[0], "action"), slices.Index(all[0], "what")
	if all[1][action] != "trail.export" || all[2][action] != "member.role" || all[2][what] != "Changed a role" || !strings.Contains(strings.Join(all[len(all)-1], " "), "account.add") && !strings.Contains(strings.Join(all[len(all)-1], " "), "site.import") {
		t.Errorf("got %q", all)
	}
	if of := rows("--act", "member.role", "--from", "2020-01-01"); len(of) != 2 || of[1][action] != "member.role" {
		t.Errorf("got %q", of)
	}
	if none := rows("--account", "ola@example.no"); len(none) != 1 {
		t.Errorf("got %q", none)
	}
	if got, want := i.told(t, "gjerdrum", "trail"), []string{"trail.export", "trail.export action=member.role from=2020-01-01", "trail.export person=2"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}
