package gjerdrum_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// everyPage is every page that can be opened without a session, and its language.
var everyPage = map[string]string{
	"/": "nb", "/nn/": "nn", "/en/": "en", "/se/": "se",
	"/video": "nb", "/kart": "nb", "/chat": "nb", "/kommune-tv": "nb", "/billetter": "nb",
	"/skjema": "nb", "/skjema?sprak=nn": "nn", "/skjema?sprak=en": "en",
	"/minside": "nb", "/tilbakemelding": "nb",
	"/informasjonskapsler": "nb", "/personvern": "nb", "/sok": "nb", "/sok?ord=kart": "nb",
	"/nn/kart": "nn", "/nn/video": "nn", "/nn/chat": "nn", "/nn/kommune-tv": "nn", "/nn/informasjonskapsler": "nn", "/nn/personvern": "nn", "/nn/sok?ord=kart": "nn",
	"/en/kart": "en", "/en/video": "en", "/en/chat": "en", "/en/kommune-tv": "en", "/en/informasjonskapsler": "en", "/en/personvern": "en", "/en/sok?ord=map": "en",
	"/minside?sprak=nn": "nn", "/billetter?sprak=nn": "nn", "/tilbakemelding?sprak=nn": "nn",
	"/minside?sprak=en": "en", "/billetter?sprak=en": "en", "/tilbakemelding?sprak=en": "en",
}

// gates are the attributes that keep an address asleep.
var gates = []string{"data-src", "data-srcset", "data-href", "data-poster", "data-data"}

func TestPagesStandFirst(t *testing.T) {
	replica := world()
	for path, language := range everyPage {
		answer := ask(t, replica, "GET", gjerdrum.Municipality, path)
		if answer.Status != http.StatusOK || answer.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: %d %s", path, answer.Status, answer.Header.Get("Content-Type"))
		}
		root := parse(t, answer.Body)
		headings, first, lang := 0, (*html.Node)(nil), ""
		for _, node := range elements(root) {
			switch node.Data {
			case "html":
				lang, _ = attribute(node, "lang")
			case "h1":
				headings++
			}
			if first == nil && node.Parent.Data == "head" {
				first = node
			}
		}
		if headings != 1 || lang != language {
			t.Errorf("%s: %d main headings, language %q", path, headings, lang)
		}
		if src, _ := attribute(first, "src"); first.Data != "script" || src != script || len(first.Attr) != 1 {
			t.Errorf("%s: the head begins with %s %v, not with the script tag", path, first.Data, first.Attr)
		}
	}
}

func TestPagesAreWellFormed(t *testing.T) {
	replica := world()
	for path := range everyPage {
		seen := map[string]bool{}
		root := parse(t, ask(t, replica, "GET", gjerdrum.Municipality, path).Body)
		for _, node := range elements(root) {
			if id, given := attribute(node, "id"); given && seen[id] {
				t.Errorf("%s: id %s is used twice", path, id)
			} else if given {
				seen[id] = true
			}
			if _, described := attribute(node, "alt"); node.Data == "img" && !described {
				t.Errorf("%s: an image without alt", path)
			}
			if title, _ := attribute(node, "title"); node.Data == "iframe" && title == "" {
				t.Errorf("%s: a frame without title", path)
			}
		}
	}
}

// Nothing of a third party is alive in the delivered markup: every address
// that a browser would fetch is the municipality's own or Samtykke's script.
func TestPagesLoadNothingForeign(t *testing.T) {
	replica := world()
	for path := range everyPage {
		root := parse(t, ask(t, replica, "GET", gjerdrum.Municipality, path).Body)
		for _, node := range elements(root) {
			for _, address := range live(node) {
				if at, err := url.Parse(address); err != nil || (at.Host != "" && address != script) {
					t.Errorf("%s: <%s> loads %s", path, node.Data, address)
				}
			}
		}
	}
}

// live gives the addresses that a browser fetches because of this element.
func live(node *html.Node) []string {
	var found []string
	kind, _ := attribute(node, "type")
	asleep := node.Data == "script" && strings.HasPrefix(kind, "text/")
	for _, a := range node.Attr {
		fetched := slices.Contains([]string{"src", "srcset", "poster", "data", "action", "background"}, a.Key) ||
			a.Key == "href" && node.Data != "a"
		if fetched && !asleep {
			found = append(found, a.Val)
		}
		if a.Key == "style" && strings.Contains(a.Val, "url(") {
			found = append(found, "//"+a.Val)
		}
	}
	inline := node.Data == "style" || node.Data == "script" && !asleep
	if inline && node.FirstChild != nil && strings.Contains(node.FirstChild.Data, "//") {
		found = append(found, "//inline")
	}
	return found
}

// Every gated piece names a pair of category and service that the inventory
// has, and between them the pages hold every kind of markup an editor may use.
// Content of a service with cookies of several categories names the service
// only: it needs all of them.
func TestPagesGateByTheInventory(t *testing.T) {
	replica, site := world(), draft(t)
	kinds := map[string]bool{}
	for path := range everyPage {
		root := parse(t, ask(t, replica, "GET", gjerdrum.Municipality, path).Body)
		for _, node := range elements(root) {
			category, byCategory := attribute(node, "data-category")
			key, byService := attribute(node, "data-service")
			if !byCategory && !byService {
				continue
			}
			if refs := site.Service(consent.ServiceKey(key)).Refs(); byCategory && len(refs) > 1 {
				t.Errorf("%s: <%s> asks for %s alone, and %s needs %v", path, node.Data, category, key, refs)
			}
			if byCategory && !hasPair(site, consent.CategoryKey(category), consent.ServiceKey(key)) {
				t.Errorf("%s: <%s> is gated by %s/%s, which the inventory does not have", path, node.Data, category, key)
			}
			kind, _ := attribute(node, "type")
			kinds[strings.TrimSpace(node.Data+" "+kind)] = true
			if node.Data == "img" || node.Data == "iframe" {
				if !slices.ContainsFunc(gates, func(name string) bool { _, has := attribute(node, name); return has }) {
					t.Errorf("%s: <%s> has no sleeping address", path, node.Data)
				}
			}
		}
	}
	for _, kind := range []string{"script text/plain", "script text/html", "noembed", "iframe", "img"} {
		if !kinds[kind] {
			t.Errorf("no page holds a gated %s", kind)
		}
	}
}

func hasPair(site *consent.Draft, category consent.CategoryKey, key consent.ServiceKey) bool {
	for i := range site.Services {
		service := &site.Services[i]
		if service.Key != key || service.Ask == consent.AskNever {
			continue
		}
		if service.Category == category {
			return true
		}
		for j := range service.Cookies {
			if service.Cookies[j].Category == category {
				return true
			}
		}
	}
	return false
}

// An untouched block reaches the page as the vendor wrote it, comment and all;
// the other container has its inner end tags written so that it stays closed.
func TestPagesKeepVendorBlocks(t *testing.T) {
	replica := world()
	tickets := ask(t, replica, "GET", gjerdrum.Municipality, "/billetter").Body
	block := regexp.MustCompile(`(?s)<noembed [^>]*>(.*?)</noembed>`).FindStringSubmatch(tickets)
	if block == nil || !strings.Contains(block[1], "<!-- Google Analytics -->") ||
		!strings.Contains(block[1], `<script async src="http://analytics.localhost:8090/analytics.js"></script>`) {
		t.Errorf("the analytics block is not untouched: %q", block)
	}
	form := ask(t, replica, "GET", gjerdrum.Municipality, "/skjema").Body
	inner := regexp.MustCompile(`(?s)<script type="text/html"[^>]*>(.*?)</script>`).FindStringSubmatch(form)
	if inner == nil || !strings.Contains(inner[1], "document.cookie") || !strings.Contains(inner[1], `<\/script>`) {
		t.Errorf("the language block would end early: %q", inner)
	}
}

func TestPagesLeadBack(t *testing.T) {
	replica := world()
	prefix := map[string]string{"nn": "/nn", "en": "/en"}
	for path, language := range everyPage {
		page := ask(t, replica, "GET", gjerdrum.Municipality, path).Body
		if !strings.Contains(page, `<a href="`+prefix[language]+`/informasjonskapsler" data-samtykke="open">`) {
			t.Errorf("%s: no way back to the choice that also works without script", path)
		}
	}
	for _, language := range []string{"nb", "nn", "en"} {
		page := ask(t, replica, "GET", gjerdrum.Municipality, prefix[language]+"/informasjonskapsler").Body
		if !strings.Contains(page, `<div data-samtykke="declaration">`) ||
			!strings.Contains(page, "http://samtykke.localhost:8080/gjerdrum/cookies?lang="+language) {
			t.Errorf("the declaration has no place, or no way to it without script, in %s", language)
		}
	}
}

func TestPagesRepeatNothing(t *testing.T) {
	replica := world()
	const planted = "%3Cimg%20src%3Dx%3E"
	for _, path := range []string{"/sok?ord=" + planted, "/skjema?sprak=" + planted, "/nowhere" + planted, "/_demo/requests?" + planted} {
		body := ask(t, replica, "GET", gjerdrum.Municipality, path).Body
		if strings.Contains(body, "src=x") || strings.Contains(body, planted) {
			t.Errorf("%s repeats what it was sent", path)
		}
	}
	ask(t, replica, "GET", gjerdrum.Video, "/nowhere"+planted)
	if log := ask(t, replica, "GET", gjerdrum.Municipality, "/_demo/requests").Body; strings.Contains(log, "nowhere") {
		t.Errorf("the log keeps foreign paths: %s", log)
	}
}

// Who follows the links of a page stays in its language, unless a link says
// that it leads to another.
func TestL3PagesStayInTheirLanguage(t *testing.T) {
	replica := world()
	for path, language := range everyPage {
		if language == "se" {
			continue // one page, which leads on to bokmål
		}
		for _, node := range elements(parse(t, ask(t, replica, "GET", gjerdrum.Municipality, path).Body)) {
			target, _ := attribute(node, "href")
			want := language
			if other, named := attribute(node, "hreflang"); named {
				want = other
			} else if cult, named := attribute(node, "data-cult"); named {
				want, target = cult, "/skjema"+target
			}
			if node.Data != "a" || !strings.HasPrefix(target, "/") {
				continue
			}
			page := ask(t, replica, "GET", gjerdrum.Municipality, target)
			if !strings.Contains(page.Body, `<html lang="`+want+`">`) {
				t.Errorf("%s (%s): %s does not lead to a page in %s", path, language, target, want)
			}
		}
	}
}

// The pages of a language say the same: none lacks news, events or a table's row.
func TestL1PagesAreWholeInEveryLanguage(t *testing.T) {
	replica := world()
	count := func(path string) map[string]int {
		counts := map[string]int{}
		for _, node := range elements(parse(t, ask(t, replica, "GET", gjerdrum.Municipality, path).Body)) {
			counts[node.Data]++
		}
		return counts
	}
	for _, path := range []string{"/", "/kart", "/video", "/chat", "/kommune-tv", "/informasjonskapsler", "/personvern"} {
		for _, language := range []string{"/nn", "/en"} {
			if want, got := count(path), count(language+path); !maps.Equal(got, want) {
				t.Errorf("%s%s has %v, %s has %v", language, path, got, path, want)
			}
		}
	}
	for _, path := range []string{"/skjema", "/minside", "/billetter", "/tilbakemelding"} {
		for _, language := range []string{"nn", "en"} {
			if want, got := count(path), count(path+"?sprak="+language); !maps.Equal(got, want) {
				t.Errorf("%s in %s has %v, want %v", path, language, got, want)
			}
			if answer := ask(t, replica, "GET", gjerdrum.Municipality, "/"+language+path); answer.Header.Get("Location") != path+"?sprak="+language {
				t.Errorf("/%s%s leads to %q", language, path, answer.Header.Get("Location"))
			}
		}
	}
}

// A word that is longer than the smallest screens has a place to break: 15
// letters of the heading's size are about 288 pixels.
func TestHeadingsBreak(t *testing.T) {
	replica := world()
	for path := range everyPage {
		for _, node := range elements(parse(t, ask(t, replica, "GET", gjerdrum.Municipality, path).Body)) {
			if node.Data != "h1" {
				continue
			}
			for _, part := range strings.FieldsFunc(node.FirstChild.Data, func(r rune) bool { return r == ' ' || r == '\u00ad' || r == '-' }) {
				if utf8.RuneCountInString(part) > 15 {
					t.Errorf("%s: %q does not break", path, part)
				}
			}
		}
	}
}

// What is not there is said in the look and the language of the site, with the
// banner and a way back.
func TestMissingPagesLeadBack(t *testing.T) {
	replica := world()
	for path, want := range map[string][3]string{
		"/nosuch": {"nb", "Vi finner ikke siden", "/"}, "/nn/nosuch": {"nn", "Vi finn ikkje sida", "/nn/"},
		"/en/nosuch": {"en", "We cannot find the page", "/en/"}, "/se/kart": {"se", "Eat gávnna siiddu", "/se/"},
		"/skjema/9": {"nb", "Vi finner ikke siden", "/"},
	} {
		answer := ask(t, replica, "GET", gjerdrum.Municipality, path)
		if answer.Status != http.StatusNotFound || len(answer.Cookies) > 0 {
			t.Errorf("%s: %d, cookies %v", path, answer.Status, answer.Cookies)
		}
		for _, part := range []string{`<html lang="` + want[0] + `">`, "<h1>" + want[1] + "</h1>", `<p><a href="` + want[2] + `">`, `<script src="` + script + `">`} {
			if !strings.Contains(answer.Body, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
	}
}

// A link to one of the replica's own pages leads somewhere.
func TestPagesLinkToWhatExists(t *testing.T) {
	replica := world()
	for path := range everyPage {
		root := parse(t, ask(t, replica, "GET", gjerdrum.Municipality, path).Body)
		for _, node := range elements(root) {
			for _, name := range []string{"href", "src"} {
				target, _ := attribute(node, name)
				if !strings.HasPrefix(target, "/") {
					continue
				}
				at, _, _ := strings.Cut(target, "#")
				if status := ask(t, replica, "GET", gjerdrum.Municipality, at).Status; status != http.StatusOK {
					t.Errorf("%s: %s leads to %d", path, target, status)
				}
			}
		}
	}
}
