package notify

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	maxRead  = 300_000 // decisions that one report reads, of all sites
	readPage = 10_000
)

// answers are the answers to the banner, as far as they were read.
type answers struct {
	yes, no int
	part    bool // there were more than could be read
}

// answersOf counts the answers of a week. What is frozen is not used.
func (w *watch) answersOf(ctx context.Context, site consent.SiteKey, from, to time.Time, budget *int) (answers, error) {
	var a answers
	query := consent.LogQuery{Site: site, From: from, To: to, Oldest: true, Limit: readPage}
	for {
		if *budget <= 0 {
			a.part = true
			return a, nil
		}
		page, err := w.Store.Read(ctx, query)
		if err != nil {
			return a, err
		}
		for i := range page {
			a.add(&page[i])
		}
		*budget -= len(page)
		if len(page) < readPage {
			break
		}
		query.After = page[len(page)-1].Index
	}
	counted, err := w.Store.Refusals(ctx, site)
	for _, each := range counted {
		if !each.Day.Before(from) && each.Day.Before(to) {
			a.no += each.Count
		}
	}
	return a, err
}

func (a *answers) add(entry *consent.Entry) {
	if entry.Frozen || entry.Layer == consent.LayerPlaceholder {
		return
	}
	switch entry.State {
	case consent.StateGiven, consent.StatePartlyGiven:
		a.yes++
	case consent.StateRefused:
		a.no++
	default: // of an answer that was counted before
	}
}

// toTell is how many answers a share needs: a tenth of them is two Crowds.
const toTell = 20 * consent.Crowd

// share says about how many of ten said yes to something, or nothing when that might
// be somebody, or is not known. A share to the percent would give away the count,
// and what is left when the tables of other days are taken from it.
func (w *watch) share(a answers) string {
	all := a.yes + a.no
	if a.part || all < toTell || a.yes < consent.Crowd || a.no < consent.Crowd {
		return ""
	}
	return w.words.fill("week_share", "tenths", (10*a.yes+all/2)/all)
}
