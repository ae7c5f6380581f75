package web

import "github.com/samtykke/samtykke/consent"

// DeclarationPage is a site's inventory as people read it. Every text is
// resolved; the template only places it.
type DeclarationPage struct {
	Lang      consent.Language
	Lent      string // says that the page does not come in the language that was asked for
	Words     Words
	Site      Wording
	SiteURL   string // where consent is taken back, "" when only wildcards are known
	Rights    string // address that tells of visitors' rights, "" for the privacy statement's
	Lede      string
	Fixed     string // says that this is one version for ever; "" on the current page
	Current   string // link to the current version; "" on the current page
	Languages []LanguageLink
	Facts     Facts
	Groups    []Group
	Off       []Service // switched-off services
	Own       []Own
	Log       ConsentLog
	Contacts  []Contact
	Terms     []Term
}

// Render gives the page as HTML (UTF-8).
func (p *DeclarationPage) Render() ([]byte, error) { return render("declaration.html", p) }

// LanguageLink leads to the same page in another language.
type LanguageLink struct {
	Lang    consent.Language
	Name    string // in that language itself
	URL     string
	Current bool
}

// Facts are what identifies the page and where else its content is.
type Facts struct {
	Number    int
	Published string // RFC 3339
	Clock     string // the same in words
	Hash      string
	Permalink string // link
	Address   string // the permalink in full, for print
	JSON      string // link
	CSV       string // link
	Privacy   string // link, "" when there is none
}

// Group is a category with what is kept under it.
type Group struct {
	ID      string
	Name    Wording
	Purpose Wording
	Basis   string
	Entries string // how many, in words
	// Services are those with at least one cookie in the category.
	Services []Service
}

// Service is a party within one category.
type Service struct {
	ID        string // of the element, unique on the page
	Key       consent.ServiceKey
	Name      Wording
	Purpose   Wording // empty where only what is necessary beside it is told
	Provider  Company
	Receivers []Company
	Data      []Wording
	Kept      []string // how long the provider keeps the data, nothing when unknown
	Locations string   // countries, "" for those of the companies
	Basis     string
	Asked     string
	Warning   Wording
	Caption   string
	Cookies   []Cookie
}

// Company is a provider or recipient. Missing says what is not known of it.
type Company struct {
	Name     string
	Missing  Wording
	Country  string // names, "" when none is stated
	Role     string
	Transfer string // out of the EEA, "" when none is stated
	Policy   string // address of its privacy policy, "" when unknown
}

// Cookie is one row of a service's table.
type Cookie struct {
	Name      string // the key together with the service
	Match     string // how the name matches, "" for exactly
	Also      string // other spellings, "" when there are none
	Purpose   Wording
	Exemption *Exemption
	Lifetime  []string // one sentence, or the three lifetimes that differ
	Kind      string
	Party     string
	Locked    bool // HttpOnly
	SetBy     string
	Status    string
	Code      consent.Status
}

// Exemption is the signed reason of a necessary cookie.
type Exemption struct {
	Ground string
	Reason Wording
	When   Wording
	Signed []Wording // in parts, because the role may be in another language
}

// Own is one thing that the consent solution itself keeps on the device.
type Own struct {
	Name     string
	Kind     string
	Purpose  string
	Lifetime string
}

// ConsentLog is the entry of the log of Decisions in the declaration.
type ConsentLog struct {
	Text       string
	Counted    string // what is not recorded of a refusal; empty when it is
	Retention  string
	Recipients string
	Kept       LogKeeping
	Verifier   string // address of the page that checks receipts
	Keys       string // address of the keys that sign
}

// Contact is one of the three contact blocks.
type Contact struct {
	Title  string  `json:"title"`
	Text   string  `json:"text"`
	Name   Wording `json:"name"`
	Number string  `json:"number,omitempty"` // organisation number, "" for others than the controller
	consent.Contact
}

// Term is one word of the glossary.
type Term struct {
	Word string
	Text string
}

// A block is what a part of the template gets: the fixed texts and one thing.
type (
	serviceBlock struct {
		Words   Words
		Service Service
	}
	companyBlock struct {
		Words   Words
		Company Company
	}
	cookieBlock struct {
		Words  Words
		Key    consent.ServiceKey
		Cookie Cookie
	}
)
