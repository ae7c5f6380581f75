package web

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// ErrorPage is what a person sees of the public site when something fails. It
// says what to do next and nothing about the insides.
type ErrorPage struct {
	Lang    consent.Language
	Words   Words
	Status  int
	Heading string
	Text    string
}

// NewErrorPage makes the page for an HTTP status, in the nearest language.
func NewErrorPage(status int, lang consent.Language) *ErrorPage {
	texts, lang := WordsIn(lang)
	page := &ErrorPage{Lang: lang, Words: texts, Status: status}
	key := "5"
	switch {
	case status == http.StatusNotFound:
		key = "404"
	case status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests:
		key = "503"
	case status >= 400 && status < 500:
		key = "4"
	}
	page.Heading, page.Text = texts["error_heading_"+key], texts["error_text_"+key]
	return page
}

// Render gives the page as HTML (UTF-8).
func (p *ErrorPage) Render() ([]byte, error) { return render("error.html", p) }
