package consent

import "time"

// SiteKey names a Site in addresses, tables and logs: [a-z0-9][a-z0-9-]{0,39}.
type SiteKey string

// Site is a property being served: where it lives and how its Decisions are kept.
type Site struct {
	Key SiteKey `json:"key" yaml:"key"`
	// Name is what visitors call the site, such as "Gjerdrum kommune".
	Name Text `json:"name" yaml:"name"`
	// Origins are the scheme, host and port of every page that may show the
	// banner and post Decisions. A host may start with "*." for all sub-domains.
	Origins []string `json:"origins" yaml:"origins"`
	// Languages are the languages in use; the first is the default.
	Languages []Language `json:"languages" yaml:"languages"`
	// Privacy is the address of the general privacy statement, per language.
	Privacy Text `json:"privacy_statement" yaml:"privacy_statement"`
	// Jurisdiction is the country whose law the site follows, ISO 3166-1 alpha-2.
	// Only NO is known, and meant when it is empty.
	Jurisdiction string `json:"jurisdiction,omitempty" yaml:"jurisdiction,omitempty"`
	// Withdrawal is the address where visitors take their consent back, with the
	// fragment of the place on the page. Empty means the site itself, which has the
	// way back on every page.
	Withdrawal Text `json:"withdrawal_method,omitempty" yaml:"withdrawal_method,omitempty"`
	// Rights is the address that tells visitors of their rights. Empty means the
	// privacy statement.
	Rights Text `json:"rights,omitempty" yaml:"rights,omitempty"`
	// Declaration is the address of the page that shows the inventory. Empty
	// means Samtykke's own page.
	Declaration Text `json:"declaration,omitempty" yaml:"declaration,omitempty"`
	// Validity is how long a Decision holds before the visitor is asked again,
	// the same for grants and refusals. Between P6M and P12M.
	Validity Lifetime `json:"validity" yaml:"validity"`
	// Retention is how long a Decision is kept as evidence. A site file that does not
	// say it means UsualRetention.
	Retention Lifetime `json:"retention" yaml:"retention,omitempty"`
	// Refusals is what is kept of a visitor who says no to everything and has
	// decided nothing before. Empty means keep.
	Refusals Refusals `json:"refusals,omitempty" yaml:"refusals,omitempty"`
	// ConsentLog says who runs the log of Decisions and where it is kept. Left out
	// while the Organisation has to find out: the record of processing activities
	// then marks both as missing.
	ConsentLog *LogKeeping `json:"consent_log,omitempty" yaml:"consent_log,omitempty"`
	// Heading is the heading level of the banner, 2 to 4.
	Heading int `json:"heading_level" yaml:"heading_level"`
	// PolicyMode says that the site's own server sends the Content-Security-Policy
	// of GET /{site}/csp with its pages, so that the browser refuses what is not
	// granted. The banner then loads the page anew after an answer.
	PolicyMode bool `json:"policy_mode,omitempty" yaml:"policy_mode,omitempty"`
	// SameOrigin says that the site's own server hands a path on to Samtykke, under
	// which the script tag loads the banner. Then that server keeps a copy of the
	// answer, which outlives what Safari leaves a page script, and removes the
	// cookies that no page script can.
	SameOrigin bool `json:"same_origin,omitempty" yaml:"same_origin,omitempty"`
	// CookieDomain is the domain all of whose hosts share one answer, such as
	// "example.no". Every origin is on it. Empty means that each host asks for itself.
	CookieDomain string `json:"cookie_domain,omitempty" yaml:"cookie_domain,omitempty"`
	// AutomaticGating stops what scripts of the page ask of the hosts of services
	// without consent, marked or not: an aid for pages that nobody can edit. What the
	// page's own markup asks for is not stopped by it; PolicyMode does that.
	AutomaticGating bool `json:"automatic_gating,omitempty" yaml:"automatic_gating,omitempty"`
	// Signals tell scripts of vendors what the visitor has answered.
	Signals Signals `json:"signals,omitzero" yaml:"signals,omitempty"`
	// Look is how the banner is dressed.
	Look Look `json:"look" yaml:"look"`
	// Wording replaces fixed banner texts by the site's own, by text key: headings,
	// labels of buttons and links, and what placeholders say. intro_one and
	// intro_many must hold {controller}, details {recipients}, place_text {to} and
	// place_always {name}.
	Wording map[string]Text `json:"wording,omitempty" yaml:"wording,omitempty"`
}

// Look is the typed theme of the banner: values, never raw CSS. Accept and
// decline are the same component, so no field can tell them apart.
type Look struct {
	Accent string `json:"accent" yaml:"accent"` // button colour, #rrggbb
	Radius int    `json:"radius" yaml:"radius"` // corner radius, CSS pixels, 0 to 16
	// Placement is where the question stands. Empty means top.
	Placement Placement `json:"placement,omitempty" yaml:"placement,omitempty"`
	// Font is a list of fonts such as "Inter, sans-serif", which the pages load
	// themselves. Empty means the font of the page.
	Font string `json:"font,omitempty" yaml:"font,omitempty"`
	// Width is how wide the question may become, 20 to 80 times the size of its
	// letters. 0 means 44; 24 in a corner, 34 in a dialog.
	Width int `json:"width,omitempty" yaml:"width,omitempty"`
	// Background and Text are colours, #rrggbb: both or neither. Empty means the
	// browser's own, which follow the color-scheme of the page.
	Background string `json:"background,omitempty" yaml:"background,omitempty"`
	Text       string `json:"text,omitempty" yaml:"text,omitempty"`
	// Dark are the colours on pages whose color-scheme is dark.
	Dark *DarkLook `json:"dark,omitempty" yaml:"dark,omitempty"`
	// Logo stands above the question.
	Logo *Logo `json:"logo,omitempty" yaml:"logo,omitempty"`
}

// DarkLook are the colours, #rrggbb, that take the place of a Look's own on dark
// pages. What is empty stays.
type DarkLook struct {
	Accent     string `json:"accent,omitempty" yaml:"accent,omitempty"`
	Background string `json:"background,omitempty" yaml:"background,omitempty"`
	Text       string `json:"text,omitempty" yaml:"text,omitempty"`
}

// Placement is where the question stands.
type Placement string

// The placements. Top is that of the national pattern.
const (
	PlacementTop    Placement = "top"    // in the page, before everything else
	PlacementBottom Placement = "bottom" // over the bottom edge of the window
	PlacementCorner Placement = "corner" // a card in the lower corner where lines begin
	PlacementDialog Placement = "dialog" // over the page, which waits
)

// KeptSince gives the moment from which on Decisions are kept at a time; older ones
// have expired. How long a published Notice cannot say that they are kept is an
// error, and nothing expires by it.
func (s *Site) KeptSince(now time.Time) (time.Time, error) {
	if !validValidity(s.Validity) || !s.Retention.Valid() || s.Retention.Compare(s.Validity) < 0 {
		return time.Time{}, Errorf(Internal, "retention", "The notice in force of %s says that decisions are kept for %q, which none can be published with: nothing was removed. Run samtykke log verify, and publish the site anew.", s.Key, s.Retention)
	}
	return s.Retention.Before(now), nil
}
