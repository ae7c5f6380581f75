package admin

import (
	"net/url"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
	"github.com/samtykke/samtykke/server/web"
)

// shownPage runs the bytes that visitors got.
type shownPage struct {
	Stage    stage
	Number   consent.NoticeNumber
	Bundle   *consent.Bundle
	Equal    bool // the bytes of the bundle are those on record
	Checks   []checkLine
	Others   []web.AdminLink
	Pictures *picturesShown
	Decision *decisionShown // whose visitor saw this, nil for nobody's
}

// checkLine is a hash that was computed anew, beside the one on record.
type checkLine struct {
	Name          string
	Now, Recorded consent.Hash
}

// Equal says that they are the same.
func (c checkLine) Equal() bool { return c.Now == c.Recorded }

// decisionShown is a decision beside what its visitor saw.
type decisionShown struct {
	ID, URL, State, Tone string
	Answers              []answerLine
	Facts                []fact
}

// shownGet shows a notice as visitors saw it.
func (r *request) shownGet() error {
	found, err := r.shown()
	if err != nil {
		return err
	}
	number := found.Notice.Number
	shown := shownPage{Number: number, Bundle: found.Bundle, Equal: found.Equal(), Decision: r.decisionShown(found), Checks: []checkLine{
		{r.say("shown_check_notice"), consent.HashOf(found.Notice.JSON), found.Recorded.Hash},
		{r.say("shown_check_bundle"), found.Served, found.Bundle.Hash},
	}}
	path, more := "/notices/"+strconv.Itoa(int(number))+"/shown", url.Values{"bundle": {string(found.Bundle.ID)}}
	if found.Decision != nil {
		more = url.Values{"decision": {found.Decision.ID.String()}} // which has one bundle
	}
	if shown.Equal {
		shown.Stage = r.stage(path, &found.Notice.Draft, more)
	}
	for _, id := range found.Others {
		shown.Others = append(shown.Others, web.AdminLink{Text: string(id), URL: r.here(path) + "?bundle=" + url.QueryEscape(string(id))})
	}
	if shown.Pictures, err = r.picturesOf(found.Notice, found.Bundle.ID); err != nil {
		return err
	}
	back := web.AdminLink{Text: r.say("notice_title", "number", number), URL: r.noticeURL(number)}
	return r.show(page{name: "shown.html", title: "shown_title", pairs: []any{"number", number}, data: shown, trail: r.noticesTrail(back)})
}

// shownFrameGet is the page in the frame.
func (r *request) shownFrameGet() error {
	found, err := r.shown()
	if err == nil {
		err = found.Check()
	}
	if err != nil {
		return err
	}
	frame := r.staged(&found.Notice.Draft)
	frame.Script, frame.Hash = r.frames.show(found.Bundle), found.Bundle.Hash
	return r.sendFrame(frame)
}

// shown finds the Bundle that the address asks for: that of a decision, the one that
// it names, or the newest of the Notice. Whose decision it asks for stands in the trail
// before anything is shown.
func (r *request) shown() (*replay.Shown, error) {
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	wish := replay.Wish{Site: r.site.Key, Notice: notice.Number, Bundle: r.c.Query("bundle")}
	if id := r.c.Query("decision"); id != "" {
		if !r.may(consent.MayRead) {
			return nil, r.errNotPermitted(consent.MayRead)
		}
		if wish.Decision, err = consent.ParseDecisionID(id); err != nil {
			return nil, errNoPage()
		}
	}
	found, err := replay.Find(r.ctx, r.Store, wish)
	if consent.KindOf(err) == consent.Conflict {
		err = errNoPage() // the decision was made under another notice
	}
	if err == nil && found.Decision != nil {
		err = r.sees(found.Decision.ID)
	}
	return found, orNoPage(err)
}

// decisionShown tells what was answered, nil when the address names no decision.
func (r *request) decisionShown(found *replay.Shown) *decisionShown {
	d := found.Decision
	if d == nil {
		return nil
	}
	return &decisionShown{
		ID: d.ID.String(), URL: r.logPath("/" + d.ID.String()), State: r.namedInLog(string(d.State)), Tone: tones[d.State],
		Answers: r.answers(&found.Notice.Draft, d.Choice), Facts: r.made(d),
	}
}
