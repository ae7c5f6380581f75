package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

//go:embed admin/* text/admin/*
var adminFiles embed.FS

// AdminLanguages are those that the pages of the administration come in.
var AdminLanguages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}

// The texts and the pages are read when one is asked for: every command of the
// program would wait for them, and few show a page.
var (
	adminWords  = sync.OnceValue(mustReadAdminWords)
	adminCommon = sync.OnceValue(mustParseCommon)
	adminPages  = mustFindPages()
	// AdminStyle is the style sheet of the administration.
	AdminStyle = mustJoinStyles()
)

// AdminPolicy is the Content-Security-Policy of the administration: its own style
// sheet and script, and nothing from elsewhere.
const AdminPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// AdminWordsIn gives the texts of the administration in the language, or in the
// nearest one that they come in.
func AdminWordsIn(lang consent.Language) (Words, consent.Language) {
	nearest := lang.Page(AdminLanguages)
	return adminWords()[nearest], nearest
}

// AdminView is what a page of the administration is rendered from.
type AdminView struct {
	Lang   consent.Language
	Words  Words
	Title  string // of the page, as its heading says
	Faulty bool   // what was sent is not done, and the page says why
	// Person is who is logged in, "" for nobody.
	Person string
	CSRF   string
	// Organisation and Site are where the person is; empty outside.
	Organisation   string
	OrganisationID consent.OrganisationID
	Site           string
	SiteKey        consent.SiteKey
	Nav            []AdminLink // pages of the Site or Organisation
	Trail          []AdminLink // from the front page to this one
	Done           string      // what was done just now
	Undone         bool        // or what was not
	Kept           string      // what of others was kept with it
	Unsent         string      // what the person has written and not sent
	Another        *AdminLink  // to do once more what was done, nil for what is hardly repeated
	Next           *AdminLink  // the next step of a site that is being set up, nil for none
	Planned        *Planned    // what falls by changing the draft, or fell just now; nil for nothing
	Style          string      // address of the style sheet
	Script         string      // address of the script
	Help           string      // address of the article of the manual for this page
	// Page is what the page itself shows.
	Page any
}

// Planned is what is planned for a draft, in words, with the way to plan it anew once it
// fell.
type Planned struct {
	Text string
	Fell *AdminLink // nil while it waits
}

// AdminLink is a link with its text.
type AdminLink struct {
	Text    string
	URL     string
	Current bool
}

// T gives the text of a key with {names} replaced. A key without a text is a fault.
func (v *AdminView) T(key string, pairs ...any) (string, error) {
	text, ok := v.Words[key]
	if !ok {
		return "", fmt.Errorf("there is no text %q in %s", key, v.Lang)
	}
	return fill(text, pairs...), nil
}

// N gives the text of a key for a number: that of key_one for 1.
func (v *AdminView) N(key string, number int, pairs ...any) (string, error) {
	if number == 1 {
		key += "_one"
	}
	return v.T(key, append([]any{"n", v.Count(number)}, pairs...)...)
}

// Count writes how many there are, as the language does.
func (v *AdminView) Count(number int) string { return v.Lang.Grouped(int64(number)) }

// Clock writes a moment in words, by Norwegian clocks.
func (v *AdminView) Clock(moment time.Time) string {
	w, _ := WordsIn(v.Lang)
	return w.Clock(moment)
}

// Exact is Clock to the second, for what is evidence.
func (v *AdminView) Exact(moment time.Time) string {
	w, _ := WordsIn(v.Lang)
	return w.Exact(moment)
}

// ExactHere is Exact where the zone is said once for many moments.
func (v *AdminView) ExactHere(moment time.Time) string {
	w, _ := WordsIn(v.Lang)
	return w.ExactHere(moment)
}

// Day writes the day of a moment in words, by Norwegian clocks.
func (v *AdminView) Day(moment time.Time) string {
	w, _ := WordsIn(v.Lang)
	return w.Date(consent.InNorway(moment).Format(time.DateOnly))
}

// In gives a text of several languages in that of the reader, else in the first
// that it has, and says which.
func (v *AdminView) In(text consent.Text) Wording { return AdminWording(text, v.Lang) }

// AdminWording does the same for a language.
func AdminWording(text consent.Text, reader consent.Language) Wording {
	found, lang := text.In(reader, AdminLanguages...)
	if lang == reader {
		lang = ""
	}
	return Wording{Text: found, Lang: lang}
}

// RenderAdmin gives a page of the administration as HTML (UTF-8).
func RenderAdmin(name string, view *AdminView) ([]byte, error) {
	page, ok := adminPages[name]
	if !ok {
		return nil, consent.Errorf(consent.Internal, "template", "There is no page %q.", name)
	}
	var out bytes.Buffer
	if err := page().ExecuteTemplate(&out, "layout.html", view); err != nil {
		return nil, &consent.Error{Kind: consent.Internal, Code: "template", Message: "The page " + name + " could not be rendered.", Err: err}
	}
	return out.Bytes(), nil
}

// mustParseCommon gives what is common to all pages: files whose names begin with
// an underscore, and the layout.
func mustParseCommon() *template.Template {
	return template.Must(template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"breaks": breaks,
		"host":   host,
		"dict":   dict,
	}).ParseFS(adminFiles, "admin/layout.html", "admin/_*.html"))
}

// mustFindPages gives each page by its name, which is parsed when it is first shown.
func mustFindPages() map[string]func() *template.Template {
	names, err := fs.Glob(adminFiles, "admin/[a-z]*.html")
	if err != nil {
		panic(err)
	}
	pages := make(map[string]func() *template.Template, len(names))
	for _, name := range names {
		pages[path.Base(name)] = sync.OnceValue(func() *template.Template {
			return template.Must(template.Must(adminCommon().Clone()).ParseFS(adminFiles, name))
		})
	}
	delete(pages, "layout.html")
	return pages
}

// dict lets a template hand several values, by name, to another.
func dict(pairs ...any) (map[string]any, error) {
	values := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("%v is no name", pairs[i])
		}
		values[name] = pairs[i+1]
	}
	return values, nil
}

// mustReadAdminWords reads the texts: a file for each part of the administration
// and language. A key stands in one file.
func mustReadAdminWords() map[consent.Language]Words {
	all := make(map[consent.Language]Words, len(AdminLanguages))
	for _, lang := range AdminLanguages {
		names, err := fs.Glob(adminFiles, "text/admin/*."+string(lang)+".json")
		if err != nil || len(names) == 0 {
			panic(fmt.Sprint("no texts in ", lang, err))
		}
		all[lang] = Words{}
		for _, name := range names {
			var texts Words
			data, err := adminFiles.ReadFile(name)
			if err == nil {
				err = json.Unmarshal(data, &texts)
			}
			if err != nil {
				panic(fmt.Errorf("%s: %w", name, err))
			}
			for key := range texts {
				if all[lang][key] != "" {
					panic(fmt.Sprintf("%s: %s stands in another file, too", name, key))
				}
			}
			maps.Copy(all[lang], texts)
		}
	}
	return all
}

// mustJoinStyles gives the style sheets of all parts, the common one first.
func mustJoinStyles() []byte {
	names, err := fs.Glob(adminFiles, "admin/*.css")
	if err != nil {
		panic(err)
	}
	var all bytes.Buffer
	for _, name := range names { // in order of their names: _base.css is first
		data, err := adminFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		all.Write(data)
	}
	return all.Bytes()
}
