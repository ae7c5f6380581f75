package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

type logExpireCmd struct {
	access
	Site       consent.SiteKey `arg:"" help:"Key of the site."`
	Yes        bool            `help:"Do it. Without this, only what would go is shown."`
	Past       bool            `help:"What was removed before, by the server and by this; nothing is removed now."`
	TrustClock bool            `help:"The clock of this machine is right, though it leapt ahead."`
	JSON       bool            `name:"json" help:"Write the report as one JSON object."`
}

// Help says who does this otherwise.
func (c *logExpireCmd) Help() string {
	return `Decisions are kept as evidence for as long as the site's notice says (site.retention). A running server removes what is older by itself, when it starts and every six hours, and logs how many; this does it now. Frozen decisions stay (log freeze).

A clock that is set years ahead would have everything removed. So nothing is removed for its age while the clock is doubted: for a week after it leapt ahead by more than a week, as it also seems to when no server ran for so long. The server's log says so, and the metric samtykke_clock_doubted. Once it is set back, it is believed at once. If it is right, --trust-clock says so, to the server too.

The report says of each year (UTC) how many went, or would go, and how many are as old and stay because they are frozen.

Record and salt go; the leaf stays and opens nothing any more, and a later leaf says which have expired. When a past year has no decision left, its leaves go, too: the head that was signed last stays, and so does the proof in a receipt that somebody keeps.

Examples:

  samtykke log expire gjerdrum
  samtykke log expire gjerdrum --yes --json
  samtykke log expire gjerdrum --past`
}

// expiryReport is what went, or would go.
type expiryReport struct {
	Site   consent.SiteKey `json:"site"`
	Done   bool            `json:"done"`
	Time   time.Time       `json:"time"`   // of the report
	Before time.Time       `json:"before"` // what is older is too old
	Gone   int             `json:"removed"`
	Frozen int             `json:"frozen"`
	Years  []expiryYear    `json:"years"`
}

type expiryYear struct {
	Year    int  `json:"year"`
	Gone    int  `json:"removed"`
	Frozen  int  `json:"frozen"`
	Dropped bool `json:"dropped"` // with its ledger
}

// Run removes, or says what it would remove.
func (c *logExpireCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if c.Past {
		return c.past(ctx, t, store)
	}
	now := t.clock()
	report := expiryReport{Site: c.Site, Done: c.Yes, Time: now.UTC()}
	notice, err := consent.InForce(ctx, store, c.Site)
	if err != nil {
		return err
	}
	var years []consent.Expired
	kept := ""
	if notice != nil { // without one, nothing is stored
		kept = notice.Draft.Site.Retention.Words(consent.English)
		if report.Before, err = notice.Draft.Site.KeptSince(now.UTC()); err != nil {
			return err
		}
		if c.Yes {
			if err := c.believe(ctx, store, now.UTC()); err != nil {
				return err
			}
			if err := figures.Close(ctx, store, c.Site, now); err != nil { // before anything goes that was not counted
				return err
			}
			years, err = store.Expire(ctx, c.Site, report.Before, report.Time)
		} else {
			years, err = store.Due(ctx, c.Site, report.Before)
		}
	}
	report.count(years)
	if c.Yes && report.Gone > 0 {
		err = errors.Join(err, tellNow(ctx, t, store, c.Site, "log.expire", "decisions="+strconv.Itoa(report.Gone)))
	}
	if err != nil && report.Gone == 0 {
		return err
	}
	if told := c.tell(t, &report, kept); err == nil {
		err = told
	}
	return err
}

// believe refuses a clock that leapt ahead, unless a person says that it is right.
func (c *logExpireCmd) believe(ctx context.Context, store consent.ClockStore, now time.Time) error {
	clock, err := store.Clock(ctx)
	if err != nil {
		return err
	}
	if c.TrustClock {
		return store.SaveClock(ctx, consent.Clock{Last: now})
	}
	if clock = clock.See(now); clock.Doubted(now) {
		return consent.Errorf(consent.Conflict, "clock_leapt",
			"The clock of this machine leapt from %s to %s, so nothing is removed for its age. Correct the clock; if it is right, run this again with --trust-clock.",
			whenShown(clock.From), whenShown(clock.Since))
	}
	return nil
}

func (r *expiryReport) count(years []consent.Expired) {
	r.Gone, r.Frozen = consent.ExpiredInAll(years)
	r.Years = make([]expiryYear, len(years))
	for i, year := range years {
		r.Years[i] = expiryYear(year)
	}
}

// drops says that the ledger of a year goes.
func (r *expiryReport) drops() bool {
	return slices.ContainsFunc(r.Years, func(year expiryYear) bool { return year.Dropped })
}

// tell writes the report, in words and a table or as JSON.
func (c *logExpireCmd) tell(t *terminal, r *expiryReport, kept string) error {
	if c.JSON {
		return json.NewEncoder(t.out).Encode(r)
	}
	before, now := whenShown(r.Before), whenShown(r.Time)
	switch {
	case kept == "":
		t.say("The site %s has published nothing, so nothing is stored.", c.Site)
		return nil
	case len(r.Years) == 0:
		t.say("Nothing is older than %s, for which decisions are kept.", kept)
		return nil
	case r.Done:
		t.say("At %s, of decisions from before %s: removed %d, kept because they are frozen %d.", now, before, r.Gone, r.Frozen)
	default:
		t.say("Decisions are kept for %s. Of those from before %s, %d would go and %d would stay because they are frozen.", kept, before, r.Gone, r.Frozen)
	}
	went := "WOULD GO"
	if r.Done {
		went = "REMOVED"
	}
	list := newTable(t, column{title: "YEAR"}, column{title: went, right: true}, column{title: "FROZEN", right: true}, column{title: "LEDGER"})
	for _, year := range r.Years {
		leaves := "stays"
		if year.Dropped {
			leaves = strings.ToLower(went)
		}
		list.add(strconv.Itoa(year.Year), strconv.Itoa(year.Gone), strconv.Itoa(year.Frozen), leaves)
	}
	if err := list.write(); err != nil {
		return err
	}
	if !r.Done && (r.Gone > 0 || r.drops()) {
		t.say("Run this again with --yes to do it.")
	}
	return nil
}
