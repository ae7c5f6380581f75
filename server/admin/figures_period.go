package admin

import (
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
	"github.com/samtykke/samtykke/server/web"
)

const (
	usualDays = 30
	// mostDays bounds what is counted at once: ten years.
	mostDays = 3660
)

// period is some days on end (UTC), as the counts are kept.
type period struct{ first, last time.Time }

func (p period) days() int      { return int(p.last.Sub(p.first)/(24*time.Hour)) + 1 }
func (p period) end() time.Time { return p.last.AddDate(0, 0, 1) }

func (p period) span() figures.Span { return figures.Span{First: p.first, Last: p.last} }

func periodFrom(s figures.Span) period { return period{s.First, s.Last} }

// until gives the period of so many days that ends on one.
func until(last time.Time, days int) period { return period{last.AddDate(0, 0, 1-days), last} }

// periodForm is what a person wrote, and what is wrong with it.
type periodForm struct {
	From, To           string
	FromFault, ToFault string
	Cut                bool // it reached into the future
	Today              string
	Shortcuts          []web.AdminLink
}

// readPeriod reads the days that a page is asked for. Without any it is the last
// thirty. It is not ok when a field is wrong.
func (r *request) readPeriod() (p period, form periodForm, ok bool) {
	return r.periodOf(r.c.Query("from"), r.c.Query("to"))
}

func (r *request) periodOf(from, to string) (p period, form periodForm, ok bool) {
	today := consent.MidnightOf(r.Clock())
	p = until(today, usualDays)
	form = periodForm{From: from, To: to, Today: today.Format(time.DateOnly)}
	var faults [2]string
	if form.From != "" {
		p.first, faults[0] = r.readDay(form.From)
	}
	if form.To != "" {
		p.last, faults[1] = r.readDay(form.To)
	}
	form.FromFault, form.ToFault = faults[0], faults[1]
	if p.last.After(today) {
		p.last, form.Cut = today, true
	}
	if form.From == "" && form.ToFault == "" {
		p.first = until(p.last, usualDays).first
	}
	if form.FromFault == "" && form.ToFault == "" {
		form.FromFault, form.ToFault = r.wrongPeriod(p, today)
	}
	ok = form.FromFault == "" && form.ToFault == ""
	if ok {
		form.From, form.To = p.first.Format(time.DateOnly), p.last.Format(time.DateOnly)
	}
	form.Shortcuts = r.shortcuts(p, today)
	return p, form, ok
}

func (r *request) readDay(text string) (day time.Time, fault string) {
	day, err := time.Parse(time.DateOnly, strings.TrimSpace(text))
	switch {
	case err != nil:
		return day, r.say("figures_day_malformed")
	case day.Year() < 1970:
		return day, r.say("figures_day_early")
	}
	return day, ""
}

// wrongPeriod says what is wrong with days that are days.
func (r *request) wrongPeriod(p period, today time.Time) (from, to string) {
	switch {
	case p.first.After(today):
		return r.say("figures_day_future"), ""
	case p.first.After(p.last):
		return "", r.say("figures_day_reversed")
	case p.days() > mostDays:
		return r.say("figures_day_long"), ""
	}
	return "", ""
}

// shortcuts lead to periods that people often ask for.
func (r *request) shortcuts(shown period, today time.Time) []web.AdminLink {
	links := make([]web.AdminLink, 0, 3)
	for _, days := range []int{7, usualDays, 90} {
		p := until(today, days)
		links = append(links, web.AdminLink{
			Text: r.say("figures_last", "n", strconv.Itoa(days)), URL: r.figuresPath() + "?" + p.query(), Current: p == shown,
		})
	}
	return links
}

func (p period) query() string {
	return "from=" + p.first.Format(time.DateOnly) + "&to=" + p.last.Format(time.DateOnly)
}

func (r *request) figuresPath() string { return "/sites/" + string(r.site.Key) + "/figures" }

// span writes some days on end in words.
func (r *request) span(p period) string {
	words, _ := web.WordsIn(r.lang)
	first, last := words.Date(p.first.Format(time.DateOnly)), words.Date(p.last.Format(time.DateOnly))
	switch {
	case p.first.Equal(p.last):
		return first
	case p.first.Year() == p.last.Year() && p.first.Month() == p.last.Month():
		return r.say("figures_span_month", "first", p.first.Day(), "last", last)
	}
	return r.say("figures_span", "first", first, "last", last)
}
