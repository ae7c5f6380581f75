package admin

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// closedShown is how many closed requests a page lists unless all are asked for.
const closedShown = 20

// registerPage is the register of data subjects' requests.
type registerPage struct {
	URL          string
	Open, Closed []subjectLine
	Late         int // of those that are open
	More         int // closed ones that are not listed
	May          bool
}

// registerGet lists the requests: open ones first, with what is due first on top.
func (r *request) registerGet() error {
	all, err := r.Store.Requests(r.ctx, consent.RequestQuery{Site: r.site.Key})
	if err != nil {
		return err
	}
	if err := r.looks.Once(r.ctx, r.login.ID, r.reads("request.list")); err != nil {
		return err
	}
	today := consent.DayOf(r.Clock())
	shown := registerPage{URL: r.registerPath(""), May: r.may(consent.MayAdminister)}
	var closed []*consent.Request
	for i := range all {
		if all[i].Answer() != nil {
			closed = append(closed, &all[i])
			continue
		}
		if all[i].Overdue(today) {
			shown.Late++
		}
		shown.Open = append(shown.Open, r.subjectLine(&all[i], today))
	}
	slices.SortStableFunc(closed, func(a, b *consent.Request) int { return cmp.Compare(b.Answer().Day, a.Answer().Day) })
	if r.c.Query("all") == "" && len(closed) > closedShown {
		shown.More, closed = len(closed)-closedShown, closed[:closedShown]
	}
	for _, each := range closed {
		line := r.subjectLine(each, today)
		if line.Undone, err = r.undone(each); err != nil {
			return err
		}
		shown.Closed = append(shown.Closed, line)
	}
	r.c.Status(http.StatusOK)
	return r.show(page{name: "requests.html", title: "requests_title", data: shown})
}

// undone counts the decisions that are left of a person who was granted that they go.
// What was frozen for a restriction may have been released since.
func (r *request) undone(closed *consent.Request) (int, error) {
	gone := closed.Kind == consent.RequestErasure || closed.Kind == consent.RequestObjection
	if !gone || closed.Answer().Outcome != consent.OutcomeGranted {
		return 0, nil
	}
	theirs, err := rights.Theirs(r.ctx, r.Store, closed)
	return rights.Undone(closed.Kind, rights.Before(closed, theirs)), err
}
