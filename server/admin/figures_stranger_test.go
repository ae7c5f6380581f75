//go:build !race

package admin_test

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// fact is a number that somebody has written down: of what, of which days, and from where.
type fact struct {
	first, last, from string
	n                 int
}

// notebook are facts by what they are about.
type notebook map[string]map[fact]bool

func (b notebook) add(about string, one fact) {
	if b[about] == nil {
		b[about] = map[fact]bool{}
	}
	b[about][one] = true
}

// codes are what files for programs call what those for people call otherwise.
var codes = map[string]string{
	"Ja til alt": "yes", "Ja til noe": "partly", "Nei til alt": "no", "Trukket tilbake": "taken_back", "Åpnet en plassholder": "in_place",
	"Ja": "yes", "Noe av det": "partly", "Nei": "no", "Beslutninger": "", "Antall": "",
	"Bokmål": "nb", "Nynorsk": "nn", "Statistikk": "statistics", "Markedsføring": "marketing",
}

func coded(name string) string {
	if code, known := codes[name]; known {
		return code
	}
	return name
}

// take writes down what a number says, by itself and in the sums that it belongs to.
func (b notebook) take(table, row, answer string, one fact, sums map[string]fact) {
	b.add(table+" "+row+" "+answer, one)
	if table == "delays" || table == "visits" || table == "categories" {
		return
	}
	for _, about := range []string{"all", "all " + answer} { // of every table the same, if they agree
		if answer == "" && about != "all" || table == "days" && about != "all" {
			continue
		}
		key := table + "|" + about + "|" + cmp.Or(map[bool]string{true: "days"}[table == "days"], one.first+one.last)
		sum, known := sums[key]
		if !known {
			sum = fact{one.first, one.last, one.from, 0}
		}
		sum.first, sum.last, sum.n = min(sum.first, one.first), max(sum.last, one.last), sum.n+one.n
		sums[key] = sum
	}
	if table == "days" {
		b.add("all", one)
	}
}

// read writes down a file: of one table as the pages give it, or of all.
func (b notebook) read(t *testing.T, table, when, body string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	must(t, err)
	sums := map[string]fact{}
	head := rows[0]
	for _, row := range rows[1:] {
		switch {
		case head[0] == "day": // days by themselves
			if n, err := strconv.Atoi(row[len(row)-1]); err == nil {
				b.take("public", strings.Join(row[1:len(row)-1], " "), "", fact{row[0], row[0], when, n}, sums)
			}
		case head[2] == "table":
			if n, err := strconv.Atoi(row[5]); err == nil {
				b.take(row[2], row[3], row[4], fact{row[0], row[1], when, n}, sums)
			}
		default:
			name, from := "", 2
			if table != "days" {
				name, from = coded(row[2]), 3
			}
			for i := from; i < len(row); i++ {
				if n, err := strconv.Atoi(row[i]); err == nil {
					b.take(table, name, coded(head[i]), fact{row[0], row[1], when, n}, sums)
				}
			}
		}
	}
	for key, sum := range sums {
		b.add(strings.Split(key, "|")[1], sum)
	}
}

// few finds two facts about the same, one of days within those of the other, that differ
// by few people.
func (b notebook) few() string {
	for about, facts := range b {
		for inner := range facts {
			for outer := range facts {
				within := inner.first >= outer.first && inner.last <= outer.last
				if left := outer.n - inner.n; within && max(left, -left) > 0 && max(left, -left) < consent.Crowd {
					return fmt.Sprintf("%q: %+v less %+v is %d", about, outer, inner, left)
				}
			}
		}
		for one := range facts {
			if one.n > 0 && one.n < consent.Crowd {
				return fmt.Sprintf("%q: %+v", about, one)
			}
		}
	}
	return ""
}

// Whoever collects everything that a viewer sees and that is given to the public, for all
// ranges, before and after a decision is erased and another frozen, and takes one number
// from another, is left with nobody or with at least five people.
func TestStrangerFindsNobody(t *testing.T) {
	h := open(t)
	h.wait(10 * 24 * time.Hour) // so that a month goes on
	today := consent.MidnightOf(h.clock())
	rare, rarer := map[int]int{}, map[int]int{} // the decisions of few, by how long ago
	const days = 26
	for ago := days; ago > 0; ago-- {
		h.answers(t, decided{n: 9 + ago%4, ago: ago}, no(8+ago%3, ago), decided{n: 3 + ago%4, ago: ago, language: consent.Nynorsk, method: consent.RejectAll, state: consent.StateRefused})
		rare[ago] = h.nextDecision
		h.answers(t, decided{n: 1, ago: ago, language: consent.Nynorsk}) // always one who says yes in nynorsk
		rarer[ago] = h.nextDecision
		h.answers(t, partly(ago%3, ago))
	}
	h.answers(t, decided{n: 40, ago: days + 1}, no(30, days+1)) // a day that is complete by itself
	book := notebook{}
	look := func(when string) {
		t.Helper()
		kari := h.member(when+"-kari@example.no", consent.RoleViewer, skogen)
		var auditor *person
		today := consent.MidnightOf(h.clock())
		first := today.AddDate(0, 0, -days-12)
		var ranges [][2]time.Time
		for at := first; at.Before(today); at = at.AddDate(0, 0, 1) {
			ranges = append(ranges, [2]time.Time{at, at}, [2]time.Time{first, at}, [2]time.Time{at, today})
		}
		for i, span := range ranges {
			if i%25 == 0 { // one gives no more files in an hour
				auditor = h.member(fmt.Sprintf("%s-%d@example.no", when, i), consent.RoleAuditor, skogen)
			}
			from, to := span[0].Format(time.DateOnly), span[1].Format(time.DateOnly)
			said := when + " " + from + ".." + to
			for _, chart := range charts {
				if got := kari.get("/sites/skogen/figures/" + chart + ".csv?from=" + from + "&to=" + to); !strings.Contains(got.body, "Ingen tall er ferdige") {
					book.read(t, chart, said, got.body)
				}
			}
			got := auditor.post("/sites/skogen/log/export", "form", "public", "from", from, "to", to)
			got.shows(t, http.StatusOK)
			book.read(t, "", said+" public", got.body)
		}
	}
	look("before")
	for _, ago := range []int{1, days - 1} { // of a day that is in no table yet, and of one that is
		if n, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{ID: storagetest.ID(rare[ago]), Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: h.clock()}); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		look(fmt.Sprint("erased", ago))
	}
	_, err := h.store.Restrict(t.Context(), "skogen", consent.Restriction{ID: storagetest.ID(rarer[1]), Reason: consent.ReasonAsked, Time: h.clock()})
	must(t, err)
	look("frozen")
	h.wait(today.AddDate(0, 1, -11).Sub(h.clock()) + time.Hour) // the month is over
	look("later")
	if told := book.few(); told != "" {
		t.Error(told)
	}
	for _, about := range []string{"all", "all yes", "languages nb yes", "methods accept_all/first yes", "outcomes  yes"} {
		spans := map[string]bool{}
		for one := range book[about] {
			spans[one.first+one.last] = true
		}
		if len(spans) < 3 {
			t.Errorf("of %q only %d spans were seen", about, len(spans))
		}
	}
	if len(book) <= 20 {
		t.Errorf("only %d things were seen", len(book))
	}
}
