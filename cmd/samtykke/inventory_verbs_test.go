package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// inventoryOf gives what a draft says of services and categories, as text.
func inventoryOf(t *testing.T, draft *consent.Draft) string {
	t.Helper()
	text, err := json.Marshal([]any{draft.Categories, draft.Services})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The command that a verb tells as the next one has the flags that it was given.
func TestNextCommandsHaveTheSameFlags(t *testing.T) {
	i := newInstallation(t)
	table := must(t, "inventory", "export", "gjerdrum", "--data", i.data)
	file := written(t, "in.csv", strings.Replace(table, ",nmstat,", ",nmstat2,", 1))
	for _, verb := range [][]string{
		{"inventory", "import", "gjerdrum", file, "--yes"},
		{"site", "settings", "gjerdrum", "placement=bottom"},
		{"service", "set", "gjerdrum", "youtube", "provider.name=Example"},
	} {
		said := strings.Join(strings.Fields(must(t, append(verb, "--data", i.data)...)), " ")
		if want := "samtykke notice publish gjerdrum --data " + i.data; !strings.Contains(said, want) {
			t.Errorf("%s: %q is missing in %s", verb, want, said)
		}
	}
}

// A table that was taken out and changed is told about first, and saved with --yes.
func TestInventoryIsImportedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	was := inventoryOf(t, i.draft(t))
	table := must(t, "inventory", "export", "gjerdrum", "--data", i.data)
	take := func(content string, flags ...string) []string {
		return append([]string{"inventory", "import", "gjerdrum", written(t, "in.csv", content), "--data", i.data}, flags...)
	}
	if said := must(t, take(table, "--yes")...); !strings.Contains(said, "nothing to save") {
		t.Errorf("the same: %s", said)
	}
	changed := strings.Replace(table, ",nmstat,", ",nmstat2,", 1)
	if changed == table {
		t.Fatal("the table has no nmstat")
	}
	if said := must(t, take(changed)...); !strings.Contains(said, "New cookie: nmstat2") || !strings.Contains(said, "--yes") {
		t.Errorf("got %s", said)
	}
	if inventoryOf(t, i.draft(t)) != was {
		t.Fatal("what was only looked at is saved")
	}
	i.refusedFile(t, changed+"broken,\"x\n", "in.csv:")
	i.refusedFile(t, strings.Replace(changed, ",nmstat2,", ",nm stat,", 1), "1 fault. Nothing was saved.")
	if inventoryOf(t, i.draft(t)) != was {
		t.Fatal("what was refused is saved")
	}
	var said struct {
		Saved, Changed bool
		Changes        []string
	}
	read(t, must(t, take(changed, "--yes", "--json")...), &said)
	if !said.Saved || !said.Changed || !slices.Contains(said.Changes, "New cookie: nmstat2 (Web statistics (Siteimprove Analytics))") {
		t.Errorf("got %+v", said)
	}
	if now := inventoryOf(t, i.draft(t)); !strings.Contains(now, "nmstat2") {
		t.Error("what was to be saved is not")
	}
	if got, want := i.told(t, "gjerdrum", "draft"), []string{"draft.import"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// Signed reasons that a file brings are told of before they are saved: they may have been
// assessed of another site.
func TestImportOnTheMachineTellsOfSignatures(t *testing.T) {
	i := newInstallation(t)
	file := filepath.Join(t.TempDir(), "out.json")
	must(t, "inventory", "export", "gjerdrum", "--form", "json", "-o", file, "--data", i.data)
	if said := must(t, "inventory", "import", "gjerdrum", file, "--data", i.data); strings.Contains(said, "signed reason") {
		t.Errorf("what the draft has is told of: %s", said)
	}
	draft := i.draft(t)
	for s := range draft.Services {
		for c := range draft.Services[s].Cookies {
			draft.Services[s].Cookies[c].Exemption = nil
		}
	}
	i.save(t, draft)
	said := must(t, "inventory", "import", "gjerdrum", file, "--data", i.data)
	for _, want := range []string{"signed reasons that the draft does not have", "reviewed by ", " more. Run this with --json to see them all.\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in %s", want, said)
		}
	}
}

func (i installation) refusedFile(t *testing.T, content, says string) {
	t.Helper()
	i.refused(t, 1, says, "inventory", "import", "gjerdrum", written(t, "in.csv", content), "--yes")
}

// What is taken out is read back to the same, where there is no inventory yet; and how
// long decisions are kept is not changed by a file.
func TestInventoryIsTakenOutOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	full := i.draft(t)
	empty := *full
	for form, all := range map[string]bool{"csv": true, "json": true, "yaml": true, "open": false} {
		file := filepath.Join(t.TempDir(), "out")
		i.save(t, full)
		must(t, "inventory", "export", "gjerdrum", "--form", form, "-o", file, "--data", i.data)
		empty.Services, empty.Site.Retention = []consent.Service{}, "P9M"
		i.save(t, &empty)
		must(t, "inventory", "import", "gjerdrum", file, "--yes", "--data", i.data)
		now := i.draft(t)
		if got, want := inventoryOf(t, now), inventoryOf(t, full); all && got != want {
			t.Errorf("%s: what is read back is another inventory:\n%.600s\n%.600s", form, got, want)
		}
		if now.Site.Retention != "P9M" {
			t.Errorf("%s: retention is %s", form, now.Site.Retention)
		}
		if !all && !hasCookie(now, "nmstat", "Counts visits") {
			t.Errorf("%s: nmstat is not there: %.1000s", form, inventoryOf(t, now))
		}
	}
	i.refused(t, 2, "csv", "inventory", "export", "gjerdrum", "--format", "xml")
	i.refused(t, 1, "The sites are: gjerdrum.", "inventory", "export", "havet")
}

// hasCookie says whether a draft has a cookie, with a vendor's claim and English words.
func hasCookie(draft *consent.Draft, name, purpose string) bool {
	return slices.ContainsFunc(draft.Services, func(s consent.Service) bool {
		return slices.ContainsFunc(s.Cookies, func(c consent.Cookie) bool {
			return c.Pattern.Name == name && strings.HasPrefix(c.Purpose[consent.English], purpose) && c.Lifetime.Vendor != "" && c.CategoryIn(&s) == consent.Statistics
		})
	})
}

const openRows = "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n" +
	"1,YouTube,Marketing,YSC,,Counts films,session,Google,https://policies.google.com/privacy,0\n" +
	"2,YouTube,Marketing,PREFX,,Keeps wishes,2 years,Google,,0\n" +
	"3,,Marketing,_x,,,,,,0\n"

// A catalogue is read in, asked and removed, and says which texts it does not have.
func TestCataloguesOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	file := written(t, "open.csv", openRows)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	must(t, "account", "add", "per@example.no", "--role", "gjerdrum=viewer", "--data", i.data)
	take := []string{"catalogue", "import", "gjerdrum", file, "--maker"}
	i.refused(t, 1, "catalogue import gjerdrum FILE", "catalogue", "list", "gjerdrum")
	i.refused(t, 1, "catalogue import gjerdrum FILE", "inventory", "suggest", "gjerdrum", "YSC")
	i.refused(t, 1, "may not change drafts in gjerdrum", append(take, "per@example.no")...)
	i.refused(t, 2, "is no language", append(take, "kari@example.no", "--language", "xx")...)
	i.refused(t, 1, "Is this a file of the Open Cookie Database?", "catalogue", "import", "gjerdrum", written(t, "x.csv", "a,b\n1,2\n"), "--maker", "kari@example.no")
	done := invoke(t, append(take, "kari@example.no", "--json", "--data", i.data)...)
	if done.code != 0 || !strings.Contains(done.out, `"entries":2`) || !strings.Contains(done.err, "open.csv:4: not taken: _x: The service (Platform) is missing.") {
		t.Errorf("exit code %d: %s%s", done.code, done.out, done.err)
	}
	if said := must(t, "catalogue", "list", "gjerdrum", "--limit", "1", "--data", i.data); !strings.Contains(said, "1 of 2 cookies, in English") || strings.Contains(said, "PREFX") {
		t.Errorf("got %s", said)
	}
	if said := must(t, "inventory", "suggest", "gjerdrum", "ysc", "--data", i.data); strings.Contains(said, "PREFX") || !strings.Contains(said, "Counts films") || !strings.Contains(said, "lacks its purpose in: nb, nn.") {
		t.Errorf("got %s", said)
	}
	var entry struct{ Platform, Name, Lifetime string }
	read(t, must(t, "inventory", "suggest", "gjerdrum", "--service", "youtube", "--json", "--data", i.data), &entry)
	if entry.Name != "PREFX" || entry.Lifetime != "P2Y" {
		t.Errorf("of YouTube the draft lacks %+v", entry)
	}
	i.refused(t, 2, "--service", "inventory", "suggest", "gjerdrum")
	i.refused(t, 1, "There are: siteimprove-analytics", "inventory", "suggest", "gjerdrum", "--service", "x")
	if said := must(t, "catalogue", "remove", "gjerdrum", "--data", i.data); !strings.Contains(said, "--yes") {
		t.Errorf("got %s", said)
	}
	var removed struct{ Removed bool }
	read(t, must(t, "catalogue", "remove", "gjerdrum", "--json", "--data", i.data), &removed)
	must(t, "catalogue", "list", "gjerdrum", "--data", i.data)
	if removed.Removed {
		t.Error("what was only looked at is said to be removed")
	}
	if read(t, must(t, "catalogue", "remove", "gjerdrum", "--yes", "--json", "--data", i.data), &removed); !removed.Removed {
		t.Error("what was removed is not said to be")
	}
	i.refused(t, 1, "has no catalogue", "catalogue", "remove", "gjerdrum", "--yes")
	if got, want := i.told(t, "gjerdrum", "catalogue"), []string{"catalogue.import person=1 2", "catalogue.remove"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}
