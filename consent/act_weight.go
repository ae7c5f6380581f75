package consent

import (
	"slices"
	"strings"
)

// weighty are the fields that decide what is asked, of whom and for how long, the
// weightiest first: however many others change with them, they are told.
var weighty = []string{
	PlanField,                              // what waited, and does no more
	"legal_basis", "category", "exemption", // on what ground
	"hosts",                                                               // from where it runs
	"role", "scopes", "operator", "closed", "second_factor", "two_people", // who may do what
	itself,                               // a service, a cookie or a category that came or went
	"recipients", "transfer", "provider", // who gets it
	"storage_locations", "country", "countries", // and where
	"lifetime", "retention", "validity", "expires", // for how long
	"ask", "never_on", "origins", "policy_mode", "automatic_gating", "signals", // when it may run
	"refusals", "consent_log", "number", "outcome",
	"purpose", "data_categories", // what for
}

// itself stands for a whole thing among the fields.
const itself = "*"

// weight says how early a change is told: 0 before all others.
func (c *FieldChange) weight() int {
	thing, field := c.Place()
	if len(field) == 0 && len(thing) > 0 {
		return slices.Index(weighty, itself)
	}
	lightest := len(weighty)
	if len(field) > 1 && field[0] == "exemption" && (field[1] == "reason" || field[1] == "when") {
		return lightest // that there is one, on what ground and by whom decides, and not its prose
	}
	for _, name := range field {
		if at := slices.Index(weighty, name); at >= 0 {
			lightest = min(lightest, at)
		}
	}
	return lightest
}

// Place gives the service, category or cookie that a change is of, as its path names it,
// and the field of that: none when the thing itself came or went.
func (c *FieldChange) Place() (thing, field []string) {
	path := strings.Split(c.Field, ".")
	if path[0] != "services" && path[0] != "categories" {
		return nil, whole(path)
	}
	if len(path) < 4 || path[2] != "cookies" {
		n := min(len(path), 2)
		return path[:n], whole(path[n:])
	}
	from := len(path) // what a cookie is called may hold dots, and so may its aliases
	for i := 5; i < from; i++ {
		if path[i] == "aliases" && path[i-1] == "pattern" {
			from = i + 1
		}
	}
	for from > 4 && isOfCookie(path[from-1]) {
		from--
	}
	return append(path[:3:3], strings.Join(path[3:from], ".")), whole(path[from:])
}

// listed are the fields whose members are told each by itself. Those are addresses, words
// and codes, and may hold dots.
var listed = []string{"origins", "hosts", "never_on", "storage_locations", "country", "countries", "aliases", "languages"}

// Listed says whether a field is a list of which a trail tells what came and went.
func Listed(field string) bool { return slices.Contains(listed, field) }

// whole puts a member of such a list together again.
func whole(field []string) []string {
	at := slices.IndexFunc(field, func(name string) bool { return slices.Contains(listed, name) })
	if at < 0 || at+1 == len(field) {
		return field
	}
	return append(field[:at+1:at+1], strings.Join(field[at+1:], "."))
}

// ofCookies are the fields of a cookie, and of what is within them.
var ofCookies = []string{
	"pattern", "kind", "party", "http_only", "category", "purpose", "set_by", "lifetime", "status", "exemption", "reason", "notes",
	"name", "match", "any_case", "aliases", "declared", "vendor", "observed", "ground", "when", "reviewer", "reviewed",
}

func isOfCookie(name string) bool { return slices.Contains(ofCookies, name) || Language(name).Known() }
