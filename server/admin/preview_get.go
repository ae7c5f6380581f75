package admin

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/made"
	"github.com/samtykke/samtykke/server/replay"
	"github.com/samtykke/samtykke/server/web"
)

// stage is a banner in a frame, and what can be chosen about it.
type stage struct {
	Frame   string // address of the page in it, "" when there is nothing to run
	Title   string
	Width   string // what it is as wide as: the window, a wide page, or a narrow one
	Caption string // what there is to know of its state, "" for nothing
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
	// Another says that it is not the draft any more that the address is about.
	Another  bool
	Was, Sum string // which draft is shown
	// Pictures is where those of the Notice in force are, "" for none: a browser without
	// script can show nothing else.
	Pictures string
}

// previewKey is what a preview depends on.
type previewKey struct {
	site     consent.SiteKey
	revision consent.DraftRevision
	notice   consent.NoticeNumber // in force
}

// preview is what publishing a draft would bring.
type preview struct {
	bundle *consent.Bundle
	fault  error // why there is none
}

// mostPreviews is how many bytes of them are kept.
const mostPreviews = 64 << 20

func newPreviews() *made.Shelf[previewKey, *preview] {
	const problem = 500 // bytes
	return made.New[previewKey](mostPreviews, func(p *preview) int {
		var faults consent.Problems
		_ = errors.As(p.fault, &faults)
		return sizeOf(p.bundle) + problem*len(faults)
	})
}

// sizeOf gives about how many bytes a Bundle takes, which may be nil.
func sizeOf(bundle *consent.Bundle) int {
	size := 1 << 10
	if bundle != nil {
		for _, file := range bundle.Files {
			size += len(file)
		}
	}
	return size
}

// previewGet shows the banner that publishing the draft would bring.
func (r *request) previewGet() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	sum := r.shownDraft.hash()
	shown := previewPage{Was: sum.String(), Sum: sum.Short()}
	_, err = r.buildDraft()
	var faults consent.Problems
	switch {
	case !r.isAsked(sum):
		shown.Another = true
	case errors.As(err, &faults):
		shown.Faults, shown.More = r.faultLines(draft, faults)
	case consent.CodeOf(err) == "bundle_failed":
		r.Log.WarnContext(r.ctx, "draft cannot be built", "site", r.site.Key, "error", err)
		shown.Failed = true
	case err != nil:
		return err
	default:
		shown.Stage = r.stage("/preview", draft, r.askedDraft())
		if shown.Pictures, err = r.publishedPictures(); err != nil {
			return err
		}
	}
	return r.show(page{name: "preview.html", title: "preview_title", data: shown, trail: []web.AdminLink{{Text: r.say("publish_title"), URL: r.here("/publish")}}})
}

// publishedPictures gives the page that has the pictures of the Notice in force, "" when
// none were taken.
func (r *request) publishedPictures() (string, error) {
	notice, err := consent.InForce(r.ctx, r.Store, r.site.Key)
	if err != nil || notice == nil {
		return "", err
	}
	pictures, err := r.pictures(notice)
	if err != nil || pictures == nil {
		return "", err
	}
	return r.noticeURL(notice.Number), nil
}

// askedDraft gives which draft the address is about, nothing for whichever there is.
func (r *request) askedDraft() url.Values {
	if sum := r.c.Query("draft"); sum != "" {
		return url.Values{"draft": {strings.Clone(sum)}}
	}
	return nil
}

// isAsked says whether the draft with a checksum is the one that the address is about.
func (r *request) isAsked(sum consent.Hash) bool {
	asked := r.askedDraft()
	return asked == nil || asked.Get("draft") == sum.String()
}

// previewFrameGet is the page in the frame.
func (r *request) previewFrameGet() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	if !r.isAsked(r.shownDraft.hash()) {
		return consent.Errorf(consent.Conflict, "draft_another", "The draft is another by now.")
	}
	bundle, err := r.buildDraft()
	if consent.KindOf(err) == consent.Invalid {
		return consent.Errorf(consent.Invalid, "draft_faulty", "%s", r.say("preview_faults"))
	}
	if err != nil {
		return err
	}
	frame := r.staged(draft)
	words, _ := web.AdminWordsIn(frame.Language)
	frame.Script, frame.Hash, frame.Text = r.frames.show(bundle), bundle.Hash, words["preview_page"]
	return r.sendFrame(frame)
}

// buildDraft makes the Bundle that publishing the Site's draft would make, once for each
// revision. Nothing of it is kept in the store.
func (r *request) buildDraft() (*consent.Bundle, error) {
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	found, err := r.previews.Get(r.ctx, previewKey{r.site.Key, r.shownDraft.revision, r.site.Notice}, func() (*preview, error) {
		notice, err := r.noticeOf(draft)
		if err != nil {
			return unmade(err)
		}
		bundle, err := banner.Build(notice, r.Said, r.Clock())
		if err != nil {
			return unmade(err)
		}
		return &preview{bundle: bundle}, nil
	})
	if err != nil {
		return nil, err
	}
	return found.bundle, found.fault
}

// unmade is a preview of what cannot be built: that stays so until the draft changes.
func unmade(err error) (*preview, error) {
	if consent.KindOf(err) == consent.Invalid || consent.CodeOf(err) == "bundle_failed" {
		return &preview{fault: err}, nil
	}
	return nil, err
}

// noticeOf gives the Notice that publishing the Site's draft would make.
func (r *request) noticeOf(draft *consent.Draft) (*consent.Notice, error) {
	before, err := consent.InForce(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return nil, err
	}
	number := consent.NoticeNumber(1)
	if before != nil {
		number = before.Number + 1
	}
	return consent.Freeze(consent.Revise(*draft, before.Said()), number, r.site.Changed)
}

// staged gives the frame that an address asks for, without its program.
func (r *request) staged(draft *consent.Draft) *replay.Frame {
	frame := &replay.Frame{
		Language: consent.Language(r.c.Query("lang")), State: replay.State(r.c.Query("state")), Scheme: replay.Scheme(r.c.Query("scheme")),
	}
	if !slices.Contains(draft.Site.Languages, frame.Language) {
		frame.Language = consent.MatchLanguage(draft.Site.Languages, string(r.lang))
	}
	if !slices.Contains(statesOf(draft), frame.State) {
		frame.State = replay.StateFirst
	}
	if !slices.Contains(replay.Schemes, frame.Scheme) {
		frame.Scheme = replay.SchemeLight
	}
	frame.Contents = contentsOf(draft, frame.Language)
	return frame
}

// statesOf gives what a visitor can come to: placeholders only where something is
// asked in place, and answers where something is asked.
func statesOf(draft *consent.Draft) []replay.State {
	units := draft.Asks()
	inPlace := slices.ContainsFunc(units, func(unit consent.AskUnit) bool { return unit.Service != "" })
	return slices.DeleteFunc(slices.Clone(replay.States), func(state replay.State) bool {
		switch state {
		case replay.StatePlaceholder:
			return !inPlace
		case replay.StateAccepted, replay.StateWithdrawn:
			return len(units) == 0
		default:
			return false
		}
	})
}

// mostContents is how much content a page in a frame has.
const mostContents = 20

// contentsOf gives what is asked in place, as pages would hold it.
func contentsOf(draft *consent.Draft, lang consent.Language) []replay.Content {
	words, _ := web.AdminWordsIn(lang)
	var all []replay.Content
	for _, unit := range draft.Asks() {
		if unit.Service == "" || len(all) == mostContents {
			continue
		}
		name, _ := draft.Service(unit.Service).Name.In(lang)
		all = append(all, replay.Content{Category: unit.Category, Service: unit.Service, Text: words.Fill("preview_content", "name", shortText(name))})
	}
	return all
}

// widths are those of a frame. The first is for whoever chooses none: a telephone shows
// what a telephone would.
var widths = []string{"fit", "wide", "narrow"}

// stage puts a frame on a page, with links for each language, state, width and scheme.
func (r *request) stage(path string, draft *consent.Draft, more url.Values) stage {
	frame := r.staged(draft)
	chosen := url.Values{"lang": {string(frame.Language)}, "state": {string(frame.State)}, "scheme": {string(frame.Scheme)}, "width": {widths[0]}}
	if width := strings.Clone(r.c.Query("width")); slices.Contains(widths, width) {
		chosen.Set("width", width)
	}
	address := func(path, name, value string) string {
		query := maps.Clone(chosen)
		query[name] = []string{value}
		maps.Copy(query, more)
		return r.here(path) + "?" + query.Encode()
	}
	row := func(label, name string, links []web.AdminLink) stageChoice {
		for i := range links {
			links[i].Current = links[i].URL == chosen.Get(name)
			links[i].URL = address(path, name, links[i].URL)
		}
		return stageChoice{label, links}
	}
	return stage{
		Frame: address(path+"/frame", "lang", string(frame.Language)), Title: r.say("preview_frame", "language", r.language(frame.Language)),
		Width: chosen.Get("width"), Caption: r.words["preview_caption_"+string(frame.State)],
		Choices: []stageChoice{
			row(r.say("language"), "lang", labelled(draft.Site.Languages, r.languageLabel)),
			row(r.say("preview_state"), "state", labelled(statesOf(draft), func(s replay.State) string { return r.say("preview_state_" + string(s)) })),
			row(r.say("preview_width"), "width", labelled(widths, func(s string) string { return r.say("preview_width_" + s) })),
			row(r.say("preview_scheme"), "scheme", labelled(replay.Schemes, func(s replay.Scheme) string { return r.say("preview_scheme_" + string(s)) })),
		},
	}
}

// labelled gives a link for each value, with the value in place of its address.
func labelled[S ~string](values []S, label func(S) string) []web.AdminLink {
	links := make([]web.AdminLink, len(values))
	for i, value := range values {
		links[i] = web.AdminLink{Text: label(value), URL: string(value)}
	}
	return links
}
