package main_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// told gives what a trail has of the actions that begin so, oldest first, with who
// did it if somebody did.
func (i installation) told(t *testing.T, organisation consent.OrganisationID, actions ...string) []string {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: organisation, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(acts)
	said := []string{}
	for _, act := range acts {
		begins := func(action string) bool { return strings.HasPrefix(act.Action, action) }
		if act.Account != 0 || act.Time.IsZero() {
			t.Errorf("%+v", act)
		}
		if slices.ContainsFunc(actions, begins) {
			said = append(said, strings.TrimSpace(act.Action+" "+act.Object))
		}
	}
	return said
}

// refused runs a command that must fail, and say why.
func (i installation) refused(t *testing.T, code int, says string, args ...string) {
	t.Helper()
	done := invoke(t, append(args, "--data", i.data)...)
	if done.code != code || !strings.Contains(done.err, says) {
		t.Errorf("samtykke %s: exit code %d, want %d and %q:\n%s%s", strings.Join(args, " "), done.code, code, says, done.out, done.err)
	}
}

// An organisation is made once, and a second one of the same number when it is meant.
func TestOrganisationsOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	do := func(args ...string) string {
		t.Helper()
		return must(t, append(args, "--data", i.data)...)
	}
	do("account", "add", "kari@example.no")
	add := []string{"organisation", "add", "Nord-Fron kommune", "--number", "974 760 673"}
	i.refused(t, 1, "organisation number", "organisation", "add", "Nord-Fron kommune", "--number", "974760674")
	i.refused(t, 1, "name", "organisation", "add", " ", "--id", "x", "--number", "974760673")
	i.refused(t, 1, "account list", append(add, "--administrator", "ola@example.no")...)
	i.refused(t, 1, "short name", append(add, "--id", "new")...)
	i.refused(t, 1, "Choose another short name", append(add, "--id", "gjerdrum")...)
	if got := do("organisation", "list", "--json"); strings.Count(got, "\n") != 1 {
		t.Fatalf("what was refused made an organisation: %s", got)
	}
	said := do(append(add, "--administrator", "kari@example.no")...)
	if !strings.Contains(said, "nord-fron-kommune") || strings.Contains(said, "Nobody administers") {
		t.Errorf("got %s", said)
	}
	i.refused(t, 1, "Nord-Fron kommune (nord-fron-kommune). Add --same-number", append(add, "--id", "library")...)
	var made struct{ Organisation string }
	read(t, do(append(add, "--same-number", "--json")...), &made)
	if made.Organisation != "nord-fron-kommune-2" {
		t.Errorf("the second one is %q", made.Organisation)
	}
	list := do("organisation", "list")
	for _, wanted := range []string{"gjerdrum ", "nord-fron-kommune-2", "974760673", "SECOND FACTOR"} {
		if !strings.Contains(list, wanted) {
			t.Errorf("the list lacks %q:\n%s", wanted, list)
		}
	}
	if got, want := i.told(t, "", "organisation"), []string{"organisation.add Gjerdrum kommune", "organisation.add Nord-Fron kommune", "organisation.add Nord-Fron kommune"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
	if got, want := i.told(t, "nord-fron-kommune", "member"), []string{"member.role 1 administrator"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// What is changed is changed in the drafts, too, and what is not named stays.
func TestOrganisationsAreChangedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	change := []string{"organisation", "change", "gjerdrum"}
	i.refused(t, 2, "--second-factor", change...)
	i.refused(t, 2, `"perhaps" is neither yes nor no; write --second-factor yes or --second-factor no`, append(change, "--second-factor", "perhaps")...)
	i.refused(t, 2, `"maybe" is neither yes nor no; write --two-people yes or --two-people no`, append(change, "--two-people", "maybe")...)
	i.refused(t, 1, "organisation number", append(change, "--number", "1")...)
	i.refused(t, 1, "name", append(change, "--name", "")...)
	i.refused(t, 1, "There are: gjerdrum.", "organisation", "change", "havet", "--name", "Havet")
	must(t, append(change, "--name", "Nye Gjerdrum", "--second-factor", "yes", "--data", i.data)...)
	must(t, append(change, "--name", "Nye Gjerdrum", "--second-factor", "yes", "--data", i.data)...)
	var now struct {
		Name         string
		Number       string
		Sites        int
		SecondFactor bool `json:"second_factor"`
	}
	read(t, must(t, "organisation", "list", "--json", "--data", i.data), &now)
	if now.Name != "Nye Gjerdrum" || now.Number != "864949762" || now.Sites != 1 || !now.SecondFactor {
		t.Errorf("got %+v", now)
	}
	if site := must(t, "site", "export", "gjerdrum", "--data", i.data); !strings.Contains(site, "name: Nye Gjerdrum") {
		t.Errorf("the draft has not taken the name along:\n%.300s", site)
	}
	must(t, append(change, "--second-factor", "no", "--data", i.data)...)
	if got, want := i.told(t, "gjerdrum", "organisation"), []string{"organisation.change", "organisation.factor yes", "organisation.factor no"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// A role is given, changed and taken away, and an organisation keeps an administrator.
func TestRolesOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--data", i.data)
	must(t, "account", "add", "ola@example.no", "--data", i.data)
	role := func(email, role string) string {
		t.Helper()
		return must(t, "account", "role", email, "gjerdrum", role, "--data", i.data)
	}
	i.refused(t, 2, "editor", "account", "role", "ola@example.no", "gjerdrum", "king")
	i.refused(t, 1, "account list", "account", "role", "nils@example.no", "gjerdrum", "editor")
	i.refused(t, 1, "There are: gjerdrum.", "account", "role", "ola@example.no", "havet", "editor")
	i.refused(t, 1, "account role EMAIL gjerdrum administrator", "account", "role", "kari@example.no", "gjerdrum", "none")
	i.refused(t, 1, "account role EMAIL gjerdrum administrator", "account", "role", "kari@example.no", "gjerdrum", "editor")
	if said := role("ola@example.no", "none"); !strings.Contains(said, "has no role") {
		t.Errorf("got %s", said)
	}
	for _, each := range []string{"editor", "administrator", "administrator"} {
		if said := role("ola@example.no", each); said != "ola@example.no is "+each+" in gjerdrum.\n" {
			t.Errorf("got %s", said)
		}
	}
	role("kari@example.no", "none")
	if list := must(t, "account", "list", "--data", i.data); strings.Count(list, "gjerdrum=") != 1 || !strings.Contains(list, "gjerdrum=administrator") {
		t.Errorf("got %s", list)
	}
	if got, want := i.told(t, "gjerdrum", "member"), []string{"member.role 2 editor", "member.role 2 administrator", "member.remove 1"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
	i.refused(t, 1, "There is no organisation \"havet\". There are: gjerdrum.", "account", "add", "per@example.no", "--role", "havet=editor")
}
