package admin

import (
	"net/http"
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
	Period   string
	Earlier  string
	Few      bool // fewer than Crowd, and not none
	Total    string
	None     bool
	Change   string
	Shares   []shareFigure
	Charts   []*chart
	Visits   *chart
	Gaps     []string
	Once     string // placeholders that were opened for one showing
	Always   string // and for good
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
	shown.Period, shown.Earlier = r.span(p), r.span(p.earlier())
	c, err := r.count(p)
	if err != nil {
		return err
	}
	var gaps []consent.Gap
	if shown.Visits, gaps, err = r.byVisit(p); err != nil {
		return err
	}
	for _, gap := range gaps {
		shown.Gaps = append(shown.Gaps, r.say("figures_gap_"+string(gap.Kind), "day", r.day(gap.Day), "n", number(gap.Missing)))
	}
	shown.None, shown.Few = c.total() == 0, c.groups == nil && c.total() > 0
	if c.groups != nil && c.total() > 0 {
		if err := r.fillFigures(&shown, c); err != nil {
			return err
		}
	}
	return r.showFigures(shown)
}

func (r *request) showFigures(shown figuresPage) error {
	return r.show(page{name: "figures.html", title: "figures_title", data: shown})
}

// fillFigures fills in what needs enough decisions.
func (r *request) fillFigures(shown *figuresPage, c *counted) error {
	earlier, err := r.count(c.earlier())
	if err != nil {
		return err
	}
	shown.Total, shown.Change = number(c.total()), r.change(c.total(), earlier.total())
	shown.Shares = r.shares(c, earlier)
	categories, err := r.byCategory(c, earlier)
	if err != nil {
		return err
	}
	notices, err := r.byNotice(c)
	if err != nil {
		return err
	}
	methods := r.byMethod(c)
	shown.Charts = []*chart{r.byDay(c), categories, r.byLanguage(c), notices, methods}
	shown.Once, shown.Always = r.placeholders(c, methods)
	return nil
}

// shares gives the share of each group of outcomes that anybody had.
func (r *request) shares(c, earlier *counted) []shareFigure {
	var all []shareFigure
	sums, total := c.grouped(c.sums), float64(c.total())
	for i, group := range c.groups {
		if sums[i] == 0 {
			continue
		}
		one := shareFigure{Name: r.outcome(group), Share: r.percent(float64(sums[i]) / total)}
		if before, known := earlier.share(group); known {
			one.Change = r.points(float64(sums[i])/total, before)
		}
		all = append(all, one)
	}
	return all
}

// share gives that of a group of outcomes, when it may be shown.
func (c *counted) share(group []int) (float64, bool) {
	for i, own := range c.groups {
		if len(own) == len(group) && own[0] == group[0] && own[len(own)-1] == group[len(group)-1] {
			return float64(c.grouped(c.sums)[i]) / float64(c.total()), c.total() > 0
		}
	}
	return 0, false
}

// placeholders says how many were opened once and for good, as far as the table of
// ways shows it.
func (r *request) placeholders(c *counted, methods *chart) (once, always string) {
	opened := func(method consent.Method) string {
		wanted, count := way{method, consent.LayerPlaceholder}, 0
		for i := range c.figures.Made {
			if made := &c.figures.Made[i]; (way{made.Method, made.Layer}) == wanted {
				count += made.Count
			}
		}
		for _, row := range methods.Rows {
			if count == 0 || row.Name == r.way(wanted) {
				return number(count)
			}
		}
		return r.say("figures_together")
	}
	return opened(consent.PlaceholderOnce), opened(consent.PlaceholderAlways)
}

// day writes the day (UTC) of a moment in words.
func (r *request) day(moment time.Time) string {
	words, _ := web.WordsIn(r.lang)
	return words.Date(moment.UTC().Format(time.DateOnly))
}
