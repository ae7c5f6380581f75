package main_test

import (
	"context"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every page that a test writes is served under a strict policy, as the manual
// recommends it: no inline script or style without a nonce, no markup out of texts.
// What the banner does against it fails the test, whatever the test is about. Where
// the page's own content cannot be so, loosened says what is let through, and why.

// need is what a page's own content needs.
type need int

const (
	nothing  need = iota
	styles        // style attributes
	handlers      // script in attributes
	texts         // markup out of texts
	anything      // no policy
)

// lets are what a policy says more for a need.
var lets = map[need]string{styles: "; style-src-attr 'unsafe-inline'", handlers: "; script-src-attr 'unsafe-inline'"}

var loosened = []struct {
	test, within string // what its name begins with, and has in it
	need         need
	why          string
}{
	{"TestCasesC/", "36_what_a_page_clones", texts, "no engine trusts the clone of an inline script, whoever makes it"},
	{"TestCasesC/", "37_", texts, "addresses of object and embed need trust in Chromium, which the gate does not give"},
	{"TestCasesCWithoutAnswer", "40_", handlers, "the button that shows the page to be usable has its script in an attribute"},
	{"TestCasesManner", "46_", styles, "a box of padding, and a display of the author's own"},
	{"TestCasesManner", "a_header_over", styles, "the header's place"},
	{"TestCasesManner", "another_tab", styles, "the length of the page"},
	{"TestConsentAgents", "autoconsent", anything, "the agent hides with a style element of its own what it recognises"},
	{"TestAutomaticGating", "", anything, "tag managers and their pages make markup and scripts of texts"},
	{"TestManualPages", "editor", anything, "Google's tag makes the address of a script of texts"},
	{"TestManualPages", "script-tag", texts, "the public component makes its frame of a text"},
	{"TestHiddenContentHasNoPlaceholder", "", styles, "hidden as embed codes are"},
	{"TestCasesD/", "46_", styles, "sizes as embed codes have them"},
}

func needOf(test string) need {
	for _, one := range loosened {
		if strings.HasPrefix(test, one.test) && strings.Contains(test, one.within) {
			return one.need
		}
	}
	return nothing
}

// inline is the start of what needs a nonce, also within blocks that wait.
var inline = regexp.MustCompile(`<(script|style)(\s[^>]*)?>`)

// strictly gives a page its nonces, and the policy that it is served under.
func (c *caseOn) strictly(html string, header map[string]string) (string, map[string]string) {
	need := needOf(c.T.Name())
	if need == anything || header["Content-Security-Policy"] != "" {
		return html, header
	}
	html = inline.ReplaceAllStringFunc(html, func(tag string) string {
		if strings.Contains(tag, "nonce=") || strings.Contains(tag, c.site+".js") {
			return tag
		}
		parts := inline.FindStringSubmatch(tag)
		return "<" + parts[1] + " nonce=strict" + parts[2] + ">"
	})
	origin := c.script[:strings.LastIndex(c.script, "/")]
	policy := "default-src * data: blob:; base-uri 'self'; script-src 'self' 'nonce-strict' " + origin + " http://*.localhost:" + c.port + " http://nowhere.invalid" +
		"; style-src 'self' 'nonce-strict' http://*.localhost:" + c.port + "; report-uri " + violated
	policy += lets[need]
	if need != texts {
		policy += "; require-trusted-types-for 'script'; trusted-types samtykke page vue"
	}
	header = maps.Clone(header)
	if header == nil {
		header = map[string]string{}
	}
	header["Content-Security-Policy"] = policy
	c.keepsToPolicy()
	return html, header
}

// violated is where browsers report what a policy has refused.
const violated = "/_violated"

// takeReport keeps a browser's report.
func (s *trial) takeReport(host string, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil {
		return
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.reports = append(s.reports, report{host, string(body)})
}

// report is what a browser says that a page of a host did against its policy.
type report struct{ host, text string }

// reportsOf takes the reports of a host.
func (s *trial) reportsOf(host string) []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	var found []string
	s.reports = slices.DeleteFunc(s.reports, func(one report) bool {
		if one.host == host {
			found = append(found, one.text)
		}
		return one.host == host
	})
	return found
}

// refused are the faults of a page that its policy has told of.
const refused = `(window.faults ?? []).filter((one) => /^(script-src|style-src|require-trusted|trusted-types)/.test(one)).join('\n')`

// keepsToPolicy looks, when the test is done, at what its pages did against their
// policy: those that have gone were reported, the last one is asked.
func (c *caseOn) keepsToPolicy() {
	if c.strict {
		return
	}
	c.strict = true
	c.T.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		last, err := c.browser.eval(ctx, refused)
		if reports := c.reportsOf(c.host); len(reports) > 0 || (err == nil && string(last) != `""`) {
			c.T.Errorf("against the page's policy: %s\nreported: %q", last, reports)
		}
	})
}

// wantLoosened fails when something is let through for no test, or for no reason.
func wantLoosened(t *testing.T, tests map[string]string) {
	t.Helper()
	for _, one := range loosened {
		if name, _, _ := strings.Cut(one.test, "/"); tests[name] == "" || one.why == "" || one.need == nothing {
			t.Errorf("let through for no test: %+v", one)
		}
	}
}
