package consent

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	// MaxCatalogue is how many entries a Catalogue holds.
	MaxCatalogue = 20_000
	// MaxCatalogueRefusals is how many refused rows are kept with their reasons.
	MaxCatalogueRefusals = 100
)

// Catalogue is what an Organisation has imported of what others say about cookies.
// It only suggests: nothing of it is in a Draft before somebody saves it there.
type Catalogue struct {
	Organisation OrganisationID
	Imported     time.Time
	Importer     AccountID
	Language     Language // of the purposes
	Entries      []CatalogueEntry
	Refused      []CatalogueRefusal // the first of them
	Refusals     int                // all of them
}

// CatalogueEntry is what a Catalogue says of one cookie.
type CatalogueEntry struct {
	Platform string      `json:"platform"` // the service
	Company  string      `json:"company,omitempty"`
	Policy   string      `json:"policy,omitempty"`
	Category CategoryKey `json:"category,omitempty"`
	Name     string      `json:"name"`
	Match    MatchType   `json:"match"`
	Domain   string      `json:"domain,omitempty"`
	Purpose  string      `json:"purpose,omitempty"`
	Lifetime Lifetime    `json:"lifetime,omitempty"` // the vendor's claim
	Said     string      `json:"said,omitempty"`     // the claim, where it is no exact time
}

// CatalogueRefusal is a row that was not taken.
type CatalogueRefusal struct {
	Line int    `json:"line,omitempty"` // 0 where the file has none
	Name string `json:"name"`           // what it is about
	Why  string `json:"why"`            // code of the reason
}

// CatalogueStore keeps at most one Catalogue for each Organisation.
type CatalogueStore interface {
	// Catalogue gives that of an Organisation, or NotFound (code "no_catalogue").
	Catalogue(ctx context.Context, organisation OrganisationID) (*Catalogue, error)
	// SetCatalogue stores one in place of the one that was there.
	SetCatalogue(ctx context.Context, catalogue *Catalogue) error
	// DropCatalogue takes it away. Taking away what is not there changes nothing.
	DropCatalogue(ctx context.Context, organisation OrganisationID) error
}

// ID names an entry by what it says.
func (e *CatalogueEntry) ID() string {
	return HashOf([]byte(strings.Join([]string{e.Platform, e.Name, string(e.Match), e.Domain, e.Purpose}, "\x00"))).String()[:16]
}

// Pattern is that of the cookie.
func (e *CatalogueEntry) Pattern() Pattern { return Pattern{Name: e.Name, Match: e.Match} }

// Platforms counts the services that the entries are of.
func (c *Catalogue) Platforms() int {
	names := map[string]bool{}
	for i := range c.Entries {
		names[strings.ToLower(c.Entries[i].Platform)] = true
	}
	return len(names)
}

// Find gives the entries that a text is about, best first: those whose cookie has
// that name, the ones that account for most of it before the others, and then those
// in which each of its words stands.
func (c *Catalogue) Find(text string) []CatalogueEntry {
	text = strings.TrimSpace(text)
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return nil
	}
	type ranked struct {
		entry   CatalogueEntry
		covered int
	}
	var found []ranked
	for i := range c.Entries {
		e := &c.Entries[i]
		covered := e.covers(text)
		if covered > 0 || e.holds(words) {
			found = append(found, ranked{*e, covered})
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		if a.covered != b.covered || a.covered == 0 {
			return cmp.Compare(b.covered, a.covered)
		}
		return cmp.Compare(b.entry.Match.rank(), a.entry.Match.rank())
	})
	entries := make([]CatalogueEntry, len(found))
	for i := range found {
		entries[i] = found[i].entry
	}
	return entries
}

// covers is that of the pattern. An expression begins with what a name must begin
// with, and is compiled only for those.
func (e *CatalogueEntry) covers(name string) int {
	head, _, _ := strings.Cut(e.Name, ".*")
	if e.Match == MatchRegex && !strings.HasPrefix(regexp.QuoteMeta(name), head) {
		return 0
	}
	return e.Pattern().covers(name)
}

// Named gives the entry whose cookie has a name, or nil: the one that accounts for
// most of it.
func (c *Catalogue) Named(name string) *CatalogueEntry {
	var found *CatalogueEntry
	best := 0
	for i := range c.Entries {
		e := &c.Entries[i]
		covered := e.covers(name)
		if covered > best || covered == best && found != nil && e.Match.rank() > found.Match.rank() {
			found, best = e, covered
		}
	}
	return found
}

func (e *CatalogueEntry) holds(words []string) bool {
	all := strings.ToLower(strings.Join([]string{e.Platform, e.Company, e.Name, e.Domain}, "\n"))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(all, word) })
}

// Of gives the entries of a platform.
func (c *Catalogue) Of(platform string) []CatalogueEntry {
	wanted := strings.ToLower(strings.TrimSpace(platform))
	var all []CatalogueEntry
	for i := range c.Entries {
		if strings.ToLower(c.Entries[i].Platform) == wanted && wanted != "" {
			all = append(all, c.Entries[i])
		}
	}
	return all
}

// Missing gives what a Catalogue has of a Service by any of its names, and the Service
// has not.
func (c *Catalogue) Missing(s *Service) []CatalogueEntry {
	var found []CatalogueEntry
	for _, name := range s.Called() {
		if found = c.Of(name); len(found) > 0 {
			break
		}
	}
	return slices.DeleteFunc(found, func(e CatalogueEntry) bool {
		return slices.ContainsFunc(s.Cookies, func(known Cookie) bool { return known.Pattern.Name == e.Name })
	})
}

// Called gives the names under which a Catalogue may have a Service.
func (s *Service) Called() []string {
	names := []string{
		string(s.Key), strings.ReplaceAll(string(s.Key), "-", " "),
		s.Name[English], s.Name[Bokmaal], s.Name[Nynorsk],
	}
	return slices.DeleteFunc(names, func(name string) bool { return strings.TrimSpace(name) == "" })
}
