package notify

import (
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// lapse is a plan of which nothing comes, because the draft was changed.
type lapse struct {
	*consent.Plan

	site consent.SiteEntry
}

// fallen tells of a plan that lapsed: who watches the site, and whoever made the plan.
func (w *watch) fallen(fell *lapse, site string, people map[consent.AccountID]string) cause {
	line, day := "lapsed_"+string(fell.State), fell.Due
	if day.IsZero() {
		line, day = line+"_at_once", fell.Proposed
	}
	link := w.page(fell.Site, "/publish")
	return cause{
		kind: lapsed, key: fmt.Sprintf("lapsed %s %d", fell.Site, fell.ID), site: site,
		items: []Item{{Site: fell.Site, At: day.UTC(), Link: link, Plan: int64(fell.ID), About: string(fell.State)}},
		line: w.words.fill(line, "site", site, "who", w.who(people, fell.Proposer),
			"day", consent.DayOf(day).Words(w.lang), "clock", consent.InNorway(day).Format("15:04"), "link", link),
	}
}

// lapsesOf gives what fell away of the plans that the holder of an account made.
func (w *watch) lapsesOf(holder *consent.Account) (all []cause) {
	for i := range w.holders.lapsed {
		if fell := &w.holders.lapsed[i]; fell.Proposer == holder.ID {
			all = append(all, w.fallen(fell, nameOf(&fell.site, w.lang), map[consent.AccountID]string{holder.ID: oneLine(holder.CalledWithAddress(), maxCalled)}))
		}
	}
	return all
}
