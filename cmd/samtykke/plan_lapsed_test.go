package main_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// A command that changes a draft says that what waited lapsed by it, the trail tells it of
// that act, and what lapsed is cleared away.
func TestCommandsTellWhatLapses(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=publisher", "--data", i.data)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	site := i.data + "/lapses.yaml"
	now := "Nye Gjerdrum"
	change := func() string {
		t.Helper()
		was := now
		now += " igjen"
		write(t, site, strings.Replace(must(t, "site", "export", "gjerdrum", "--data", i.data), was, now, 1))
		return site
	}
	due := consent.InNorway(time.Now().Add(2 * time.Hour)).Format("2006-01-02T15:04")
	for _, each := range []struct {
		plan, end []string
		says      string
		cleared   string
	}{
		{
			[]string{"schedule", "gjerdrum", due, "--maker", "ola@example.no"},
			[]string{"unschedule", "gjerdrum"},
			"is not published at ", "Cancelled. ",
		},
		{
			[]string{"propose", "gjerdrum", "--maker", "ola@example.no"},
			[]string{"return", "gjerdrum", "--by", "ola@example.no"},
			"The proposal to publish the draft of gjerdrum lapsed", "Sent back. ",
		},
	} {
		must(t, append(append([]string{"notice"}, each.plan...), "--data", i.data)...)
		for n, want := range []bool{true, false} {
			done := invoke(t, "site", "import", change(), "--data", i.data)
			if done.code != 0 || strings.Contains(done.err, each.says) != want {
				t.Errorf("change %d says\n%s", n+1, done.err)
			}
			if next := "--maker EMAIL --data " + i.data; want && !strings.Contains(strings.Join(strings.Fields(done.err), " "), next) {
				t.Errorf("the next command lacks %q: %s", next, done.err)
			}
		}
		if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "nothing comes of it") {
			t.Errorf("got %s", shown)
		}
		must(t, append(append([]string{"notice"}, each.end...), "--data", i.data)...)
		if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, each.cleared) || strings.Contains(shown, "nothing comes of it") {
			t.Errorf("what was cleared away is shown as %s", shown)
		}
	}
	store := i.open(t)
	defer store.Close()
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: "gjerdrum", Action: "draft.import"})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, act := range acts {
		for _, c := range act.Changes {
			if c.Field == consent.PlanField {
				told = append(told, c.Was+" "+c.Is)
			}
		}
	}
	if want := []string{"proposed lapsed", "scheduled lapsed"}; !slices.Equal(told, want) {
		t.Errorf("the trail tells %q, want %q", told, want)
	}
}

// Whoever proposes to nobody is warned, also where a script reads the rest.
func TestProposingToNobodyWarns(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	for _, form := range [][]string{{}, {"--json"}} {
		done := invoke(t, append([]string{"notice", "propose", "gjerdrum", "--maker", "kari@example.no", "--data", i.data}, form...)...)
		if done.code != 0 || !strings.Contains(done.err, "Nobody may agree to it") || strings.Contains(done.out, "Nobody may agree") {
			t.Errorf("exit code %d, says\n%s%s", done.code, done.out, done.err)
		}
		must(t, "notice", "return", "gjerdrum", "--by", "kari@example.no", "--data", i.data)
	}
}
