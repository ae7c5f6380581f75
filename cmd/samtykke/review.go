package main

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

type reviewListCmd struct {
	access
	Site consent.SiteKey `arg:"" optional:"" help:"Key of the site; all sites when left out."`
	All  bool            `help:"Show every service, not only those that are to be looked at now."`
	JSON bool            `name:"json" help:"Write one JSON object per line."`
}

// Help says when the time has come.
func (c *reviewListCmd) Help() string {
	return `A service is listed from thirty days before the day by which it is to be looked at, as on the dashboard and in the messages. Where no day was set for it, that is some months after it was looked at last, or after the first notice that has it: 12, or as many as "samtykke site settings SITE review_months=6" says. What was never published is due only by a day of its own. --all shows those that have time, too.

Examples:

  samtykke review list
  samtykke review list gjerdrum --all`
}

// reviewLine is a service in the list.
type reviewLine struct {
	Site     consent.SiteKey    `json:"site"`
	Service  consent.ServiceKey `json:"service"`
	Name     consent.Text       `json:"name"`
	Due      string             `json:"due"` // "" for what no notice has had
	Own      bool               `json:"own"` // the day was set for this service
	Every    int                `json:"every_months"`
	Reviewed string             `json:"reviewed"` // "" for never
	Pressing bool               `json:"pressing"`
	days     int
}

// Run lists the services of one site or of all.
func (c *reviewListCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if c.Site != "" {
		if _, err := known(ctx, store, c.Site); err != nil {
			return err
		}
	}
	sites, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	var all []reviewLine
	for _, site := range sites {
		if c.Site != "" && site.Key != c.Site {
			continue
		}
		lines, err := reviewLines(ctx, store, site.Key, consent.DayOf(t.clock()))
		if err != nil {
			return err
		}
		all = append(all, lines...)
	}
	if !c.All {
		all = slices.DeleteFunc(all, func(line reviewLine) bool { return !line.Pressing })
	}
	return c.show(t, all)
}

// reviewLines gives the services of a draft: what is due first, and behind it what is not
// due at all.
func reviewLines(ctx context.Context, store consent.Store, site consent.SiteKey, today consent.Day) ([]reviewLine, error) {
	draft, err := store.Draft(ctx, site)
	if err != nil {
		return nil, err
	}
	known, err := consent.ReviewsOf(ctx, store, site)
	if err != nil {
		return nil, err
	}
	var lines []reviewLine
	for _, review := range known.In(draft) {
		lines = append(lines, newReviewLine(site, draft.Service(review.Service), review, today))
	}
	return lines, nil
}

func newReviewLine(site consent.SiteKey, s *consent.Service, review consent.Review, today consent.Day) reviewLine {
	line := reviewLine{Site: site, Service: s.Key, Name: s.Name, Due: review.Next().String(), Own: review.Due != 0, Every: int(review.Every), Pressing: review.Pressing(today), days: int(review.Next() - today)}
	if review.Reviewed != 0 {
		line.Reviewed = review.Reviewed.String()
	}
	return line
}

func (c *reviewListCmd) show(t *terminal, all []reviewLine) error {
	if c.JSON {
		lines := newLines(t)
		for i := range all {
			if err := lines.Encode(all[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		t.say("No service is to be looked at now.")
		return nil
	}
	list := newTable(t, column{title: "SITE"}, column{title: "SERVICE"}, column{title: "NAME"}, column{title: "DUE"}, column{title: "WHY"}, column{title: "LOOKED AT"}, column{title: "STATE"})
	for i := range all {
		line := &all[i]
		list.add(string(line.Site), string(line.Service), wording(line.Name), orDash(line.Due), line.why(), orDash(line.Reviewed), line.state())
	}
	return list.write()
}

// why says what the day follows from.
func (l *reviewLine) why() string {
	if l.Own {
		return "a day of its own"
	}
	return "every " + plural(l.Every, "month")
}

// state says whether the time has come.
func (l *reviewLine) state() string {
	switch {
	case l.Due == "":
		return "not published yet"
	case l.days < 0:
		return plural(-l.days, "day") + " late"
	case l.days == 0:
		return "today"
	case l.Pressing:
		return "in " + plural(l.days, "day")
	}
	return "there is time"
}

type reviewDoneCmd struct {
	access
	Site     consent.SiteKey      `arg:"" help:"Key of the site."`
	Services []consent.ServiceKey `arg:"" optional:"" name:"service" help:"Keys of the services."`
	Due      bool                 `help:"Every service that \"samtykke review list SITE\" shows."`
	JSON     bool                 `name:"json" help:"Write one JSON object per service."`
}

// Help says when the next time is.
func (c *reviewDoneCmd) Help() string {
	return `The service was looked at today. It is due again after the interval of the site, a year when nobody has chosen another ("samtykke site settings SITE review_months=6"). Another day is set with "samtykke review date". Several are noted at once, or none when one is not there; the audit trail tells of each.

Examples:

  samtykke review done gjerdrum youtube
  samtykke review done gjerdrum --due`
}

// Run notes it.
func (c *reviewDoneCmd) Run(ctx context.Context, t *terminal) error {
	switch named := len(c.Services) > 0; {
	case named && c.Due:
		return misusef("services are named, and --due is given; both at once cannot be: leave out one of them")
	case !named && !c.Due:
		return misusef("name services, or give --due")
	}
	today := t.today()
	done, err := changeReviews(ctx, t, c.access, c.Site, "service.review.done", c.chosen(today), func(review consent.Review) (consent.Review, error) {
		return review.Done(today), nil
	})
	if err != nil {
		return err
	}
	if len(done) == 0 && !c.JSON {
		t.say("No service is to be looked at now.")
	}
	for _, review := range done {
		if err := sayReview(t, c.Site, review, c.JSON); err != nil {
			return err
		}
	}
	return nil
}

// chosen gives the services that are named, or those that are due.
func (c *reviewDoneCmd) chosen(today consent.Day) func(*consent.Draft, *consent.Reviews) []consent.ServiceKey {
	return func(draft *consent.Draft, all *consent.Reviews) []consent.ServiceKey {
		if !c.Due {
			return c.Services
		}
		var due []consent.ServiceKey
		for _, s := range all.Pressing(draft, today) {
			due = append(due, s.Key)
		}
		return due
	}
}

type reviewDateCmd struct {
	access
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
	Date    string             `arg:"" help:"The day, such as 2026-12-01; none takes it away, so that the interval gives it."`
	JSON    bool               `name:"json" help:"Write one JSON object."`
}

// Help says who is told.
func (c *reviewDateCmd) Help() string {
	return `Thirty days before it the dashboard and the messages begin to tell of it (samtykke help notifications).

Examples:

  samtykke review date gjerdrum youtube 2027-01-15
  samtykke review date gjerdrum youtube none`
}

// Run sets the day.
func (c *reviewDateCmd) Run(ctx context.Context, t *terminal) error {
	due := consent.Day(0)
	if c.Date != "none" {
		var err error
		if due, err = consent.ParseDay(c.Date); err != nil {
			return misusef("%q is no day; write one such as 2026-12-01, or none", c.Date)
		}
	}
	named := func(*consent.Draft, *consent.Reviews) []consent.ServiceKey { return []consent.ServiceKey{c.Service} }
	dated, err := changeReviews(ctx, t, c.access, c.Site, "service.review.date", named, func(review consent.Review) (consent.Review, error) {
		return review.Dated(due, consent.DayOf(t.clock()))
	})
	if err != nil {
		return err
	}
	return sayReview(t, c.Site, dated[0], c.JSON)
}

// changeReviews changes when services of a draft are looked at again: all that are chosen,
// or none.
func changeReviews(ctx context.Context, t *terminal, a access, site consent.SiteKey, action string, chosen func(*consent.Draft, *consent.Reviews) []consent.ServiceKey, change func(consent.Review) (consent.Review, error)) (changed []consent.Review, err error) {
	store, err := a.openSite(ctx, t, site)
	if err != nil {
		return nil, err
	}
	defer closing(store, &err)
	draft, err := store.Draft(ctx, site)
	if err != nil {
		return nil, err
	}
	all, err := consent.ReviewsOf(ctx, store, site)
	if err != nil {
		return nil, err
	}
	var changes []consent.ReviewChange
	for _, service := range chosen(draft, all) {
		if draft.Service(service) == nil {
			return nil, unknownService(draft, service)
		}
		was := all.Of(service)
		review, err := change(was)
		if err != nil {
			return nil, err
		}
		if slices.Contains(changed, review) { // named twice it is looked at once
			continue
		}
		telling, err := tellsOf(ctx, t, store, site, action, review.Told())
		if err != nil {
			return nil, err
		}
		act, _ := consent.ActOf(telling)
		changed, changes = append(changed, review), append(changes, consent.ReviewChange{Review: review, Was: was, Act: act})
	}
	return changed, store.SetReviews(ctx, site, changes)
}

func sayReview(t *terminal, site consent.SiteKey, review consent.Review, asJSON bool) error {
	due := review.Next().String()
	switch {
	case asJSON:
		return json.NewEncoder(t.out).Encode(map[string]any{"site": site, "service": review.Service, "due": due, "own": review.Due != 0})
	case due == "":
		t.say("%s was never published, and has no day of its own: nobody is reminded of it.", review.Service)
	case review.Due == 0:
		t.say("%s is to be looked at every %d months, next by %s.", review.Service, review.Every, due)
	default:
		t.say("%s is to be looked at by %s.", review.Service, due)
	}
	return nil
}
