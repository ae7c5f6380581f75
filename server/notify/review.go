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
			item := Item{Site: site.Key, At: consent.MidnightOf(now), Link: w.page(site.Key, "/inventory?review=on")}
			name := names[site.Key]
			for _, service := range due {
				item.Services = append(item.Services, string(service.Key))
			}
			all = append(all, cause{kind: review, key: key, site: name, items: []Item{item}, line: w.words.count("review_line", len(due), "site", name, "names", w.some(w.namesOf(due)), "link", item.Link)})
		}
	}
	return all, nil
}

// due gives a site's services that are to be looked at now.
func (w *watch) due(ctx context.Context, site consent.SiteKey, today consent.Day) ([]*consent.Service, error) {
	reviews, err := consent.ReviewsOf(ctx, w.Store, site)
	if err != nil || !reviews.Press(today) {
		return nil, err
	}
	draft, err := w.Store.Draft(ctx, site)
	if err != nil {
		return nil, err
	}
	return reviews.Pressing(draft, today), nil
}

// namesOf gives what services are called.
func (w *watch) namesOf(services []*consent.Service) []string {
	names := make([]string, len(services))
	for i, service := range services {
		name, _ := service.Name.In(w.lang)
		names[i] = cmp.Or(nameLine(name), oneLine(string(service.Key), maxName))
	}
	return names
}
