package admin

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
	"github.com/samtykke/samtykke/server/web"
)

// shownPage runs the bytes that visitors got.
type shownPage struct {
	Stage    stage
	Number   consent.NoticeNumber
	Bundle   *consent.Bundle
	Recorded consent.Hash // of the main file
	Served   consent.Hash // of the bytes that there are
	Equal    bool
	Others   []web.AdminLink
	Pictures []pictureLine
}

// shownGet shows a notice as visitors saw it.
func (r *request) shownGet() error {
	found, err := r.shown()
	if err != nil {
		return err
	}
	number := found.Notice.Number
	shown := shownPage{Number: number, Bundle: found.Bundle, Recorded: found.Bundle.Hash, Served: found.Served, Equal: found.Equal()}
	path := "/notices/" + strconv.Itoa(int(number)) + "/shown"
	if shown.Equal {
		shown.Stage = r.stage(path, found.Notice.Draft.Site.Languages, url.Values{"bundle": {string(found.Bundle.ID)}})
	}
	for _, id := range found.Others {
		shown.Others = append(shown.Others, web.AdminLink{Text: string(id), URL: r.here(path) + "?bundle=" + url.QueryEscape(string(id))})
	}
	if shown.Pictures, err = r.picturesOf(number, found.Bundle.ID); err != nil {
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
	lang, state := r.staged(found.Notice.Draft.Site.Languages)
	return r.sendFrame(&replay.Frame{Language: lang, State: state, Script: r.frames.show(found.Bundle), Hash: found.Bundle.Hash})
}

// shown finds the Bundle that the address asks for: the newest of the Notice, or
// the one that it names.
func (r *request) shown() (*replay.Shown, error) {
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	found, err := replay.Find(r.ctx, r.Store, replay.Wish{Site: r.site.Key, Notice: notice.Number, Bundle: r.c.Query("bundle")})
	return found, orNoPage(err)
}

// pictureLine is a picture that was taken of a banner when it was published.
type pictureLine struct {
	URL      string
	Language string
	Layer    string
	Width    int
}

// pictures gives those of the newest Bundle of a Notice that has any.
func (r *request) pictures(number consent.NoticeNumber) ([]pictureLine, error) {
	found, err := replay.Find(r.ctx, r.Store, replay.Wish{Site: r.site.Key, Notice: number})
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil // nobody was shown anything yet
	}
	if err != nil {
		return nil, err
	}
	for _, id := range append([]consent.BundleID{found.Bundle.ID}, found.Others...) {
		lines, err := r.picturesOf(number, id)
		if err != nil || len(lines) > 0 {
			return lines, err
		}
	}
	return nil, nil
}

func (r *request) picturesOf(number consent.NoticeNumber, id consent.BundleID) ([]pictureLine, error) {
	taken, err := r.Store.Screenshots(r.ctx, r.site.Key, id)
	if err != nil {
		return nil, err
	}
	lines := make([]pictureLine, len(taken))
	for i := range taken {
		t := &taken[i]
		lines[i] = pictureLine{
			URL: r.noticeURL(number) + "/pictures/" + string(id) + "." + t.Hash.String() + ".png", Language: t.Language.Name(),
			Layer: r.say("picture_" + string(t.Layer)), Width: t.Width,
		}
	}
	return lines, nil
}

// pictureGet answers with a picture: its name is the Bundle's id and its hash.
func (r *request) pictureGet() error {
	notice, err := r.notice()
	if err != nil {
		return err
	}
	id, hash := pictureName(r.c.Params("picture"))
	entry, err := r.Store.BundleEntry(r.ctx, r.site.Key, id)
	if err != nil {
		return orNoPage(err)
	}
	taken, err := r.Store.Screenshots(r.ctx, r.site.Key, id)
	if err != nil {
		return err
	}
	for i := range taken {
		if taken[i].Hash.String() == hash && entry.Notice == notice.Number {
			r.c.Set(fiber.HeaderContentType, "image/png")
			return r.c.Send(taken[i].PNG)
		}
	}
	return errNoPage()
}

func pictureName(name string) (id consent.BundleID, hash string) {
	before, after, _ := strings.Cut(strings.TrimSuffix(name, ".png"), ".")
	return consent.BundleID(before), after
}
