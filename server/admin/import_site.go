package admin

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// What is taken of a site file.
const (
	scopeAll      = "all"
	scopeServices = "services" // and their categories
)

// importSite reads a site file: this site's, or the services of another one.
func (r *request) importSite(draft *consent.Draft, content string) imported {
	next, err := sitefile.Read([]byte(content), draft, r.today())
	if err != nil || isNothing(next.Draft) {
		var made imported
		made.fault(lineOf(err), r.unreadable(err))
		return made
	}
	made := imported{draft: next.Draft, scope: r.form.Get("scope"), from: next.OtherSite}
	if made.scope != scopeAll && made.scope != scopeServices {
		made.scope = scopeAll
		if next.OtherSite != "" {
			made.scope = scopeServices
		}
	}
	if made.scope == scopeServices {
		made.draft = withInventory(draft, next.Draft.Categories, next.Draft.Services)
		next.Problems = slices.DeleteFunc(next.Problems, func(p consent.Problem) bool { return !inInventory(p.Path) })
	} else {
		r.checkWhose(&made, draft, next)
	}
	r.tellProblems(&made, next.Draft, next.Problems)
	return made
}

// checkWhose refuses the settings of another site, and keeps what may not be changed
// here.
func (r *request) checkWhose(made *imported, draft *consent.Draft, next *sitefile.Next) {
	switch {
	case next.OtherSite != "":
		made.fault(0, r.told("import_other_site", "key", brief(string(next.OtherSite)), "own", draft.Site.Key))
	case next.OtherOrganisation != "":
		made.fault(0, r.told("import_other_organisation", "key", brief(string(next.OtherOrganisation)), "own", draft.Organisation.ID))
	}
	if r.keepKeeping(draft, next.Draft) {
		made.warn(0, r.told("import_keeping"))
	}
}

// unreadable says why nothing of a file can be read.
func (r *request) unreadable(err error) problemLine {
	var own *consent.Error
	if errors.As(err, &own) && own.Code != "not_yaml" && r.words["import_fault_"+own.Code] != "" {
		return r.told("import_fault_" + own.Code)
	}
	told := r.told("import_fault_not_yaml")
	if lineOf(err) > 0 {
		told.Text = r.say("import_stops")
	}
	return told
}

// lineOf is where reading a file stopped, 0 where that is not known.
func lineOf(err error) int {
	if unread := (*config.UnreadError)(nil); errors.As(err, &unread) {
		return unread.Line
	}
	return 0
}

// isNothing says that a file holds nothing of a site: it is of another kind.
func isNothing(d *consent.Draft) bool {
	return d.Site.Key == "" && len(d.Site.Name) == 0 && len(d.Categories) == 0 && len(d.Services) == 0
}

func inInventory(path string) bool {
	first, _, _ := strings.Cut(path, ".")
	return first == "services" || first == "categories"
}

// withInventory gives a draft with categories and services in the place of its own.
func withInventory(draft *consent.Draft, categories []consent.Category, services []consent.Service) *consent.Draft {
	next := *draft
	next.Categories, next.Services = categories, services
	return &next
}

// tellProblems tells those of a file's problems that somebody gets to see, with where they
// are. The others are only counted: a file may have hundreds of thousands.
func (r *request) tellProblems(made *imported, draft *consent.Draft, problems consent.Problems) {
	at := r.wordsIn(draft)
	for i := range problems {
		p := &problems[i]
		made.add(p.Severity == consent.Fault, func() importLine {
			line := importLine{p.Line, r.problemText(p)}
			line.Text = at.words(p.Path) + ": " + line.Text
			return line
		})
	}
}

// inventoryFile is an inventory as the export has it.
type inventoryFile struct {
	Site       consent.SiteKey    `json:"site"`
	Languages  []consent.Language `json:"languages"`
	Categories []consent.Category `json:"categories"`
	Services   []consent.Service  `json:"services"`
}

// isInventoryFile tells one from a site file in JSON, whose site is more than a key.
func isInventoryFile(content string) bool {
	var file struct {
		Site     json.RawMessage `json:"site"`
		Services json.RawMessage `json:"services"`
	}
	return json.Unmarshal([]byte(content), &file) == nil && len(file.Services) > 0 && (len(file.Site) == 0 || file.Site[0] == '"')
}

// importInventory reads an inventory, which takes the place of the draft's.
func (r *request) importInventory(draft *consent.Draft, content string) imported {
	var made imported
	if entries := entriesIn(content); entries > consent.MostEntries {
		told := consent.TooManyEntries(entries)
		made.fault(0, r.problemText(&told))
		return made
	}
	var file inventoryFile
	decoder := json.NewDecoder(strings.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil || !errors.Is(decoder.Decode(new(any)), io.EOF) {
		r.tellUnread(&made, content, err)
		return made
	}
	made.draft = withInventory(draft, file.Categories, file.Services)
	at := r.wordsIn(made.draft)
	problems := made.draft.ValidateAfter(r.signatures(draft.Site.Key).Signatures, r.today())
	for i := range problems {
		p := &problems[i]
		if inInventory(p.Path) {
			made.add(p.Refused(), func() importLine {
				line := importLine{0, r.problemText(p)}
				line.Text = at.words(p.Path) + ": " + line.Text
				return line
			})
		}
	}
	return made
}

// tellUnread says why an inventory cannot be read: which field it has too much, and where,
// or on which line something else stands than is read there.
func (r *request) tellUnread(made *imported, content string, err error) {
	if unknown := consent.UnknownField([]byte(content), &inventoryFile{}); unknown != nil {
		p := consent.Problem{Severity: consent.Fault, Code: "unknown_field", Message: fmt.Sprintf("There is no field %q here.", unknown.Name), Repair: "Look for a typing error, or take the field away."}
		told := r.problemText(&p)
		if place := r.placeIn(content, unknown); place != "" {
			told.Text = place + ": " + told.Text
		}
		made.fault(unknown.Line, told)
		return
	}
	line := 0
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		line = 1 + strings.Count(content[:min(int(wrong.Offset), len(content))], "\n")
	}
	made.fault(line, r.told("import_fault_inventory"))
}

// placeIn says in words where in an inventory a field stands, "" for the whole.
func (r *request) placeIn(content string, field *consent.UnknownFieldError) string {
	var file inventoryFile
	_ = json.Unmarshal([]byte(content), &file) // for its names
	draft := &consent.Draft{Categories: file.Categories, Services: file.Services}
	path := strings.Split(strings.TrimSuffix(strings.TrimSuffix(field.Path, field.Name), "."), ".")
	name := func(at int, names []string) {
		if n, err := strconv.Atoi(path[min(at, len(path)-1)]); at < len(path) && err == nil && n < len(names) {
			path[at] = names[n]
		}
	}
	switch path[0] {
	case "":
		return ""
	case "categories":
		name(1, partNames(file.Categories, categoryKey))
	case "services":
		if n, err := strconv.Atoi(path[min(1, len(path)-1)]); err == nil && n < len(file.Services) {
			name(3, partNames(file.Services[n].Cookies, cookieName))
		}
		name(1, partNames(file.Services, serviceKey))
	}
	return brief(r.wordsIn(draft).words(strings.Join(path, ".")))
}

// entriesIn counts the services and cookies of an inventory before it is read: read, each
// takes a hundred times the two characters that it may have in the file.
func entriesIn(content string) int {
	var file struct {
		Services entries `json:"services"`
	}
	_ = json.Unmarshal([]byte(content), &file) // who reads it tells what is wrong with it
	return int(file.Services)
}

// entries is how many services a list has, and cookies in them.
type entries int

// UnmarshalJSON counts one service after the other and keeps none. The list is well formed.
func (n *entries) UnmarshalJSON(list []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(list))
	if begin, err := decoder.Token(); err != nil || begin != json.Delim('[') {
		return err
	}
	for decoder.More() {
		var service struct {
			Cookies []struct{} `json:"cookies"`
		}
		_ = decoder.Decode(&service) // one that is none is an entry, too
		*n += entries(1 + len(service.Cookies))
	}
	return nil
}
