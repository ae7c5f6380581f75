package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// historyOf gives the rows of the history on the page of a request.
func (p *person) historyOf(t *testing.T, path string) []string {
	t.Helper()
	page := p.get(path)
	page.shows(t, http.StatusOK)
	_, table, _ := strings.Cut(page.body, "<h2>Hva som har skjedd</h2>")
	table, _, _ = strings.Cut(table, "</table>")
	return strings.Split(table, "<tr>")[2:]
}

// What was done for the sake of a request stands in its history in its order, with who and
// when, and leads to the decision and to the audit trail. What was done for another's, or
// for none, does not.
func TestRegisterTellsWhatWasDoneForARequest(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	own := token(1)
	first, newest := h.decideAs(t, "skogen", 0, own), h.decideAs(t, "skogen", 1, own)
	path, other := kari.asks(t, "erasure", &first), kari.asks(t, "erasure", &first)
	id := path[strings.LastIndex(path, "/")+1:]
	log := func(entry *consent.Entry) string { return "/sites/skogen/log/" + entry.ID.String() }

	kari.post(path+"/answer", "form", "json").shows(t, http.StatusOK)
	must(t, h.store.RecordAct(t.Context(), h.acts[len(h.acts)-1]))
	h.wait(time.Minute)
	kari.post(log(&newest)+"/freeze", "ground", "claim", "reason", "Sak 2026/1", "request", id).leads(t, path+"?done=log_freeze")
	kari.post(log(&first)+"/freeze", "ground", "claim", "reason", "Sak 2026/2").leads(t, log(&first)+"?done=log_freeze")
	h.wait(time.Minute)
	kari.get(log(&newest)+"?request="+id).shows(t, http.StatusOK, `<input type="hidden" name="request" value="`+id+`">`)
	kari.agrees(log(&newest)+"/release", "reason", "Sak 2026/3", "request", id).leads(t, path+"?done=log_release")
	kari.agrees(log(&first)+"/release", "reason", "Sak 2026/3")
	h.wait(time.Minute)
	g.post(apiSite+"/decisions/"+first.ID.String()+"/erase", map[string]any{"ground": "withdrawn", "reason": "Sak 2026/4", "all": true, "request": id}).shows(t, http.StatusOK)
	kari.post(path+"/close", "outcome", "granted").leads(t, path+"?done=request_close")

	rows := kari.historyOf(t, path)
	wants := [][]string{
		{"Mottatt", "kari@example.no"},
		{"Laget svaret på en henvendelse", "kari@example.no"},
		{"Frøs én eller flere beslutninger", "Sak 2026/1", `<a href="` + log(&newest) + `">Se beslutningen</a>`},
		{"Opphevet en frysing", "Sak 2026/3", "kari@example.no"},
		{"Slettet én eller flere beslutninger", "Sak 2026/4", "boss@example.no", `<span class="tag">`, `<a href="` + log(&first) + `">Se beslutningen</a>`},
		{"Besvart", "kari@example.no", "Innvilget"},
	}
	if len(rows) != len(wants) {
		t.Fatalf("the history has %d rows: %q", len(rows), rows)
	}
	for i, want := range wants {
		for _, text := range append(want, ">I revisjonssporet</a>") {
			if !strings.Contains(rows[i], text) {
				t.Errorf("row %d has no %q: %s", i, text, rows[i])
			}
		}
		if strings.Contains(rows[i], id) {
			t.Errorf("row %d names the request on its own page: %s", i, rows[i])
		}
	}
	_, link, _ := strings.Cut(rows[2], `<td data-label="Skrevet inn">`)
	_, link, _ = strings.Cut(link, `<a href="`)
	link, _, _ = strings.Cut(link, `"`)
	trail := kari.get(link).body
	_, row, _ := strings.Cut(trail, "<tbody>")
	if row, _, _ = strings.Cut(row, "</tr>"); !strings.Contains(row, "Sak 2026/1") {
		t.Errorf("%s does not begin with the act", link)
	}
	if rows := kari.historyOf(t, other); len(rows) != 1 {
		t.Errorf("another request's history has %q", rows)
	}
	h.member("aud@example.no", consent.RoleAuditor, skogen).get(path).shows(t, http.StatusOK, "Sak 2026/4", ">I revisjonssporet</a>")
}

// Programs read the same: with accounts for those who may read the audit trail, and nothing
// without the log.
func TestAPIRequestTellsWhatWasDone(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.Scopes...)
	entry := h.decide(t, "skogen", 0, 1)[0]
	made := read[aRequestJSON](t, g.post(apiSite+"/requests", map[string]any{"kind": "erasure", "channel": "email", "receipt": entry.ID.String()}))
	g.post(apiSite+"/decisions/"+entry.ID.String()+"/erase", map[string]any{"ground": "withdrawn", "reason": "Sak 2026/1", "request": made.ID}).shows(t, http.StatusOK)
	const all = apiSite + "/requests"
	listed := func(list struct{ Requests []aRequestJSON }) aRequestJSON { return list.Requests[0] }
	got := read[aRequestJSON](t, g.get(all+"/"+made.ID))
	if len(got.Done) != 1 || got.Done[0].Action != "api.log.erase" || got.Done[0].By != "key" || got.Done[0].Account == nil || *got.Done[0].Account != int64(boss.id) ||
		!strings.Contains(got.Done[0].Object, entry.ID.String()+" ground=withdrawn") || strings.Contains(got.Done[0].Object, made.ID) {
		t.Errorf("of the erasure it tells %+v", got.Done)
	}
	if list := listed(read[struct{ Requests []aRequestJSON }](t, g.get(all))); len(list.Done) != 1 || list.Done[0].Place != got.Done[0].Place {
		t.Errorf("the list tells %+v", list.Done)
	}
	if got := read[aRequestJSON](t, boss.program(t, consent.ScopeLog).get(all+"/"+made.ID)); len(got.Done) != 1 || got.Done[0].Account != nil {
		t.Errorf("a key that may not read the trail gets %+v", got.Done)
	}
	closed := read[aRequestJSON](t, boss.program(t, consent.ScopeRequests).post(all+"/"+made.ID+"/close", map[string]any{"outcome": "granted"}))
	if len(closed.Done) != 0 {
		t.Errorf("a key that may not read the log gets %+v", closed.Done)
	}
}

// A request stands under the receipt that was written, as in the letter, and leads to the
// newer one; what is granted is told as it was done.
func TestRegisterKeepsTheReceiptThatWasWritten(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	own := token(1)
	first, newest := h.decideAs(t, "skogen", 0, own), h.decideAs(t, "skogen", 1, own)
	log := "/sites/skogen/log/"
	page := kari.get(kari.asks(t, "erasure", &first))
	page.shows(t, http.StatusOK, "<code>"+first.ID.String()+"</code>", "Personen har en nyere beslutning, fra <a href=\""+log+newest.ID.String())
	page = kari.get(kari.asks(t, "erasure", &newest))
	page.shows(t, http.StatusOK, "<code>"+newest.ID.String()+"</code>")
	if strings.Contains(page.body, "nyere beslutning, fra") {
		t.Error("the newest decision is said to have a newer one")
	}
}

// Why something was done is read in whole words, and the table stays within a window.
func TestHistoryOfARequestBreaksNoWords(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	entry := h.decideAs(t, "skogen", 0, token(1))
	path := kari.asks(t, "erasure", &entry)
	id := path[strings.LastIndex(path, "/")+1:]
	kari.post("/sites/skogen/log/"+entry.ID.String()+"/freeze", "ground", "claim", "reason", "Henvendelsen er sammensatt", "request", id).leads(t, path+"?done=log_freeze")
	ctx := kari.chromium()
	var broken int
	var wide bool
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(h.url+path)))
	eval(ctx, t, `[...document.querySelectorAll(".history bdi.why, .history td:nth-child(4) bdi")].filter(why => {
		const text = why.firstChild
		return [...text.data.matchAll(/\S+/g)].some(word => {
			const range = document.createRange()
			range.setStart(text, word.index)
			range.setEnd(text, word.index + word[0].length)
			return range.getClientRects().length > 1
		})
	}).length + (document.querySelector(".history bdi.why") ? 0 : 100)`, &broken)
	eval(ctx, t, `document.documentElement.scrollWidth > innerWidth`, &wide)
	if broken > 0 || wide {
		t.Errorf("%d cells break words; the page is wider than the window: %v", broken, wide)
	}
}
