package admin

import (
	"errors"
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// restorePost puts the content of an older notice back as the draft. Nothing is
// published by that.
func (r *request) restorePost() error {
	notice, err := r.notice()
	if err != nil {
		return err
	}
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	if fingerprint(draft) != r.form.Get("was") {
		return r.showNotice(http.StatusConflict, r.say("restore_draft_changed"))
	}
	restored := restoredFrom(notice, draft)
	r.keepKeeping(draft, restored)
	err = r.Store.ReplaceDraft(withKeeping(r.ctx, &draft.Site, &restored.Site), restored, revision, r.Clock())
	var own *consent.Error
	if errors.As(err, &own) && own.Code == "draft_changed" {
		return r.showNotice(http.StatusConflict, r.say("restore_draft_changed"))
	}
	if err != nil {
		return err
	}
	return r.redirect(r.here("/publish"), "restore")
}

// restoredFrom gives the draft that publishes what a Notice says. Notes for editors
// were never published, so those of the draft stay, and so does whose site it is.
// Revisions of purposes are left to be counted on from the notice in force: a
// number of long ago would let a changed purpose pass as the one that visitors said
// yes to.
func restoredFrom(notice *consent.Notice, draft *consent.Draft) *consent.Draft {
	restored := notice.Draft
	restored.Organisation, restored.Site.Key = draft.Organisation, draft.Site.Key
	restored.Categories = append([]consent.Category{}, notice.Draft.Categories...)
	for i := range restored.Categories {
		restored.Categories[i].PurposeRevision = 0
	}
	restored.Services = append([]consent.Service{}, notice.Draft.Services...)
	for i := range restored.Services {
		s := &restored.Services[i]
		s.PurposeRevision = 0
		old := draft.Service(s.Key)
		if old == nil {
			continue
		}
		s.Notes, s.Cookies = old.Notes, append([]consent.Cookie{}, s.Cookies...)
		for j := range s.Cookies {
			s.Cookies[j].Notes = notesOf(old, &s.Cookies[j])
		}
	}
	return &restored
}

func notesOf(s *consent.Service, cookie *consent.Cookie) []string {
	for i := range s.Cookies {
		if c := &s.Cookies[i]; c.Kind == cookie.Kind && c.Pattern.Name == cookie.Pattern.Name {
			return c.Notes
		}
	}
	return nil
}
