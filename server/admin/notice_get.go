package admin

import (
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/web"
)

// noticePage is one notice with all that it says.
type noticePage struct {
	Entry     consent.NoticeEntry
	Past      *pastShown // nil when the trail does not tell
	Base      string     // address of the page
	Current   bool
	Whole     bool                 // the first page of the list, which tells all else
	Before    consent.NoticeNumber // 0 for the first
	Changes   []changeGroup
	MoreDiff  int
	Asked     askedWords
	Languages string
	Told      noticeTold
	Public    string // address of the page that lists it for visitors, "" when unknown
	Pictures  *picturesShown
	// May, Same and Was are for putting the content back as the draft.
	May     bool
	Same    bool   // the draft says this already
	Was     string // what the draft was
	Refused string // why it was not put back
	Lost    []changeGroup
	Lose    int
}

// noticeGet shows one notice.
func (r *request) noticeGet() error { return r.showNotice(http.StatusOK, "") }

func (r *request) showNotice(status int, refused string) error {
	notice, err := r.notice()
	if err != nil {
		return err
	}
	shown := noticePage{Entry: notice.Entry(), Base: r.noticeURL(notice.Number), Current: notice.Number == r.site.Notice, Refused: refused}
	past, err := r.pasts(notice.Number)
	if err != nil {
		return err
	}
	shown.Past = past[notice.Number]
	shown.Languages, shown.Told = r.languagesOf(&notice.Draft), r.toldOf(&notice.Draft, shown.Base)
	if r.Public != "" {
		shown.Public = r.Public + "/" + string(r.site.Key) + "/notices/" + strconv.Itoa(int(notice.Number)) + "/cookies"
	}
	if shown.Whole = shown.Told.Earlier == ""; shown.Whole {
		if err := r.showAround(&shown, notice); err != nil {
			return err
		}
	}
	r.c.Status(status)
	return r.show(page{
		name: "notice.html", title: "notice_title", pairs: []any{"number", notice.Number}, data: shown, trail: r.noticesTrail(),
	})
}

// showAround adds what stands before and after the list, on its first page: to compare
// long drafts takes a while.
func (r *request) showAround(shown *noticePage, notice *consent.Notice) (err error) {
	if err := r.compareNotice(shown, notice); err != nil {
		return err
	}
	if shown.Pictures, err = r.pictures(notice); err != nil {
		return err
	}
	return r.offerRestore(shown, notice)
}

func (r *request) noticesTrail(more ...web.AdminLink) []web.AdminLink {
	return append([]web.AdminLink{{Text: r.say("notices_title"), URL: r.here("/notices")}}, more...)
}

// compareNotice compares a Notice with the one before it.
func (r *request) compareNotice(shown *noticePage, notice *consent.Notice) error {
	var before *consent.Notice
	if notice.Number > 1 {
		var err error
		if before, err = r.Store.Notice(r.ctx, r.site.Key, notice.Number-1); err != nil {
			return err
		}
		shown.Before = before.Number
		if shown.Changes, shown.MoreDiff, err = r.changeGroups(consent.Comparing(&before.Draft, &notice.Draft)); err != nil {
			return err
		}
	}
	shown.Asked = r.askedWords(before.Said(), &notice.Draft, consent.CompareAsks(before.Said(), &notice.Draft))
	return nil
}

// offerRestore says whether the content can be put back as the draft.
func (r *request) offerRestore(shown *noticePage, notice *consent.Notice) error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	leadWithin(draft, shown.Changes)
	shown.May, shown.Was = r.may(consent.MayEdit), r.shownDraft.hash().String()
	shown.Lost, shown.Lose, err = r.changeGroups(draft, publishing.Restored(notice, draft))
	shown.Same = err == nil && len(shown.Lost) == 0
	for i := range shown.Lost {
		shown.Lost[i].Again = "" // nobody has answered a draft
	}
	leadWithin(draft, shown.Lost)
	return err
}

// noticeFileGet answers with the very bytes that the hash is of.
func (r *request) noticeFileGet() error {
	notice, err := r.notice()
	if err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, "application/json")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+string(r.site.Key)+"-"+strconv.Itoa(int(notice.Number))+`.json"`)
	return r.c.Send(notice.JSON)
}
