package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
	"github.com/samtykke/samtykke/server/web"
)

// importPage takes a file, shows what is wrong with it, or what it would change.
type importPage struct {
	Content   string
	Was       string // the draft that the changes are told against
	Wrong     []importLine
	More      int // that are not listed
	Warnings  []importLine
	Warned    int           // with those that are not listed
	Settings  []changeGroup // of the site's own
	Changes   []string
	Fields    []changeGroup // of the inventory, field by field
	MoreField int           // things whose fields are not listed
	Scope     string        // what is taken of a site file
	From      string        // the other site that it is of
	Aside     []importLine  // rows that are not taken
	AsideRows int
	Checked   bool         // there is nothing wrong with it
	Same      bool         // and it changes nothing
	Changed   bool         // the draft is another than the changes were told against
	Blocked   []blocked    // what would keep it from being published
	Blocks    int          // how many faults
	Blocking  []importLine // those of them that are about one line
	Signed    signedLines  // signatures that the draft does not have
	Windows   bool         // the file was not in UTF-8, and read all the same
	Table     bool         // it is a table whose columns are not known
	Columns   string
	Lacking   string // where a category is added that the draft lacks
	Template  string // where a table to begin with is taken out
}

// importLine is something about one line of the file.
type importLine struct {
	Line int
	problemLine
}

// maxImportLines is how many problems or changes are listed.
const maxImportLines = 200

// imported is what a file makes of the draft.
type imported struct {
	draft    *consent.Draft
	wrong    []importLine
	warnings []importLine
	// moreWrong and moreWarned are those beyond what anybody is told.
	moreWrong, moreWarned int
	// aside are rows that are not taken, while the rest is.
	aside     []importLine
	asideRows int
	// scope is what is taken of a site file, "" for one of another kind. from is the
	// other site that it is of.
	scope string
	from  consent.SiteKey
	table bool // it is a table whose columns are not known
}

func (i *imported) fault(line int, told problemLine) {
	i.wrong = append(i.wrong, importLine{line, told})
}

func (i *imported) warn(line int, told problemLine) {
	told.Severe = false
	i.warnings = append(i.warnings, importLine{line, told})
}

// add adds a line about a problem, which is put together only when somebody is told.
func (i *imported) add(severe bool, line func() importLine) {
	lines, more := &i.warnings, &i.moreWarned
	if severe {
		lines, more = &i.wrong, &i.moreWrong
	}
	if len(*lines) >= mostToPrograms {
		*more++
		return
	}
	*lines = append(*lines, line())
}

// told says a fault in the words of a key, which is its code for programs, too.
func (r *request) told(key string, pairs ...any) problemLine {
	return problemLine{Code: importCode(key), Text: r.say(key, pairs...), Severe: true}
}

// importCode is what programs call a fault that has words of a key.
func importCode(key string) string { return strings.Replace(key, "import_fault_", "import_", 1) }

// importGet shows the empty form.
func (r *request) importGet() error { return r.showImport(http.StatusOK, importPage{}) }

func (r *request) showImport(status int, shown importPage) error {
	shown.Columns = strings.Join(csvColumns, ", ")
	if len(shown.Wrong) > maxImportLines {
		shown.More, shown.Wrong = shown.More+len(shown.Wrong)-maxImportLines, shown.Wrong[:maxImportLines]
	}
	shown.Warned += len(shown.Warnings)
	shown.Warnings = shown.Warnings[:min(len(shown.Warnings), maxImportLines)]
	if slices.ContainsFunc(shown.Wrong, func(line importLine) bool { return line.Code == "import_no_category" }) {
		shown.Lacking = r.sitePath("/new-category")
	}
	shown.Template = r.sitePath("/export/inventory.csv")
	r.c.Status(status)
	return r.show(page{name: "import.html", title: "import_title", trail: r.inventoryTrail(web.AdminLink{Text: r.say("export_title"), URL: r.sitePath("/export")}), data: shown})
}

// importPost checks a file, and saves it when that is asked for and the draft is
// still the one that the changes were told against.
func (r *request) importPost() error {
	content := strings.TrimPrefix(r.form.Get("content"), byteOrderMark)
	if file := strings.TrimPrefix(r.form.Get("file"), byteOrderMark); strings.TrimSpace(file) != "" {
		content = file
	}
	shown, status := importPage{Content: content, Windows: r.came == fileWindows}, http.StatusOK
	if r.came == fileOther {
		shown.Wrong = []importLine{{0, r.told("import_fault_not_utf8")}}
		return r.showImport(http.StatusUnprocessableEntity, shown)
	}
	if strings.TrimSpace(content) == "" {
		shown.Wrong = []importLine{{0, r.told("import_empty")}}
		return r.showImport(http.StatusUnprocessableEntity, shown)
	}
	saving := r.form.Get("save") != ""
	err := r.changeDraft(func(draft *consent.Draft) error {
		made := r.importInto(draft, content)
		shown.Was, shown.Wrong, shown.Table = hashOf(draft), made.wrong, made.table
		shown.Blocking, shown.Warnings = parted(made.warnings)
		shown.Blocking = shown.Blocking[:min(len(shown.Blocking), maxImportLines)]
		shown.More, shown.Warned = made.moreWrong, made.moreWarned
		shown.Scope, shown.From = made.scope, brief(string(made.from))
		shown.Aside, shown.AsideRows = made.aside[:min(len(made.aside), maxImportLines)], made.asideRows
		if len(made.wrong) > 0 {
			status = http.StatusUnprocessableEntity
			return errNotSaved
		}
		shown.Checked, shown.Changes = true, r.changesBetween(draft, made.draft)
		shown.Blocked, shown.Blocks = r.blockedBy(draft, made.draft)
		shown.Signed = r.signedBy(made.draft, broughtSignatures(draft, made.draft))
		var err error
		if shown.Settings, err = r.settingsBetween(draft, made.draft); err != nil {
			return err
		}
		if shown.Fields, shown.MoreField, err = r.fieldsBetween(draft, made.draft); err != nil {
			return err
		}
		shown.Same = hashOf(draft) == hashOf(made.draft)
		shown.Changed = saving && shown.Was != r.form.Get("was")
		if !saving || shown.Changed {
			return errNotSaved
		}
		*draft = *made.draft
		return nil
	})
	if errors.Is(err, errNotSaved) {
		if shown.Changed {
			status = http.StatusConflict
		}
		return r.showImport(status, shown)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/inventory"), "imported")
}

// importInto reads a file of any of the known kinds.
func (r *request) importInto(draft *consent.Draft, content string) imported {
	var made imported
	if !utf8.ValidString(content) { // or each cell would be told of
		made.fault(0, r.told("import_fault_not_utf8"))
		return made
	}
	table, comma := separatorOf(content)
	first, rest, _ := strings.Cut(strings.TrimSpace(table), "\n")
	cells := strings.Split(strings.ReplaceAll(strings.TrimRight(first, "\r"), `"`, ""), string(comma))
	switch {
	case slices.Contains(cells, "Cookie / Data Key name"):
		return r.importOpenDatabase(draft, table, comma)
	case slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) == "service" }) && len(cells) > 1:
		return r.importCookies(draft, table, comma)
	}
	switch {
	case strings.HasPrefix(first, "<"):
		made.fault(0, r.told("import_fault_web_page"))
		return made
	case isInventoryFile(content):
		return r.importInventory(draft, content)
	case isTable(cells, rest, comma):
		made.table = true
		made.fault(0, r.told("import_fault_table", "columns", brief(strings.Join(cells, ", "))))
		return made
	}
	return r.importSite(draft, content)
}

// isTable says whether a file looks like a table: a heading of several short names, and
// below it nothing or a line of several cells.
func isTable(cells []string, rest string, comma rune) bool {
	if len(cells) < 2 || slices.ContainsFunc(cells, func(cell string) bool { return len(cell) > 60 || strings.ContainsAny(cell, ":{}[]<>#") }) {
		return false
	}
	second, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(rest) == "" || strings.ContainsRune(second, comma)
}

// keepKeeping leaves how long answers hold and are kept as they are in a draft, in
// one that is to take its place: only an administrator who has just shown who they
// are changes that. It says whether it had to.
func (r *request) keepKeeping(draft, next *consent.Draft) bool {
	if r.may(consent.MayAdminister) && r.Clock().Sub(r.login.Confirmed) <= proven {
		return false
	}
	return sitefile.Keep(draft, next)
}
