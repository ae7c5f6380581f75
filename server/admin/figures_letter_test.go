//go:build !race

package admin_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// toldTo has a webhook told of everything, as the list in the settings is by e-mail. It
// gives what takes a look, and what it tells is added to the list.
func (h *house) toldTo(t *testing.T, told *[][]byte) func() {
	t.Helper()
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*told = append(*told, body)
	}))
	t.Cleanup(receiver.Close)
	roots := receiver.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs //nolint:forcetypeassert // that is what it is
	w := notify.New(notify.Options{
		Settings: config.Notify{Language: "en", Webhook: config.Webhook{URL: receiver.URL, Key: config.NewSecret(strings.Repeat("k", 32))}},
		Store:    h.store, Audits: h.audits, Memory: filepath.Join(t.TempDir(), "told"), Admin: h.url, Clock: h.clock, Log: h.log(), Roots: roots,
	})
	return func() {
		h.audits.Step(t.Context())
		w.Step(t.Context())
	}
}

// spanTold is how letters write some days.
const spanTold = `((?:\d+(?: \w+)?(?: \d{4})? ?– ?)?\d+ \w+ \d{4})`

var (
	compared = regexp.MustCompile(`(?:[Dd]ay|days directly) before, ` + spanTold + `: ([\d,]+) decisions\.`)
	weekTold = regexp.MustCompile(`Week \d+, ` + spanTold + `, in brief:\n`)
	reported = regexp.MustCompile(spanTold + `: (?:the banner was shown )?([\d,]+) times, and ([\d,]+) decisions`)
	gapTold  = regexp.MustCompile(`\d+\.? \w+ \d{4}: ([^<\n]*(?:decisions reached|beslutninger kom fram)[^<\n]*)`)
)

// letters writes down the numbers of the weekly reports, and gives how many those are.
func (b notebook) letters(t *testing.T, told [][]byte) (reports int) {
	t.Helper()
	for _, body := range told {
		var letter struct{ Kind, Text string }
		must(t, json.Unmarshal(body, &letter))
		if letter.Kind != "week" {
			continue
		}
		for _, found := range compared.FindAllStringSubmatch(letter.Text, -1) {
			first, last := spanOf(t, found)
			b.add("all", fact{first, last, "letter, before", numberOf(t, found[2])})
			reports++
		}
		for _, found := range reported.FindAllStringSubmatch(letter.Text, -1) {
			first, last := spanOf(t, found)
			shown, decided := numberOf(t, found[2]), numberOf(t, found[3])
			b.add("all", fact{first, last, "letter", decided})
			b.add("on the way of "+first+last, fact{first, last, "letter", decided})
			b.add("on the way of "+first+last, fact{first, last, "letter, shown", shown})
			reports++
		}
	}
	return reports
}

// spanOf gives the days that a report names first.
func spanOf(t *testing.T, found []string) (first, last string) {
	t.Helper()
	begins, ends, several := strings.Cut(found[1], "–")
	if last = dayOf(t, strings.TrimSpace(cmp.Or(ends, begins))); !several {
		return last, last
	}
	whole := strings.Fields(begins)
	whole = append(whole, strings.Fields(ends)[len(whole):]...) // what both share is said once
	return dayOf(t, strings.Join(whole, " ")), last
}

func dayOf(t *testing.T, words string) string {
	t.Helper()
	at, err := time.Parse("2 January 2006", words)
	must(t, err)
	return at.Format(time.DateOnly)
}

func numberOf(t *testing.T, words string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.NewReplacer("\u202f", "", ",", "").Replace(words))
	must(t, err)
	return n
}

// Whoever gets the letters, and sees the figures and the gaps on the way each day, finds
// nobody who was erased before their day was counted: neither in a number of the letters
// nor in what is missing, of which no number is told.
func TestStrangerFindsNobodyInLetters(t *testing.T) {
	h := open(t)
	h.wait(3 * time.Hour)
	var told [][]byte
	look := h.toldTo(t, &told)
	first, book, gaps := consent.MidnightOf(h.clock()), notebook{}, map[string]bool{}
	const usual, lost = 71, 12
	for day := range 24 {
		h.answers(t, decided{n: 40}, no(30, 0), decided{n: 1})
		tally := consent.Tally{Site: "skogen", Day: consent.MidnightOf(h.clock()), Shown: 300, Decided: usual, Acknowledged: usual}
		if day%4 == 1 { // something is lost, and somebody erased
			tally.Decided += lost
			must(t, h.erase(t, h.nextDecision-1))
			must(t, h.erase(t, h.nextDecision-2))
		}
		must(t, h.store.AddTallies(t.Context(), []consent.Tally{tally}))
		h.wait(12 * time.Hour)
		look()
		h.wait(12 * time.Hour)
		look()
		kari := h.member(fmt.Sprintf("kari-%d@example.no", day), consent.RoleViewer, skogen) // logins end
		yesterday := consent.MidnightOf(h.clock()).AddDate(0, 0, -1).Format(time.DateOnly)
		span := "from=" + yesterday + "&to=" + yesterday
		got := kari.get("/sites/skogen/figures?" + span)
		for _, found := range gapTold.FindAllStringSubmatch(got.body, -1) {
			gaps[found[1]] = true
		}
		visits := map[string]int{}
		for _, cells := range kari.file("visits", span)[1:] {
			visits[cells[2]] = numberOf(t, cells[3])
			book.add("on the way of "+cells[0]+cells[1], fact{cells[0], cells[1], cells[2], visits[cells[2]]})
		}
		if missing := visits["Beslutning mottatt"] - visits["Beslutning lagret"]; missing != lost*(day%4%2)*(1-day%4/2) {
			t.Errorf("day %d: what is told of the way to the log differs by %d: %v", day, missing, visits)
		}
		all := "from=" + first.Format(time.DateOnly) + "&to=" + yesterday
		book.read(t, "days", yesterday, kari.get("/sites/skogen/figures/days.csv?"+all).body)
	}
	if n := book.letters(t, told); n < 4 {
		t.Errorf("the letters have %d numbers", n)
	}
	if seen := book.few(); seen != "" {
		t.Error(seen)
	}
	for _, body := range told {
		var letter struct{ Kind, Text string }
		must(t, json.Unmarshal(body, &letter))
		for _, found := range gapTold.FindAllStringSubmatch(letter.Text, -1) {
			if letter.Kind == "gap" {
				said, _, _ := strings.Cut(found[1], "http")
				gaps[said] = true
			}
		}
	}
	if len(gaps) != 2 {
		t.Errorf("the gaps are told as %v", gaps)
	}
	for gap := range gaps {
		if strings.ContainsAny(gap, "0123456789") {
			t.Errorf("a gap is told by a number: %q", gap)
		}
	}
}

// The weekly report compares what it tells with what the page Figures compares the same
// days with: with as many directly before, and with none where these are not told.
func TestReportComparesAsThePageDoes(t *testing.T) {
	h := open(t)
	h.wait(3 * time.Hour)
	var told [][]byte
	look := h.toldTo(t, &told)
	for day := range 8 * 7 {
		h.answers(t, decided{n: []int{9, 8, 9, 1, 1, 7, 9, 8, 1, 1, 9}[day%11]})
		h.wait(24 * time.Hour)
		look()
	}
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.speaks(t, consent.English)
	with, without := 0, 0
	for _, body := range told {
		var letter struct {
			Kind, Text string
			Items      []struct{ First, Last string }
		}
		must(t, json.Unmarshal(body, &letter))
		if letter.Kind != "week" || letter.Items[1].First == "" || strings.Contains(letter.Text, "The latest:") {
			continue
		}
		first, last := letter.Items[1].First, letter.Items[1].Last // of Skogen
		page := kari.get("/sites/skogen/figures?from=" + first + "&to=" + last).body
		monday, sunday := spanOf(t, weekTold.FindStringSubmatch(letter.Text))
		if strings.Contains(letter.Text, "Some of these days are before the week") != (first < monday) || strings.Contains(letter.Text, "later days of the week come later") != (last < sunday) {
			t.Errorf("%s to %s is not said to differ, or said to, from the week:\n%s", first, last, letter.Text)
		}
		before := compared.FindStringSubmatch(letter.Text)
		if before == nil {
			without++
			if !strings.Contains(page, "Not compared with as many days") || strings.Contains(letter.Text, "before, ") {
				t.Errorf("%s to %s: the page compares, and the report does not:\n%s", first, last, letter.Text)
			}
			continue
		}
		with++
		from, to := spanOf(t, before)
		if !strings.Contains(page, "the days before ("+before[2]+")") || daysOf(t, from, to) != daysOf(t, first, last) || daysOf(t, to, first) != 2 {
			t.Errorf("%s to %s: the page does not say what the report does:\n%s", first, last, letter.Text)
		}
	}
	if with < 2 || without < 2 {
		t.Errorf("%d reports compare, and %d do not", with, without)
	}
}

// daysOf is how many there are from one to another, both with them.
func daysOf(t *testing.T, first, last string) int {
	t.Helper()
	from, err := time.Parse(time.DateOnly, first)
	must(t, err)
	to, err := time.Parse(time.DateOnly, last)
	must(t, err)
	return int(to.Sub(from)/(24*time.Hour)) + 1
}

// erase erases a decision as a visitor does.
func (h *house) erase(t *testing.T, number int) error {
	t.Helper()
	n, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{ID: storagetest.ID(number), Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: h.clock()})
	if err == nil && n != 1 {
		err = fmt.Errorf("%d were erased", n)
	}
	return err
}
