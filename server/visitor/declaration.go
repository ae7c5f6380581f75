package visitor

import (
	"github.com/samtykke/samtykke/consent"
)

// PageOptions says where a declaration page stands.
type PageOptions struct {
	// Base is the external address of the server without a final slash, such as
	// "https://samtykke.example.no". The page prints its permalink in full with
	// it; every link on the page is relative, so an empty Base breaks nothing.
	Base string
	// Permalink is set on /{site}/notices/{n}/cookies, the page of one Notice
	// for ever, and unset on /{site}/cookies, the page of the current one.
	Permalink bool
}

// DeclarationPage renders the inventory of a Notice as a page that needs no
// script (content type "text/html; charset=utf-8"; send it with web.Policy).
// The same arguments to the same program give the same bytes. A language that
// the site does not offer is replaced by the nearest one that it does.
func DeclarationPage(notice *consent.Notice, lang consent.Language, opts PageOptions) ([]byte, error) {
	return editionOf(notice, lang).page(opts).Render()
}

// A declared is one cookie at its place in the inventory.
type declared struct {
	category consent.CategoryKey
	service  *consent.Service
	cookie   *consent.Cookie
}

// inventory lists every cookie of a Draft: by category, then as the services
// and cookies are written. Page, JSON and CSV all come from this list, so that
// none can show what another leaves out. A category that the Draft does not
// define comes last.
func inventory(draft *consent.Draft) []declared {
	var rows []declared
	known := map[consent.CategoryKey]bool{}
	take := func(wanted func(consent.CategoryKey) bool) {
		for i := range draft.Services {
			service := &draft.Services[i]
			for j := range service.Cookies {
				cookie := &service.Cookies[j]
				if category := cookie.CategoryIn(service); wanted(category) {
					rows = append(rows, declared{category: category, service: service, cookie: cookie})
				}
			}
		}
	}
	for i := range draft.Categories {
		key := draft.Categories[i].Key
		known[key] = true
		take(func(category consent.CategoryKey) bool { return category == key })
	}
	take(func(category consent.CategoryKey) bool { return !known[category] })
	return rows
}
