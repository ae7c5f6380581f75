package main_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A key is made here for everything that a key can be made for, and the trail says whose
// it is.
func TestKeysOfEveryScopeOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--operator", "--role", "gjerdrum=administrator", "--data", i.data)
	all := []string{"key", "add", "gjerdrum", "Archive", "--maker", "kari@example.no", "--json", "--data", i.data}
	var words []string
	for _, scope := range consent.Scopes {
		all, words = append(all, "-s", string(scope)), append(words, string(scope))
	}
	var made struct{ ID string }
	read(t, must(t, all...), &made)
	if list := must(t, "key", "list", "gjerdrum", "--data", i.data); !strings.Contains(list, strings.Join(words, ", ")) {
		t.Errorf("the key is for %s", list)
	}
	if got, want := i.told(t, "gjerdrum", "key."), []string{"key.make person=1 " + made.ID + " Archive"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// A key is made once for who may use it, listed without its secret, and ended.
func TestKeysOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--data", i.data)
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	must(t, "account", "add", "per@example.no", "--operator", "--role", "gjerdrum=publisher", "--data", i.data)
	add := func(args ...string) outcome {
		return invoke(t, append([]string{"key", "add", "gjerdrum", "--data", i.data}, args...)...)
	}
	for _, refused := range [][]string{
		{"Archive", "--maker", "ola@example.no", "-s", "erase"},
		{"Archive", "--maker", "ola@example.no", "-s", "read", "-s", "log"},
		{"Archive", "--maker", "kari@example.no", "-s", "read", "-s", "installation"},
		{"Archive", "--maker", "per@example.no", "-s", "installation"},
		{"Archive", "--maker", "nobody@example.no", "-s", "read"},
		{"Archive", "--maker", "kari@example.no", "-s", "everything"},
		{"Archive", "--maker", "kari@example.no", "-s", "read", "--days", "31"},
		{"Archive", "--maker", "kari@example.no"},
		{" ", "--maker", "kari@example.no", "-s", "read"},
		{strings.Repeat("ø", 101), "--maker", "kari@example.no", "-s", "read"},
		{"Programmet", "--maker", "kari@example.no", "-s", "read"},
		{"Kari (pub@a.no)", "--maker", "kari@example.no", "-s", "read"},
		{"key=6d181ffbcdc5", "--maker", "kari@example.no", "-s", "read"},
		{"6d181ffbcdc5", "--maker", "kari@example.no", "-s", "read"},
	} {
		if done := add(refused...); done.code == 0 || strings.Contains(done.out, "smt_") {
			t.Errorf("%q: exit code %d, %s", refused, done.code, done.out)
		}
	}
	if done := add("pub@a.no", "--maker", "kari@example.no", "-s", "read"); done.code != 1 || !strings.Contains(done.err, "Write which program the key is for.") {
		t.Errorf("exit code %d, %s", done.code, done.err)
	}
	for maker, why := range map[string]string{"kari@example.no": "kari@example.no is not an operator, which the scope installation asks for.", "per@example.no": "per@example.no may not do what the scope installation allows in gjerdrum."} {
		if done := add("Archive", "--maker", maker, "-s", "installation"); done.code != 1 || !strings.Contains(done.err, why) {
			t.Errorf("exit code %d, %s", done.code, done.err)
		}
	}
	if out := must(t, "key", "list", "gjerdrum", "--data", i.data); out != "No keys.\n" {
		t.Errorf("got %q", out)
	}
	var made struct{ ID, Secret string }
	done := add("Archive", "--maker", "kari@example.no", "-s", "requests", "-s", "log", "-s", "log", "--json")
	if err := json.Unmarshal([]byte(done.out), &made); err != nil || !strings.HasPrefix(made.Secret, "smt_"+made.ID+"_") || len(made.Secret) < 60 {
		t.Fatalf("got %+v (%v)\n%s", made, err, done.err)
	}
	list := must(t, "key", "list", "gjerdrum", "--data", i.data)
	for _, wanted := range []string{made.ID, "Archive", "log, requests", "kari@example.no"} {
		if !strings.Contains(list, wanted) {
			t.Errorf("the list lacks %q:\n%s", wanted, list)
		}
	}
	lines := must(t, "key", "list", "gjerdrum", "--json", "--data", i.data)
	if strings.Contains(list+lines, made.Secret) || !strings.Contains(lines, `"used":null`) {
		t.Errorf("got %s", lines)
	}
	if done := invoke(t, "key", "revoke", "havet", made.ID, "--data", i.data); done.code == 0 {
		t.Error("another organisation ends the key")
	}
	must(t, "key", "revoke", "gjerdrum", made.ID, "--data", i.data)
	if done := invoke(t, "key", "revoke", "gjerdrum", made.ID, "--data", i.data); done.code == 0 {
		t.Error("a key ends twice")
	}
}
