package main_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// What an older notice says becomes the draft again, and nothing else happens.
func TestNoticesAreRolledBackOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum", "retention: P2Y", "retention: P3Y")
	i.publishWithoutBrowser(t)
	i.refused(t, 1, "notice list gjerdrum", "notice", "rollback", "gjerdrum", "3")
	i.refused(t, 1, "The sites are: gjerdrum.", "notice", "rollback", "havet", "1")
	said := must(t, "notice", "rollback", "gjerdrum", "1", "--data", i.data)
	if !strings.Contains(said, "Nothing is published yet") || !strings.Contains(said, "as the draft had it") {
		t.Errorf("got %s", said)
	}
	draft := must(t, "site", "export", "gjerdrum", "--data", i.data)
	if strings.Contains(draft, "Nye Gjerdrum") || !strings.Contains(draft, "retention: P3Y") {
		t.Errorf("the draft says:\n%.1500s", draft)
	}
	if list := must(t, "notice", "list", "gjerdrum", "--json", "--data", i.data); strings.Count(list, "\n") != 2 {
		t.Errorf("got %s", list)
	}
	if got, want := i.told(t, "gjerdrum", "draft.restore"), []string{"draft.restore 1"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// What is said of a notice that a command publishes stands where that of the pages does, by
// the same rules.
func TestPublishingByCommandTakesAComment(t *testing.T) {
	i := newInstallation(t)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	publish := func(comment string) []string {
		return []string{"notice", "publish", "gjerdrum", "--no-pictures", "--comment", comment}
	}
	i.refused(t, 1, "at most 2,000 characters", publish(strings.Repeat("a", 2001))...)
	i.refused(t, 1, "nobody sees", publish("Jul\u202esida")...)
	must(t, append(publish("Julesida\nkjem"), "--data", i.data)...)
	if list := must(t, "notice", "list", "gjerdrum", "--data", i.data); !strings.Contains(list, "  Julesida kjem\n") {
		t.Errorf("the list has no comment: %s", list)
	}
	for verb, want := range map[string]string{"notice": "Julesida kjem\n", "trail": "Julesida"} {
		args := map[string][]string{"notice": {"notice", "show", "gjerdrum"}, "trail": {"trail", "list", "gjerdrum", "--act", "notice.publish"}}[verb]
		if said := must(t, append(args, "--data", i.data)...); !strings.Contains(said, want) {
			t.Errorf("%s: %q is missing in %s", verb, want, said)
		}
	}
}

// A time is set for who may publish, and taken away again.
func TestNoticesAreScheduledOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=publisher", "--data", i.data)
	must(t, "account", "add", "per@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	due := time.Now().UTC().Add(2 * time.Hour).Truncate(time.Minute)
	schedule := func(at, maker string) []string {
		return []string{"notice", "schedule", "gjerdrum", at, "--maker", maker}
	}
	written := consent.InNorway(due).Format("2006-01-02T15:04")
	i.refused(t, 2, "write the hour", schedule(due.Format(time.DateOnly), "ola@example.no")...)
	i.refused(t, 2, "is not a time", schedule("tonight", "ola@example.no")...)
	i.refused(t, 1, "has passed", schedule("2020-01-01T08:00", "ola@example.no")...)
	i.refused(t, 1, "account role EMAIL gjerdrum publisher", schedule(written, "per@example.no")...)
	i.refused(t, 1, "account list", schedule(written, "nils@example.no")...)
	i.refused(t, 1, "No time is set", "notice", "unschedule", "gjerdrum")
	said := must(t, append(schedule(written, "ola@example.no"), "--comment", "Julesida", "--data", i.data)...)
	if !strings.Contains(said, consent.InNorway(due).Format("2006-01-02 15:04:05 MST")) {
		t.Errorf("got %s", said)
	}
	store := i.open(t)
	plan, err := store.Plan(t.Context(), "gjerdrum")
	if err != nil || plan.State != consent.PlanScheduled || !plan.Due.Equal(due) || plan.Proposer != 1 || plan.Comment != "Julesida" {
		t.Errorf("planned is %+v (%v)", plan, err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	i.refused(t, 1, "notice unschedule gjerdrum", schedule(written, "ola@example.no")...)
	must(t, "notice", "unschedule", "gjerdrum", "--data", i.data)
	i.refused(t, 1, "No time is set", "notice", "unschedule", "gjerdrum")
	if got, want := ofDraft(i.told(t, "gjerdrum", "publish")), []string{"publish.schedule " + consent.InNorway(due).Format("2006-01-02 15:04") + " draft=HASH", "publish.cancel plan=cancelled account=1 due=" + consent.InNorway(due).Format("2006-01-02T15:04")}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
	store = i.open(t)
	was, err := store.TwoRule(t.Context(), "gjerdrum")
	if err == nil {
		err = store.SetTwoRule(t.Context(), "gjerdrum", consent.TwoRule{On: true, Since: time.Now()}, was)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	i.refused(t, 1, "nobody publishes alone", schedule(written, "ola@example.no")...)
}
