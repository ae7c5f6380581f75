package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/samtykke/samtykke/consent"
)

// besides are two forms of a page of which one loses what is written in the other, by why
// that is no work of anybody's.
var besides = map[string]string{
	"/account + /account/logins/:login/name":                                             "a name in each, of one line",
	"/organisations/:organisation/sites/import + /organisations/:organisation/sites/new": "two ways to the same site: whoever takes one needs nothing of the other",
	"/organisations/:organisation/factor + /organisations/:organisation/settings":        "a button alone, beside a name and a number",
	"/sites/:site/log/:decision/freeze + /sites/:site/log/:decision/release":             "each is the other's opposite: nobody writes why in both",
}

// A page holds one form that somebody writes in: whoever sends another loses it. Beside one
// that asks before it is left, nothing else is sent at all.
func TestNothingIsSentBesideWhatIsWritten(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.Bokmaal, Operator: true}))
	kari = h.loggedIn(kari.id, "operator")
	fixtures(t, h)
	written, met := 0, map[string]bool{}
	for _, path := range pages(t, h) {
		got := kari.get(path)
		if got.status != http.StatusOK {
			continue
		}
		all := pageForms(t, path, got.body)
		for i, form := range all {
			if len(form.typed) > 0 {
				written++
			}
			for _, other := range all[i+1:] {
				if !form.loses(other) && !other.loses(form) {
					continue
				}
				both := []string{routeOf(h, form.action), routeOf(h, other.action)}
				slices.Sort(both)
				pair := strings.Join(both, " + ")
				if met[pair] = true; besides[pair] == "" {
					t.Errorf("%s: what is written in one form is lost by the other: %s %q, %s %q", path, form.action, form.typed, other.action, other.typed)
				}
			}
		}
	}
	if written < 20 {
		t.Errorf("somebody writes in %d forms only", written)
	}
	for pair := range besides {
		if !met[pair] {
			t.Errorf("no page holds %s: take it off the list", pair)
		}
	}
}

// pageForm is a form that posts, with the fields that somebody writes in.
type pageForm struct {
	action string
	keeps  bool // it asks before it is left
	typed  []string
}

// loses says whether what is written in a form is lost when another one is sent.
func (f *pageForm) loses(other *pageForm) bool {
	return len(f.typed) > 0 && len(other.typed) > 0 || f.keeps
}

// pageForms gives the forms of a page but for the one that ends the login.
func pageForms(t *testing.T, at, page string) []*pageForm {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	must(t, err)
	var forms []*pageForm
	for node := range root.Descendants() {
		if node.Data != "form" || attribute(node, "action") == "/logout" || !strings.EqualFold(attribute(node, "method"), "post") {
			continue
		}
		form := &pageForm{action: attribute(node, "action"), keeps: has(node, "data-keep")}
		if form.action == "" || form.action[0] == '?' {
			form.action = at
		}
		for _, part := range partsOf(root, node) {
			if part.Data == "textarea" || part.Data == "input" && slices.Contains([]string{"", "text", "email", "url", "number", "search", "tel"}, attribute(part, "type")) {
				form.typed = append(form.typed, attribute(part, "name"))
			}
		}
		forms = append(forms, form)
	}
	return forms
}
