package admin

import (
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
	"github.com/samtykke/samtykke/server/web"
)

// waits says why nothing is counted. Of days that are in no table yet it says nothing else
// than of others, whether anybody decided then or not. At the beginning, the log is where
// one sees that it works.
func (r *request) waits(shown *figuresPage, f *counted) error {
	shown.None = f.Nobody
	if shown.None || !f.Until.IsZero() {
		if shown.None {
			return nil
		}
		return r.sayNoTables(shown, f)
	}
	begun, err := r.begun()
	if err != nil {
		return err
	}
	if shown.None = !begun; begun {
		shown.Waits = r.say("figures_waits", "n", consent.Crowd, "next", r.nextFigures())
		shown.Site = &web.AdminLink{Text: r.say("figures_to_site"), URL: r.sitePath("")}
	}
	shown.Log = r.toLog("figures_log_first")
	return nil
}

// sayNoTables says why there are no tables of a period, and leads to others: those that
// its days are in, or the latest.
func (r *request) sayNoTables(shown *figuresPage, f *counted) (err error) {
	if around := periodFrom(f.Around); f.last.Before(around.last) {
		shown.Waits = r.say("figures_together_with")
		shown.Others = r.toFigures("figures_around", around)
		return nil
	}
	shown.Waits = r.say("figures_no_tables") + " " + r.nextFigures()
	shown.Log = r.toLog("figures_log_now")
	shown.Others, err = r.latestTables()
	return err
}

// nextFigures says when the next numbers come. It goes by the clock alone, and tells
// nothing of who decided.
func (r *request) nextFigures() string {
	today := consent.MidnightOf(r.Clock())
	next := time.Date(today.Year(), today.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	return r.say("figures_next", "last", r.day(next.AddDate(0, 0, -1)), "day", r.day(next))
}

// toLog leads to the log those who may read it.
func (r *request) toLog(text string) *web.AdminLink {
	if !r.may(consent.MayRead) {
		return nil
	}
	return &web.AdminLink{Text: r.say(text), URL: r.sitePath("/log")}
}

func (r *request) toFigures(text string, p period) *web.AdminLink {
	return &web.AdminLink{Text: r.say(text, "days", r.span(p)), URL: r.figuresPath() + "?" + p.query()}
}

// begun says whether anything was ever stored of a site. It is not asked of the log, where
// things are erased.
func (r *request) begun() (bool, error) {
	days, err := r.Store.Tallies(r.ctx, r.site.Key, time.Unix(0, 0), r.Clock().AddDate(0, 0, 1))
	return slices.ContainsFunc(days, func(day consent.Tally) bool { return day.Stored > 0 }), err
}

// latestTables leads to the newest ones that are complete, if there are any.
func (r *request) latestTables() (*web.AdminLink, error) {
	_, last, err := r.Store.FiguresJudged(r.ctx, r.site.Key)
	if err != nil || last.IsZero() {
		return nil, err
	}
	closed, err := r.Store.ClosedFigures(r.ctx, r.site.Key, last, last.AddDate(0, 0, 1))
	if err != nil || len(closed) == 0 {
		return nil, err
	}
	return r.toFigures("figures_latest", period{closed[0].First, closed[0].Last}), nil
}

// compared says with which days the numbers are compared, or why with none.
func (r *request) compared(f *counted, earlier *figures.Earlier) (said []string) {
	switch days := r.span(periodFrom(earlier.Span)); {
	case earlier.Told:
		said = append(said, r.say("figures_compared", "days", days))
	case !earlier.Begun:
		said = append(said, r.say("figures_compared_not_begun", "days", days))
	default:
		said = append(said, r.say("figures_compared_not_apart", "days", days))
	}
	switch {
	case f.Empty() || earlier.Told && earlier.Total == 0 || earlier.Shares == earlier.Span:
	case !earlier.Tables.Empty():
		said = append(said, r.say("figures_compared_shares", "days", r.span(periodFrom(earlier.Shares))))
	case earlier.Told:
		said = append(said, r.say("figures_compared_total"))
	}
	return said
}
