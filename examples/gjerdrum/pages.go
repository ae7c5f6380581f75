package gjerdrum

import (
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// page is one page of the replica.
type page struct {
	Path     string // in bokmål; address gives the others
	File     string // empty when a handler of its own serves it
	Title    string
	Lead     string // shown under the title and in search results
	Language consent.Language
	// Private pages carry no third party at all, whatever the visitor has
	// granted: what people fill in there is nobody else's business.
	Private bool
	// Session says that cookies hold to the path of this page, so that it is
	// the same in every language and the query names the language.
	Session bool
}

// pages are those that need no handler of their own, and those that search finds.
var pages = []page{
	{Path: "/kart", File: "kart.html"},
	{Path: "/video", File: "video.html"},
	{Path: "/chat", File: "chat.html"},
	{Path: "/kommune-tv", File: "kommune-tv.html"},
	{Path: "/informasjonskapsler", File: "informasjonskapsler.html"},
	{Path: "/personvern", File: "personvern.html"},
	{Path: "/skjema", Private: true, Session: true},
	{Path: "/minside", Private: true, Session: true},
	{Path: "/billetter", Session: true},
	{Path: "/tilbakemelding", Session: true},
}

// frontPaths are the front pages in the other languages.
var frontPaths = []page{
	{Path: "/nn/", File: "forside.html", Title: "Gjerdrum kommune", Language: consent.Nynorsk},
	{Path: "/en/", File: "forside.html", Title: "Gjerdrum kommune", Language: consent.English},
	{Path: "/se/", File: "forside.html", Title: "Gjerdrum suohkan", Language: consent.NorthernSami},
}

// in gives the page at a path as it reads in a language that the pages come in;
// the table is ours, so a miss is a fault of ours.
func in(language consent.Language, path, file string) page {
	at := slices.IndexFunc(pages, func(p page) bool { return p.Path == path })
	if at < 0 {
		panic("gjerdrum: no page " + path)
	}
	p, name := pages[at], strings.TrimPrefix(path, "/")
	p.File, p.Language = file, language
	p.Title, p.Lead = string(texts[language][name+"_title"]), string(texts[language][name+"_lead"])
	return p
}

// front is the front page. To a browser without an answer to the banner it
// leaves what the old logins left: Samtykke removes it on sight.
func (m *municipality) front(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("samtykke-gjerdrum"); err != nil {
		plant(w)
	}
	m.show(w, r, page{Path: "/", File: "forside.html", Title: "Gjerdrum kommune", Language: consent.Bokmaal}, frontPages[consent.Bokmaal])
}

// missing answers for what is not there, in the language that the path begins
// with, and with a way back.
func (m *municipality) missing(w http.ResponseWriter, r *http.Request) {
	language := consent.Bokmaal
	for _, p := range frontPaths {
		if strings.HasPrefix(r.URL.Path, p.Path) {
			language = p.Language
		}
	}
	m.showWith(w, r, http.StatusNotFound, page{File: "finnes-ikke.html", Title: chrome[language].NotFound, Language: language}, nil)
}

// found is what a search shows.
type found struct {
	Asked bool
	Pages []page
}

// search lists the pages whose title or lead holds one of the words, without
// repeating what was searched for.
func (m *municipality) search(language consent.Language) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		result := found{Asked: strings.TrimSpace(r.FormValue("ord")) != ""}
		words := strings.Fields(strings.ToLower(r.FormValue("ord")))
		for _, each := range pages {
			p := in(language, each.Path, each.File)
			text := strings.ToLower(p.Title + " " + p.Lead)
			if slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) }) {
				result.Pages = append(result.Pages, p)
			}
		}
		m.show(w, r, page{Path: "/sok", File: "sok.html", Title: string(texts[language]["sok_title"]), Language: language}, result)
	}
}
