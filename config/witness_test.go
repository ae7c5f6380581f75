package config

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// TestWitnessSettingsThatCannotBe: each is named at its place, with the repair.
func TestWitnessSettingsThatCannotBe(t *testing.T) {
	key := func(name string, kind, first byte) string {
		return consent.NewVerifierKey(name, kind, [32]byte{first}).String()
	}
	ledger, witness, other := key("b.no/consent", consent.KeyEd25519, 1), key("b.no/witness", consent.KeyCosignature, 2), key("c.no/witness", consent.KeyCosignature, 3)
	const url = "public: {url: https://a.no}"
	ask := func(lines ...string) string { return "witness:\n  ask:\n    - " + strings.Join(lines, "\n    - ") }
	for name, c := range map[string]struct {
		lines []string
		path  string // of the problem; empty for none
		says  string
	}{
		"both":                   {[]string{url, ask("https://b.no/witness "+witness, "https://c.no/w/ "+other), "  required: 2", "  watch: [" + ledger + "]"}, "", ""},
		"on this machine":        {[]string{url, ask("http://127.0.0.1:8080/witness "+witness, "http://localhost/w "+other)}, "", ""},
		"in the open":            {[]string{url, ask("http://b.no/witness " + witness)}, "witness.ask", "does not begin with https"},
		"with a password":        {[]string{url, ask("https://me:secret@b.no/witness " + witness)}, "witness.ask", "nothing else"},
		"with a query":           {[]string{url, ask(`"https://b.no/witness?x ` + witness + `"`)}, "witness.ask", "nothing else"},
		"no address":             {[]string{url, ask(witness)}, "witness.ask", "no verifier key"},
		"no key":                 {[]string{url, ask("https://b.no/witness")}, "witness.ask", "no verifier key"},
		"the ledger's key":       {[]string{url, ask("https://b.no/witness " + ledger)}, "witness.ask", "that of a ledger"},
		"the witness's key":      {[]string{url, "witness: {watch: [" + witness + "]}"}, "witness.watch", "that of a witness"},
		"a cut key":              {[]string{url, "witness: {watch: [" + ledger[:len(ledger)-4] + "]}"}, "witness.watch", "verifier key"},
		"a secret key":           {[]string{url, "witness: {watch: [PRIVATE+KEY+" + ledger + "]}"}, "witness.watch", "secret half"},
		"one twice":              {[]string{url, ask("https://b.no/w "+witness, "https://c.no/w "+witness)}, "witness.ask", "twice"},
		"one under two names":    {[]string{url, ask("https://b.no/w "+witness, "https://c.no/w "+key("c.no/witness", consent.KeyCosignature, 2))}, "witness.ask", "twice"},
		"more than there are":    {[]string{url, ask("https://b.no/w " + witness), "  required: 2"}, "witness.ask", "2 cosignatures of 1"},
		"required of nobody":     {[]string{url, "witness: {required: 1}"}, "witness.required", "of nobody"},
		"without an own address": {[]string{"witness: {watch: [" + ledger + "]}"}, "public.url", "by its address"},
		"without a time between": {[]string{"witness: {every: 0}"}, "witness.every", "too small"},
	} {
		_, err := Load(file(t, c.lines...), nil, nil)
		if c.path == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		problems := problemsOf(t, err)
		if len(problems) != 1 || problems[0].Path != c.path || !strings.Contains(problems[0].Message, c.says) {
			t.Errorf("%s: %v", name, problems)
		}
		if strings.Contains(problems.Error(), "secret@") {
			t.Errorf("%s: the password is shown: %v", name, problems)
		}
	}
}
