package web

import (
	"html/template"
	"maps"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// MePage is where a visitor sees, saves, freezes and erases their own Decisions.
// It is the same for everybody: what is one person's, its script fetches with the
// token, which the server never sees in an address.
type MePage struct {
	Lang      consent.Language
	Lent      string // says that the page does not come in the language that was asked for
	Words     Words
	Site      Wording
	SiteURL   string // where the choice was made, "" when only wildcards are known
	Lede      string
	Languages []LanguageLink
	Contacts  []Contact
	Rights    string // address that tells of visitors' rights, "" for the privacy statement's
	Privacy   string // link, "" when there is none
	Script    template.JS
}

// Render gives the page as HTML (UTF-8).
func (p *MePage) Render() ([]byte, error) { return render("me.html", p) }

// saidByMe begins the keys of the texts that the script says.
const saidByMe = "me_say_"

// Said gives what the script says, by the rest of the key.
func (p *MePage) Said() map[string]string {
	said := maps.Clone(map[string]string(p.Words))
	maps.DeleteFunc(said, func(key, _ string) bool { return !strings.HasPrefix(key, saidByMe) })
	short := make(map[string]string, len(said))
	for key, text := range said {
		short[strings.TrimPrefix(key, saidByMe)] = text
	}
	return short
}

// MePolicy is the Content-Security-Policy of the page: our style sheets, its one
// script, requests to this server, and nothing else.
func MePolicy(script string) string {
	return "default-src 'none'; connect-src 'self'; img-src data:; " +
		"script-src 'sha256-" + digest(script) + "'; style-src 'sha256-" + digest(style) + "' 'sha256-" + digest(meStyle) + "'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}
