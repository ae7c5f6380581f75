package admin

import (
	"net/http"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func figuresRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site/figures", may: consent.MaySee, handle: (*request).figuresGet},
		{method: http.MethodGet, path: "/sites/:site/figures/:chart.csv", may: consent.MaySee, handle: (*request).figuresCSV},
		{method: http.MethodGet, path: "/sites/:site/findings", may: consent.MaySee, handle: (*request).findingsGet},
	}
}

// figuresPage is what was decided in a period.
type figuresPage struct {
	Form     periodForm
	Wrong    bool // nothing is counted
	NotYet   *notYet
	Period   string
	None     bool   // nobody decided
	Today    string // what is said of days that are in no table yet
	Log      string // address of the log, when only that shows the first decisions
	Waits    string // why there are no tables yet, or no numbers at all
	Latest   *web.AdminLink
	Covers   string // the days of the tables
	Counted  string // and how many decisions they are of
	Total    string
	Change   string
	Shares   []shareFigure
	Days     *chart
	Charts   []*chart
	Delays   *chart // nil when no time is known
	Visits   *chart
	Gaps     []string
	Once     string // placeholders that were opened for one showing
	Always   string // and for good
	Opened   string // address of the file with both
	Findings string // address of the page
}

// shareFigure is the share of an outcome.
type shareFigure struct{ Name, Share, Change string }

// figuresGet shows what was decided.
func (r *request) figuresGet() error {
	p, form, ok := r.readPeriod()
	shown := figuresPage{Form: form, Wrong: !ok, Findings: "/sites/" + string(r.site.Key) + "/findings"}
	if !ok {
		r.c.Status(http.StatusUnprocessableEntity)
		return r.showFigures(shown)
	}
	var err error
	if shown.NotYet, err = r.notYet("figures"); err != nil {
		return err
	}
	if shown.NotYet != nil {
		return r.showFigures(shown)
	}
	shown.Period = r.span(p)
	f, err := r.count(p)
	if err != nil {
		return err
	}
	gaps, err := r.gaps(p)
	if err != nil {
		return err
	}
	for _, gap := range gaps {
		shown.Gaps = append(shown.Gaps, r.say("figures_gap_"+string(gap.Kind), "day", r.day(gap.Day), "n", number(gap.Missing)))
	}
	if err := r.fillFigures(&shown, f); err != nil {
		return err
	}
	return r.showFigures(shown)
}

func (r *request) showFigures(shown figuresPage) error {
	return r.show(page{name: "figures.html", title: "figures_title", data: shown})
}

// fillFigures fills in what is counted, and says of what is not why.
func (r *request) fillFigures(shown *figuresPage, f *counted) error {
	if len(f.Runs) == 0 && f.Empty() {
		return r.waits(shown, f)
	}
	if f.last.After(f.Until) {
		shown.Today = r.say("figures_today", "day", r.day(f.Until))
	}
	earlier, err := r.count(f.earlier())
	if err != nil {
		return err
	}
	if len(f.Runs) > 0 {
		shown.Days = r.byDay(f)
		shown.Total, shown.Change = number(f.Total()), r.change(f.Total(), earlier.Total())
	}
	if f.Empty() {
		shown.Waits = r.say("figures_no_tables")
		shown.Latest, err = r.latestTables()
		return err
	}
	return r.fillTables(shown, f, earlier)
}

// waits says why nothing is counted. Of days that are in no table yet it says nothing else
// than of others, whether anybody decided then or not. At the beginning, the log is where
// one sees that it works.
func (r *request) waits(shown *figuresPage, f *counted) (err error) {
	if shown.None = f.Nobody; !shown.None && f.Until.IsZero() {
		begun, err := r.begun()
		if err != nil {
			return err
		}
		if shown.None = !begun; begun {
			shown.Waits = r.say("figures_waits", "n", consent.Crowd)
		}
		if r.may(consent.MayRead) {
			shown.Log = "/sites/" + string(r.site.Key) + "/log"
		}
		return nil
	}
	if !shown.None {
		shown.Waits = r.say("figures_no_tables")
		shown.Latest, err = r.latestTables()
	}
	return err
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
	p := period{closed[0].First, closed[0].Last}
	return &web.AdminLink{Text: r.say("figures_latest", "days", r.span(p)), URL: r.figuresPath() + "?" + p.query()}, nil
}

// fillTables fills in what is of units that are closed.
func (r *request) fillTables(shown *figuresPage, f, earlier *counted) error {
	shown.Covers, shown.Counted = r.span(periodFrom(f.Covers)), number(f.Counted())
	shown.Shares = r.shares(f, earlier)
	categories, err := r.byCategory(f, earlier)
	if err != nil {
		return err
	}
	notices, err := r.byNotice(f)
	if err != nil {
		return err
	}
	shown.Opened = r.newChart(f.period, "placeholders").CSV
	shown.Charts = []*chart{categories, r.byLanguage(f), notices, r.byMethod(f)}
	shown.Delays, shown.Visits = r.byDelay(f), r.byVisit(f)
	shown.Once, shown.Always = r.openedWords(f, consent.PlaceholderOnce, number), r.openedWords(f, consent.PlaceholderAlways, number)
	return nil
}

// shares gives the share of each outcome, and of those that are not told apart.
func (r *request) shares(f, earlier *counted) []shareFigure {
	all := make([]shareFigure, 0, len(f.Outcomes.Columns))
	for i, column := range f.Outcomes.Columns {
		share := float64(f.Outcomes.Rows[0].Counts[i]) / float64(f.Counted())
		one := shareFigure{Name: r.outcome(column), Share: r.percent(share)}
		if len(column) == 1 {
			_, now := f.Share(column[0])
			if before, known := earlier.Share(column[0]); known && now {
				one.Change = r.points(share, before)
			}
		}
		all = append(all, one)
	}
	return all
}

// openedWords says how many that are, for whom a count is written by written.
func (r *request) openedWords(f *counted, method consent.Method, written func(int) string) string {
	count, joint := f.Opened(method)
	switch {
	case joint && count == 0:
		return r.say("figures_together")
	case joint:
		return r.say("figures_at_least", "n", written(count))
	}
	return written(count)
}

// dayHere writes the day of a moment by Norwegian clocks, as pages write moments.
func (r *request) dayHere(moment time.Time) string {
	words, _ := web.WordsIn(r.lang)
	return words.Date(consent.InNorway(moment).Format(time.DateOnly))
}

// day writes the day (UTC) of a moment in words.
func (r *request) day(moment time.Time) string {
	words, _ := web.WordsIn(r.lang)
	return words.Date(moment.UTC().Format(time.DateOnly))
}
