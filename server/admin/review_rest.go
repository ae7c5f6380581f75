package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// The page of a service has one form and three buttons: each saves its own, and what is
// written for the others stays on the page, which says that it is not saved.

// The buttons of the review.
const (
	setsDay     = "review"
	notesReview = "reviewed"
)

// reviewPressed says which of them was pressed, "" for none.
func (r *request) reviewPressed() string {
	if pressed, is := strings.CutPrefix(r.c.Route().Path, "/sites/:site/services/:service/"); is && (pressed == setsDay || pressed == notesReview) {
		return pressed
	}
	return ""
}

// dayWritten says whether the form names another day than it did when it was shown.
func (r *request) dayWritten() bool {
	was, _, _ := strings.Cut(r.form.Get("review"), " ")
	return r.form.Has("due") && r.field("due") != was
}

// withDay has an address carry a day that is written and not saved.
func (r *request) withDay(address string) string {
	if !r.dayWritten() {
		return address
	}
	return address + "?" + url.Values{"due": {r.field("due")}}.Encode()
}

// dayCarried gives the day that is written, and whether an address has carried it.
func (r *request) dayCarried() (day string, carried bool) {
	if r.c.Method() == http.MethodGet && r.may(consent.MayEdit) && r.c.Context().QueryArgs().Has("due") {
		return brief(r.c.Query("due")), true
	}
	return r.field("due"), false
}

// dayFault says why a service cannot be looked at by a day, "" when it can.
func (r *request) dayFault(review *consent.Review, written string) string {
	today := consent.DayOf(r.Clock())
	due, err := consent.ParseDay(written)
	if written == "" {
		return ""
	}
	if err != nil {
		return r.say("error_text_malformed_day")
	}
	if _, err := review.Dated(due, today); err == nil {
		return ""
	}
	if due > today {
		return r.say("error_text_far_day", "n", consent.ReviewYears)
	}
	return r.say("error_text_past_day")
}

// unsaved says whether something is written in the form of a part that came along with
// what was saved.
func (r *request) unsaved(p *part, draft *consent.Draft) bool {
	if !r.form.Has("was") {
		return false
	}
	was := r.opened(p.address)
	b := &builder{request: r, draft: draft, values: r.form}
	p.fields(b)
	return was == nil || slices.ContainsFunc(b.merging(r.form, nil), func(f mergeField) bool { return was.changed(&f, f.mine) })
}

// showService shows the page of the service that the address names after a button of the
// review, with what is written in the form beside that. When nothing is, and the review is
// saved, the page is opened anew.
func (r *request) showService(status int) error {
	p, err := r.servicePart()
	if err != nil {
		return err
	}
	draft, err := r.draft()
	if err != nil {
		return err
	}
	rest := r.unsaved(p, draft)
	switch {
	case status == http.StatusOK && !rest && !r.form.Has("due"):
		return r.redirect(p.address, "review")
	case status == http.StatusOK:
		p.unsaved = r.say("review_rest")
	case rest:
		p.unsaved = r.say("review_unsaved")
	}
	if !rest {
		return r.showPart(status, p)
	}
	b := &builder{request: r, draft: draft, values: r.form}
	p.fields(b)
	return r.showPartPage(status, p, b, partPage{Was: r.form.Get("was"), Opened: r.form.Get(openedField)})
}
