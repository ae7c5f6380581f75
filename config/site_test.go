package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// example reads the Gjerdrum site file.
func example(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../examples/gjerdrum/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// replace exchanges the first place of old after the text in.
func replace(t *testing.T, file, in, old, by string) string {
	t.Helper()
	at := strings.Index(file, in)
	if at < 0 || !strings.Contains(file[at:], old) {
		t.Fatalf("%q is not after %q", old, in)
	}
	return file[:at] + strings.Replace(file[at:], old, by, 1)
}

// wrongs are faults that the reader sees, and faults that only the rules see:
// after a text, old is exchanged by something wrong, which is told like this.
var wrongs = []struct{ after, old, by, told string }{
	{"organisation:", `number: "864949762"`, "number: 864949763", "organisation.number organisation_number"},
	{"site:", "languages: [nb, nn, en]", "languages: nb", "site.languages wrong_type"},
	{"site:", "heading_level: 2", "heading_level: two", "site.heading_level wrong_type"},
	{"site:", "radius: 4", "radios: 4", "site.look.radios unknown_field"},
	{"  data_protection_officer:", "  data_protection_officer:", "  dpo:", "contacts.dpo unknown_field"},
	{"name: nmstat", "any_case: true", "any_case: perhaps", "services.siteimprove-analytics.cookies.nmstat.pattern.any_case wrong_type"},
	{"name: nmstat", "declared: P2Y", "declared: en stund", "services.siteimprove-analytics.cookies.nmstat.lifetime.declared bad_lifetime"},
	{"key: billettlosning", "ask: banner", "ask: everywhere", "services.billettlosning.ask unknown_value"},
	{"key: billettlosning", "legal_basis: consent", "legal_basis: legitimate interest", "services.billettlosning.legal_basis basis_not_consent"},
	{"name: PHPSESSID", "ground: requested", "ground: useful", "services.billettlosning.cookies.PHPSESSID.exemption.ground unknown_value"},
	{"key: kommunekart", "role: processor", "role: processor\n      role: controller", "services.kommunekart.provider.role duplicate_field"},
	{"key: kommunekart", "checked: 2026-11-22", "checked: 2026-13-22", "services.kommunekart.recipients.0.transfer.checked malformed_date"},
	{"key: skjema", "hosts: [kommune24-7.no, www.kommune24-7.no]", "hosts: {}", "services.skjema.hosts wrong_type"},
	{"name: cult", "status: verify", "status: unsure", "services.skjema.cookies.cult.status unknown_value"},
	{"  - key: minside", "  - key: minside", "  - key: skjema", "services.4.key duplicate"},
	{"name: SSP-Fantdu", "party: first", "party: [first]", "services.publisering.cookies.SSP-Fantdu.party wrong_type"},
	{"name: fbsr_", "name: fbsr_", "name: fbm_", "services.facebook-login.cookies.1.pattern.name duplicate"},
}

// TestEveryFaultOfASiteFileIsToldWithItsLine breaks the example in all these
// ways and asks once.
func TestEveryFaultOfASiteFileIsToldWithItsLine(t *testing.T) {
	file := example(t)
	marker := func(number int) string { return fmt.Sprintf(" # fault %d.", number) }
	for i, wrong := range wrongs {
		file = replace(t, file, wrong.after, wrong.old, wrong.by+marker(i))
	}
	_, problems, err := ParseSite([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, problem := range problems.Faults() {
		if problem.Message == "" || problem.Repair == "" {
			t.Errorf("no repair in %+v", problem)
		}
		told[fmt.Sprintf("%d %s %s", problem.Line, problem.Path, problem.Code)] = true
	}
	lines := strings.Split(file, "\n")
	for i, wrong := range wrongs {
		line := 1 + slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, marker(i)) })
		if expected := fmt.Sprintf("%d %s", line, wrong.told); !told[expected] {
			t.Errorf("not told: %s", expected)
		}
	}
	if t.Failed() {
		t.Logf("told:\n%s", problems.Faults())
	}
	if !slices.IsSortedFunc(problems, func(a, b consent.Problem) int { return a.Line - b.Line }) {
		t.Error("the problems are not in the order of the file")
	}
}

// TestMissingTextIsPlacedWhereItBelongs holds for fields that are not there: a
// line that does not exist cannot be pointed at, what lacks it can.
func TestMissingTextIsPlacedWhereItBelongs(t *testing.T) {
	nynorsk := "      nn: Tel besøk og viser kva sider som blir brukte, slik at kommunen kan gjere nettstaden betre.\n"
	file := replace(t, example(t), "key: siteimprove-analytics", nynorsk, "")
	_, problems, err := ParseSite([]byte(file))
	if err != nil || len(problems.Faults()) != 1 {
		t.Fatal(err, problems.Faults())
	}
	have := problems.Faults()[0]
	purpose := strings.Index(file, "    purpose:\n      nb: Teller besøk og viser")
	want := strings.Count(file[:purpose], "\n") + 1
	if have.Path != "services.siteimprove-analytics.purpose.nn" || have.Line != want {
		t.Errorf("have %+v, want line %d", have, want)
	}
}

func TestLifetimesAreReadAsPeopleWriteThem(t *testing.T) {
	const phrase = "Slettes etter to år"
	file := replace(t, example(t), "name: nmstat", "declared: P2Y", "declared: "+phrase)
	draft, problems, err := ParseSite([]byte(file))
	if err != nil || len(problems.Faults()) > 0 {
		t.Fatal(err, problems.Faults())
	}
	if have := draft.Services[0].Cookies[0].Lifetime.Declared; have != "P2Y" {
		t.Errorf("%q became %q", phrase, have)
	}
}

// TestUnclearLifetimeSaysWhy tells people which half of the sentence to mend.
func TestUnclearLifetimeSaysWhy(t *testing.T) {
	for phrase, why := range map[string]string{
		"1-2 år":        `The lifetime "1-2 år" is not clear, since it gives a range.`,
		"omtrent to år": `The lifetime "omtrent to år" is not clear, since its time is not exact.`,
		"2 år, 1 år":    `The lifetime "2 år, 1 år" is not clear, since it gives more than one time.`,
		"slettes ikke":  `The lifetime "slettes ikke" is not clear, since it gives no time.`,
		"aldri":         `The lifetime "aldri" is not clear, since what is kept must end.`,
	} {
		file := replace(t, example(t), "name: nmstat", "declared: P2Y", "declared: '"+phrase+"'")
		_, problems, err := ParseSite([]byte(file))
		if err != nil || len(problems.Faults()) != 1 {
			t.Fatal(err, problems.Faults())
		}
		have := problems.Faults()[0]
		if have.Message != why || have.Repair != `Write one exact time such as "2 years", "17 minutes", P18M or session.` {
			t.Errorf("have %+v, want %s", have, why)
		}
	}
}

// bomb gives a small file that unfolds into ten thousand million words.
func bomb() string {
	var file strings.Builder
	file.WriteString("a: &a [x]\n")
	for letter := 'b'; letter < 'l'; letter++ {
		tenfold := strings.TrimSuffix(strings.Repeat("*"+string(letter-1)+", ", 10), ", ")
		fmt.Fprintf(&file, "%c: &%c [%s]\n", letter, letter, tenfold)
	}
	return file.String()
}

func TestSitesThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct{ file, code string }{
		"empty":         {"# nothing\n", "empty"},
		"not YAML":      {"site: [", "not_yaml"},
		"not text":      {"site: \xff", "not_utf8"},
		"two documents": {"site: {}\n---\nsite: {}\n", "many_documents"},
		"alias bomb":    {bomb(), "too_many_aliases"},
		"long alias":    {"a: &a " + strings.Repeat("x", 60_000) + "\nb: [" + strings.Repeat("*a, ", 20) + "*a]\n", "too_many_aliases"},
		"over 1 MiB":    {strings.Repeat("#", maxFile+1), "too_large"},
	} {
		draft, problems, err := ParseSite([]byte(test.file))
		var refused *consent.Error
		if draft != nil || problems != nil || !errors.As(err, &refused) || refused.Code != test.code {
			t.Errorf("%s: have %v, want %s", name, err, test.code)
		}
	}
}

func TestAnyYAMLIsAnswered(t *testing.T) {
	for _, file := range []string{"12", "text", "[]", "null", "{}", "? [a]\n: b", "? {a: b}\n: c", "site: 1", "services: {}", "services: [1, [], null]", "<<: 1", "categories: [null]"} {
		_, problems, err := ParseSite([]byte(file))
		if err != nil || len(problems.Faults()) == 0 {
			t.Errorf("%q: have %v, %v", file, problems, err)
		}
	}
}

// TestOneFaultIsToldOnce holds for values that are there and cannot be read: the
// rules would call them missing.
func TestOneFaultIsToldOnce(t *testing.T) {
	for _, wrong := range []struct{ after, old, by string }{
		{"site:", "heading_level: 2", "heading_level: two"},
		{"site:", "validity: P1Y", "validity: en stund"},
		{"key: youtube", "role: controller", "role: {controller: true}"},
	} {
		file := replace(t, example(t), wrong.after, wrong.old, wrong.by)
		_, problems, err := ParseSite([]byte(file))
		if err != nil || len(problems.Faults()) != 1 {
			t.Errorf("%s: have %v, %v", wrong.by, problems.Faults(), err)
		}
	}
}

// A site file that does not say how long evidence is kept means as long as decisions
// hold, and a year more.
func TestUsualRetention(t *testing.T) {
	text := example(t)
	if !strings.Contains(text, "  validity: P1Y\n") || !strings.Contains(text, "  retention: P2Y\n") {
		t.Fatal("the example says otherwise how long decisions hold and are kept")
	}
	for validity, kept := range map[consent.Lifetime]consent.Lifetime{"P12M": "P2Y", "P6M": "P1Y6M", "P180D": "", "P1Y": "P2Y", "P365D": "P1Y365D"} {
		file := strings.Replace(strings.Replace(text, "  retention: P2Y\n", "", 1), "  validity: P1Y\n", "  validity: "+string(validity)+"\n", 1)
		draft, problems, err := ParseSite([]byte(file))
		if err != nil {
			t.Fatal(err)
		}
		if faults := problems.Faults(); kept == "" != (len(faults) > 0) {
			t.Errorf("%s: %v", validity, faults)
		} else if kept != "" && draft.Site.Retention != kept {
			t.Errorf("%s: evidence is kept for %s", validity, draft.Site.Retention)
		}
	}
}
