package notify

import (
	"context"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// maxUnknown is how many names a line tells of.
const maxUnknown = 5

// foundTold is for how many days a finding may still be told first: a server may have
// been away.
const foundTold = 7

// findings are by their kinds the different names that were seen.
type findings map[consent.FindingKind][]string

// findingsOf gives what was seen on a site's pages from one day to another.
func (w *watch) findingsOf(ctx context.Context, site consent.SiteKey, from, to, now time.Time) (findings, error) {
	kept, err := w.Store.Findings(ctx, site)
	if err != nil {
		return nil, err
	}
	all := consent.FindingsTold(kept, now)
	found, seen := findings{}, map[string]bool{}
	for i := range all {
		each := &all[i]
		if what := string(each.Kind) + " " + each.Name; !each.Day.Before(from) && each.Day.Before(to) && !seen[what] {
			seen[what] = true
			found[each.Kind] = append(found[each.Kind], each.Name)
		}
	}
	return found, nil
}

// unknown tells what the pages named yesterday that the notice does not have.
// The day is over, so that it is told once.
func (w *watch) unknown(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	yesterday := consent.MidnightOf(now).AddDate(0, 0, -1)
	var all []cause
	for _, site := range sites {
		found, err := w.findingsOf(ctx, site.Key, yesterday, yesterday.AddDate(0, 0, 1), now)
		if err != nil {
			return all, err
		}
		if len(found[consent.FoundUnknown]) == 0 {
			continue
		}
		item := Item{Site: site.Key, At: yesterday, Link: w.page(site.Key, "/findings"), Services: linesOfNames(found[consent.FoundUnknown])}
		all = append(all, cause{
			kind: unknown, key: "unknown " + string(site.Key) + " " + yesterday.Format(time.DateOnly), site: names[site.Key], items: []Item{item},
			line: w.words.fill("unknown_line", "site", names[site.Key], "names", w.some(item.Services), "link", item.Link),
		})
	}
	return all, nil
}

// hurrying tells once of each cookie that stayed when it had to go, and of each address
// that answers could not be stored from, when their days are over. Names of cookies are
// those of the notice; an address is anyone's to make up, so that it is only counted: a
// letter leads nobody there.
func (w *watch) hurrying(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	today := consent.MidnightOf(now)
	var all []cause
	for _, site := range sites {
		found, err := w.findingsOf(ctx, site.Key, today.AddDate(0, 0, -foundTold), today, now)
		if err != nil {
			return all, err
		}
		for _, name := range linesOfNames(found[consent.FoundStuck]) {
			item := Item{Site: site.Key, At: today, Link: w.page(site.Key, "/findings?kind=stuck"), Services: []string{name}}
			all = append(all, cause{kind: stuck, key: "stuck " + string(site.Key) + " " + name, site: names[site.Key], items: []Item{item}})
		}
		for _, name := range found[consent.FoundForeign] {
			item := Item{Site: site.Key, At: today, Link: w.page(site.Key, "/findings?kind=foreign"), Counts: map[string]int{"addresses": 1}}
			all = append(all, cause{kind: foreign, key: "foreign " + string(site.Key) + " " + name, site: names[site.Key], items: []Item{item}})
		}
	}
	return all, nil
}

// hurryingLines tell of each site in one line.
func (w *watch) hurryingLines(about kind, causes []cause) (lines []string) {
	called := map[consent.SiteKey]string{}
	for i := range causes {
		called[causes[i].items[0].Site] = causes[i].site
	}
	for _, item := range w.itemsOf(about, causes) {
		site := called[item.Site]
		if about == stuck {
			lines = append(lines, w.words.fill("stuck_line", "site", site, "names", w.some(item.Services), "link", item.Link))
		} else {
			lines = append(lines, w.words.count("foreign_line", item.Counts["addresses"], "site", site, "link", item.Link))
		}
	}
	return lines
}

// some names the first of many.
func (w *watch) some(names []string) string {
	listed := strings.Join(names[:min(len(names), maxUnknown)], ", ")
	if more := len(names) - maxUnknown; more > 0 {
		listed += ", " + w.words.count("unknown_more", more)
	}
	return listed
}

// linesOfNames makes names fit for a letter. The store holds no other characters than
// letters, digits and signs in them.
func linesOfNames(names []string) []string {
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = nameLine(name)
	}
	return lines
}

// weekLines tell what each kind of finding of a week means, the most urgent first.
func (w *watch) weekLines(site consent.SiteKey, found findings) (lines []string) {
	for _, kind := range consent.FindingKinds {
		if n := len(found[kind]); n > 0 {
			lines = append(lines, w.words.count("week_"+string(kind), n))
		}
	}
	if len(lines) > 0 {
		lines = append(lines, w.words.fill("week_findings_link", "link", w.page(site, "/findings")))
	}
	return lines
}
