package config

import (
	"os"
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

// TestWitnessSettingsOfTheManualLoad takes the example out of "help ledger", puts
// real keys into it, and loads it.
func TestWitnessSettingsOfTheManualLoad(t *testing.T) {
	manual, err := os.ReadFile("../cmd/samtykke/help/ledger.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(manual), "\n     public:\n")
	example, _, ended := strings.Cut("     public:\n"+rest, "\n\n")
	if !found || !ended {
		t.Fatal("the manual has no example")
	}
	var fill []string
	for i, host := range []string{"b", "c"} {
		for kind, name := range map[byte]string{consent.KeyEd25519: "consent", consent.KeyCosignature: "witness"} {
			name, place := "samtykke."+host+".example.no/"+name, strings.ToUpper(host)+map[string]string{"consent": "-LEDGER-KEY", "witness": "-WITNESS-KEY"}[name]
			key := consent.NewVerifierKey(name, kind, [32]byte{byte(i), kind}).String()
			fill = append(fill, name+"+"+place, key)
		}
	}
	filled := strings.NewReplacer(fill...).Replace(strings.ReplaceAll("\n"+example, "\n     ", "\n"))
	settings, err := Load(file(t, filled), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	peers, quorum, err := settings.Witness.Peers()
	if err != nil || len(peers) != 2 || quorum.Required != 1 || len(settings.Witness.Watch) != 2 || peers[0].URL != "https://samtykke.b.example.no/witness" {
		t.Errorf("%+v, %+v, %v", peers, quorum, err)
	}
}
