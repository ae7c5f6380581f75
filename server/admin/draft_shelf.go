package admin

import (
	"context"
	"slices"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/samtykke/samtykke/consent"
)

const (
	// shelfParts is how many services and cookies the drafts on a shelf may have together.
	// A draft of 5,000 services takes some 30 megabytes.
	shelfParts = 50_000
	// longDraft is how many bytes a draft takes in the store for people to notice that it
	// has to be read, which takes a second for ten megabytes.
	longDraft = 1 << 20
	// mostAhead is how many drafts are read before anybody asks.
	mostAhead = 4
)

// draftShelf keeps the drafts that were read or saved last, as many as have shelfParts.
type draftShelf struct {
	mu    sync.Mutex
	kept  *simplelru.LRU[consent.SiteKey, *keptDraft]
	parts int
}

func newDraftShelf() *draftShelf {
	shelf := new(draftShelf)
	leaves := func(_ consent.SiteKey, kept *keptDraft) { shelf.parts -= partsOf(kept.draft) }
	var err error
	if shelf.kept, err = simplelru.NewLRU(shelfParts, leaves); err != nil {
		panic(err) // the size is a constant
	}
	return shelf
}

// partsOf gives how many parts a draft has: itself, its services and their cookies.
func partsOf(d *consent.Draft) int {
	parts := 1 + len(d.Services)
	for i := range d.Services {
		parts += len(d.Services[i].Cookies)
	}
	return parts
}

func (s *draftShelf) get(site consent.SiteKey) (*keptDraft, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Get(site)
}

// add keeps a draft, however long, and lets go of what was not looked at for longest.
func (s *draftShelf) add(kept *keptDraft) {
	s.mu.Lock()
	defer s.mu.Unlock()
	site := kept.draft.Site.Key
	s.kept.Remove(site)
	s.kept.Add(site, kept)
	s.parts += partsOf(kept.draft)
	for s.parts > shelfParts && s.kept.Len() > 1 {
		s.kept.RemoveOldest()
	}
}

// ReadAhead reads the longest drafts and finds their problems, so that who looks first
// need not wait for either. What cannot be read here is told to who asks for it.
func (a *Admin) ReadAhead(ctx context.Context) {
	sites, err := a.longDrafts(ctx)
	for i := 0; err == nil && i < len(sites); i++ {
		var kept *keptDraft
		if kept, err = a.readDraft(ctx, sites[i]); err == nil {
			kept.problems()
		}
	}
	if err != nil && ctx.Err() == nil {
		a.Log.WarnContext(ctx, "the longest drafts could not be read ahead; they are read when somebody looks", "error", err)
	}
}

// longDrafts gives the sites whose drafts are long, mostAhead of them, the longest
// last: it is what is let go of last.
func (a *Admin) longDrafts(ctx context.Context) ([]consent.SiteKey, error) {
	all, err := a.Store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	sizes := map[consent.SiteKey]int{}
	var long []consent.SiteKey
	for i := range all {
		site := all[i].Key
		if sizes[site], err = a.Store.SiteSize(ctx, site); err != nil {
			return nil, err
		}
		if sizes[site] >= longDraft {
			long = append(long, site)
		}
	}
	slices.SortStableFunc(long, func(x, y consent.SiteKey) int { return sizes[x] - sizes[y] })
	return long[max(0, len(long)-mostAhead):], nil
}
