package admin

import (
	"net/http"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
	"github.com/samtykke/samtykke/server/web"
)

func figuresRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site/figures", may: consent.MaySee, handle: (*request).figuresGet},
		{method: http.MethodGet, path: "/sites/:site/figures/:chart.csv", may: consent.MaySee, handle: (*request).figuresCSV},
		{method: http.MethodGet, path: "/sites/:site/findings", may: consent.MaySee, handle: (*request).findingsGet},
	}
}

// figuresPage is what was decided on some days. All of its numbers are of the same ones.
type figuresPage struct {
	Form     periodForm
	Wrong    bool // nothing is counted
	NotYet   *notYet
	Period   string         // the days of the numbers, or those that were chosen when there are none
	Chosen   string         // what was chosen, where that is other days
	None     bool           // nobody decided
	Today    string         // what is said of days that are in no table yet
	Log      *web.AdminLink // to where one sees what came in now
	Site     *web.AdminLink
	Waits    string         // why there are no tables yet, or no numbers at all
	Others   *web.AdminLink // tables that there are
	Total    string
	Change   string
	Compared []string // with which days, or why with none
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
		size := ""
		if of := gap.Size(); of != "" {
			size = r.say("figures_size_" + string(of))
		}
		shown.Gaps = append(shown.Gaps, r.say("figures_gap_"+string(gap.Kind), "day", r.day(gap.Day), "size", size))
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
	shown.sayDays(r, f)
	earlier, err := figures.Before(r.ctx, r.Store, r.site.Key, f.Told())
	if err != nil {
		return err
	}
	shown.Days, shown.Total, shown.Compared = r.byDay(f), r.grouped(f.Total()), r.compared(f, earlier)
	if earlier.Told {
		shown.Change = r.change(f.Total(), earlier.Total)
	}
	if f.Empty() {
		return r.sayNoTables(shown, f)
	}
	return r.fillTables(shown, f, earlier.Tables)
}

// sayDays says which days the numbers are of, and when others come.
func (shown *figuresPage) sayDays(r *request, f *counted) {
	shown.Period = r.span(f.told())
	if f.told() != f.period {
		shown.Chosen = r.say("figures_chosen", "days", r.span(f.period))
	}
	if f.last.After(f.Until) {
		shown.Today = r.say("figures_today", "day", r.day(f.Until)) + " " + r.nextFigures()
	}
}

// fillTables fills in what is of units that are closed.
func (r *request) fillTables(shown *figuresPage, f *counted, earlier *figures.Figures) error {
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
	shown.Once, shown.Always = r.openedWords(f, consent.PlaceholderOnce, r.grouped), r.openedWords(f, consent.PlaceholderAlways, r.grouped)
	return nil
}

// shares gives the share of each outcome, and of those that are not told apart.
func (r *request) shares(f *counted, earlier *figures.Figures) []shareFigure {
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
