package main_test

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestPublicExportTellsOfNoVisitor searches the file that is handed out for every
// id, key, salt, place and time that the log holds, and for small groups. What is
// frozen is not counted (GDPR art. 18(2)).
func TestPublicExportTellsOfNoVisitor(t *testing.T) {
	const decisions = 3000 // a day and an hour
	i := newInstallation(t)
	i.fill(t, decisions)
	store := i.open(t)
	lone := someDecision(exampleBundle(t), decisions) // one that nobody else made
	lone.Method, lone.Language, lone.Layer = consent.Withdraw, consent.English, consent.LayerPage
	if _, err := store.Append(t.Context(), lone); err != nil {
		t.Fatal(err)
	}
	var secrets []string
	entries, err := store.Read(t.Context(), consent.LogQuery{Site: "gjerdrum", Oldest: true, Limit: 10_000})
	if err != nil || len(entries) != decisions+1 {
		t.Fatal(len(entries), err)
	}
	for at := range entries {
		e := &entries[at]
		secrets = append(secrets, forms(e.ID[:])...)
		secrets = append(secrets, forms(e.Visitor[:])...)
		secrets = append(secrets, e.ID.String(), e.Time.Format("15:04:05"), e.Time.Format("15:04"), strconv.FormatInt(e.Time.UnixMilli(), 10), strconv.FormatInt(e.Time.Unix(), 10))
		if !e.Previous.IsZero() {
			secrets = append(secrets, e.Previous.String())
		}
	}
	trees, err := store.Trees(t.Context(), "gjerdrum")
	if err != nil {
		t.Fatal(err)
	}
	for _, tree := range trees {
		err := store.Leaves(t.Context(), tree.Origin, 0, func(leaf *consent.Leaf) error {
			secrets = append(append(secrets, forms(leaf.Salt[:])...), forms(leaf.Hashes[:32])...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.Restrict(t.Context(), "gjerdrum", consent.Restriction{ID: entries[0].ID, Reason: consent.ReasonAsked, Time: entries[0].Time}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"csv", "jsonl"} {
		text := must(t, "log", "export", "gjerdrum", "--public", "--format", format, "--data", i.data)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Fatalf("%s: the file holds %q", format, secret)
			}
		}
		if strings.Contains(text, "withdraw") || strings.Contains(text, `"en"`) {
			t.Errorf("%s: what one visitor did stands by itself:\n%s", format, text)
		}
	}
	checkPublicCounts(t, must(t, "log", "export", "gjerdrum", "--public", "--data", i.data), decisions-1)
	checkPublicLines(t, must(t, "log", "export", "gjerdrum", "--public", "--format", "jsonl", "--data", i.data))
}

// forms are the ways in which bytes could be written.
func forms(data []byte) []string {
	return []string{string(data), hex.EncodeToString(data), base64.RawURLEncoding.EncodeToString(data), base64.RawStdEncoding.EncodeToString(data)}
}

// checkPublicCounts makes sure that the counts are all there, in an order that
// their text alone decides.
func checkPublicCounts(t *testing.T, text string, want int) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sum, others, before := 0, 0, ""
	for _, row := range rows[1:] {
		count := 0
		if row[6] == "< 5" {
			others++
			if row[3] != "other" || row[0] != "2026-11-03" {
				t.Errorf("a small count by itself: %v", row)
			}
		} else if _, err := fmt.Sscan(row[6], &count); err != nil || count < 5 {
			t.Errorf("the count of %v", row)
		}
		if key := strings.ReplaceAll(strings.Join(row[:6], "|"), "other", "~"); row[3] != "other" && key < before {
			t.Errorf("%v is out of order", row)
		} else if row[3] != "other" {
			before = key
		}
		sum += count
	}
	if sum != want || others != 1 {
		t.Errorf("%d decisions and %d small counts, want %d and 1:\n%s", sum, others, want, text)
	}
}

func checkPublicLines(t *testing.T, text string) {
	t.Helper()
	small := 0
	for line := range strings.Lines(text) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if count, told := row["count"]; !told {
			t.Errorf("no count: %s", line)
		} else if count == nil {
			small++
		}
	}
	if small != 1 {
		t.Errorf("%d counts are too small to be told, want 1:\n%s", small, text)
	}
}

// TestPublicExportCountsRefusals: a no of which only a number was kept is told as
// a yes is, and hidden among few.
func TestPublicExportCountsRefusals(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 50)
	store := i.open(t)
	day := time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC)
	for _, each := range []struct {
		language consent.Language
		day      time.Time
		count    int
	}{{"nb", day, 7}, {"nn", day, 2}, {"nb", day.AddDate(0, 0, 1), 6}} {
		for range each.count {
			if err := store.CountRefusal(t.Context(), "gjerdrum", 1, each.language, each.day); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	const (
		first  = "2026-11-04,1,nb,refusal_counted,,,7\n"
		few    = "2026-11-04,,,other,,,< 5\n"
		second = "2026-11-05,1,nb,refusal_counted,,,6\n"
	)
	for _, c := range []struct {
		flags []string
		want  string
	}{
		{[]string{"--from", "2026-11-04"}, first + few + second},
		{[]string{"--day", "2026-11-04"}, first + few},
		{[]string{"--from", "2026-11-05"}, second},
	} {
		text := must(t, append([]string{"log", "export", "gjerdrum", "--public", "--data", i.data}, c.flags...)...)
		if _, rows, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n"); rows != c.want {
			t.Errorf("%v gives\n%s\nwant\n%s", c.flags, rows, c.want)
		}
	}
}

// TestPublicExportTakesDays: of two files that were filtered otherwise, one less the
// other is what a single visitor did.
func TestPublicExportTakesDays(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 50)
	for _, flags := range [][]string{
		{"--method", "withdraw"},
		{"--category", "statistics"},
		{"--receipt", "0195f3a0-0000-7000-8000-000000000000"},
		{"--from", "2026-11-01T10:00"},
		{"--to", "2026-11-04T10:05"},
		{"--from", "2026-11-01", "--to", "2026-11-04T00:00:01"},
	} {
		done := invoke(t, append([]string{"log", "export", "gjerdrum", "--public", "--data", i.data}, flags...)...)
		if done.code != 2 || done.out != "" || !strings.Contains(done.err, "--public takes whole days and nothing else") {
			t.Errorf("%v: exit code %d\n%s%s", flags, done.code, done.out, done.err)
		}
	}
	for _, flags := range [][]string{{"--day", "2026-11-01"}, {"--from", "2026-11-01", "--to", "2026-11-04"}, {"--to", "2026-11-04T00:00"}} {
		must(t, append([]string{"log", "export", "gjerdrum", "--public", "--data", i.data}, flags...)...)
	}
}
