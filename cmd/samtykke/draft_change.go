package main

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/sitefile"
)

// draftAttempts is how often a change is made anew on a draft that others save meanwhile.
const draftAttempts = 8

// edit is what becomes of a draft. Without an action, the act is that of the context.
type edit struct {
	draft          *consent.Draft
	action, object string
	problems       consent.Problems // to be told
}

// edited is what came of an edit.
type edited struct {
	Site     consent.SiteKey       `json:"site"`
	Changed  bool                  `json:"changed"`
	Revision consent.DraftRevision `json:"revision"` // of the draft, from now on
	Problems consent.Problems      `json:"problems"` // that the part has, or the draft has got
}

// editDraft saves what make makes of the draft of a site, and tells the trail; what changes
// nothing is not saved. Seen is the revision that the draft must have, 0 for any.
func (a access) editDraft(ctx context.Context, t *terminal, store consent.Store, site consent.SiteKey, seen consent.DraftRevision, change func(*consent.Draft) (*edit, error)) (*edited, error) {
	for range draftAttempts {
		draft, revision, err := store.DraftAt(ctx, site)
		if err != nil {
			return nil, err
		}
		if seen != 0 && seen != revision {
			return nil, errOtherRevision(site, revision, seen)
		}
		made, err := change(draft)
		if err != nil {
			return nil, err
		}
		done := &edited{Site: site, Revision: revision, Problems: append(consent.Problems{}, made.problems...)}
		if sitefile.Same(draft, made.draft) {
			return done, nil
		}
		if err := refuseStale(ctx, t, store, draft, made.draft); err != nil {
			return nil, err
		}
		telling := ctx
		if made.action != "" {
			if telling, err = tellsOf(ctx, t, store, site, made.action, made.object); err != nil {
				return nil, err
			}
		}
		planned, err := planOf(ctx, store, site)
		if err != nil {
			return nil, err
		}
		err = store.ReplaceDraft(admin.WithKeeping(telling, &draft.Site, &made.draft.Site), made.draft, revision, t.clock())
		if consent.KindOf(err) != consent.Conflict {
			done.Changed, done.Revision = true, revision+1
			return done, errors.Join(err, a.remarkLapsed(ctx, t, store, planned))
		}
	}
	return nil, consent.Errorf(consent.Unavailable, "busy", "Others are saving the draft of %s all the time. Try again.", site)
}

// refuseStale refuses a change that leaves a signature below another text.
func refuseStale(ctx context.Context, t *terminal, store consent.NoticeStore, before, after *consent.Draft) error {
	notice, err := consent.InForce(ctx, store, before.Site.Key)
	if err != nil {
		return err
	}
	if stale := consent.SignaturesOf(notice.Said()).StaleBy(before, after, t.today()); len(stale) > 0 {
		return t.refuseFaults(stale)
	}
	return nil
}

func errOtherRevision(site consent.SiteKey, is, seen consent.DraftRevision) error {
	return consent.Errorf(consent.Conflict, "draft_changed",
		"The draft of %s is at revision %d, not %d: somebody has changed it meanwhile, so nothing was saved. Look at it again, and make the change on that.", site, is, seen)
}

// changeDraft saves what change makes of a site's draft, as the act that ctx carries. A
// fault that the draft does not have yet keeps it from being saved, but for texts that lack
// a language which the change adds: they are told, and written next. A fault that the draft
// has is not about this change. What changes nothing is not saved. Change must not write
// into lists and texts of the draft that it gets, but put others in their place.
func (a access) changeDraft(ctx context.Context, t *terminal, store consent.Store, site consent.SiteKey, change func(*consent.Draft) error) (*edited, error) {
	return a.editDraft(ctx, t, store, site, 0, func(draft *consent.Draft) (*edit, error) {
		next := *draft
		if err := change(&next); err != nil || reflect.DeepEqual(draft, &next) {
			return &edit{draft: draft}, err
		}
		problems := sitefile.NewProblems(draft, next.Validate(), 0, "")
		faults := slices.DeleteFunc(problems.Faults(), func(p consent.Problem) bool { return unwritten(&p, draft, &next) })
		if len(faults) > 0 {
			return nil, t.refuseFaults(faults)
		}
		return &edit{draft: &next, problems: problems}, nil
	})
}

// unwritten says whether a problem is that a text lacks a language which the draft has got.
func unwritten(p *consent.Problem, before, after *consent.Draft) bool {
	return p.Code == "missing_text" && slices.ContainsFunc(after.Site.Languages, func(lang consent.Language) bool {
		return !slices.Contains(before.Site.Languages, lang) && strings.HasSuffix(p.Path, "."+string(lang))
	})
}

// refuseFaults shows the faults for which nothing was saved.
func (t *terminal) refuseFaults(faults consent.Problems) error {
	writeProblems(t.err, "", faults)
	t.remark("\n%s. Nothing was saved.", capital(plural(len(faults), "fault")))
	return told{faults}
}

// refuseDraft shows the faults for which a draft was not published, proposed or planned,
// and says how to mend them.
func (t *terminal) refuseDraft(site consent.SiteKey, faults consent.Problems, done string) {
	faults = faults.Faults()
	writeProblems(t.err, "", faults)
	t.remark("\n%s. Nothing was %s. Correct the draft of %s first, on its pages or with commands: samtykke help draft", capital(plural(len(faults), "fault")), done, site)
}
