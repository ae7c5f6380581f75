package gjerdrum

import (
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// page is one page of the replica.
type page struct {
	Path     string
	File     string // empty when a handler of its own serves it
	Title    string
	Lead     string // shown under the title and in search results
	Language consent.Language
	// Private pages carry no third party at all, whatever the visitor has
	// granted: what people fill in there is nobody else's business.
	Private bool
}

// pages are those that need no handler of their own, and those that search finds.
var pages = []page{
	{Path: "/kart", File: "kart.html", Title: "Kart", Lead: "Finn eiendommer, reguleringsplaner og kommunale bygg.", Language: consent.Bokmaal},
	{Path: "/video", File: "video.html", Title: "Slik sorterer du avfallet", Lead: "En kort film om mat, plast, papir og glass.", Language: consent.Bokmaal},
	{Path: "/chat", File: "chat.html", Title: "Spør Kommune-Kari", Lead: "Chatboten svarer på enkle spørsmål hele døgnet.", Language: consent.Bokmaal},
	{Path: "/kommune-tv", File: "kommune-tv.html", Title: "Kommune-TV", Lead: "Følg kommunestyrets møter direkte.", Language: consent.Bokmaal},
	{Path: "/informasjonskapsler", File: "informasjonskapsler.html", Title: "Informasjonskapsler", Lead: "Hva nettstedet lagrer hos deg, hvorfor, og hvor lenge.", Language: consent.Bokmaal},
	{Path: "/personvern", File: "personvern.html", Title: "Personvernerklæring", Lead: "Hvordan kommunen behandler personopplysninger på nettstedet.", Language: consent.Bokmaal},
	{Path: "/skjema", Title: "Kontaktskjema", Lead: "Send oss en henvendelse om barnehage, vei, bygg og annet.", Language: consent.Bokmaal, Private: true},
	{Path: "/minside", Title: "Min side", Lead: "Logg inn og se sakene dine.", Language: consent.Bokmaal, Private: true},
	{Path: "/billetter", Title: "Billetter til kulturhuset", Lead: "Konserter, kino og forestillinger.", Language: consent.Bokmaal},
	{Path: "/tilbakemelding", Title: "Tilbakemelding", Lead: "Si fra om feil og mangler på nettstedet.", Language: consent.Bokmaal},
}

// frontPaths are the front pages in the other languages.
var frontPaths = []page{
	{Path: "/nn/", File: "forside.html", Title: "Gjerdrum kommune", Language: consent.Nynorsk},
	{Path: "/en/", File: "forside.html", Title: "Gjerdrum municipality", Language: consent.English},
	{Path: "/se/", File: "forside.html", Title: "Gjerdrum suohkan", Language: consent.NorthernSami},
}

// of gives the page at a path; the table is ours, so a miss is a fault of ours.
func of(path, file string) page {
	for _, p := range pages {
		if p.Path == path {
			p.File = file
			return p
		}
	}
	panic("gjerdrum: no page " + path)
}

// front is the front page. To a browser without an answer to the banner it
// leaves what the old logins left: Samtykke removes it on sight.
func (m *municipality) front(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("samtykke-gjerdrum"); err != nil {
		plant(w)
	}
	m.show(w, r, page{Path: "/", File: "forside.html", Title: "Gjerdrum kommune", Language: consent.Bokmaal}, frontPages[consent.Bokmaal])
}

// found is what a search shows.
type found struct {
	Asked bool
	Pages []page
}

// search lists the pages whose title or lead holds one of the words, without
// repeating what was searched for.
func (m *municipality) search(w http.ResponseWriter, r *http.Request) {
	result := found{Asked: strings.TrimSpace(r.FormValue("ord")) != ""}
	for _, word := range strings.Fields(strings.ToLower(r.FormValue("ord"))) {
		for _, p := range pages {
			if p.Lead != "" && strings.Contains(strings.ToLower(p.Title+" "+p.Lead), word) && !listed(result.Pages, p) {
				result.Pages = append(result.Pages, p)
			}
		}
	}
	m.show(w, r, page{Path: "/sok", File: "sok.html", Title: "Søk", Language: consent.Bokmaal}, result)
}

func listed(pages []page, p page) bool {
	for _, other := range pages {
		if other.Path == p.Path {
			return true
		}
	}
	return false
}
