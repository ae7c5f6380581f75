package admin

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/server/turn"
)

// What is about a site and needs no turn: its pages do not grow with its draft.
var lightParts = []string{"log", "figures", "requests", "findings", "origins", "pictures", "lifetime"}

// widePaths are about the drafts of other sites, too, which may all be long.
var widePaths = []string{"/shared", "/sites", "/take", "/send"}

// turn waits until it is the person's turn to have something made of a long draft, or of
// a long form: a file may be read in where there is no draft yet.
func (r *request) turn(to *route) (done func(), err error) {
	if r.account == nil {
		return func() {}, nil
	}
	drafts, err := r.draftsOf(to)
	if err != nil {
		return nil, err
	}
	return r.turns.Take(r.ctx, r.account.ID, drafts+max(len(r.c.Request().Body()), r.weight))
}

// draftsOf gives how many bytes the drafts have that a route is about.
func (r *request) draftsOf(to *route) (int, error) {
	path, below := strings.CutPrefix(to.path, "/sites/:site")
	part, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !below || slices.Contains(lightParts, part) {
		return 0, nil
	}
	size, err := r.Store.SiteSize(r.ctx, r.site.Key)
	if err == nil && slices.ContainsFunc(widePaths, func(end string) bool { return strings.HasSuffix(path, end) }) {
		return r.largest(size)
	}
	return size, err
}

// largest gives a size that the drafts of the organisation have together, as far as that
// matters for a turn.
func (r *request) largest(size int) (int, error) {
	sites, err := r.Store.Sites(r.ctx)
	if err != nil {
		return 0, err
	}
	for i := range sites {
		if size >= turn.Large {
			break
		}
		if sites[i].Organisation != r.organisation.ID || sites[i].Key == r.site.Key {
			continue
		}
		other, err := r.Store.SiteSize(r.ctx, sites[i].Key)
		if err != nil {
			return 0, err
		}
		size += other
	}
	return size, nil
}
