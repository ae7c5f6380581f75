package admin_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// A language has a name in each that the pages come in: neither its tag, nor what it
// calls itself.
func TestLanguagesHaveNames(t *testing.T) {
	for _, reader := range web.AdminLanguages {
		for _, lang := range consent.Languages() {
			name := web.LanguageName(lang, reader)
			if name == "" || name == string(lang) || name == lang.Name() && lang != reader {
				t.Errorf("%s is called %q in %s", lang, name, reader)
			}
		}
	}
	for want, lang := range map[string]consent.Language{"bokmål": consent.Bokmaal, "nordsamisk": consent.NorthernSami, "tysk": "de", "sørsamisk": "sma", "tsjekkisk": "cs"} {
		if got := web.LanguageName(lang, consent.Bokmaal); got != want {
			t.Errorf("%s is called %q, want %q", lang, got, want)
		}
	}
}

// Every page names languages in that of its reader, who may not know their tags, nor
// what they call themselves. Only the choice of one's own language is for whoever
// reads no other.
func TestPagesNameLanguages(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.English, Operator: true}))
	kari = h.loggedIn(kari.id, "operator")
	fixtures(t, h)
	named := regexp.MustCompile(`>\s*(nb|nn|se|en|Bokmål|Nynorsk|Davvisámegiella)\s*<|\((Bokmål|Nynorsk|Davvisámegiella)\)`)
	for _, path := range pages(t, h) {
		if strings.HasPrefix(path, "/help") || strings.HasPrefix(path, "/account") {
			continue
		}
		if found := named.FindString(kari.get(path).body); found != "" {
			t.Errorf("%s names a language %s", path, found)
		}
	}
	kari.get("/sites/skogen/settings").shows(t, 200, "Norwegian Bokmål", "Northern Sami", "German")
	kari.get("/account").shows(t, 200, ">Bokmål<")
}
