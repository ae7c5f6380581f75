package admin

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

const (
	maxCatalogueName = 200  // characters of names, as in a draft
	maxCatalogueText = 1000 // characters of purposes, as in a draft
	// maxCatalogueFile is below bodyLimit, so that a file that is too large is told so.
	maxCatalogueFile = 3 << 20
)

// catalogueRow is a row of the Open Cookie Database, in the words of its JSON.
type catalogueRow struct {
	line     int
	broken   bool // its quotes are wrong
	platform string
	Category string          `json:"category"`
	Cookie   string          `json:"cookie"`
	Domain   string          `json:"domain"`
	Purpose  string          `json:"description"`
	Keeps    string          `json:"retentionPeriod"`
	Company  string          `json:"dataController"`
	Policy   string          `json:"privacyLink"`
	Wildcard json.RawMessage `json:"wildcardMatch"` // "1", 1 or true
}

// readCatalogue reads a file in the format of the Open Cookie Database, CSV or JSON.
// It says why nothing of it can be taken, or "".
func (r *request) readCatalogue(content string) (made *consent.Catalogue, fault string) {
	made = &consent.Catalogue{Organisation: r.organisation.ID, Imported: r.Clock(), Importer: r.account.ID, Language: consent.Language(r.field("language"))}
	content = strings.TrimSpace(content)
	if content == "" {
		return made, r.say("catalogue_no_file")
	}
	if len(content) > maxCatalogueFile {
		return made, r.say("catalogue_large")
	}
	if !made.Language.Known() {
		return made, r.say("catalogue_no_language")
	}
	rows, fault := r.catalogueRows(content)
	if fault != "" {
		return made, fault
	}
	seen := map[string]bool{}
	for i := range rows {
		entry, why := rows[i].entry()
		at := strings.ToLower(entry.Platform) + "\x00" + entry.Name + "\x00" + entry.Domain
		switch {
		case why != "":
		case seen[at]:
			why = "twice"
		case len(made.Entries) == consent.MaxCatalogue:
			why = "many"
		}
		if why == "" {
			seen[at] = true
			made.Entries = append(made.Entries, entry)
			continue
		}
		if made.Refusals++; len(made.Refused) < consent.MaxCatalogueRefusals {
			made.Refused = append(made.Refused, consent.CatalogueRefusal{Line: rows[i].line, Name: firstCharacters(consent.OnOneLine(rows[i].label())), Why: why})
		}
	}
	if len(made.Entries) == 0 {
		return made, r.say("catalogue_nothing")
	}
	return made, ""
}

func (r *request) catalogueRows(content string) (rows []catalogueRow, fault string) {
	if content[0] == '{' {
		var platforms map[string][]catalogueRow
		if err := json.Unmarshal([]byte(content), &platforms); err != nil {
			return nil, r.say("catalogue_not_json")
		}
		for _, platform := range slices.Sorted(maps.Keys(platforms)) {
			for _, row := range platforms[platform] {
				row.platform = platform
				rows = append(rows, row)
			}
		}
		return rows, ""
	}
	content, comma := separatorOf(content)
	var broken imported
	table := r.readTable(content, comma, &broken)
	if len(broken.wrong) > 0 {
		return nil, r.say("catalogue_line", "line", broken.wrong[0].Line, "fault", broken.wrong[0].Text)
	}
	if _, name := table.columns["Cookie / Data Key name"]; !name {
		return nil, r.say("catalogue_no_columns")
	}
	for i := range table.rows {
		wildcard, _ := json.Marshal(table.cell(i, "Wildcard match")) //nolint:errchkjson // a string
		rows = append(rows, catalogueRow{
			line: table.lines[i], platform: table.cell(i, "Platform"), Category: table.cell(i, "Category"), Cookie: table.cell(i, "Cookie / Data Key name"),
			Domain: table.cell(i, "Domain"), Purpose: table.cell(i, "Description"), Keeps: table.cell(i, "Retention period"),
			Company: table.cell(i, "Data Controller"), Policy: table.cell(i, "User Privacy & GDPR Rights Portals"), Wildcard: wildcard,
		})
	}
	for _, line := range table.broken {
		rows = append(rows, catalogueRow{line: line, broken: true})
	}
	slices.SortStableFunc(rows, func(a, b catalogueRow) int { return a.line - b.line })
	return rows, ""
}

// label is what a row is about.
func (row *catalogueRow) label() string {
	return strings.Trim(strings.TrimSpace(row.platform)+" – "+strings.TrimSpace(row.Cookie), " –")
}

// entry gives what a row says, or the code of why it is refused.
func (row *catalogueRow) entry() (entry consent.CatalogueEntry, why string) {
	if row.broken {
		return entry, "broken"
	}
	line := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	entry = consent.CatalogueEntry{
		Platform: line(row.platform), Company: line(row.Company), Domain: line(row.Domain), Purpose: line(row.Purpose),
		Category: openCategories[strings.ToLower(line(row.Category))], Policy: openPolicy(strings.TrimSpace(row.Policy)),
	}
	entry.Name, entry.Match = cataloguePattern(strings.TrimSpace(row.Cookie), strings.Trim(string(row.Wildcard), `" `))
	said := line(row.Keeps)
	if lifetime, err := consent.ParseLifetime(said); err == nil {
		entry.Lifetime = lifetime
	} else {
		entry.Said = said
	}
	switch {
	case hidesInEntry(&entry):
		return entry, "hidden_character"
	case entry.Platform == "" || keyOf(entry.Platform) == "":
		return entry, "no_platform"
	case entry.Name == "":
		return entry, "no_name"
	case utf8.RuneCountInString(entry.Purpose) > maxCatalogueText:
		return entry, "long"
	}
	for _, text := range []string{entry.Platform, entry.Name, entry.Company, entry.Domain, entry.Said, entry.Policy} {
		if utf8.RuneCountInString(text) > maxCatalogueName {
			return entry, "long"
		}
	}
	return entry, ""
}

// hidesInEntry says whether an entry holds what nobody sees, which pages and programs
// would hand on.
func hidesInEntry(e *consent.CatalogueEntry) bool {
	return slices.ContainsFunc([]string{e.Platform, e.Company, e.Policy, e.Name, e.Domain}, consent.HidesInName) ||
		consent.HidesInComment(e.Purpose) || consent.HidesInComment(e.Said)
}

// cataloguePattern gives the pattern of a name: a star stands for anything, and a
// name that is marked as a wildcard goes on.
func cataloguePattern(name, wildcard string) (string, consent.MatchType) {
	goes := wildcard == "1" || strings.EqualFold(wildcard, "true")
	if trimmed := strings.TrimRight(name, "*"); trimmed != name {
		name, goes = trimmed, true
	}
	switch {
	case strings.Contains(name, "*"):
		parts := strings.Split(name, "*")
		for i := range parts {
			parts[i] = regexp.QuoteMeta(parts[i])
		}
		name = strings.Join(parts, ".*")
		if goes {
			name += ".*"
		}
		return name, consent.MatchRegex
	case goes:
		return name, consent.MatchPrefix
	}
	return name, consent.MatchExact
}

// firstCharacters gives what fits into a list.
func firstCharacters(text string) string {
	if runes := []rune(text); len(runes) > maxCatalogueName {
		return string(runes[:maxCatalogueName]) + "…"
	}
	return text
}
