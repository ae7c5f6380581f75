package gjerdrum

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// spoken are the languages that every page comes in. Northern Sami has a front
// page only, which leads on to bokmål.
var spoken = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}

// texts are what the pages say, by language and key: our own words, links and all.
var texts = readTexts()

func readTexts() map[consent.Language]map[string]template.HTML {
	all := map[consent.Language]map[string]template.HTML{}
	for _, language := range spoken {
		data, err := files.ReadFile("text/" + string(language) + ".json")
		if err == nil {
			text := strings.NewReplacer(
				"{phone}", `<a href='tel:+4766106000'>66 10 60 00</a>`,
				"{form}", localized(language, "/skjema"), "{cookies}", localized(language, "/informasjonskapsler"),
			).Replace(string(data))
			var read map[string]template.HTML
			err = json.Unmarshal([]byte(text), &read)
			all[language] = read
		}
		if err != nil {
			panic("gjerdrum: " + string(language) + ".json: " + err.Error())
		}
	}
	return all
}

// localized gives the address of a page of bokmål in another language. What has
// a session keeps its path, which its cookies hold to.
func localized(language consent.Language, path string) string {
	if language == consent.Bokmaal || !slices.Contains(spoken, language) {
		return path
	}
	for _, p := range pages {
		if p.Session && (path == p.Path || strings.HasPrefix(path, p.Path+"/")) {
			return path + "?sprak=" + string(language)
		}
	}
	return "/" + string(language) + path
}

// hyphens are the places where the longest words of headings may break on the
// smallest screens: not every browser knows how to break Norwegian.
var hyphens = strings.NewReplacer(
	"Informasjonskapsl", "Informasjons\u00adkapsl", "Personvernerklæring", "Personvern\u00aderklæring",
	"Tilbakemelding", "Tilbake\u00admelding", "Kontaktskjema", "Kontakt\u00adskjema", "Nyttårsf", "Nyttårs\u00adf",
)

// picked is the language that the query names, else bokmål.
func picked(r *http.Request) consent.Language {
	language := consent.Language(r.URL.Query().Get("sprak"))
	if slices.Contains(spoken, language) {
		return language
	}
	return consent.Bokmaal
}

// goTo sends the visitor on to a page, in the language that was picked.
func goTo(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, localized(picked(r), path), http.StatusSeeOther) //nolint:gosec // G710: the path is ours, the language is one of three
}

// everyLanguage wires a page in bokmål and under the other languages' paths.
func (m *municipality) everyLanguage(p page) {
	for _, language := range spoken {
		if p.Session {
			if language != consent.Bokmaal {
				m.mux.Handle("GET /"+string(language)+p.Path, http.RedirectHandler(localized(language, p.Path), http.StatusFound))
			}
			continue
		}
		here := in(language, p.Path, p.File)
		m.mux.HandleFunc("GET "+localized(language, p.Path), func(w http.ResponseWriter, r *http.Request) { m.show(w, r, here, nil) })
	}
}

// Say gives a text of the pages in the language of this one.
func (v view) Say(key string) (template.HTML, error) {
	text, written := texts[v.Language][key]
	if !written {
		return "", fmt.Errorf("no text %q in %q", key, v.Language)
	}
	return text, nil
}

// OfEvent gives what is said of an event: its name, when, or where.
func (v view) OfEvent(key, what string) (template.HTML, error) {
	return v.Say("event_" + key + "_" + what)
}

// To leads to a page in the language of this one.
func (v view) To(path string) string { return localized(v.Language, path) }

// Home is the front page in the language of this one.
func (v view) Home() string { return frontPath(v.Language) }

// In leads to this page in another language, or to its front page.
func (v view) In(language string) string {
	other := consent.Language(language)
	known := v.Page.Path == "/sok" || slices.ContainsFunc(pages, func(p page) bool { return p.Path == v.Page.Path })
	if !known || !slices.Contains(spoken, other) {
		return frontPath(other)
	}
	return localized(other, v.Page.Path)
}

func frontPath(language consent.Language) string {
	for _, p := range frontPaths {
		if p.Language == language {
			return p.Path
		}
	}
	return "/"
}
