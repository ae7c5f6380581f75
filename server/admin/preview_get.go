package admin

import (
	"errors"
	"net/url"
	"slices"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
	"github.com/samtykke/samtykke/server/web"
)

// stage is a banner in a frame, and what can be chosen about it.
type stage struct {
	Frame   string // address of the page in it, "" when there is nothing to run
	Title   string
	Narrow  bool
	Choices []stageChoice
}

// stageChoice is one row of links, of which one is chosen.
type stageChoice struct {
	Label string
	Links []web.AdminLink
}

// previewPage shows the banner that the draft makes.
type previewPage struct {
	Stage  stage
	Faults []faultLine // why it cannot be shown
	More   int
	Failed bool // it has no fault, and cannot be built all the same
}

// previewGet shows the banner that publishing the draft would bring.
func (r *request) previewGet() error {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	shown := previewPage{}
	_, err = r.buildDraft(draft)
	var faults consent.Problems
	var own *consent.Error
	switch {
	case errors.As(err, &faults):
		shown.Faults, shown.More = r.faultLines(draft, faults)
	case errors.As(err, &own) && own.Code == "bundle_failed":
		r.Log.WarnContext(r.ctx, "draft cannot be built", "site", r.site.Key, "error", err)
		shown.Failed = true
	case err != nil:
		return err
	default:
		shown.Stage = r.stage("/preview", draft.Site.Languages, nil)
	}
	return r.show(page{name: "preview.html", title: "preview_title", data: shown, trail: r.siteTrail(web.AdminLink{Text: r.say("publish_title"), URL: r.here("/publish")})})
}

// previewFrameGet is the page in the frame.
func (r *request) previewFrameGet() error {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	built, err := r.buildDraft(draft)
	if consent.KindOf(err) == consent.Invalid {
		return consent.Errorf(consent.Invalid, "draft_faulty", "%s", r.say("preview_faults"))
	}
	if err != nil {
		return err
	}
	lang, state := r.staged(draft.Site.Languages)
	words, _ := web.AdminWordsIn(lang)
	return r.sendFrame(&replay.Frame{
		Language: lang, State: state, Script: r.frames.show(built.Bundle), Hash: built.Bundle.Hash, Text: words["preview_page"],
	})
}

// buildDraft makes the Bundle that publishing the Draft would make. Nothing of it
// is kept in the store.
func (r *request) buildDraft(draft *consent.Draft) (*banner.Built, error) {
	before, err := consent.InForce(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return nil, err
	}
	number := consent.NoticeNumber(1)
	if before != nil {
		number = before.Number + 1
	}
	notice, err := consent.Freeze(consent.Revise(*draft, before.Said()), number, r.site.Changed)
	if err != nil {
		return nil, err
	}
	return r.previews.Current(r.ctx, notice)
}

// staged gives the language and state that an address asks for.
func (r *request) staged(languages []consent.Language) (consent.Language, replay.State) {
	lang, state := consent.Language(r.c.Query("lang")), replay.State(r.c.Query("state"))
	if !slices.Contains(languages, lang) {
		lang = consent.MatchLanguage(languages, string(r.lang))
	}
	if !slices.Contains(replay.States, state) {
		state = replay.StateFirst
	}
	return lang, state
}

// stage puts a frame on a page, with links for each language, state and width.
func (r *request) stage(path string, languages []consent.Language, more url.Values) stage {
	lang, state := r.staged(languages)
	narrow := r.c.Query("width") == "narrow"
	width := "wide"
	if narrow {
		width = "narrow"
	}
	address := func(path string, lang consent.Language, state replay.State, width string) string {
		query := url.Values{"lang": {string(lang)}, "state": {string(state)}}
		if width != "" {
			query.Set("width", width)
		}
		for name, values := range more {
			query[name] = values
		}
		return r.here(path) + "?" + query.Encode()
	}
	shown := stage{Frame: address(path+"/frame", lang, state, ""), Title: r.say("preview_frame", "language", r.language(lang)), Narrow: narrow}
	row := stageChoice{Label: r.say("language")}
	for _, each := range languages {
		row.Links = append(row.Links, web.AdminLink{Text: r.languageLabel(each), URL: address(path, each, state, width), Current: each == lang})
	}
	shown.Choices = append(shown.Choices, row)
	row = stageChoice{Label: r.say("preview_state")}
	for _, each := range replay.States {
		row.Links = append(row.Links, web.AdminLink{Text: r.say("preview_state_" + string(each)), URL: address(path, lang, each, width), Current: each == state})
	}
	shown.Choices = append(shown.Choices, row)
	row = stageChoice{Label: r.say("preview_width")}
	for _, each := range []string{"wide", "narrow"} {
		row.Links = append(row.Links, web.AdminLink{Text: r.say("preview_width_" + each), URL: address(path, lang, state, each), Current: each == width})
	}
	shown.Choices = append(shown.Choices, row)
	return shown
}
