package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/samtykke/samtykke/consent"
)

// Whatever a page links to is there: the pages, and the places in them. The crawl
// begins at every page that the router knows, and goes wherever links lead.
func TestLinksLeadToPages(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.Bokmaal, Operator: true}))
	kari = h.loggedIn(kari.id, "operator")
	fixtures(t, h)
	c := crawl{person: kari, pages: map[string]*crawled{}, asked: map[string]int{}}
	for _, path := range pages(t, h) {
		if notFine[path] == 0 {
			c.open(t, path, "the router")
		}
	}
	c.follow(t, 150)
}

// Nobody is led to what they may not do: what the pages offer is what the role allows.
func TestLinksLeadWhereTheRoleMay(t *testing.T) {
	h := open(t)
	h.member("kari@example.no", consent.RoleAdministrator, skogen, havet) // account 1
	fixtures(t, h)
	for _, role := range consent.Roles {
		t.Run(string(role), func(t *testing.T) {
			c := crawl{person: h.member(string(role)+"@example.no", role, skogen, havet), pages: map[string]*crawled{}, asked: map[string]int{}}
			c.open(t, "/", "the browser")
			c.follow(t, 100)
		})
	}
}

// crawl goes wherever links lead, once.
type crawl struct {
	*person
	pages map[string]*crawled // by address
	asked map[string]int      // how often a path was opened with a query
	found []crawlLink
}

// crawled is a page that was opened, with the places that links may name.
type crawled struct{ places map[string]bool }

type crawlLink struct {
	from string
	to   *url.URL
}

// fewQueries is how often one path is opened with a query: filters and periods lead to
// each other without end.
const fewQueries = 12

// follow goes on until there is no link left, and comes to so many pages at least.
func (c *crawl) follow(t *testing.T, least int) {
	t.Helper()
	for len(c.found) > 0 {
		next := c.found[0]
		c.found = c.found[1:]
		page := c.open(t, next.to.RequestURI(), next.from)
		if place := next.to.Fragment; page != nil && place != "" && !page.places[place] {
			t.Errorf("%s links to %s, which has no part %q", next.from, next.to.RequestURI(), place)
		}
	}
	if len(c.pages) < least {
		t.Errorf("the crawl has come to %d pages only", len(c.pages))
	}
}

// open opens an address, and adds what its page links to. It is nil for what is left.
func (c *crawl) open(t *testing.T, address, from string) *crawled {
	t.Helper()
	if page, known := c.pages[address]; known {
		return page
	}
	at, err := url.Parse(address)
	must(t, err)
	if at.RawQuery != "" {
		if c.asked[at.Path]++; c.asked[at.Path] > fewQueries {
			return nil
		}
	}
	got := c.get(address)
	page := &crawled{places: map[string]bool{}}
	c.pages[address] = page
	if got.status == http.StatusNotFound || got.status == http.StatusForbidden || got.status >= http.StatusInternalServerError {
		t.Errorf("%s links to %s, which is answered with %d", from, address, got.status)
	}
	if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") && got.status < http.StatusMultipleChoices {
		c.read(t, page, at, got.body)
	}
	return page
}

// read takes in the places and links of a page.
func (c *crawl) read(t *testing.T, page *crawled, at *url.URL, body string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	must(t, err)
	for node := range root.Descendants() {
		if id := attribute(node, "id"); id != "" {
			page.places[id] = true
		}
		for _, name := range []string{"href", "src"} {
			if !has(node, name) {
				continue
			}
			to, err := at.Parse(attribute(node, name))
			must(t, err)
			if to.Host == "" && to.Scheme == "" { // what is on other hosts is theirs
				c.found = append(c.found, crawlLink{at.RequestURI(), to})
			}
		}
	}
}
