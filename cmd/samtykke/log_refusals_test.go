package main_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// What is told of refusals that are only counted is what the figures tell of the same days:
// of a day, a notice and a language there is no number, which would leave a few when it is
// taken from those.
func TestRefusalsAreThoseOfTheFigures(t *testing.T) {
	i, without := newInstallation(t), newInstallation(t)
	if said := must(t, "log", "refusals", "gjerdrum", "--data", without.data); !strings.Contains(said, "There are no refusals to show") {
		t.Errorf("got %s", said)
	}
	store := i.open(t)
	first, today := time.Date(2025, 6, 2, 9, 0, 0, 0, time.UTC), time.Now()
	for _, each := range []struct {
		at       time.Time
		language consent.Language
		count    int
	}{
		{first, consent.Bokmaal, 7},
		{first.AddDate(0, 0, 1), consent.Bokmaal, 20},
		{first.AddDate(0, 0, 1), consent.English, 3}, // with the next day they are many
		{first.AddDate(0, 0, 2), consent.Bokmaal, 6},
		{first.AddDate(0, 0, 2), consent.English, 4},
		{first.AddDate(0, 0, 3), consent.Bokmaal, 8},
		{first.AddDate(0, 0, 3), consent.English, 1}, // never as many as five again
		{today, consent.Bokmaal, 9},                  // and the day is not over
	} {
		for range each.count {
			if err := store.CountRefusal(t.Context(), "gjerdrum", 1, each.language, each.at); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	table := must(t, "log", "refusals", "gjerdrum", "--data", i.data)
	const want = `{"count":7,"from":"2025-06-02","site":"gjerdrum","to":"2025-06-02"}
{"count":33,"from":"2025-06-03","site":"gjerdrum","to":"2025-06-04"}
{"count":9,"from":"2025-06-05","site":"gjerdrum","to":"2025-06-30"}
`
	if lines := must(t, "log", "refusals", "gjerdrum", "--json", "--data", i.data); lines != want {
		t.Errorf("got %s, want %s", lines, want)
	}
	for _, row := range [][3]string{{"2025-06-02", "2025-06-02", "7"}, {"2025-06-03", "2025-06-04", "33"}, {"2025-06-05", "2025-06-30", "9"}} {
		if !strings.Contains(table, row[0]+"  "+row[1]) {
			t.Errorf("the table lacks %v: %s", row, table)
		}
		if said := must(t, "figures", "gjerdrum", "--by", "methods", "--from", row[0], "--to", row[1], "--json", "--data", i.data); !strings.Contains(said, `"counts":{"no":`+row[2]+`}`) || !strings.Contains(said, `"refusal_counted"`) {
			t.Errorf("the figures say of %v: %s", row, said)
		}
	}
}
