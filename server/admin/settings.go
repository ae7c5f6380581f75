package admin

import (
	"encoding/json"
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

func settingsRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site/settings", may: consent.MaySee, handle: (*request).settingsGet},
		{method: http.MethodPost, path: "/sites/:site/settings/keeping", may: consent.MayAdminister, action: "draft.keeping.save", sure: true, handle: func(r *request) error { return r.settingsPost("keeping") }},
		{method: http.MethodPost, path: "/sites/:site/settings/:part", may: consent.MayEdit, action: "draft.settings.save", handle: func(r *request) error { return r.settingsPost(r.c.Params("part")) }},
	}
}

// settingsPage shows the forms of the settings.
type settingsPage struct {
	Parts    []settingsForm
	Missing  []wrongLink // what keeps the draft from being published
	Conflict bool        // somebody else has saved what the person was changing
	Faulty   bool        // what the person has written cannot be saved
}

// settingsForm is one form.
type settingsForm struct {
	Key      string
	Was      string // what it said when it was shown
	Fields   []shown
	May      bool // the person may save it
	Conflict bool
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
			shownParts.Conflict, shownParts.Faulty = written.Conflict, written.Faulty
			continue
		}
		controls := part.controls(r, draft)
		shownParts.Parts = append(shownParts.Parts, settingsForm{
			Key: part.key, Was: partHash(controls, draft), May: r.maySave(part.key),
			Fields: r.controls(controls, func(c control) string { return c.get(draft) }, nil, problems),
		})
	}
	if written == nil && r.may(consent.MayEdit) {
		shownParts.Missing = shownParts.missing()
	}
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
	for range 3 { // another part may be saved meanwhile
		draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
		if err != nil {
			return err
		}
		controls := part.controls(r, draft)
		now := partHash(controls, draft)
		changed := *draft
		faults := r.apply(controls, &changed)
		if now != r.form.Get("was") || len(faults) > 0 {
			return r.showSettings(statusOf(len(faults) > 0), draft, r.written(part, draft, now, faults))
		}
		err = r.Store.ReplaceDraft(WithKeeping(r.ctx, &draft.Site, &changed.Site), &changed, revision, r.Clock())
		if consent.KindOf(err) == consent.Conflict {
			continue
		}
		if err != nil {
			return err
		}
		return r.redirect("/sites/"+string(r.site.Key)+"/settings", "saved")
	}
	return errBusy()
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
func (r *request) written(part settingsPart, draft *consent.Draft, now string, faults map[string]string) *settingsForm {
	controls := part.controls(r, draft)
	form := &settingsForm{
		Key: part.key, Was: now, May: true, Conflict: now != r.form.Get("was"), Faulty: len(faults) > 0,
		Fields: r.controls(controls, r.value, faults, nil),
	}
	if form.Conflict {
		for i, c := range controls {
			form.Fields[i].Theirs = c.get(draft)
			form.Fields[i].Differs = form.Fields[i].Theirs != form.Fields[i].Value
		}
	}
	return form
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
