package admin_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// holdsExports has each export of the log wait behind its first page. What is given lets it
// go on, or fail.
func (h *house) holdsExports() (waiting chan struct{}, goOn chan error) {
	waiting, goOn = make(chan struct{}), make(chan error)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.paging = func(query consent.LogQuery) error {
		if query.After == 0 || !query.Oldest {
			return nil
		}
		waiting <- struct{}{}
		return <-goOn
	}
	return waiting, goOn
}

// Who exports sees how far it has come, and in the end how large the file must be: in no
// other person's page, and in no other site's.
func TestExportTellsHowFarItHasCome(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 8)
	h.wait(24 * time.Hour)
	const page = "/sites/skogen/log/export"
	kari, ola := h.member("kari@example.no", consent.RoleAuditor, skogen, havet), h.member("ola@example.no", consent.RoleAuditor, skogen)
	kari.get(page).shows(t, 200, "ikke eksportert noe")
	waiting, goOn := h.holdsExports()
	export := func() chan answer {
		got := make(chan answer, 1)
		go func() { got <- kari.post(page, "form", "csv") }()
		return got
	}
	first := export()
	<-waiting
	going := kari.get(page)
	for !strings.Contains(going.body, "8 beslutninger. ") { // the page of the log that was read is being written
		going = kari.get(page)
	}
	going.shows(t, 200, " data-live", `<progress max="100" value="`, "CSV, for regneark", "8 beslutninger. ", "Den er kommet til ")
	if strings.Contains(going.body, "Ferdig") {
		t.Error("it is done before it is")
	}
	for who, other := range map[*person]string{kari: "/sites/havet/log/export", ola: page} {
		if got := who.get(other); strings.Contains(got.body, "<progress") || strings.Contains(got.body, " data-live") {
			t.Errorf("%s tells of an export that is not theirs", other)
		}
	}
	goOn <- nil
	file := <-first
	done := kari.get(page)
	done.shows(t, 200, "8 beslutninger. ", fmt.Sprintf("Ferdig, %d kB.", (len(file.body)+999)/1000))
	if strings.Contains(done.body, "<progress") || strings.Contains(done.body, " data-live") {
		t.Error("what is done is still going on")
	}
	broken := make(chan error, 1)
	form := url.Values{"form": {"csv"}, "csrf": {csrfField.FindStringSubmatch(done.body)[1]}}
	go func() {
		_, err := kari.fetches(page, form)
		broken <- err
	}()
	<-waiting
	goOn <- errors.New("the disk is gone")
	if err := <-broken; err == nil {
		t.Error("a file that is not whole ends as if it were")
	}
	kari.get(page).shows(t, 200, "Filen er ikke hel", "Ferdig, ")
	h.wait(time.Hour + time.Minute)
	h.loggedIn(kari.id, "kari again").get(page).shows(t, 200, "ikke eksportert noe")
}

// fetches posts a form and reads what comes to its end, or gives why it cannot.
func (p *person) fetches(path string, form url.Values) (string, error) {
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", p.url)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Cookie", cookieName+"="+p.cookie)
	return received(request, p.from)
}

// received sends a request and gives what comes of the answer, to its end or until it is
// broken off.
func received(request *http.Request, from string) (string, error) {
	response, err := clientFrom(from).Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return string(body), err
}

// The page follows by itself, once somebody has asked for a file.
func TestExportIsFollowed(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 4)
	h.wait(time.Hour)
	waiting, goOn := h.holdsExports()
	ctx := h.member("kari@example.no", consent.RoleAuditor, skogen).chromium()
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/sites/skogen/log/export")))
	eval(ctx, t, `document.querySelector('form[action$="/log/export"] button').click()`, nil)
	<-waiting
	until(ctx, t, `document.querySelector('#exports progress')?.value > 0`)
	goOn <- nil
	until(ctx, t, `document.querySelector('#exports progress') === null && document.querySelector('#exports').textContent.includes('kB')`)
}

// A file of chosen days is named after them, and that only the latest exports are told of
// is said once there are so many.
func TestExportsOfDaysAreNamedAfterThem(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 1)
	h.wait(24 * time.Hour)
	const page = "/sites/skogen/log/export"
	kari := h.member("kari@example.no", consent.RoleAuditor, skogen)
	named := func(want string, pairs ...string) {
		t.Helper()
		got := kari.post(page, pairs...).header.Get("Content-Disposition")
		if got != `attachment; filename="skogen-`+want+`"` {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	today := consent.DayOf(h.clock()).String()
	named(today+".csv", "form", "csv")
	named(today+"-from-2026-02-01-to-2026-02-28.csv", "form", "csv", "from", "2026-02-01", "to", "2026-02-28")
	named(today+"-from-2026-02-01.jsonl", "form", "jsonl", "from", "2026-02-01")
	named(today+"-to-2026-02-28-public.csv", "form", "public", "to", "2026-02-28")
	if strings.Contains(kari.get(page).body, "siste eksportene dine") {
		t.Error("four exports are said not to be all")
	}
	named(today+"-from-2026-03-01-to-2026-03-02-audit-pack.zip", "form", "pack", "pack-from", "2026-03-01", "pack-to", "2026-03-02")
	kari.get(page).shows(t, 200, "Bare de 5 siste eksportene dine")
}
