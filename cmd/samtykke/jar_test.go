package main_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// kept is a cookie as the engine itself stores it: HttpOnly ones and those of
// third parties included.
type kept struct {
	Name, Host, Path string
	HTTPOnly         bool
	Domain           bool      // written for the host's whole domain
	Expires          time.Time // zero for the session
}

// jarred is a browser whose whole cookie store can be read. WebKit's protocol
// gives only the cookies that an address would be sent, so every address that
// counts is named; the other engines give all at once.
type jarred interface {
	jar(ctx context.Context, addresses []string) ([]kept, error)
}

var _, _, _ jarred = (*chromium)(nil), (*firefox)(nil), (*webkit)(nil)

// jar reads the engine's cookie store. In WebKit this leaves the page.
func (p *tab) jar(addresses ...string) []kept {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	all, err := p.browser.(jarred).jar(ctx, addresses)
	if err != nil {
		p.t.Fatalf("the cookie store: %v", err)
	}
	return all
}

// moment gives a time from Unix seconds; none for session cookies.
func moment(seconds float64) time.Time {
	if seconds <= 0 || math.IsInf(seconds, 0) {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0)
}

func newKept(name, domain, path string, httpOnly bool, expires float64) kept {
	host := strings.TrimPrefix(domain, ".")
	return kept{Name: name, Host: host, Domain: host != domain, Path: path, HTTPOnly: httpOnly, Expires: moment(expires)}
}

func (c *chromium) jar(ctx context.Context, _ []string) ([]kept, error) {
	mine, cancel := c.within(ctx)
	defer cancel()
	answer, err := chromedp.CallBrowser(mine, storage.GetCookies, storage.GetCookiesParams{
		BrowserContextID: chromedp.FromContext(c.ctx).BrowserContextID, //nolint:contextcheck // the page has a context of its own
	})
	if err != nil {
		return nil, err
	}
	var all []kept
	for _, cookie := range answer.Cookies {
		all = append(all, newKept(cookie.Name, cookie.Domain, cookie.Path, cookie.HTTPOnly, cookie.Expires))
	}
	return all, nil
}

func (f *firefox) jar(ctx context.Context, _ []string) ([]kept, error) {
	var answer struct {
		Cookies []struct {
			Name, Domain, Path string
			HTTPOnly           bool
			Expiry             float64
		}
	}
	partition := map[string]any{"type": "storageKey", "userContext": f.user}
	if err := f.ask(ctx, "storage.getCookies", map[string]any{"partition": partition}, &answer); err != nil {
		return nil, err
	}
	var all []kept
	for _, cookie := range answer.Cookies {
		all = append(all, newKept(cookie.Name, cookie.Domain, cookie.Path, cookie.HTTPOnly, cookie.Expiry))
	}
	return all, nil
}

func (w *webkit) jar(ctx context.Context, addresses []string) ([]kept, error) {
	if len(addresses) == 0 {
		return nil, errors.New("WebKit tells only the cookies of named addresses")
	}
	seen := map[kept]bool{}
	var all []kept
	for _, address := range addresses {
		if _, err := url.Parse(address); err != nil {
			return nil, err
		}
		if err := w.visit(ctx, address); err != nil {
			return nil, err
		}
		raw, err := w.call(ctx, "GET", "/cookie", nil)
		if err != nil {
			return nil, err
		}
		var cookies []struct {
			Name, Domain, Path string
			HTTPOnly           bool
			Expiry             float64
		}
		if err := json.Unmarshal(raw, &cookies); err != nil {
			return nil, err
		}
		for _, cookie := range cookies {
			one := newKept(cookie.Name, cookie.Domain, cookie.Path, cookie.HTTPOnly, cookie.Expiry)
			if !seen[one] {
				seen[one] = true
				all = append(all, one)
			}
		}
	}
	return all, nil
}

// TestJar shows that each engine's store tells HttpOnly cookies, lifetimes and paths.
func TestJar(t *testing.T) {
	w := demo(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		p.visit(w.Page + "/tilbakemelding")
		p.eval(`document.cookie = 'probe=1; path=/; max-age=3600'`, nil)
		var session, probe bool
		for _, cookie := range p.jar(w.Page + "/tilbakemelding") {
			t.Logf("%+v", cookie)
			session = session || cookie.Name == "ASP.NET_SessionId" && cookie.HTTPOnly && cookie.Expires.IsZero() && cookie.Path == "/tilbakemelding"
			probe = probe || cookie.Name == "probe" && time.Until(cookie.Expires).Round(time.Minute) == time.Hour
		}
		if !session || !probe {
			t.Errorf("session seen: %v; probe with its hour seen: %v", session, probe)
		}
	})
}
