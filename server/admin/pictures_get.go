package admin

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
)

// picturesShown are the pictures that were taken of a banner when it was published.
type picturesShown struct {
	Taken     time.Time // the first of them
	Languages []picturesIn
}

// picturesIn are those in a language: the first layer before the second, the narrow
// one before the wide.
type picturesIn struct {
	Heading  string
	Language string // as within a sentence
	Lines    []pictureLine
}

// pictureLine is one picture.
type pictureLine struct {
	URL   string
	Layer string
	Tall  bool // its beginning says what it is
	Width int
}

// pictures gives those of the newest Bundle of a Notice that has any, nil for none.
func (r *request) pictures(notice *consent.Notice) (*picturesShown, error) {
	found, err := replay.Find(r.ctx, r.Store, replay.Wish{Site: r.site.Key, Notice: notice.Number})
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil //nolint:nilnil // nobody was shown anything yet
	}
	if err != nil {
		return nil, err
	}
	slices.Reverse(found.Others)
	for _, id := range append([]consent.BundleID{found.Bundle.ID}, found.Others...) {
		shown, err := r.picturesOf(notice, id)
		if err != nil || shown != nil {
			return shown, err
		}
	}
	return nil, nil //nolint:nilnil // that none were taken is no failure
}

// picturesOf gives those of a Bundle in the order of the Site's languages, nil for
// none.
func (r *request) picturesOf(notice *consent.Notice, id consent.BundleID) (*picturesShown, error) {
	taken, err := r.Store.Screenshots(r.ctx, r.site.Key, id)
	if err != nil || len(taken) == 0 {
		return nil, err
	}
	shown := &picturesShown{Taken: taken[0].Taken}
	lines := map[consent.Language][]pictureLine{}
	for i := range taken {
		t := &taken[i]
		lines[t.Language] = append(lines[t.Language], pictureLine{
			URL: r.noticeURL(notice.Number) + "/pictures/" + string(id) + "." + t.Hash.String() + ".png", Layer: r.say("picture_" + string(t.Layer)), Tall: t.Layer == consent.LayerSecond, Width: t.Width,
		})
		if t.Taken.Before(shown.Taken) {
			shown.Taken = t.Taken
		}
	}
	for _, lang := range notice.Draft.Site.Languages { // all that pictures are taken in
		if found := lines[lang]; len(found) > 0 {
			shown.Languages = append(shown.Languages, picturesIn{r.languageLabel(lang), r.language(lang), found})
		}
	}
	return shown, nil
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
