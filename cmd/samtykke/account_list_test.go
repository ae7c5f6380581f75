package main_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// The list says how each person logs in who has no password.
func TestAccountListStates(t *testing.T) {
	i := newInstallation(t)
	for _, email := range []string{"linked@example.no", "nobody@example.no"} {
		must(t, "account", "add", email, "--data", i.data)
	}
	store := i.open(t)
	linked, err := store.AccountOf(t.Context(), "linked@example.no")
	if err == nil {
		err = store.SetIdentity(t.Context(), &consent.Identity{Issuer: "https://login.example", Subject: "l", Account: linked.ID, Added: linked.Created})
	}
	if err == nil {
		err = store.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for line := range strings.Lines(must(t, "account", "list", "--data", i.data)) {
		email, _, _ := strings.Cut(line, " ")
		states[email] = line
	}
	for email, want := range map[string]string{"linked@example.no": "linked to the provider, no password", "nobody@example.no": "no way to log in yet"} {
		if !strings.HasSuffix(strings.TrimSpace(states[email]), want) {
			t.Errorf("%s is %q, want %q", email, states[email], want)
		}
	}
}

// Where nobody has an account, the list names the command that makes the first one, which
// is then administrator of what is there.
func TestAccountListNamesHowToBegin(t *testing.T) {
	i := newInstallation(t)
	if said, want := must(t, "account", "list", "--data", i.data), "No accounts. Make the first one with: samtykke init EMAIL --data "+i.data+"\n"; said != want {
		t.Errorf("got %q, want %q", said, want)
	}
	must(t, "init", "kari@example.no", "--data", i.data)
	if said := must(t, "account", "list", "--data", i.data); !strings.Contains(said, "operator gjerdrum=administrator") {
		t.Errorf("got %s", said)
	}
}
