package api

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// textRoutes are about the texts of a draft, one by one and in each language. A text goes
// by its place, as the faults of a draft have it.
func textRoutes() []route {
	const all, one = "/sites/:site/texts", "/sites/:site/texts/:text"
	list := seen(all, "listTexts", "The texts of the draft in every language, with those that are missing. The ETag is that of the draft, and is needed to write one", Texts{}, (*request).textsGet)
	list.query = []parameter{{"state", "missing: those that lack a language", object{"type": "string", "enum": []string{"all", "missing"}, "default": "all"}}}
	return []route{
		list,
		seen(one, "getText", "One text", SiteText{}, (*request).textGet),
		takes(Written{}, partOf(http.MethodPut, one+"/:language", "api.draft.text.save", "putText", "Write a text in one of the languages of the site", (*request).textPut)),
	}
}

// Texts is a list.
type Texts struct {
	Languages []consent.Language `json:"languages" about:"of the site"`
	Missing   int                `json:"missing"   about:"texts that lack a language"`
	Texts     []SiteText         `json:"texts"`
}

// SiteText is a text, wherever it stands.
type SiteText struct {
	Path     string             `json:"path"     about:"where it stands, as in the faults of the draft; percent-encoded in addresses"`
	Kind     consent.TextKind   `json:"kind"`
	Text     consent.Text       `json:"text"     about:"by language"`
	Missing  []consent.Language `json:"missing"  about:"languages of the site that it should be in, too"`
	Optional bool               `json:"optional" about:"it may be left out, but not in some languages only"`
	Fixed    consent.Text       `json:"fixed"    about:"what the banner says while it is empty; of texts that have such words"`
}

// Written is a text in one language.
type Written struct {
	Text string `json:"text" about:"empty to take it away"`
}

// TextOf gives a text of a draft, with the words of the banner that stand in its place
// while it is empty.
func TextOf(draft *consent.Draft, t *consent.DraftText, words consent.Translations) SiteText {
	said := SiteText{Path: t.Path, Kind: t.Kind, Text: orNone(t.Text), Missing: append([]consent.Language{}, t.Lacks(draft.Site.Languages)...), Optional: t.Optional, Fixed: consent.Text{}}
	if t.Kind == consent.TextWording {
		said.Fixed = words.Fixed(t.Wording, draft.Site.Languages)
	}
	return said
}

func (r *request) textsGet() (*answer, error) {
	state, err := r.oneOf("state", "all", "missing")
	if err != nil {
		return nil, err
	}
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	list := Texts{Languages: append([]consent.Language{}, draft.Site.Languages...), Texts: []SiteText{}}
	for _, each := range draft.Texts() {
		said := TextOf(draft, &each, r.Said)
		if len(said.Missing) > 0 {
			list.Missing++
		} else if state == "missing" {
			continue
		}
		list.Texts = append(list.Texts, said)
	}
	return &answer{body: list, tag: revisionTag(revision)}, nil
}

// textIn gives the text of a draft that the path names.
func (r *request) textIn(draft *consent.Draft) (*consent.DraftText, error) {
	path, err := url.PathUnescape(r.c.Params("text"))
	if err != nil {
		return nil, errUnknown()
	}
	if found := draft.TextAt(path); found != nil {
		return found, nil
	}
	return nil, errUnknown()
}

func (r *request) textGet() (*answer, error) {
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	found, err := r.textIn(draft)
	if err != nil {
		return nil, err
	}
	return &answer{body: TextOf(draft, found, r.Said), tag: revisionTag(revision)}, nil
}

// textPut writes a text in one language.
func (r *request) textPut() (*answer, error) {
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	found, err := r.textIn(draft)
	if err != nil {
		return nil, err
	}
	lang := consent.Language(r.c.Params("language"))
	if !slices.Contains(draft.Site.Languages, lang) {
		return nil, errUnknown()
	}
	var said Written
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	next, refused, err := sitefile.PutText(draft, found.Path, lang, said.Text)
	if err != nil {
		return nil, err
	}
	if len(refused) > 0 {
		return nil, errFaults("Nothing was saved.", refused)
	}
	r.tells(found.Path+"."+string(lang), "")
	return r.saveDraft(draft, next.Draft, revision, next.Problems)
}
