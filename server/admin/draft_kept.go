package admin

import (
	"context"
	"sync"

	"github.com/samtykke/samtykke/consent"
)

// keptDraft is a draft as it is stored. Nobody changes it.
type keptDraft struct {
	revision consent.DraftRevision
	day      consent.Day // on which its problems were found
	draft    *consent.Draft
	hash     func() consent.Hash
	signed   *published // with which they were found
	problems func() draftProblems
}

// keptDraft gives the site's draft, to be read alone, with its problems: what was read
// or saved before, unless it has been saved since, by whomever.
func (r *request) keptDraft() (*keptDraft, error) {
	_, revision, err := r.Store.Saver(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	if kept := r.keptAt(r.site.Key, revision); kept != nil {
		return kept, nil
	}
	return r.readDraft(r.ctx, r.site.Key)
}

// readDraft reads a draft from the store, and keeps it.
func (a *Admin) readDraft(ctx context.Context, site consent.SiteKey) (*keptDraft, error) {
	draft, revision, err := a.Store.DraftAt(ctx, site)
	if err != nil {
		return nil, err
	}
	signed, err := a.signaturesOf(ctx, site)
	if err != nil {
		return nil, err
	}
	return a.keep(revision, draft, signed, sync.OnceValue(draft.Hash)), nil
}

// keep keeps a draft as it is stored. Its problems of today, beside the notice in force,
// are found when they are asked for.
func (a *Admin) keep(revision consent.DraftRevision, draft *consent.Draft, signed *published, hash func() consent.Hash) *keptDraft {
	today := a.today()
	kept := &keptDraft{revision, today, draft, hash, signed, sync.OnceValue(func() draftProblems { return problemsOn(draft, today, signed.Signatures) })}
	a.drafts.add(kept)
	return kept
}

// keptAt gives what is kept of a revision, with its problems of today, or nil.
func (r *request) keptAt(site consent.SiteKey, revision consent.DraftRevision) *keptDraft {
	kept, there := r.drafts.get(site)
	if !there || kept.revision != revision {
		return nil
	}
	if signed := r.signatures(site); kept.day != r.today() || kept.signed != signed {
		return r.keep(revision, kept.draft, signed, kept.hash)
	}
	return kept
}

// draftToChange gives a draft that is the caller's own, with its revision and hash: a
// copy of the kept one where that is what is stored.
func (r *request) draftToChange(ctx context.Context, site consent.SiteKey) (*consent.Draft, consent.DraftRevision, consent.Hash, error) {
	_, revision, err := r.Store.Saver(ctx, site)
	if err != nil {
		return nil, 0, consent.Hash{}, err
	}
	if kept := r.keptAt(site, revision); kept != nil {
		return kept.draft.Copy(), revision, kept.hash(), nil
	}
	draft, revision, err := r.Store.DraftAt(ctx, site)
	if err != nil {
		return nil, 0, consent.Hash{}, err
	}
	return draft, revision, draft.Hash(), nil
}

// keepSaved keeps a draft that was just saved in the place of a revision, with its
// problems, so that who looks next need not wait for either. From here on nobody
// changes it.
func (r *request) keepSaved(was consent.DraftRevision, draft *consent.Draft, hash consent.Hash) {
	problems := r.problemsOf(draft)
	r.drafts.add(&keptDraft{
		was + 1, r.today(), draft, func() consent.Hash { return hash }, r.signatures(draft.Site.Key), func() draftProblems { return problems },
	})
}

// checkedDraft is the draft that a request means to save, with its problems.
type checkedDraft struct {
	draft    *consent.Draft
	problems draftProblems
}

// checkDraft gives the problems of a draft which is changed no further, so that they need
// not be found again once it is saved.
func (r *request) checkDraft(draft *consent.Draft) draftProblems {
	r.checked = checkedDraft{draft, r.newDraftProblems(draft)}
	return r.checked.problems
}

// problemsOf gives the problems of a draft, found once for the one that pages show
// and for the one that is to be saved.
func (r *request) problemsOf(draft *consent.Draft) draftProblems {
	switch {
	case r.checked.draft == draft:
		return r.checked.problems
	case r.shownDraft != nil && r.shownDraft.draft == draft:
		return r.shownDraft.problems()
	}
	return r.newDraftProblems(draft)
}
