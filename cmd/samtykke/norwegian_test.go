package main_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Moments are told by Norwegian clocks with the zone, whatever zone the machine has, and
// read so; JSON has them in UTC.
func TestTimesAreNorwegianOnEveryMachine(t *testing.T) {
	i := newInstallation(t)
	store := i.open(t)
	notice, err := consent.InForce(t.Context(), store, "gjerdrum")
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	local := consent.InNorway(notice.Published).Format("2006-01-02 15:04:05 MST")
	if !strings.HasSuffix(local, " CET") && !strings.HasSuffix(local, " CEST") {
		t.Fatalf("Norway has the zone of %s", local)
	}
	for _, verb := range []string{"notice list gjerdrum", "notice show gjerdrum"} {
		if said := must(t, append(strings.Fields(verb), "--data", i.data)...); !strings.Contains(said, local) {
			t.Errorf("samtykke %s does not say %q:\n%s", verb, local, said)
		}
	}
	shown := regexp.MustCompile(`\d\d:\d\d:\d\d (CET|CEST)\b`)
	for _, verb := range []string{"site list", "trail list gjerdrum", "db status"} {
		if said := must(t, append(strings.Fields(verb), "--data", i.data)...); verb != "db status" && !shown.MatchString(said) || regexp.MustCompile(`\d\d:\d\d:\d\d(  |\n)`).MatchString(said) {
			t.Errorf("samtykke %s has times without their zone:\n%s", verb, said)
		}
	}
	if said := must(t, "notice", "list", "gjerdrum", "--json", "--data", i.data); !strings.Contains(said, notice.Published.UTC().Format(time.RFC3339)) {
		t.Errorf("JSON is not in UTC: %s", said)
	}
	// Midnight in Norway is an hour or two before that of the machine.
	today := consent.InNorway(notice.Published)
	from := time.Date(today.Year(), today.Month(), today.Day(), today.Hour(), today.Minute(), 0, 0, today.Location())
	if said := must(t, "trail", "list", "gjerdrum", "--from", from.Format("2006-01-02T15:04"), "--act", "notice.publish", "--data", i.data); !strings.Contains(said, "notice.publish") {
		t.Errorf("a time is not read by Norwegian clocks: %s", said)
	}
	if said := must(t, "trail", "list", "gjerdrum", "--to", from.Format("2006-01-02T15:04"), "--act", "notice.publish", "--data", i.data); strings.Contains(said, "notice.publish ") {
		t.Errorf("a time is not read by Norwegian clocks: %s", said)
	}
}
