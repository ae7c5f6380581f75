package admin

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func settingsRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site/settings", may: consent.MaySee, handle: func(r *request) error { return r.settingsGet(settingsParts[0].key) }},
		{method: http.MethodGet, path: "/sites/:site/settings/:part", may: consent.MaySee, handle: func(r *request) error { return r.settingsGet(r.c.Params("part")) }},
		{method: http.MethodPost, path: "/sites/:site/settings/keeping", may: consent.MayAdminister, action: "draft.keeping.save", sure: true, handle: func(r *request) error { return r.settingsPost("keeping") }},
		{method: http.MethodPost, path: "/sites/:site/settings/review", may: consent.MayEdit, action: "site.review", handle: (*request).settingsReviewPost},
		{method: http.MethodPost, path: "/sites/:site/settings/:part", may: consent.MayEdit, action: "draft.settings.save", handle: func(r *request) error { return r.settingsPost(r.c.Params("part")) }},
	}
}

// settingsPage shows one part of the settings: whoever saves a form loses nothing that
// is written in another.
type settingsPage struct {
	Parts   []settingsTab
	Missing []settingsLink  // what keeps the draft from being published
	Form    *settingsForm   // nil for the part that is no form about the draft
	Review  *settingsReview // which is this
	Edits   bool            // the person may save other parts, at least
}

// settingsTab leads to a part.
type settingsTab struct {
	web.AdminLink

	Faults int // in it, that keep the draft from being published
}

// settingsForm is the form of a part.
type settingsForm struct {
	Key      string
	Action   string // where it is saved, and shown
	Was      string // what it said when it was shown
	Opened   string // what its fields did
	Fields   []shown
	May      bool          // the person may save it
	Conflict *conflictView // somebody else has saved what the person was changing
	Kept     string        // what of others the form holds now
	Faulty   bool          // what the person has written cannot be saved
}

// settingsGet shows a part of the settings of the draft.
func (r *request) settingsGet(key string) error {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	return r.showSettings(http.StatusOK, draft, key, nil)
}

// showSettings shows a part with what the draft says, or as the person has written it.
func (r *request) showSettings(status int, draft *consent.Draft, key string, written *settingsForm) error {
	shown, problems := settingsPage{Form: written, Edits: r.may(consent.MayEdit)}, draft.Validate()
	for _, part := range settingsParts {
		form := r.settingsForm(part, draft, problems)
		if part.key == key && written == nil {
			shown.Form = form
		}
		shown.add(r, key, part.key, form.missing(part.key == key))
	}
	shown.add(r, key, reviewPart, nil)
	if written != nil {
		shown.Missing = nil // the fields say what is wrong with what is written
	}
	if key == reviewPart {
		var err error
		if shown.Review, err = r.settingsReview(); err != nil {
			return err
		}
	} else if shown.Form == nil {
		return errNoPage()
	}
	r.c.Status(status)
	return r.show(page{name: "settings.html", title: "settings_part_" + key, trail: []web.AdminLink{{Text: r.say("nav_settings"), URL: r.sitePath("/settings")}}, data: shown})
}

// settingsForm gives the form of a part as the draft has it.
func (r *request) settingsForm(part settingsPart, draft *consent.Draft, problems consent.Problems) *settingsForm {
	controls := part.controls(r, draft)
	return &settingsForm{
		Key: part.key, Action: r.settingsPath(part.key), Was: partHash(controls, draft), Opened: r.openedControls(part.key, controls, draft), May: r.maySave(part.key),
		Fields: r.controls(controls, func(c control) string { return c.get(draft) }, nil, problems),
	}
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
		var yields []mergeField
		if written.Has(theirsField) {
			yields = r.yield(r.controlFields(controls, draft))
		}
		var merged *merging
		if partHash(controls, draft) != r.form.Get("was") {
			merged = merge(r.opened(r.settingsPath(key)), r.controlFields(controls, draft))
			r.form = merged.into(r.form)
		}
		changed, was := *draft, draft.Hash()
		faults := r.apply(controls, &changed)
		if merged != nil && !merged.settled() || len(faults) > 0 {
			form, err := r.written(part, draft, faults, merged)
			if err != nil {
				return err
			}
			return r.showSettings(statusOf(len(faults) > 0), draft, key, form)
		}
		if changed.Hash() != was { // or a plan would lapse by it
			err = r.Store.ReplaceDraft(WithKeeping(r.ctx, &draft.Site, &changed.Site), &changed, revision, r.Clock())
		}
		if consent.KindOf(err) == consent.Conflict {
			continue
		}
		if err != nil {
			return err
		}
		kept := slices.DeleteFunc(r.languagesWritten(draft), func(lang consent.Language) bool { return slices.Contains(changed.Site.Languages, lang) })
		return r.redirectTold(r.settingsPath(key), "saved", r.mergedWords(merged), r.yieldedWords(yields), r.languagesTold("languages_kept", kept),
			r.languagesTold("languages_removed", changed.Site.LanguagesGone(&draft.Site)))
	}
	return errBusy()
}

// settingsPath is the address of a part of the settings: there it is shown, and saved.
func (r *request) settingsPath(key string) string { return r.sitePath("/settings/" + key) }

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
		Key: part.key, Action: r.settingsPath(part.key), Was: partHash(controls, draft), Opened: r.openedControls(part.key, controls, draft), May: true, Faulty: len(faults) > 0,
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
	form.Conflict, err = r.conflict(merged, r.changers(merged.was), func(field string) string { return controlPath(controls, field) },
		func(f *mergeField, value string) string { return r.settingSpoken(form.Fields, f, value) })
	return form, err
}

// partHash tells whether a part of a draft has changed since it was shown.
func partHash(controls []control, draft *consent.Draft) string {
	values := make([]string, 0, 2*len(controls))
	for _, c := range controls {
		if value := c.get(draft); value != "" { // a language without a text may come and go
			values = append(values, c.name, value)
		}
	}
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // strings can always be encoded
	}
	return consent.HashOf(text).String()[:32]
}
