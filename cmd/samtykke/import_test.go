package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// faults are ten mistakes that people make in site files: what they wrote
// instead of what. Each replaces the first place only.
var faults = []struct{ right, wrong string }{
	{"  key: gjerdrum\n", "  key: Gjerdrum kommune\n"},
	{"    - https://www.gjerdrum.kommune.no\n", "    - www.gjerdrum.kommune.no\n"},
	{"  validity: P1Y\n", "  validity: P3M\n"},
	{"    accent: \"#14532d\"\n", "    accent: green\n"},
	{"    url: https://www.datatilsynet.no\n", "    url: https://www.datatilsynet.no\n    fax: 22 42 23 50\n"},
	{"      country: [DK]\n", "      country: [Danmark]\n"},
	{"    legal_basis: consent\n", "    legal_basis: legitimate interest\n"},
	{"          declared: P2Y # «Slettes etter to år»\n", "          declared: ganske lenge\n"},
	{"        kind: cookie\n", "        kind: biscuit\n"},
	{"      nn: Tel besøk og viser kva sider som blir brukte, slik at kommunen kan gjere nettstaden betre.\n", ""},
}

// faultyFile writes the example with all faults and gives the lines they are on.
func faultyFile(t *testing.T) (path string, lines []int) {
	t.Helper()
	text, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	site := string(text)
	for _, fault := range faults {
		if !strings.Contains(site, fault.right) {
			t.Fatalf("the example does not hold %q", fault.right)
		}
		site = strings.Replace(site, fault.right, fault.wrong, 1)
	}
	for _, fault := range faults {
		wrong := strings.Split(strings.TrimSuffix(fault.wrong, "\n"), "\n")
		at := strings.Index(site, wrong[len(wrong)-1]+"\n")
		if fault.wrong == "" { // a missing text is missed where its siblings are
			at = strings.Index(site, "    purpose:\n      nb: Teller besøk")
		}
		lines = append(lines, 1+strings.Count(site[:at], "\n"))
	}
	path = filepath.Join(t.TempDir(), "site.yaml")
	if err := os.WriteFile(path, []byte(site), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, lines
}

func TestImportListsEveryFaultWithItsLine(t *testing.T) {
	path, lines := faultyFile(t)
	data := t.TempDir()
	done := invoke(t, "site", "import", path, "--data", data)
	if done.code != 1 {
		t.Errorf("exit code %d, want 1", done.code)
	}
	for n, line := range lines {
		if !strings.Contains(done.err, path+":"+strconv.Itoa(line)+": error: ") {
			t.Errorf("fault %d (%q) is not listed on line %d", n+1, faults[n].wrong, line)
		}
	}
	if strings.Count(done.err, ": error: ") != len(lines) || strings.Count(done.err, "Repair: ") < len(lines) {
		t.Errorf("not ten faults with ten repairs:\n%s", done.err)
	}
	if list := invoke(t, "site", "list", "--data", data); list.code == 0 && strings.Contains(list.out, "gjerdrum") {
		t.Error("a faulty file was imported")
	}
}

func TestInventoryCheckNeedsNoDatabase(t *testing.T) {
	path, lines := faultyFile(t)
	t.Chdir(t.TempDir())
	done := invoke(t, "inventory", "check", "--json", path)
	var report struct {
		Valid    bool
		Problems []struct {
			Line     int
			Severity string
			Repair   string
		}
	}
	read(t, done.out, &report)
	found := 0
	for _, problem := range report.Problems {
		if problem.Severity == "error" && problem.Line > 0 && problem.Repair != "" {
			found++
		}
	}
	if done.code != 1 || report.Valid || found != len(lines) {
		t.Errorf("exit code %d, valid %v, %d faults with line and repair, want %d", done.code, report.Valid, found, len(lines))
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("checking a file left %v behind", left)
	}
}

func TestOneFaultyFileImportsNothing(t *testing.T) {
	path, _ := faultyFile(t)
	data := t.TempDir()
	if done := invoke(t, "site", "import", exampleFile, path, "--data", data); done.code != 1 {
		t.Fatalf("exit code %d, want 1", done.code)
	}
	if list := invoke(t, "site", "list", "--data", data); strings.Contains(list.out, "gjerdrum") {
		t.Error("the sound file was imported although its neighbour was faulty")
	}
}

// TestOneSiteInTwoFilesImportsNothing holds because only one of them could last.
func TestOneSiteInTwoFilesImportsNothing(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.yaml")
	if err := os.WriteFile(other, []byte(readFile(t, exampleFile)), 0o600); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	done := invoke(t, "site", "import", exampleFile, other, "--data", data)
	if done.code != 1 || done.out != "" {
		t.Errorf("exit code %d, standard output %q", done.code, done.out)
	}
	for _, want := range []string{"error: " + exampleFile + " and " + other + " are both the site gjerdrum.", "1 fault. Nothing was imported."} {
		if !strings.Contains(done.err, want) {
			t.Errorf("not said: %s\n%s", want, done.err)
		}
	}
	if list := invoke(t, "site", "list", "--data", data); strings.Contains(list.out, "gjerdrum") {
		t.Error("one of the two was imported")
	}
}

func TestExportedSiteImportsToTheSameDraft(t *testing.T) {
	i := newInstallation(t)
	path := filepath.Join(t.TempDir(), "again.yaml")
	must(t, "site", "export", "gjerdrum", "--data", i.data, "--out", path)
	must(t, "site", "import", path, "--data", i.data)
	var diff struct {
		Notice  int
		Changes []json.RawMessage
		Again   []string `json:"asked_again"`
	}
	read(t, must(t, "notice", "diff", "gjerdrum", "--json", "--data", i.data), &diff)
	if diff.Notice != 1 || len(diff.Changes) != 0 || len(diff.Again) != 0 {
		t.Errorf("something was lost on the way: %+v", diff)
	}
}

func TestDiffSaysWhoIsAskedAgain(t *testing.T) {
	i := newInstallation(t)
	done := i.edit(t,
		"      name: Siteimprove A/S\n", "      name: Matomo AS\n",
		"nb: Lar deg chatte med kommunen, se direktesendte møter", "nb: Lar deg chatte med kommunen, sjå direktesendte møter",
		"accent: \"#14532d\"", "accent: \"#7f1d1d\"")
	if done.code != 0 {
		t.Fatal(done.err)
	}
	words := must(t, "notice", "diff", "gjerdrum", "--data", i.data)
	for _, want := range []string{
		"The service Web statistics (Siteimprove Analytics), Provider › name: Siteimprove A/S → Matomo AS\n    Visitors who have answered Statistics are asked again.\n",
		"The site, Look › button colour: #14532d → #7f1d1d\n", "3 things changed since notice 1.",
		"Asked again, because what was agreed to changes: statistics.\n",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("the difference does not say %q:\n%s", want, words)
		}
	}
}

// TestDiffTellsOfTheLogAndAsksNobody: who runs the log, where, and how a provider
// keeps data are changes to see, and no reason to ask.
func TestDiffTellsOfTheLogAndAsksNobody(t *testing.T) {
	i := newInstallation(t)
	const retention, company = "  retention: P2Y\n", "      name: Siteimprove A/S\n"
	const log = retention + "  consent_log:\n    processor: Skydrift AS\n    countries: [NO, CH]\n    transfer: {country: CH, basis: adequacy, checked: 2026-11-01}\n"
	done := i.edit(t, retention, log,
		company, company+"      contact: {email: personvern@siteimprove.example}\n",
		"  - key: siteimprove-analytics\n", "  - key: siteimprove-analytics\n    security: {nb: Kryptert., nn: Kryptert., en: Encrypted.}\n")
	if done.code != 0 {
		t.Fatal(done.err)
	}
	words := must(t, "notice", "diff", "gjerdrum", "--data", i.data)
	for _, want := range []string{
		"The site, The log › countries: – → Switzerland; Norway\n", "The site, The log › processor: – → Skydrift AS\n", "The log › transfer › checked: – → 2026-11-01\n",
		"Provider › contact › e-mail address: – → personvern@siteimprove.example\n",
		"Security measures (Norwegian Bokmål): – → Kryptert.\n", "Security measures (English): – → Encrypted.\n", "2 things changed since notice 1.", "Nobody is asked again",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("the difference does not say %q:\n%s", want, words)
		}
	}
}

// TestDiffTellsHowToKeepAnswers: a purpose that is only worded anew asks again
// by itself, and the difference says how not to. Following it works.
func TestDiffTellsHowToKeepAnswers(t *testing.T) {
	i := newInstallation(t)
	const old, now = "nb: Lar oss se hva som virker, så vi kan gjøre sidene bedre.", "nb: Viser oss hva som fungerer, slik at sidene kan bli bedre."
	if done := i.edit(t, old, now); done.code != 0 {
		t.Fatal(done.err)
	}
	words := must(t, "notice", "diff", "gjerdrum", "--data", i.data)
	for _, want := range []string{"Asked again, because what was agreed to changes: statistics.\n", "If it means what it meant", "purpose_revision: 1    under category statistics\n"} {
		if !strings.Contains(words, want) {
			t.Errorf("the difference does not say %q:\n%s", want, words)
		}
	}
	if done := i.edit(t, old, now, "  - key: statistics\n", "  - key: statistics\n    purpose_revision: 1\n"); done.code != 0 {
		t.Fatal(done.err)
	}
	words = must(t, "notice", "diff", "gjerdrum", "--data", i.data)
	if !strings.Contains(words, "Nobody is asked again") || strings.Contains(words, "means what it meant") {
		t.Errorf("the hint was followed, and the difference says:\n%s", words)
	}
	// A new company asks again whatever the purpose says: no hint promises otherwise.
	i.edit(t, old, now, "      name: Siteimprove A/S\n", "      name: Matomo AS\n")
	if words = must(t, "notice", "diff", "gjerdrum", "--data", i.data); strings.Contains(words, "means what it meant") {
		t.Errorf("the difference promises too much:\n%s", words)
	}
}
