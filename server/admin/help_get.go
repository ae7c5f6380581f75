package admin

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/server/web/help"
)

// helpRoutes are the manual. Whoever cannot log in finds there what to do about it.
// Whoever writes a program finds there what its codes mean: the API leads there, and a
// key is no login.
func helpRoutes() []route {
	routes := []route{{method: http.MethodGet, path: "/help", who: somebody, handle: (*request).helpGet}}
	for _, name := range []string{"login", "lost-factor", "api", "api-faults"} {
		routes = append(routes, route{method: http.MethodGet, path: "/help/" + name, who: everybody, handle: func(r *request) error { return r.showArticle(name) }})
	}
	return append(routes, route{method: http.MethodGet, path: "/help/:article", who: somebody, handle: func(r *request) error { return r.showArticle(r.c.Params("article")) }})
}

// helpPage is the list of articles, or what a search has found.
type helpPage struct {
	Query  string
	From   manualFields
	Groups []helpGroup
	Hits   []helpHit
	Some   []helpHit // with some of the words only
}

// manualFields are what the form of the search carries along.
type manualFields struct {
	Site         string
	Organisation string
}

// helpGroup is the articles of one kind of task.
type helpGroup struct {
	Name     string
	Articles []helpEntry
}

// helpEntry is an article in a list.
type helpEntry struct {
	web.AdminLink
	Lede string
}

// helpHit is an article that a search has found.
type helpHit struct {
	help.Hit
	URL string
}

// articlePage is one article, with the list of all.
type articlePage struct {
	helpPage
	HTML     template.HTML
	Sections []help.Section
	Faults   []codeWords // of drafts, in the article that explains their codes
}

// codeWords explain a code, at the place of that name on the page; none where the
// article has one already.
type codeWords struct{ Code, Text, ID string }

// faultWords explain the codes of what may be wrong with a draft as its pages do. Where
// these have the English sentence of each fault, there is one for all.
func (r *request) faultWords() []codeWords {
	var all []codeWords
	said := func(key string) string { return strings.ReplaceAll(r.words["problem_"+key], "{value}", "…") }
	for key := range r.words {
		name, is := strings.CutPrefix(key, "problem_")
		if !is {
			continue
		}
		if code, repair := strings.CutSuffix(name, "_repair"); repair && code != "missing_address" { // to a program that is missing_text
			all = append(all, codeWords{Code: code, Text: said(code) + " " + said(name)})
		} else if code, explained := strings.CutSuffix(name, "_explained"); explained {
			all = append(all, codeWords{Code: code, Text: said(name)})
		}
	}
	slices.SortFunc(all, func(a, b codeWords) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// helpGet shows the list, or looks for words.
func (r *request) helpGet() error {
	from, err := r.manualFrom()
	if err != nil {
		return err
	}
	shown := r.helpPage(from, "")
	shown.Query = help.Cut(r.c.Query("q"))
	for _, hit := range r.manual.Search(r.lang, shown.Query) {
		found := helpHit{hit, from.carried("/help/" + hit.Name)}
		if hit.Some {
			shown.Some = append(shown.Some, found)
		} else {
			shown.Hits = append(shown.Hits, found)
		}
	}
	return r.show(page{name: "help.html", title: "help_title", data: shown, trail: r.manualTrail(from)})
}

// showArticle shows one article.
func (r *request) showArticle(name string) error {
	article := r.manual.Article(r.lang, name)
	if article == nil {
		return errNoPage()
	}
	from, err := r.manualFrom()
	if err != nil {
		return err
	}
	shown := articlePage{helpPage: r.helpPage(from, name)}
	for _, section := range article.Sections {
		if section.Level == 2 {
			shown.Sections = append(shown.Sections, section)
		}
	}
	if name == "api-faults" {
		shown.Faults = r.faultWords()
		for i := range shown.Faults {
			if code := shown.Faults[i].Code; !slices.Contains(article.Codes, code) {
				shown.Faults[i].ID = help.CodePlace(code)
			}
		}
	}
	shown.HTML = article.HTML(func(path string) string { return r.lead(from, path) })
	trail := r.manualTrail(from)
	if r.account != nil {
		trail = append(trail, web.AdminLink{Text: r.say("help_title"), URL: from.carried("/help")})
	}
	return r.show(page{name: "article.html", title: "help_article", pairs: []any{"title", article.Title}, data: shown, trail: trail})
}

// helpPage gives the list of articles, in which one is current.
func (r *request) helpPage(from manualFrom, current string) helpPage {
	shown := helpPage{From: manualFields{Site: string(from.site)}}
	if from.site == "" {
		shown.From.Organisation = string(from.organisation)
	}
	for _, group := range help.Groups {
		listed := helpGroup{Name: r.say("help_group_" + group.Key)}
		for _, name := range group.Names {
			article := r.manual.Article(r.lang, name)
			link := web.AdminLink{Text: article.Title, URL: from.carried("/help/" + name), Current: name == current}
			listed.Articles = append(listed.Articles, helpEntry{link, article.Lede})
		}
		shown.Groups = append(shown.Groups, listed)
	}
	return shown
}

// manualTrail leads back to the site that the person came from.
func (r *request) manualTrail(from manualFrom) []web.AdminLink {
	if from.site == "" {
		return nil
	}
	return []web.AdminLink{{Text: from.name.Text, URL: "/sites/" + string(from.site)}}
}
