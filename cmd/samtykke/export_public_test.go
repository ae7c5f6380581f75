package main_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestPublicExportTellsOfNoVisitor searches the file that is handed out for every
// id, key, salt and time that the log holds, and for small groups, and holds it against
// the figures. What is frozen is not counted (GDPR art. 18(2)).
func TestPublicExportTellsOfNoVisitor(t *testing.T) {
	const decisions, others = 3000, 60 // a day and an hour
	i := newInstallation(t)
	i.fill(t, decisions)
	store := i.open(t)
	lone := someDecision(exampleBundle(t), decisions) // one that nobody else made
	lone.Method, lone.Language, lone.Layer = consent.Withdraw, consent.English, consent.LayerPage
	few := []*consent.Decision{lone}
	for n := range int64(others) {
		few = append(few, someDecision(exampleBundle(t), n))
	}
	for _, one := range few {
		one.Time, one.ID[9] = time.Date(2026, 10, 30, 12, 0, 0, 0, time.UTC), one.ID[9]^1 // of a month that is over
		if _, err := store.Append(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	var secrets []string
	entries, err := store.Read(t.Context(), consent.LogQuery{Site: "gjerdrum", Oldest: true, Limit: 10_000})
	if err != nil || len(entries) != decisions+others+1 {
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
	var both strings.Builder
	for _, format := range []string{"csv", "jsonl"} {
		text := must(t, "log", "export", "gjerdrum", "--public", "--format", format, "--data", i.data)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Fatalf("%s: the file holds %q", format, secret)
			}
		}
		both.WriteString(text)
	}
	said := both.String()
	if strings.Contains(said, ",withdraw/page,") || strings.Contains(said, ",en,") {
		t.Errorf("what one visitor did stands by itself:\n%s", said)
	}
	checkPublicCounts(t, said, decisions+others)
	for _, by := range []string{"days", "outcomes", "languages", "notices", "methods", "categories"} {
		samePublic(t, said, by, must(t, "figures", "gjerdrum", "--from", "2026-10-01", "--by", by, "--json", "--data", i.data))
	}
}

// forms are the ways in which bytes could be written.
func forms(data []byte) []string {
	return []string{string(data), hex.EncodeToString(data), base64.RawURLEncoding.EncodeToString(data), base64.RawStdEncoding.EncodeToString(data)}
}

// publicLine is a number of a public file.
type publicLine struct {
	From, To, Table, Row, Answer string
	Count                        *int
}

func publicLines(t *testing.T, text string) (all []publicLine) {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "{") {
			var one publicLine
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				t.Fatal(err)
			}
			all = append(all, one)
		}
	}
	return all
}

// checkPublicCounts makes sure that every decision is in each table, that none of the
// numbers is about few, and that both forms say the same.
func checkPublicCounts(t *testing.T, text string, want int) {
	t.Helper()
	sums := map[string]int{}
	lines := publicLines(t, text)
	for _, one := range lines {
		count := ""
		if one.Count != nil {
			count = strconv.Itoa(*one.Count)
			if sums[one.Table] += *one.Count; !consent.IsCrowd(*one.Count) {
				t.Errorf("%+v is %d", one, *one.Count)
			}
		}
		if row := strings.Join([]string{one.From, one.To, one.Table, one.Row, one.Answer, count}, ","); strings.Count(text, row+"\r\n") != 1 {
			t.Errorf("no row of the table is %s", row)
		}
	}
	if rows := strings.Count(text, "\r\n"); rows != len(lines)+1 {
		t.Errorf("%d lines and %d rows", len(lines), rows)
	}
	for _, table := range []string{"days", "outcomes", "languages", "notices", "methods"} {
		if sums[table] != want {
			t.Errorf("%s are of %d decisions, want %d:\n%s", table, sums[table], want, text)
		}
	}
}

// samePublic makes sure that a public file says of a table what the figures say.
func samePublic(t *testing.T, text, table, told string) {
	t.Helper()
	public, shown := map[string]int{}, map[string]int{}
	for _, one := range publicLines(t, text) {
		if one.Table == table && one.Count != nil {
			about := one.Row + " " + one.Answer
			if table == "days" {
				about = one.From + one.To + " decisions"
			}
			public[about] += *one.Count
		}
	}
	for line := range strings.Lines(told) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		name, _ := row[table].(string)
		if table == "days" {
			name = fmt.Sprint(row["from"], row["to"])
		}
		counts, _ := row["counts"].(map[string]any)
		for answer, n := range counts {
			count, _ := n.(float64)
			shown[name+" "+answer] += int(count)
		}
	}
	if len(public) == 0 || !maps.Equal(public, shown) {
		t.Errorf("%s are %v in the public file, and %v in the figures", table, public, shown)
	}
}

// TestPublicExportCountsRefusals: a no of which only a number was kept is told as
// a yes is, by the dates that are asked for.
func TestPublicExportCountsRefusals(t *testing.T) {
	i := newInstallation(t)
	store := i.open(t)
	day := time.Date(2026, 10, 29, 9, 0, 0, 0, time.UTC)
	for at, count := range map[int]int{0: 7, 1: 6} {
		for range count {
			if err := store.CountRefusal(t.Context(), "gjerdrum", 1, "nb", day.AddDate(0, 0, at)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	first, second := "2026-10-29,2026-10-29,methods,refusal_counted,no,7", "2026-10-30,2026-10-30,methods,refusal_counted,no,6"
	for _, c := range []struct {
		flags []string
		want  []string
	}{
		{[]string{"--from", "2026-10-29"}, []string{first, second}},
		{[]string{"--day", "2026-10-29"}, []string{first}},
		{[]string{"--from", "2026-10-30", "--to", "2026-10-30"}, []string{second}},
		{[]string{"--to", "2026-10-28"}, nil},
	} {
		text := must(t, append([]string{"log", "export", "gjerdrum", "--public", "--data", i.data}, c.flags...)...)
		var got []string
		for row := range strings.SplitSeq(text, "\r\n") {
			if strings.Contains(row, ",methods,") {
				got = append(got, row)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v gives\n%s\nwant\n%s", c.flags, got, c.want)
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
