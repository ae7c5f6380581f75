package admin

import (
	"errors"
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/sitefile"
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
	restored := publishing.Restored(notice, draft)
	r.keepKeeping(draft, restored)
	if !sitefile.Same(draft, restored) { // or a plan would lapse by it
		err = r.Store.ReplaceDraft(WithKeeping(r.ctx, &draft.Site, &restored.Site), restored, revision, r.Clock())
	}
	var own *consent.Error
	if errors.As(err, &own) && own.Code == "draft_changed" {
		return r.showNotice(http.StatusConflict, r.say("restore_draft_changed"))
	}
	if err != nil {
		return err
	}
	return r.redirect(r.here("/publish"), "restore")
}
