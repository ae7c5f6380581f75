package visitor

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// edition is a Notice as it reads in one language. Our own words may be in another,
// that is near.
type edition struct {
	notice *consent.Notice
	draft  *consent.Draft
	lang   consent.Language // of our own words
	asked  consent.Language // of the Site's
	words  web.Words
}

func editionOf(notice *consent.Notice, lang consent.Language) *edition {
	return editionIn(notice, lang.Nearest(notice.Draft.Site.Languages))
}

// editionIn is as asked for, whatever languages the Site has.
func editionIn(notice *consent.Notice, asked consent.Language) *edition {
	words, lang := web.WordsIn(asked)
	return &edition{notice: notice, draft: &notice.Draft, lang: lang, asked: asked, words: words}
}

// lent says that the page itself does not come in the language that was asked for.
func (e *edition) lent() string {
	if e.lang == e.asked {
		return ""
	}
	return e.words.Fill("lent", "language", e.asked.Name())
}

// published gives when the Notice was published, RFC 3339, UTC.
func (e *edition) published() string { return e.notice.Published.UTC().Format(time.RFC3339) }

// permalink gives the address of the Notice's page, for ever, under the
// external address of the server.
func (e *edition) permalink(base string) string {
	return base + "/" + string(e.draft.Site.Key) + "/" + e.place()
}

// place is the permalink as seen from the page of the current Notice.
func (e *edition) place() string { return fmt.Sprintf("notices/%d/cookies", e.notice.Number) }

// reader reads for the language of the page.
func (e *edition) reader() *web.Reader {
	return &web.Reader{Lang: e.lang, Asked: e.asked, Words: e.words, Offered: e.draft.Site.Languages}
}

// wording gives a text and, where it is not in the language of the page, the
// language that it is in.
func (e *edition) wording(text consent.Text) web.Wording { return e.reader().Wording(text) }

// text gives a text without its language.
func (e *edition) text(text consent.Text) string { return e.wording(text).Text }

// where says where the visitor is asked for a service.
func (e *edition) where(service *consent.Service, category consent.CategoryKey) string {
	switch {
	case service.Basis == consent.BasisSwitchedOff:
		return e.words["asked_off"]
	case category == consent.Necessary || service.Ask == consent.AskNever:
		return e.words["asked_never"]
	case service.Ask == consent.AskInPlace:
		return e.words["asked_place"]
	default:
		return e.words["asked_banner"]
	}
}

// basis gives the legal basis for what a service keeps under a category.
func (e *edition) basis(service *consent.Service, category consent.CategoryKey) string {
	if service.Basis == consent.BasisSwitchedOff {
		return e.words["basis_off"]
	}
	return e.basisOf(category)
}

func (e *edition) basisOf(category consent.CategoryKey) string {
	if category == consent.Necessary {
		return e.words["basis_necessary"]
	}
	return e.words["basis_consent"]
}

// match tells how a pattern matches, or nothing when it is the name exactly.
func (e *edition) match(pattern *consent.Pattern) string {
	switch pattern.Match {
	case consent.MatchPrefix:
		return e.words["match_prefix"]
	case consent.MatchRegex:
		return e.words["match_regex"]
	default:
		return ""
	}
}

// spellings gives the other ways in which a name is written.
func spellings(pattern *consent.Pattern) []string {
	names := append([]string{}, pattern.Aliases...)
	if pattern.Declared != "" && pattern.Declared != pattern.Name {
		names = append([]string{pattern.Declared}, names...)
	}
	return names
}

// capital makes the first letter a capital, as at the start of a cell.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
