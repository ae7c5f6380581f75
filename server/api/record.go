package api

import (
	"bytes"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/processing"
	"github.com/samtykke/samtykke/server/rights"
	"github.com/samtykke/samtykke/server/web"
)

// PageKinds are the kinds of files that are pages to read, or the same as data.
var PageKinds = map[string]string{"html": "text/html; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8"}

// ownLanguage is the field of a language that is the site's first when it is left out.
var ownLanguage = parameter{"language", "the site's first when left out", object{"type": "string", "enum": web.AnswerLanguages}}

func recordRoutes() []route {
	return []route{
		{
			method: http.MethodGet, path: "/sites/:site/record", scope: consent.ScopeRead, name: "getRecord",
			summary: "The record of processing activities (GDPR art. 30), made of the notice in force. What the notice does not say is marked as missing",
			query:   []parameter{{"form", "data, one row per activity, or a page to read", object{"type": "string", "enum": []string{"json", "csv", "html"}, "default": "json"}}, separatorField, ownLanguage},
			files:   []string{"application/json", "text/csv", "text/html"}, handle: (*request).recordGet,
		},
		{
			method: http.MethodGet, path: "/sites/:site/requests/:request/answer", scope: consent.ScopeExport, action: "api.request.answer", name: "answerRequest",
			summary: "The answer to the person of a request (GDPR art. 15 and 20), as a page to send or as data: every decision of theirs, and what each notice said. Send it to nobody else. Nothing of the request is changed by that: it is closed when the answer is sent",
			query:   []parameter{{"form", "a page to send, or data", object{"type": "string", "enum": []string{"html", "json"}, "default": "html"}}, ownLanguage},
			files:   []string{"text/html", "application/json"}, costs: true, handle: (*request).requestAnswerGet,
		},
	}
}

// AnswerQuery is to which request the answer is made, of whose decisions.
type AnswerQuery struct {
	Site     consent.SiteEntry
	Entries  []consent.Entry
	Language consent.Language // "" for the site's first
	Form     string           // html or json
}

// ownLanguageAsked reads the field.
func (r *request) ownLanguageAsked() (consent.Language, error) {
	lang := consent.Language(r.c.Query("language"))
	if lang == "" || slices.Contains(web.AnswerLanguages, lang) {
		return lang, nil
	}
	return r.languageAsked()
}

func (r *request) recordGet() (*answer, error) {
	form, err := r.oneOf("form", "json", "csv", "html")
	if err != nil {
		return nil, err
	}
	separator, err := r.separator(form == "csv")
	if err != nil {
		return nil, err
	}
	lang, err := r.ownLanguageAsked()
	if err != nil {
		return nil, err
	}
	notice, err := r.Store.Notice(r.ctx, r.site.Key, r.site.Notice)
	if consent.KindOf(err) == consent.NotFound {
		return nil, errUnknown()
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	page := processing.Page(processing.Material{Language: lang, Now: r.Clock().UTC(), Draft: &notice.Draft, Entry: notice.Entry()})
	err = processing.Write(export.Separated(&out, separator), page, form)
	return &answer{body: out.Bytes(), kind: PageKinds[form], file: string(r.site.Key) + "-art-30." + form}, err
}

// requestAnswerGet makes the answer. It stands in the trail before it is given.
func (r *request) requestAnswerGet() (*answer, error) {
	form, err := r.oneOf("form", "html", "json")
	if err != nil {
		return nil, err
	}
	lang, err := r.ownLanguageAsked()
	if err != nil {
		return nil, err
	}
	found, err := r.requestInPath()
	if err != nil {
		return nil, err
	}
	entries, err := rights.Theirs(r.ctx, r.Store, found)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, errUnknown()
	}
	r.tells(found.ID.String(), "")
	act, _ := consent.ActOf(r.ctx)
	if err := r.Looked(r.ctx, act); err != nil {
		return nil, err
	}
	body, err := r.Answer(r.ctx, AnswerQuery{*r.site, entries, lang, form})
	return &answer{body: body, kind: PageKinds[form], file: "innsyn-" + found.ID.String() + "." + form}, err
}
