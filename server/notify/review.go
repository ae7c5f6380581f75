package notify

import (
	"cmp"
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// reviews tells once a month, for each site, which services are to be looked at
// again.
func (w *watch) reviews(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	today := consent.DayOf(now)
	month := today.String()[:len("2006-01")]
	var all []cause
	for _, site := range sites {
		key := "review " + string(site.Key) + " " + month
		if w.toldAll(key) {
			continue // the draft is not read in vain
		}
		due, err := w.due(ctx, site.Key, today)
		if err != nil {
			return all, err
		}
		if len(due) > 0 {
			all = append(all, cause{kind: review, key: key, site: names[site.Key], line: w.words.count("review_line", len(due), "site", names[site.Key], "names", w.some(due))})
		}
	}
	return all, nil
}

// due gives the names of a site's services that are to be looked at now.
func (w *watch) due(ctx context.Context, site consent.SiteKey, today consent.Day) ([]string, error) {
	reviews, err := w.Store.Reviews(ctx, site)
	if err != nil || len(reviews) == 0 {
		return nil, err
	}
	draft, err := w.Store.Draft(ctx, site)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, service := range consent.PressingServices(draft, reviews, today) {
		name, _ := service.Name.In(w.lang)
		names = append(names, cmp.Or(oneLine(name, maxName), oneLine(string(service.Key), maxName)))
	}
	return names, nil
}
