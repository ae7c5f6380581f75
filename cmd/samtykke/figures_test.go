package main_test

import (
	"strings"
	"testing"
	"time"
)

// The numbers of a site are shown, and none that is about few.
func TestFiguresOnTheMachine(t *testing.T) {
	day := time.Now().UTC().AddDate(-6, 0, 0)
	from, to := day.AddDate(0, -1, 0).Format(time.DateOnly), day.AddDate(0, 6, 0).Format(time.DateOnly)
	few, many := newInstallation(t), newInstallation(t)
	for n := range byte(4) {
		few.old(t, n+1, 6)
	}
	for n := range byte(12) {
		many.old(t, n+1, 6)
	}
	show := func(i installation, args ...string) string {
		t.Helper()
		return must(t, append([]string{"figures", "gjerdrum", "--from", from, "--to", to, "--data", i.data}, args...)...)
	}
	for _, by := range []string{"outcomes", "days", "categories", "languages", "notices", "methods", "delays", "placeholders"} {
		if said := show(few, "--by", by); !strings.Contains(said, "nothing to show") {
			t.Errorf("four people, by %s: %s", by, said)
		}
		if lines := show(few, "--by", by, "--json"); lines != "" {
			t.Errorf("four people, by %s: %s", by, lines)
		}
	}
	if lines := show(many, "--json"); !strings.Contains(lines, `"counts":{"no":12}`) {
		t.Errorf("got %s", lines)
	}
	if file := show(many, "--by", "languages", "--csv"); !strings.HasPrefix(file, "from,to,languages,no\n") || !strings.HasSuffix(file, ",nb,12\n") {
		t.Errorf("got %s", file)
	}
	if table := show(many, "--by", "methods"); !strings.Contains(table, "reject_all/first") || !strings.Contains(table, "METHODS") {
		t.Errorf("got %s", table)
	}
	if days := show(many, "--by", "days"); strings.Count(days, "12\n") != 1 {
		t.Errorf("got %s", days)
	}
	few.refused(t, 2, "2026-11-22", "figures", "gjerdrum", "--from", "yesterday")
	few.refused(t, 2, "--from must not lie after", "figures", "gjerdrum", "--from", "2026-02-01", "--to", "2026-01-01")
	few.refused(t, 2, "at most 3660", "figures", "gjerdrum", "--from", "2000-01-01")
	few.refused(t, 2, "outcomes", "figures", "gjerdrum", "--by", "people")
	few.refused(t, 1, "The sites are: gjerdrum.", "figures", "havet")
}
