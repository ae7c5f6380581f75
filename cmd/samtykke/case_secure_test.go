package main_test

import (
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// TestCasesAOnHTTPS shows cases 9 and 12 on an encrypted origin: a host with a
// dot in its name, and one of an intranet without.
func TestCasesAOnHTTPS(t *testing.T) {
	site := newTrial(t)
	browser := newChromiumWith(t, chromedp.Flag("ignore-certificate-errors", true),
		chromedp.Flag("host-resolver-rules", "MAP *.localhost 127.0.0.1, MAP intranet 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	t.Cleanup(browser.close)
	port := portOf(site.tls.Listener)
	for _, host := range []string{"page.localhost", "intranet"} {
		c := &caseOn{tab: &tab{t: t, ctx: t.Context(), browser: browser}, trial: site, T: t, host: host}
		html := `<!doctype html><html lang="nb"><head>` + c.fill(first) + `<script src="https://front.localhost:` + port + `/trial.js"></script></head><body>` + c.fill(`<script type="text/plain" data-category="marketing">ran('ads')</script>`) + `</body></html>`
		site.write(host+"/", html, nil)
		c.visit("https://" + host + ":" + port + "/")
		c.choose("accept")
		c.visit("https://" + host + ":" + port + "/")
		c.wantOrder("ads")
		answer, err := chromedp.Call(browser.ctx, storage.GetCookies, storage.GetCookiesParams{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, cookie := range answer.Cookies {
			if cookie.Name == own && cookie.Domain == host {
				found = cookie.Secure && cookie.SameSite == network.CookieSameSiteLax && cookie.Path == "/"
			}
		}
		if !found {
			t.Errorf("%s: no cookie that is secure, lax and of the host alone: %+v", host, answer.Cookies)
		}
		c.awaitDecisions(0, 1)
	}
}
