package admin_test

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// The example asks for the figures of a day, and writes what the API says.
func TestAPIExample(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	figuresFixture(t, h)
	dir := t.TempDir()
	binary, key := filepath.Join(dir, "figures"), filepath.Join(dir, "key")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../../examples/api").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := func(g *program, day string) (out, complaint string, err error) {
		t.Helper()
		must(t, os.WriteFile(key, []byte(g.secret+"\n"), 0o600))
		var told, wrong strings.Builder
		cmd := exec.CommandContext(t.Context(), binary, "-api", h.url+api.Base, "-key-file", key, "-site", "skogen", "-chart", "methods", "-day", day)
		cmd.Stdout, cmd.Stderr = &told, &wrong
		err = cmd.Run()
		return told.String(), wrong.String(), err
	}
	const day = "2026-02-10"
	g := boss.program(t, consent.ScopeLog)
	want := read[api.Figures](t, g.get(apiSite+"/figures/methods?from="+day+"&to="+day))
	out, complaint, err := run(g, day)
	if want.Hidden || err != nil {
		t.Fatalf("%v %s (hidden: %v)", err, complaint, want.Hidden)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	must(t, err)
	if len(rows) != len(want.Rows)+1 {
		t.Fatalf("got %q, want %+v", rows, want)
	}
	for i, row := range want.Rows {
		cells := []string{day, day, row.Name}
		for at := range want.Columns {
			if row.Counts == nil {
				cells = append(cells, "")
			} else {
				cells = append(cells, strconv.Itoa(row.Counts[at]))
			}
		}
		if !slices.Equal(cells, rows[i+1]) {
			t.Errorf("got %q, want %q", rows[i+1], cells)
		}
	}
	if _, complaint, err := run(g, "2020-01-01"); err == nil || !strings.Contains(complaint, "too few") {
		t.Errorf("got %q", complaint)
	}
	if _, complaint, err := run(boss.program(t, consent.ScopeRead), day); err == nil || !strings.Contains(complaint, "scope_missing") || !strings.Contains(complaint, "/help/api#code-scope_missing") {
		t.Errorf("got %q", complaint)
	}
}
