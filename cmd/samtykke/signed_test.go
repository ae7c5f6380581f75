package main_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A command signs on no day that has not come. A file that was signed so is taken, and told
// of, also when visitors get it; a change of something else keeps it.
func TestNobodySignsAheadOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	was := inventoryOf(t, i.draft(t))
	set := []string{"exemption", "set", "gjerdrum", "minside", "ASP.NET_SessionId"}
	const ahead = `The day "2999-01-01" has not come yet`
	i.refused(t, 1, ahead, append(set, "reviewed=2999-01-01")...)
	i.refused(t, 1, "1 fault. Nothing was saved.", append(set, "reviewed=2999-01-01")...)
	if inventoryOf(t, i.draft(t)) != was {
		t.Fatal("what was refused is saved")
	}
	file := filepath.Join(t.TempDir(), "site.yaml")
	must(t, "site", "export", "gjerdrum", "-o", file, "--data", i.data)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	signed := cookieOf(t, i.draft(t), "minside", "ASP.NET_SessionId").Exemption.Reviewed
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(content), signed, "2999-01-01")), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := must(t, "inventory", "check", file); !strings.Contains(said, "warning: "+ahead) || !strings.Contains(said, file+":") {
		t.Errorf("the check says %s", said)
	}
	must(t, "site", "import", file, "--data", i.data)
	said := i.change(t, append(set, "reviewer=Nettredaktør")...)
	if !said.Changed || !slices.ContainsFunc(said.Problems, func(p consent.Problem) bool { return p.Code == "future_day" && p.Severity == consent.Warning }) {
		t.Errorf("got %+v", said)
	}
	i.change(t, append(set, "reviewed=2999-01-01")...) // it says so already
	done := invoke(t, "notice", "publish", "gjerdrum", "--no-pictures", "--data", i.data)
	if done.code != 0 || !strings.Contains(done.err, "warning: "+ahead) || !strings.Contains(done.err, "days more.") {
		t.Errorf("exit code %d: %s%s", done.code, done.out, done.err)
	}
	if said := i.change(t, append(set, "reviewed=2020-01-01")...); !said.Changed || len(said.Problems) > 0 {
		t.Errorf("got %+v", said)
	}
}

// A command that rewrites why a cookie is necessary signs that, too, and a draft in which an
// old signature stands below a new text is not published.
func TestTheMachineKeepsNoOldSignature(t *testing.T) {
	i := newInstallation(t)
	const another, other = "Følger deg fra side til side.", "is another text than the one that stands here now."
	sign := []string{"exemption", "set", "gjerdrum", "minside", "ASP.NET_SessionId"}
	i.change(t, append(sign, "reviewed=2025-06-02")...)
	was := inventoryOf(t, i.draft(t))
	i.refused(t, 1, other, append(sign, "reason.nb="+another)...)
	if inventoryOf(t, i.draft(t)) != was {
		t.Fatal("what was refused is saved")
	}
	i.change(t, append(sign, "reason.nb="+another, "reviewed=2025-06-03")...)
	must(t, "notice", "publish", "gjerdrum", "--no-pictures", "--data", i.data)
	i.refused(t, 1, other, append(sign, "reason.nb=Noe annet.")...)
}
