package storagetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

// model is a log as simple as can be: a slice, and what was erased.
type model struct {
	store  consent.Store
	site   Published
	log    []consent.Entry
	erased map[consent.DecisionID]bool
}

// testModel takes random steps on a store and on the model and compares every
// answer.
func testModel(t *testing.T, open Opener) {
	store := open(t)
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		m := &model{store: store, erased: make(map[consent.DecisionID]bool)}
		m.site = Publish(t.Context(), t, store, consent.SiteKey(fmt.Sprintf("site-%d", run)))
		rt.Repeat(map[string]func(*rapid.T){
			"append": func(rt *rapid.T) { m.append(t, rt) },
			"read":   func(rt *rapid.T) { m.read(t, rt) },
			"find":   func(rt *rapid.T) { m.find(t, rt) },
			"erase":  func(rt *rapid.T) { m.erase(t, rt) },
			"freeze": func(rt *rapid.T) { m.restrict(t, rt) },
			"":       func(*rapid.T) {},
		})
	})
}

// draw makes a decision from few ids, visitors and choices, so that ids meet again.
func (m *model) draw(rt *rapid.T) *consent.Decision {
	d := m.site.Decision(rapid.IntRange(0, 5).Draw(rt, "kind"))
	d.ID = ID(rapid.IntRange(0, 30).Draw(rt, "id"))
	d.Visitor = m.visitor(rt)
	d.Time = Morning.Add(time.Duration(rapid.Int64Range(-100_000, 100_000).Draw(rt, "seconds")) * time.Second)
	if n := rapid.IntRange(0, 3).Draw(rt, "previous"); n > 0 {
		d.Previous = ID(n)
	}
	return d
}

func (m *model) visitor(rt *rapid.T) (key consent.VisitorKey) {
	if n := rapid.IntRange(0, 4).Draw(rt, "visitor"); n > 0 {
		key = Visitor(n)
	}
	return key
}

func (m *model) append(t *testing.T, rt *rapid.T) {
	d := m.draw(rt)
	got, err := m.store.Append(t.Context(), d)
	if m.erased[d.ID] {
		wantKind(rt, err, consent.NotFound, "erased")
		return
	}
	for _, e := range m.log {
		if e.ID != d.ID {
			continue
		}
		if !sameContent(e.Decision, *d) {
			wantKind(rt, err, consent.Conflict, "")
			return
		}
		must(rt, err)
		wantEntries(rt, []consent.Entry{got.Entry}, []consent.Entry{e})
		return
	}
	if m.foreign(d) {
		wantKind(rt, err, consent.Conflict, "foreign_previous")
		return
	}
	must(rt, err)
	if n := len(m.log); n > 0 && got.Index <= m.log[n-1].Index {
		rt.Fatalf("index %d follows %d", got.Index, m.log[n-1].Index)
	}
	wantEntries(rt, []consent.Entry{got.Entry}, []consent.Entry{{Index: got.Index, Decision: *d}})
	m.log = append(m.log, got.Entry)
}

// foreign says that the decision follows one of another visitor.
func (m *model) foreign(d *consent.Decision) bool {
	at := slices.IndexFunc(m.log, func(e consent.Entry) bool { return e.ID == d.Previous })
	return at >= 0 && m.log[at].Visitor != d.Visitor && m.log[at].Visitor != (consent.VisitorKey{})
}

func sameContent(a, b consent.Decision) bool {
	a.Time, a.Skew, b.Time, b.Skew = time.Time{}, 0, time.Time{}, 0
	return fmt.Sprint(a) == fmt.Sprint(b)
}

func (m *model) read(t *testing.T, rt *rapid.T) {
	q := consent.LogQuery{
		Site:     m.site.Site,
		Category: rapid.SampledFrom([]consent.CategoryKey{"", consent.Statistics, consent.Marketing}).Draw(rt, "category"),
		Method:   rapid.SampledFrom([]consent.Method{"", consent.AcceptAll, consent.RejectAll, consent.Save}).Draw(rt, "method"),
		Language: rapid.SampledFrom([]consent.Language{"", "", consent.Bokmaal, consent.English}).Draw(rt, "language"),
		Notice:   rapid.SampledFrom([]consent.NoticeNumber{0, 0, 1, 2}).Draw(rt, "notice"),
		Oldest:   rapid.Bool().Draw(rt, "oldest"),
		Limit:    rapid.IntRange(0, 5).Draw(rt, "limit"),
	}
	if rapid.Bool().Draw(rt, "bounded") {
		q.From = Morning.Add(time.Duration(rapid.Int64Range(-30, 30).Draw(rt, "from")) * time.Hour)
		q.To = q.From.Add(time.Duration(rapid.Int64Range(0, 30).Draw(rt, "hours")) * time.Hour)
	}
	if len(m.log) > 0 && rapid.Bool().Draw(rt, "continued") {
		q.After = rapid.SampledFrom(m.log).Draw(rt, "after").Index
	}
	got, err := m.store.Read(t.Context(), q)
	must(rt, err)
	wantEntries(rt, got, m.selected(q))
}

// selected answers a query the naive way.
func (m *model) selected(q consent.LogQuery) []consent.Entry {
	log := slices.Clone(m.log)
	if !q.Oldest {
		slices.Reverse(log)
	}
	if q.Limit == 0 {
		q.Limit = 100
	}
	var found []consent.Entry
	for _, e := range log {
		granted := e.Choice.Categories[q.Category] || e.Choice.Services[consent.ServiceRef(q.Category)+"/counter"]
		switch {
		case len(found) == q.Limit:
		case q.Category != "" && !granted, q.Method != "" && e.Method != q.Method:
		case q.Language != "" && e.Language != q.Language, q.Notice != 0 && e.Notice != q.Notice:
		case !q.From.IsZero() && (e.Time.Before(q.From) || !e.Time.Before(q.To)):
		case q.After != 0 && (q.Oldest && e.Index <= q.After || !q.Oldest && e.Index >= q.After):
		default:
			found = append(found, e)
		}
	}
	return found
}

func (m *model) find(t *testing.T, rt *rapid.T) {
	visitor := m.visitor(rt)
	got, err := m.store.Decisions(t.Context(), m.site.Site, visitor)
	must(rt, err)
	var want []consent.Entry
	for _, e := range m.log {
		if !visitor.IsZero() && e.Visitor == visitor {
			want = append(want, e)
		}
	}
	wantEntries(rt, got, want)
}

func (m *model) erase(t *testing.T, rt *rapid.T) {
	visitor := m.visitor(rt)
	n, err := m.store.Erase(t.Context(), m.site.Site, consent.Erasure{Visitor: visitor, Actor: consent.ActorVisitor, Time: Morning})
	must(rt, err)
	before := len(m.log)
	m.log = slices.DeleteFunc(m.log, func(e consent.Entry) bool {
		if visitor.IsZero() || e.Visitor != visitor {
			return false
		}
		m.erased[e.ID] = true
		return true
	})
	if n != before-len(m.log) {
		rt.Fatalf("%d decisions were erased, want %d", n, before-len(m.log))
	}
}

func (m *model) restrict(t *testing.T, rt *rapid.T) {
	what := consent.Restriction{Reason: consent.ReasonAsked, Release: rapid.Bool().Draw(rt, "release"), Time: Morning}
	if rapid.Bool().Draw(rt, "one") {
		what.ID = ID(rapid.IntRange(0, 30).Draw(rt, "id"))
	} else {
		what.Visitor = m.visitor(rt)
	}
	got, err := m.store.Restrict(t.Context(), m.site.Site, what)
	must(rt, err)
	want := 0
	for i := range m.log {
		e := &m.log[i]
		meant := e.ID == what.ID || what.ID.IsZero() && !what.Visitor.IsZero() && e.Visitor == what.Visitor
		if meant && e.Frozen == what.Release {
			e.Frozen = !what.Release
			want++
		}
	}
	if got != want {
		rt.Fatalf("%d decisions were restricted, want %d", got, want)
	}
}
