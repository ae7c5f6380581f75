package main_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// revision gives that of the draft.
func (i installation) revision(t *testing.T) consent.DraftRevision {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	_, revision, err := store.DraftAt(t.Context(), "gjerdrum")
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

// What changes nothing of a draft is not saved, whatever the verb, and says so: the draft
// stays at its revision, the trail has no act, and what is planned is not called off.
func TestWhatChangesNothingLapsesNothing(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=publisher", "--data", i.data)
	must(t, "site", "settings", "gjerdrum", "name.nb=Nye Gjerdrum", "--data", i.data)
	site, table := filepath.Join(t.TempDir(), "site.yaml"), filepath.Join(t.TempDir(), "in.csv")
	must(t, "site", "export", "gjerdrum", "--out", site, "--data", i.data)
	must(t, "inventory", "export", "gjerdrum", "--out", table, "--data", i.data)
	service := filepath.Join(t.TempDir(), "youtube.json")
	write(t, service, must(t, "service", "show", "gjerdrum", "youtube", "--data", i.data))
	due := consent.InNorway(time.Now().Add(2 * time.Hour)).Format("2006-01-02T15:04")
	must(t, "notice", "schedule", "gjerdrum", due, "--maker", "ola@example.no", "--data", i.data)
	plan, acts, revision := must(t, "notice", "plan", "gjerdrum", "--data", i.data), i.told(t, "gjerdrum", ""), i.revision(t)
	draft := i.draft(t)
	youtube, cookie := draft.Service("youtube"), cookieOf(t, draft, "youtube", "YSC")
	const nothing, already = "there is nothing to save", "says so already"
	for _, each := range []struct {
		says string
		verb []string
	}{
		{nothing, []string{"site", "import", site}},
		{nothing, []string{"inventory", "import", "gjerdrum", site, "--yes"}},
		{nothing, []string{"inventory", "import", "gjerdrum", table, "--yes"}},
		{already, []string{"category", "set", "gjerdrum", "statistics", "name.nb=" + draft.Category("statistics").Name["nb"]}},
		{already, []string{"service", "set", "gjerdrum", "youtube", "provider.country=" + strings.Join(youtube.Provider.Country, ","), "name.nb=" + youtube.Name["nb"]}},
		{already, []string{"service", "set", "gjerdrum", "youtube", "--file", service, "--revision", "0"}},
		{already, []string{"cookie", "set", "gjerdrum", "youtube", "YSC", "purpose.nb=" + cookie.Purpose["nb"]}},
		{already, []string{"text", "set", "gjerdrum", "services.youtube.name", "nb", youtube.Name["nb"]}},
		{already, []string{"site", "settings", "gjerdrum", "name.nb=Nye Gjerdrum"}},
		{already, []string{"site", "settings", "gjerdrum", "languages=nb nn en"}},
		{already, []string{"site", "settings", "gjerdrum", "retention=" + string(draft.Site.Retention)}},
		{"is an address of gjerdrum already", []string{"origin", "add", "gjerdrum", "https://gjerdrum.kommune.no"}},
	} {
		verb := slices.Clone(each.verb)
		if at := slices.Index(verb, "0"); at >= 0 {
			verb[at] = strconv.Itoa(int(revision))
		}
		done := invoke(t, append(verb, "--data", i.data)...)
		if said := strings.Join(strings.Fields(done.out), " "); done.code != 0 || !strings.Contains(said, each.says) {
			t.Errorf("samtykke %s: exit code %d, %s%s", strings.Join(verb, " "), done.code, done.out, done.err)
		}
		if strings.Contains(done.err, "as was planned") {
			t.Errorf("samtykke %s: %s", strings.Join(verb, " "), done.err)
		}
		var said struct{ Changed *bool }
		read(t, must(t, append(verb, "--json", "--data", i.data)...), &said)
		if said.Changed == nil || *said.Changed {
			t.Errorf("samtykke %s --json does not say that nothing changed", strings.Join(verb, " "))
		}
		if now := i.revision(t); now != revision {
			t.Fatalf("samtykke %s: the draft is at revision %d, and was at %d", strings.Join(verb, " "), now, revision)
		}
	}
	if now := i.told(t, "gjerdrum", ""); !slices.Equal(now, acts) {
		t.Errorf("the trail has got %q", now[len(acts):])
	}
	if now := must(t, "notice", "plan", "gjerdrum", "--data", i.data); now != plan {
		t.Errorf("what was planned is shown as %s", now)
	}
}

// A notice that the draft says already is not put back once more.
func TestRollbackToTheSameSavesNothing(t *testing.T) {
	i := newInstallation(t)
	must(t, "site", "settings", "gjerdrum", "name.nb=Nye Gjerdrum", "--data", i.data)
	if said := must(t, "notice", "rollback", "gjerdrum", "1", "--data", i.data); !strings.Contains(said, "says what notice 1 says. Nothing is published yet") {
		t.Errorf("got %s", said)
	}
	revision := i.revision(t)
	if said := must(t, "notice", "rollback", "gjerdrum", "1", "--data", i.data); said != "The draft of gjerdrum says already what notice 1 says.\n" || i.revision(t) != revision {
		t.Errorf("at revision %d, was %d: %s", i.revision(t), revision, said)
	}
	if got, want := i.told(t, "gjerdrum", "draft.restore"), []string{"draft.restore 1"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// A script reads what is wrong with a file as one object, as a program that uses the API.
func TestFaultsOfFilesAreOneObject(t *testing.T) {
	i := newInstallation(t)
	path, lines := faultyFile(t)
	table := must(t, "inventory", "export", "gjerdrum", "--data", i.data)
	broken := written(t, "in.csv", strings.Replace(table, ",nmstat,", ",nm stat,", 1))
	text, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	moved := written(t, "moved.yaml", strings.Replace(string(text), "  id: gjerdrum\n", "  id: havet\n", 1))
	unplaced := []string{"duplicate", "bad_catalogue"}
	noYAML := written(t, "no.yaml", "a: [b\n")
	noRows := written(t, "ocd.csv", "Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\nAcme,Analytics,,,,,,,\n")
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--data", i.data)
	for _, each := range []struct {
		verb   []string
		faults int
		detail string
	}{
		{[]string{"site", "import", path}, len(lines), "10 faults. Nothing was imported."},
		{[]string{"site", "import", exampleFile, exampleFile}, 1, "1 fault. Nothing was imported."},
		{[]string{"site", "import", moved}, 1, "1 fault. Nothing was imported."},
		{[]string{"site", "import", noYAML}, 1, "1 fault. Nothing was imported."},
		{[]string{"catalogue", "import", "gjerdrum", noRows, "--maker", "kari@example.no"}, 2, "2 faults. Nothing was imported."},
		{[]string{"inventory", "import", "gjerdrum", broken, "--yes"}, 1, "1 fault. Nothing was saved."},
	} {
		done := invoke(t, append(each.verb, "--json", "--data", i.data)...)
		var said struct {
			Code, Detail string
			Faults       []struct {
				File, Severity, Code, Message, Repair string
				Line                                  int
			}
		}
		read(t, done.out, &said)
		if done.code != 1 || said.Code != "faults" || said.Detail != each.detail || len(said.Faults) != each.faults {
			t.Errorf("samtykke %s: exit code %d, %+v", strings.Join(each.verb, " "), done.code, said)
		}
		for _, fault := range said.Faults {
			if !slices.Contains(each.verb, fault.File) || fault.Severity != "error" || fault.Code == "" || fault.Message == "" || fault.Repair == "" || fault.Line == 0 && !slices.Contains(unplaced, fault.Code) {
				t.Errorf("samtykke %s: %+v", strings.Join(each.verb, " "), fault)
			}
		}
	}
}
