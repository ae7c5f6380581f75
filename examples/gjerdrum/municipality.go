package gjerdrum

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strings"
	texttemplate "text/template"

	"github.com/samtykke/samtykke/consent"
)

//go:embed pages static blocks text
var files embed.FS

// municipality is the replica of the municipal web site.
type municipality struct {
	options  Options
	policy   string
	pages    map[string]*template.Template
	sessions *sessions
	mux      *http.ServeMux
}

// view is what every page is made of.
type view struct {
	Page     page
	Language consent.Language
	Words    words
	Options  Options
	// Declaration is Samtykke's own page, for those without script.
	Declaration string
	// Hidden names the cookies of this page that only the server can read.
	Hidden []string
	// Residual names the left-over cookies that came or go with this page.
	Residual []string
	Content  any
}

// Known names, as JSON for the panel, the service behind each cookie's name.
func (v view) Known() (string, error) {
	known := map[string]string{"samtykke-gjerdrum": "Samtykke"}
	for _, row := range Rows {
		_, taken := known[row.Cookie]
		if row.Host == Municipality && (!taken || row.Page == v.Page.Path) {
			known[row.Cookie] = labels[row.Service]
		}
	}
	text, err := json.Marshal(known)
	return string(text), err
}

// IsLanguage marks the current one of the front page's languages.
func (v view) IsLanguage(language string) bool { return string(v.Language) == language }

// maxForm is as much as the longest form can hold, in bytes.
const maxForm = 64 << 10

// newMunicipality wires the pages. Answers to a form that another site sent
// are refused, as every form of a municipality should.
func newMunicipality(options Options, requests *requestLog) http.Handler {
	blocks := parseBlocks(options)
	m := &municipality{
		options: options, sessions: newSessions(), mux: http.NewServeMux(),
		pages: parsePages(options, blocks), policy: policyOf(options, slices.Sorted(maps.Values(blocks))),
	}
	for _, p := range pages {
		m.everyLanguage(p)
	}
	for _, p := range frontPaths {
		m.mux.Handle("GET "+strings.TrimSuffix(p.Path, "/"), http.RedirectHandler(p.Path, http.StatusMovedPermanently))
		m.mux.HandleFunc("GET "+p.Path+"{$}", func(w http.ResponseWriter, r *http.Request) { m.show(w, r, p, frontPages[p.Language]) })
	}
	m.mux.HandleFunc("GET /{$}", m.front)
	m.mux.HandleFunc("GET /", m.missing)
	for _, language := range spoken {
		m.mux.HandleFunc("GET "+localized(language, "/sok"), m.search(language))
	}
	m.form()
	m.login()
	m.tickets()
	m.feedback()
	m.demonstration(requests)
	static, err := fs.Sub(files, "static")
	if err != nil {
		panic("gjerdrum: " + err.Error())
	}
	m.mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	return http.NewCrossOriginProtection().Handler(http.MaxBytesHandler(m.mux, maxForm))
}

// parseBlocks gives vendors' blocks by the names of their files, which are their own
// because blocks have to reach the page exactly as pasted.
func parseBlocks(options Options) map[string]string {
	parsed := texttemplate.Must(texttemplate.New("blocks").Funcs(texttemplate.FuncMap{
		"host": func(host string) string { return address(host+".localhost", options.Port) },
	}).ParseFS(files, "blocks/*"))
	blocks := map[string]string{}
	for _, block := range parsed.Templates() {
		var text strings.Builder
		if err := block.Execute(&text, nil); err != nil {
			panic("gjerdrum: " + err.Error())
		}
		blocks[block.Name()] = text.String()
	}
	return blocks
}

// parsePages joins every page with the layout.
func parsePages(options Options, blocks map[string]string) map[string]*template.Template {
	layout := template.Must(template.New("layout.html").Funcs(template.FuncMap{
		"host": func(host string) string { return address(host+".localhost", options.Port) },
		"add":  func(a, b int) int { return a + b },
		"shy":  hyphens.Replace,
		"vendor": func(name string) template.HTML {
			return template.HTML(blocks[name]) //nolint:gosec // G203: our own file, no visitor's word in it
		},
	}).ParseFS(files, "pages/layout.html"))
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		panic("gjerdrum: " + err.Error())
	}
	parsed := map[string]*template.Template{}
	for _, name := range names {
		parsed[strings.TrimPrefix(name, "pages/")] = template.Must(template.Must(layout.Clone()).ParseFS(files, name))
	}
	return parsed
}

// show renders one page. Pages may be kept for going back in the browser, but
// are asked for again on every visit.
func (m *municipality) show(w http.ResponseWriter, r *http.Request, p page, content any) {
	m.showWith(w, r, http.StatusOK, p, content)
}

func (m *municipality) showWith(w http.ResponseWriter, r *http.Request, status int, p page, content any) {
	v := view{
		Page: p, Language: p.Language, Words: chrome[p.Language], Options: m.options,
		Declaration: m.options.declaration(), Content: content,
		Hidden:   present(w, r, func(row Row) bool { return row.HTTPOnly }),
		Residual: present(w, r, func(row Row) bool { return row.Action == Planted }),
	}
	var body bytes.Buffer
	if err := m.pages[p.File].ExecuteTemplate(&body, "layout.html", v); err != nil {
		http.Error(w, "This page of the replica is broken: "+p.File+".", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", m.policy)
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the reader has gone: nobody is left to tell
}

// present gives the names of the municipality's cookies, among the rows that
// count, that came with the request or go with the response.
func present(w http.ResponseWriter, r *http.Request, counts func(Row) bool) []string {
	var names []string
	fresh := (&http.Response{Header: w.Header()}).Cookies()
	for _, row := range Rows {
		if row.Host != Municipality || !counts(row) || slices.Contains(names, row.Cookie) {
			continue
		}
		_, err := r.Cookie(row.Cookie)
		there := err == nil
		for _, cookie := range fresh {
			if cookie.Name == row.Cookie {
				there = cookie.MaxAge >= 0
			}
		}
		if there {
			names = append(names, row.Cookie)
		}
	}
	return names
}
