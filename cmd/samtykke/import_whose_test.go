package main_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// beta is another organisation than that of the example, with a site file for it.
func beta(t *testing.T, replacements ...string) string {
	t.Helper()
	return exampleAs(t, append([]string{
		"  id: gjerdrum\n", "  id: beta\n", "  name: Gjerdrum kommune\n", "  name: Beta kommune\n", "864949762", "974760673", "  key: gjerdrum\n", "  key: beta-1\n",
	}, replacements...)...)
}

// exampleAs writes the example with replacements, old and new in turn. The later ones win.
func exampleAs(t *testing.T, replacements ...string) string {
	t.Helper()
	content, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(text, replacements[i]) {
			t.Fatalf("the example does not hold %q", replacements[i])
		}
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	return written(t, "site.yaml", text)
}

// state is what an import may change: sites with their organisations, the organisations,
// and how many acts each trail has.
func (i installation) state(t *testing.T) string {
	t.Helper()
	said := []string{must(t, "site", "list", "--json", "--data", i.data), must(t, "organisation", "list", "--json", "--data", i.data)}
	for _, trail := range []consent.OrganisationID{"", "gjerdrum", "beta"} {
		said = append(said, i.told(t, trail, "")...)
	}
	return strings.Join(said, "\n")
}

// TestImportDoesNotMoveASite: with a site go its log and its register.
func TestImportDoesNotMoveASite(t *testing.T) {
	i := newInstallation(t)
	must(t, "site", "import", beta(t), "--data", i.data)
	before := i.state(t)
	sound := exampleAs(t, "#14532d", "#7f1d1d")
	moves := exampleAs(t, "  key: gjerdrum\n", "  key: beta-1\n", "  name: Gjerdrum kommune\n", "  name: Gamle Gjerdrum\n")
	done := invoke(t, "site", "import", sound, moves, "--data", i.data)
	if done.code != 1 || done.out != "" {
		t.Errorf("exit code %d, standard output %q", done.code, done.out)
	}
	for _, want := range []string{
		moves + ":19: error: The site beta-1 is in the organisation beta, but the file names gjerdrum.", "    organisation.id\n",
		"Repair: Write organisation.id: beta in the file", "1 fault. Nothing was imported.",
	} {
		if !strings.Contains(done.err, want) {
			t.Errorf("not said: %s\n%s", want, done.err)
		}
	}
	if now := i.state(t); now != before {
		t.Errorf("what was refused changed something:\n%s\nbefore:\n%s", now, before)
	}
}

// TestImportRenamesNoOrganisation: that is an act of its own, in all of its sites.
func TestImportRenamesNoOrganisation(t *testing.T) {
	i := newInstallation(t)
	before := must(t, "organisation", "list", "--json", "--data", i.data)
	done := invoke(t, "site", "import", exampleAs(t, "  name: Gjerdrum kommune\n", "  name: Gamle Gjerdrum\n", "864949762", "974760673"), "--data", i.data)
	if done.code != 0 {
		t.Fatal(done.err)
	}
	for _, want := range []string{
		"the organisation gjerdrum stays Gjerdrum kommune (864949762), although the file says Gamle Gjerdrum (974760673).",
		"samtykke organisation change gjerdrum --name 'Gamle Gjerdrum' --number 974760673 --data ",
	} {
		if !strings.Contains(done.err, want) {
			t.Errorf("not said: %s\n%s", want, done.err)
		}
	}
	if now := must(t, "organisation", "list", "--json", "--data", i.data); now != before {
		t.Errorf("the organisations are\n%s, they were\n%s", now, before)
	}
	if file := must(t, "site", "export", "gjerdrum", "--data", i.data); strings.Contains(file, "Gamle Gjerdrum") || strings.Contains(file, "974760673") {
		t.Error("the draft has another name or number than the organisation")
	}
}

// TestImportMakesAnOrganisationAsTheCommandDoes: with an act, and not beside one that is
// taken for it.
func TestImportMakesAnOrganisationAsTheCommandDoes(t *testing.T) {
	i := newInstallation(t)
	acts := i.told(t, "", "organisation")
	before := i.state(t)
	for says, file := range map[string]string{
		"Another organisation here has this name":                                      beta(t, "  name: Beta kommune\n", "  name: GJERDRUM  kommune\n"),
		"organisation with the number 864949762 already: Gjerdrum kommune (gjerdrum).": beta(t, "974760673", "864949762"),
		"The short name \"new\" cannot be used":                                        beta(t, "  id: beta\n", "  id: new\n"),
		"address of the web":                                                           beta(t, "  name: Beta kommune\n", "  name: www.beta.no\n"),
	} {
		i.refused(t, 1, says, "site", "import", file)
	}
	second := beta(t, "  id: beta\n", "  id: gamma\n", "  key: beta-1\n", "  key: gamma-1\n", "974760673", "123456785")
	i.refused(t, 1, "Another organisation here has this name", "site", "import", beta(t), second)
	if now := i.state(t); now != before {
		t.Errorf("what was refused changed something:\n%s\nbefore:\n%s", now, before)
	}
	must(t, "site", "import", beta(t), "--data", i.data)
	acts = append(acts, "organisation.add Beta kommune")
	if got, want := i.told(t, "", "organisation"), acts; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
	if got, want := i.told(t, "beta", "site"), []string{"site.import"}; !slices.Equal(got, want) {
		t.Errorf("the trail of the organisation has %q, want %q", got, want)
	}
	must(t, "organisation", "add", "Beta bibliotek", "--number", "974760673", "--id", "library", "--same-number", "--data", i.data)
	must(t, "site", "import", beta(t, "  id: beta\n", "  id: library\n", "  name: Beta kommune\n", "  name: Beta bibliotek\n", "  key: beta-1\n", "  key: library\n"), "--data", i.data)
}
