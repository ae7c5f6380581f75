package replay

import (
	"bytes"
	_ "embed"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string

	pageTemplate = template.Must(template.New("page").Option("missingkey=error").Parse(pageHTML))
)

// pagePolicy keeps the frame on our own pages, whatever its script does.
var pagePolicy = []string{
	"default-src 'none'", "style-src '" + integrityOf([]byte(pageCSS)) + "'", "img-src data:", "frame-src 'self'",
	"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
}

// page is what stands around the frame.
type page struct {
	Lang      consent.Language
	Words     web.Words
	Style     template.CSS
	Title     string
	Languages []link
	Facts     []fact
	Checks    []check
	Part      string
	Answers   []fact // empty without a Decision
	Others    []link
	Frame     string // empty when the bytes are refused
}

type link struct {
	Name, Address string
	Here          bool
}

type fact struct{ Name, Value string }

// check is a hash that was computed anew, beside the one on record.
type check struct {
	Name          string
	Now, Recorded consent.Hash
}

// Equal says that they are the same.
func (c check) Equal() bool { return c.Now == c.Recorded }

// page answers with the facts and the frame.
func (r *replay) page(w http.ResponseWriter, request *http.Request) error {
	shown, err := r.find(request)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, shown.page()); err != nil {
		return err
	}
	return write(w, pagePolicy, out.Bytes())
}

func (s *Shown) page() *page {
	words, lang := wordsIn(s.Language)
	site, _ := s.Notice.Draft.Site.Name.In(s.Language)
	number := strconv.Itoa(int(s.Notice.Number))
	p := &page{
		Lang: lang, Words: words, Style: template.CSS(pageCSS), //nolint:gosec // our own embedded file
		Title: words.Fill("title", "site", site, "number", number),
		Facts: []fact{
			{words["site"], site + " (" + string(s.Bundle.Site) + ")"},
			{words["notice"], number},
			{words["published"], clock(lang, s.Notice.Published)},
			{words["bundle"], string(s.Bundle.ID)},
			{words["built"], clock(lang, s.Bundle.Built)},
			{words["language"], languageName(words, s.Language)},
		},
		Checks: []check{
			{words["check_notice"], consent.HashOf(s.Notice.JSON), s.Recorded.Hash},
			{words["check_script"], s.Served, s.Bundle.Hash},
		},
		Part: words["no_part"], Answers: s.answers(words, lang),
	}
	if panel, there := s.Bundle.Files["panel."+string(s.Language)+".js"]; there {
		p.Part = words.Fill("part", "hash", consent.HashOf(panel))
	}
	if s.Served == s.Bundle.Hash && !s.Equal() {
		p.Part = words["part_changed"]
	}
	if s.Equal() {
		p.Frame = "page?lang=" + string(s.Language)
	}
	if s.Decision == nil {
		p.Languages, p.Others = s.languages(words), s.others()
	}
	return p
}

func (s *Shown) languages(words web.Words) []link {
	spoken := s.Notice.Draft.Site.Languages
	all := make([]link, len(spoken))
	for i, language := range spoken {
		all[i] = link{languageName(words, language), "?lang=" + string(language), language == s.Language}
	}
	return all
}

func (s *Shown) others() []link {
	all := make([]link, len(s.Others))
	for i, id := range s.Others {
		all[i] = link{Name: string(id), Address: "../" + string(id) + "/?lang=" + string(s.Language)}
	}
	return all
}

// answers says what the Decision was, in words; nothing without one.
func (s *Shown) answers(words web.Words, lang consent.Language) []fact {
	d := s.Decision
	if d == nil {
		return nil
	}
	return []fact{
		{words["id"], d.ID.String()},
		{words["time"], clock(lang, d.Time)},
		{words["state"], words["state_"+string(d.State)]},
		{words["method"], words["method_"+string(d.Method)]},
		{words["layer"], words["layer_"+string(d.Layer)]},
		{words["choice"], s.choice(words)},
	}
}

// choice names what was granted and denied: Categories, then Services.
func (s *Shown) choice(words web.Words) string {
	var said []string
	say := func(name string, yes bool) {
		key := "no"
		if yes {
			key = "yes"
		}
		said = append(said, words.Fill(key, "name", name))
	}
	for _, key := range slices.Sorted(maps.Keys(s.Decision.Choice.Categories)) {
		say(s.categoryName(key), s.Decision.Choice.Categories[key])
	}
	for _, ref := range slices.Sorted(maps.Keys(s.Decision.Choice.Services)) {
		category, service, _ := strings.Cut(string(ref), "/")
		say(s.serviceName(consent.ServiceKey(service))+" ("+s.categoryName(consent.CategoryKey(category))+")", s.Decision.Choice.Services[ref])
	}
	if len(said) == 0 {
		return words["nothing"]
	}
	return strings.Join(said, "; ")
}

func (s *Shown) categoryName(key consent.CategoryKey) string {
	for i := range s.Notice.Draft.Categories {
		if category := &s.Notice.Draft.Categories[i]; category.Key == key {
			return nameIn(category.Name, s.Language, string(key))
		}
	}
	return string(key)
}

func (s *Shown) serviceName(key consent.ServiceKey) string {
	for i := range s.Notice.Draft.Services {
		if service := &s.Notice.Draft.Services[i]; service.Key == key {
			return nameIn(service.Name, s.Language, string(key))
		}
	}
	return string(key)
}

func nameIn(name consent.Text, language consent.Language, otherwise string) string {
	if text, _ := name.In(language); text != "" {
		return text
	}
	return otherwise
}

func languageName(words web.Words, language consent.Language) string {
	if name := words["language_"+string(language)]; name != "" {
		return name
	}
	return language.Name()
}
