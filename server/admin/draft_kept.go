package admin

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/samtykke/samtykke/consent"
)

// mostKept is how many drafts are kept as they were read: one of thousands of
// services takes tens of megabytes, and a second to read and to validate.
const mostKept = 4

// keptDraft is a draft as it was read, with its problems. Nobody changes it.
type keptDraft struct {
	revision consent.DraftRevision
	draft    *consent.Draft
	problems draftProblems
}

func newKeptDrafts() *lru.Cache[consent.SiteKey, *keptDraft] {
	kept, err := lru.New[consent.SiteKey, *keptDraft](mostKept)
	if err != nil {
		panic(err) // the size is a constant
	}
	return kept
}

// keptDraft gives the site's draft, to be read alone, with its problems: what was read
// before, unless it has been saved since.
func (r *request) keptDraft() (*keptDraft, error) {
	_, revision, err := r.Store.Saver(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	if kept, there := r.drafts.Get(r.site.Key); there && kept.revision == revision {
		return kept, nil
	}
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	kept := &keptDraft{revision, draft, newDraftProblems(draft)}
	r.drafts.Add(r.site.Key, kept)
	return kept, nil
}
