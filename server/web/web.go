// Package web holds the pages that people read: templates, style sheet and
// fixed texts, all embedded. Each page is a named struct with a Render method.
//
// The public pages carry their style sheet inside and run no script, so that a
// saved or archived copy looks as it did. Send them with Policy. Only the page
// where visitors see their own Decisions runs one: send it with MePolicy.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"regexp"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

//go:embed template/*.html public.css me.css text/*.json
var files embed.FS

var (
	style   = mustRead("public.css")
	meStyle = mustRead("me.css")
	pages   = template.Must(template.New("").
		Option("missingkey=error").
		Funcs(template.FuncMap{
			"fill":    fill,
			"breaks":  breaks,
			"host":    host,
			"style":   func() template.CSS { return template.CSS(style) },   //nolint:gosec // our own embedded file
			"meStyle": func() template.CSS { return template.CSS(meStyle) }, //nolint:gosec // our own embedded file
			"service": func(w Words, s Service) serviceBlock { return serviceBlock{w, s} },
			"company": func(w Words, c Company) companyBlock { return companyBlock{w, c} },
			"cookie": func(w Words, key consent.ServiceKey, c Cookie) cookieBlock {
				return cookieBlock{w, key, c}
			},
			"items": func(w Words, items []RecordItem) itemsBlock { return itemsBlock{w, items} },
		}).
		ParseFS(files, "template/*.html"))
)

// Policy is the Content-Security-Policy of every public page: our one embedded
// style sheet and nothing else, no script, no frame, nothing from elsewhere.
var Policy = "default-src 'none'; img-src data:; style-src 'sha256-" + digest(style) + "'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// Wording is a text and the language it is in. Lang is empty when that is the
// language of the page.
type Wording struct {
	Text string           `json:"text"`
	Lang consent.Language `json:"lang,omitempty"`
}

// render executes one page template.
func render(name string, page any) ([]byte, error) {
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, page); err != nil {
		return nil, &consent.Error{
			Kind: consent.Internal, Code: "template", Message: "The page " + name + " could not be rendered.", Err: err,
		}
	}
	return out.Bytes(), nil
}

// places are where a long address may break: after what joins its parts.
var places = regexp.MustCompile(`(//|[./@?=-])([^./@?=-])`)

// breaks gives an address that breaks between its parts, if it must at all.
func breaks(address string) template.HTML {
	return template.HTML(places.ReplaceAllString(template.HTMLEscapeString(address), "$1<wbr>$2")) //nolint:gosec // G203: escaped, and then our own element
}

// host gives an address as people say it: without what every address begins with.
func host(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(address, "https://"), "/")
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// mustRead reads an embedded file; its absence is a fault of the build.
func mustRead(name string) string {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(data)
}
