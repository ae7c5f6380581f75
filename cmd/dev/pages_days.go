package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
)

// pastDays is how many ended days the pictures are of: enough for tables of whole
// months, and for a period before that they are compared with.
const pastDays = 150

// changedAgo is how many days ago the second notice came into use.
const changedAgo = 40

// lately is how far back pages were heard of, beside the decisions.
const lately = 4 * 24 * time.Hour

// quarter is the address of the figures of ninety days.
func quarter() string {
	now := time.Now().UTC()
	return "/sites/gjerdrum/figures?from=" + now.AddDate(0, 0, -89).Format(time.DateOnly) + "&to=" + now.Format(time.DateOnly)
}

// livedIn makes a data folder in which a site has been answered for months. The
// server starts on it only afterwards, because it tables the days that have ended.
func livedIn(ctx context.Context, program string) (data string, clean func() error, err error) {
	if data, err = os.MkdirTemp("", "samtykke-pages-"); err != nil {
		return "", nil, err
	}
	clean = func() error { return os.RemoveAll(data) }
	if err = passDays(ctx, demoAddresses{program: program, Data: data}); err != nil {
		return "", nil, errors.Join(err, clean())
	}
	return data, clean, nil
}

// passDays publishes two notices, and stores for each day that has ended what a server
// would have stored then: decisions, tallies and findings.
func passDays(ctx context.Context, demo demoAddresses) error {
	for _, verb := range [][]string{{"site", "import", "examples/gjerdrum/site.yaml"}, {"notice", "publish", "--no-pictures", "gjerdrum"}} {
		if _, err := demo.samtykke(ctx, verb...); err != nil {
			return err
		}
	}
	askMore := func(draft *consent.Draft) {
		for i := range draft.Services {
			if draft.Services[i].Ask == consent.AskInPlace {
				draft.Services[i].Ask = consent.AskBanner
			}
		}
	}
	if err := demo.republish(ctx, askMore); err != nil {
		return fmt.Errorf("a second notice: %w", err)
	}
	out, err := demo.samtykke(ctx, "bundle", "gjerdrum", "--json", "--out", filepath.Join(demo.Data, "bundle"))
	if err != nil {
		return err
	}
	var built struct{ Bundle consent.BundleID }
	if err := json.Unmarshal(out, &built); err != nil {
		return err
	}
	settings, err := config.Load("", nil, map[string]any{"storage.sqlite.path": filepath.Join(demo.Data, "samtykke.db")})
	if err != nil {
		return err
	}
	store, err := storage.OpenShared(ctx, settings, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	for ago := pastDays; ago > 0 && err == nil; ago-- {
		err = passDay(ctx, store, built.Bundle, ago)
	}
	return errors.Join(err, store.Close())
}

// decidedSo is a way of deciding, and how often a day has it.
type decidedSo struct {
	times    int
	language consent.Language
	method   consent.Method
	layer    consent.Layer
	state    consent.State
	yes      []consent.CategoryKey
	services []consent.ServiceRef
}

// decidedOn gives what a day has. Weekends are quiet; two days in seventeen nobody came.
func decidedOn(ago int, day time.Time) []decidedSo {
	busy := 14 + ago*7%9
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		busy /= 3
	}
	if ago%17 < 2 {
		busy = 0
	}
	statistics, both := []consent.CategoryKey{consent.Statistics}, []consent.CategoryKey{consent.Statistics, consent.Marketing}
	ways := []decidedSo{
		{busy, consent.Bokmaal, consent.AcceptAll, consent.LayerFirst, consent.StateGiven, both, nil},
		{busy * 2 / 3, consent.Bokmaal, consent.RejectAll, consent.LayerFirst, consent.StateRefused, nil, nil},
		{busy / 4, consent.Nynorsk, consent.AcceptAll, consent.LayerFirst, consent.StateGiven, both, nil},
		{busy / 5, consent.Nynorsk, consent.Save, consent.LayerSecond, consent.StatePartlyGiven, statistics, nil},
		{busy / 7, consent.Bokmaal, consent.Save, consent.LayerSecond, consent.StatePartlyGiven, nil, []consent.ServiceRef{"statistics/siteimprove-analytics"}},
		{busy / 4, consent.Bokmaal, consent.PlaceholderOnce, consent.LayerPlaceholder, consent.StatePartlyGiven, nil, nil},
		{busy / 6, consent.Bokmaal, consent.PlaceholderAlways, consent.LayerPlaceholder, consent.StatePartlyGiven, nil, []consent.ServiceRef{"marketing/youtube"}},
		{busy / 12, consent.Bokmaal, consent.Withdraw, consent.LayerPage, consent.StateWithdrawn, nil, nil},
	}
	if ago == changedAgo+1 { // too few to be shown
		ways = append(ways,
			decidedSo{3, consent.English, consent.AcceptAll, consent.LayerFirst, consent.StateGiven, both, nil},
			decidedSo{3, consent.Bokmaal, consent.APIMethod, consent.LayerPage, consent.StatePartlyGiven, []consent.CategoryKey{consent.Functional}, nil})
	}
	return ways
}

// passDay stores what came on one day, counted back from this one.
func passDay(ctx context.Context, store consent.Store, bundle consent.BundleID, ago int) error {
	day := consent.MidnightOf(time.Now()).AddDate(0, 0, -ago)
	noon, notice := day.Add(12*time.Hour), consent.NoticeNumber(1)
	if ago < changedAgo {
		notice = 2
	}
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(connections)
	came := int64(0)
	for _, way := range decidedOn(ago, day) {
		for range way.times {
			came++
			d := way.decision(someDecision(bundle, came, noon.Add(time.Duration(came)*time.Minute)), notice)
			group.Go(func() error {
				_, err := store.Append(within, d)
				return err
			})
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return tellDay(ctx, store, day, int(came))
}

func (way decidedSo) decision(d *consent.Decision, notice consent.NoticeNumber) *consent.Decision {
	d.Notice, d.Language, d.Method, d.Layer, d.State = notice, way.language, way.method, way.layer, way.state
	d.Choice = consent.Choice{Categories: map[consent.CategoryKey]bool{consent.Statistics: false, consent.Marketing: false}}
	for _, key := range way.yes {
		d.Choice.Categories[key] = true
	}
	for _, ref := range way.services {
		if d.Choice.Services == nil {
			d.Choice.Services = map[consent.ServiceRef]bool{}
		}
		d.Choice.Services[ref] = true
	}
	return d
}

// tellDay stores what is counted of a day: a few times, so that a gap is seen too.
func tellDay(ctx context.Context, store consent.Store, day time.Time, came int) error {
	tally := consent.Tally{Site: "gjerdrum", Day: day, Shown: came * 2, Decided: came, Acknowledged: came}
	if day.Day() == 3 {
		tally.Acknowledged = came / 2
	}
	for place, part := range [...]int{12, 5, 4, 6, 9, 30, 40} {
		tally.Took[place] = came / part
	}
	if err := store.AddTallies(ctx, []consent.Tally{tally}); err != nil || time.Since(day) > lately {
		return err
	}
	last := day.Add(15 * time.Hour)
	return store.AddFindings(ctx, []consent.Finding{
		{Site: "gjerdrum", Day: day, Kind: consent.FoundUnknown, Name: "statistics/hotjar", Count: 412, Last: last},
		{Site: "gjerdrum", Day: day, Kind: consent.FoundStuck, Name: "youtube/VISITOR_INFO1_LIVE", Count: 3, Last: last},
		{Site: "gjerdrum", Day: day, Kind: consent.FoundResidual, Name: "siteimprove-analytics/nmstat", Count: 8, Last: last},
		{Site: "gjerdrum", Day: day, Kind: consent.FoundMarkup, Name: "iframe/data-src", Count: 1, Last: last},
	})
}
