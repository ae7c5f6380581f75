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
// The same arguments give the same bytes for ever. A language that the site
// does not offer is replaced by the nearest one that it does.
func DeclarationPage(notice *consent.Notice, lang consent.Language, opts PageOptions) ([]byte, error) {
	return nil, consent.Errorf(consent.Internal, "unfinished", "The declaration page is not written yet.")
}

// DeclarationJSON gives the inventory of a Notice as data
// ("application/json; charset=utf-8"), in the shape of
// testdata/declaration.schema.json.
func DeclarationJSON(notice *consent.Notice, lang consent.Language) ([]byte, error) {
	return nil, consent.Errorf(consent.Internal, "unfinished", "The declaration is not written yet.")
}

// DeclarationCSV gives the inventory of a Notice as a table, one row per
// cookie ("text/csv; charset=utf-8").
func DeclarationCSV(notice *consent.Notice, lang consent.Language) ([]byte, error) {
	return nil, consent.Errorf(consent.Internal, "unfinished", "The declaration is not written yet.")
}
