package admin

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

func settingsRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site/settings", may: consent.MaySee, handle: (*request).settingsGet},
		{method: http.MethodPost, path: "/sites/:site/settings/keeping", may: consent.MayAdminister, action: "draft.keeping.save", sure: true, handle: func(r *request) error { return r.settingsPost("keeping") }},
		{method: http.MethodPost, path: "/sites/:site/review", may: consent.MayEdit, action: "site.review", handle: (*request).settingsReviewPost},
		{method: http.MethodPost, path: "/sites/:site/settings/:part", may: consent.MayEdit, action: "draft.settings.save", handle: func(r *request) error { return r.settingsPost(r.c.Params("part")) }},
	}
}

// settingsPage shows the forms of the settings.
type settingsPage struct {
	Parts    []settingsForm
	Review   settingsReview
	Missing  []wrongLink   // what keeps the draft from being published
	Conflict *conflictView // somebody else has saved what the person was changing
	Kept     string        // what of others the form holds now
	Faulty   bool          // what the person has written cannot be saved
}

// settingsForm is one form.
type settingsForm struct {
	Key      string
	Was      string // what it said when it was shown
	Opened   string // what its fields did
	Fields   []shown
	May      bool // the person may save it
	Conflict *conflictView
	Kept     string
	Faulty   bool
}

// settingsGet shows the settings of the draft.
func (r *request) settingsGet() error {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	return r.showSettings(http.StatusOK, draft, nil)
}

// showSettings shows every form with what the draft says, but for one that the
// person has written.
func (r *request) showSettings(status int, draft *consent.Draft, written *settingsForm) error {
	shownParts := settingsPage{}
	problems := draft.Validate()
	for _, part := range settingsParts {
		if written != nil && written.Key == part.key {
			shownParts.Parts = append(shownParts.Parts, *written)
			shownParts.Conflict, shownParts.Kept, shownParts.Faulty = written.Conflict, written.Kept, written.Faulty
			continue
		}
		controls := part.controls(r, draft)
		shownParts.Parts = append(shownParts.Parts, settingsForm{
			Key: part.key, Was: partHash(controls, draft), Opened: r.openedControls(part.key, controls, draft), May: r.maySave(part.key),
			Fields: r.controls(controls, func(c control) string { return c.get(draft) }, nil, problems),
		})
	}
	if written == nil && r.may(consent.MayEdit) {
		shownParts.Missing = shownParts.missing()
	}
	review, err := r.settingsReview()
	if err != nil {
		return err
	}
	shownParts.Review = review
	shownParts.Faulty = shownParts.Faulty || review.Faulty
	r.c.Status(status)
	return r.show(page{name: "settings.html", title: "settings_title", data: shownParts})
}

// maySave says whether the person may save a part.
func (r *request) maySave(part string) bool {
	if part == "keeping" {
		return r.may(consent.MayAdminister)
	}
	return r.may(consent.MayEdit)
}

// settingsPost saves one form, unless somebody else was faster.
func (r *request) settingsPost(key string) error {
	part, err := settingsPartOf(key)
	if err != nil {
		return err
	}
	if !r.maySave(key) {
		return errNoPage()
	}
	written := r.form
	for range 3 { // another part may be saved meanwhile
		draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
		if err != nil {
			return err
		}
		r.form = written
		controls := r.allControls(part, draft)
		var merged *merging
		if partHash(controls, draft) != r.form.Get("was") {
			merged = r.mergeSettings(part, draft)
			r.form = merged.into(written)
		}
		changed := *draft
		faults := r.apply(controls, &changed)
		if merged != nil && !merged.settled() || len(faults) > 0 {
			form, err := r.written(part, draft, faults, merged)
			if err != nil {
				return err
			}
			return r.showSettings(statusOf(len(faults) > 0), draft, form)
		}
		err = r.Store.ReplaceDraft(WithKeeping(r.ctx, &draft.Site, &changed.Site), &changed, revision, r.Clock())
		if consent.KindOf(err) == consent.Conflict {
			continue
		}
		if err != nil {
			return err
		}
		return r.redirectTold(r.settingsPath(""), "saved", r.mergedWords(merged), r.languagesTold("languages_kept", r.languagesWritten(draft)),
			r.languagesTold("languages_removed", changed.Site.LanguagesGone(&draft.Site)))
	}
	return errBusy()
}

// settingsPath is the address of the settings, or where a part of them is saved.
func (r *request) settingsPath(key string) string {
	if key == "" {
		return r.sitePath("/settings")
	}
	return r.sitePath("/settings/" + key)
}

func errBusy() error {
	return consent.Errorf(consent.Unavailable, "busy", "Several people are saving this draft. Try again.")
}

// statusOf tells a faulty form from one that came too late.
func statusOf(faulty bool) int {
	if faulty {
		return http.StatusUnprocessableEntity
	}
	return http.StatusConflict
}

// written gives a form as the person has written it, beside what is stored now.
func (r *request) written(part settingsPart, draft *consent.Draft, faults map[string]string, merged *merging) (*settingsForm, error) {
	controls := r.allControls(part, draft)
	form := &settingsForm{
		Key: part.key, Was: partHash(controls, draft), Opened: r.openedControls(part.key, controls, draft), May: true, Faulty: len(faults) > 0,
		Fields: r.controls(controls, r.value, faults, nil),
	}
	for i := range form.Fields {
		if lang := form.Fields[i].Lang; lang != "" && !slices.Contains(draft.Site.Languages, lang) {
			form.Fields[i].Hint = r.say("language_gone")
		}
	}
	if merged == nil {
		return form, nil
	}
	if merged.settled() {
		form.Kept = r.takenWords(merged.kept)
		return form, nil
	}
	for i, c := range controls {
		form.Fields[i].Theirs, form.Fields[i].Differs = c.get(draft), merged.clashes(c.name)
		if c.kind == "checks" {
			form.Fields[i].Theirs = r.settingSpoken(form.Fields, &mergeField{name: c.name, kind: c.kind}, c.get(draft))
		}
	}
	var err error
	form.Conflict, err = r.conflict(merged, r.changers(merged.was), func(field string) string { return controlPath(part.controls(r, draft), field) },
		func(f *mergeField, value string) string { return r.settingSpoken(form.Fields, f, value) })
	return form, err
}

// partHash tells whether a part of a draft has changed since it was shown.
func partHash(controls []control, draft *consent.Draft) string {
	values := make([]string, 0, 2*len(controls))
	for _, c := range controls {
		values = append(values, c.name, c.get(draft))
	}
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // strings can always be encoded
	}
	return consent.HashOf(text).String()[:32]
}
