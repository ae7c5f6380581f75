package visitor_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

const (
	ownPage    = "https://www.gjerdrum.kommune.no"
	someAnswer = "1.Zm9vYmt5k3w0~10"
)

// sameOrigin is a site whose own server hands a path on, with a cookie that no
// script can reach.
func sameOrigin(d *consent.Draft) {
	d.Site.SameOrigin = true
	for i := range d.Services {
		if s := &d.Services[i]; s.Key == "siteimprove-analytics" {
			hidden := s.Cookies[slices.IndexFunc(s.Cookies, func(c consent.Cookie) bool { return c.Pattern.Name == "nmstat" })]
			hidden.Pattern, hidden.HTTPOnly = consent.Pattern{Name: "hidden_", Match: consent.MatchPrefix}, true
			s.Cookies = append(s.Cookies, hidden)
		}
	}
}

// keep posts an answer from a page of the site, with what a proxy hands on.
func (w *world) keep(t *testing.T, body string, headers ...string) answer {
	t.Helper()
	header := []string{"Content-Type: text/plain;charset=utf-8"}
	if !slices.ContainsFunc(headers, func(h string) bool { return strings.HasPrefix(h, "Origin") }) {
		header = append(header, "Origin: "+ownPage, "Sec-Fetch-Site: same-origin")
	}
	return w.once(t, request{http.MethodPost, "/gjerdrum/answer", append(header, headers...), body})
}

func heldBody(bundle consent.BundleID, answer, granted string) string {
	return fmt.Sprintf(`{"bundle":%q,"answer":%q,"granted":[%s]}`, bundle, answer, granted)
}

// TestServerKeepsTheAnswer: the copy holds as long as the answer, for the same
// hosts, and names nobody; a forgotten answer takes it away.
func TestServerKeepsTheAnswer(t *testing.T) {
	w := start(t)
	_, bundle := w.publish("gjerdrum", sameOrigin)
	got := w.keep(t, heldBody(bundle, someAnswer, ""))
	want := []string{"samtykke-gjerdrum.kept=" + someAnswer + "; Path=/; Max-Age=31536000; Secure; SameSite=Lax"}
	if set := got.Header.Values("Set-Cookie"); got.StatusCode != http.StatusNoContent || !slices.Equal(set, want) {
		t.Errorf("status %d, %q, want %q; %s", got.StatusCode, set, want, got.body)
	}
	if got.Header.Get("Cache-Control") != "no-store" {
		t.Error("a cache may keep it, and give one visitor's answer to another")
	}
	got = w.keep(t, heldBody(bundle, "", ""))
	if set := got.Header.Get("Set-Cookie"); !strings.HasPrefix(set, "samtykke-gjerdrum.kept=; Path=/; Max-Age=0; ") {
		t.Errorf("forgotten: %q", set)
	}
	_, bundle = w.publish("gjerdrum", sameOrigin, func(d *consent.Draft) {
		d.Site.CookieDomain, d.Site.Origins = "gjerdrum.kommune.no", []string{ownPage}
	})
	got = w.keep(t, heldBody(bundle, someAnswer, ""))
	if set := got.Header.Get("Set-Cookie"); !strings.Contains(set, "; Domain=gjerdrum.kommune.no;") {
		t.Errorf("shared: %q", set)
	}
}

// TestServerRemovesWhatNoScriptCan: of the cookies that come, those go that a service
// without consent has left, in every scope that the page may have set them in.
func TestServerRemovesWhatNoScriptCan(t *testing.T) {
	w := start(t)
	_, bundle := w.publish("gjerdrum", sameOrigin)
	cookies := "Cookie: session=7; hidden_1=secret; nmstat=x; samtykke-gjerdrum=" + someAnswer + "; other=y"
	removed := func(granted string) (names []string) {
		for _, set := range w.keep(t, heldBody(bundle, someAnswer, granted), cookies).Header.Values("Set-Cookie")[1:] {
			if !strings.Contains(set, "Max-Age=0") || !strings.Contains(set, "Path=/;") {
				t.Errorf("removed by %q", set)
			}
			names = append(names, set)
		}
		return names
	}
	gone := removed("")
	for _, name := range []string{"hidden_1", "nmstat"} {
		for _, scope := range []string{"; Path=/; Max-Age=0", "; Path=/; Domain=www.gjerdrum.kommune.no; Max-Age=0", "; Path=/; Domain=gjerdrum.kommune.no; Max-Age=0"} {
			if !slices.ContainsFunc(gone, func(set string) bool { return strings.HasPrefix(set, name+"="+scope) }) {
				t.Errorf("%s stays in the scope %q: %q", name, scope, gone)
			}
		}
	}
	for _, set := range gone {
		if name, _, _ := strings.Cut(set, "="); name != "hidden_1" && name != "nmstat" {
			t.Errorf("%q is not of a service without consent", set)
		}
		if strings.Contains(set, "Domain=kommune.no") || strings.Contains(set, "Domain=no;") {
			t.Errorf("%q is for a public suffix", set)
		}
	}
	if got := removed(`"statistics/siteimprove-analytics"`); len(got) > 0 {
		t.Errorf("with consent: %q", got)
	}
	var many strings.Builder
	for i := range 200 {
		fmt.Fprintf(&many, "; hidden_%d=x", i)
	}
	got := w.keep(t, heldBody(bundle, someAnswer, ""), "Cookie: a=b"+many.String())
	size := 0
	for _, set := range got.Header.Values("Set-Cookie") {
		size += len("Set-Cookie: ") + len(set) + 2
	}
	if got.StatusCode != http.StatusNoContent || size > 4000 {
		t.Errorf("status %d, %d bytes of cookies: a proxy has no room for them", got.StatusCode, size)
	}
	if log := w.log.String(); strings.Contains(log, "hidden_1") || strings.Contains(log, "secret") || strings.Contains(log, "k3w0") {
		t.Error("the log tells of cookies")
	}
}

// TestServerKeepsForItsOwnSiteAlone: another site's page, a tag that points at
// Samtykke's own host, and what is no answer get no cookie.
func TestServerKeepsForItsOwnSiteAlone(t *testing.T) {
	w := start(t)
	if got := w.keep(t, heldBody(w.bundle, someAnswer, "")); got.StatusCode != http.StatusForbidden || !strings.Contains(got.body, "same_origin: true") {
		t.Errorf("a site that has not asked for it: status %d, %s", got.StatusCode, got.body)
	}
	_, bundle := w.publish("gjerdrum", sameOrigin)
	good := heldBody(bundle, someAnswer, `"statistics/siteimprove-analytics"`)
	for name, c := range map[string]struct {
		status  int
		body    string
		headers []string
	}{
		"another host":          {http.StatusForbidden, good, []string{"Origin: " + ownPage, "Sec-Fetch-Site: cross-site"}},
		"another host, untold":  {http.StatusForbidden, good, []string{"Origin: " + ownPage}},
		"a foreign page":        {http.StatusForbidden, good, []string{"Origin: https://evil.example", "Sec-Fetch-Site: same-origin"}},
		"no page":               {http.StatusForbidden, good, []string{"Origin: null"}},
		"a header in the value": {http.StatusBadRequest, heldBody(bundle, "1\r\nX-A: b", ""), nil},
		"an attribute":          {http.StatusBadRequest, heldBody(bundle, "1; Domain=no", ""), nil},
		"a long value":          {http.StatusBadRequest, heldBody(bundle, "1"+strings.Repeat(".Zm9vYmt5k3w0~10", 300), ""), nil},
		"another value":         {http.StatusBadRequest, heldBody(bundle, "yes", ""), nil},
		"no value":              {http.StatusBadRequest, `{"bundle":"` + string(bundle) + `","granted":[]}`, nil},
		"one member twice":      {http.StatusBadRequest, strings.Replace(good, "{", `{"answer":"1",`, 1), nil},
		"an unknown bundle":     {http.StatusUnprocessableEntity, heldBody("AAAAAAAAAAA", someAnswer, ""), nil},
	} {
		got := w.keep(t, c.body, c.headers...)
		if got.StatusCode != c.status || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: status %d, want %d, cookie %q; %s", name, got.StatusCode, c.status, got.Header.Get("Set-Cookie"), got.body)
		}
	}
}
