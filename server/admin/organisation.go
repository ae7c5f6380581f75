package admin

import (
	"cmp"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/web"
)

func organisationRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/organisations/new", who: operators, handle: (*request).organisationNewGet},
		{method: http.MethodPost, path: "/organisations/new", who: operators, action: "organisation.add", handle: (*request).organisationNewPost},
		{method: http.MethodGet, path: "/organisations/:organisation/settings", may: consent.MayAudit, handle: (*request).organisationSettingsGet},
		{method: http.MethodPost, path: "/organisations/:organisation/settings", may: consent.MayAdminister, action: "organisation.change", handle: (*request).organisationSettingsPost},
		{method: http.MethodPost, path: "/organisations/:organisation/factor", may: consent.MayAdminister, action: "organisation.factor", sure: true, handle: (*request).organisationFactorPost},
	}
}

// organisationForm is what is written about an organisation.
type organisationForm struct {
	consent.Organisation
	Faults []organisationFault
	// First says that this is the beginning of everything.
	First bool
	Guide *guide
	// Same says that there is another one with the number, which may be meant.
	Same bool
	// Was is the organisation as the form showed it, and Now what it is meanwhile
	// when that is something else.
	Was string
	Now *consent.Organisation
	// For the settings.
	May         bool // the person may change them
	Sites       int
	Planned     []siteItem // something waits for their drafts, and lapses with another name
	NeedsFactor bool
	HasFactor   bool // the person has one
	Two         twoShown
}

// organisationFault is what is wrong with a field.
type organisationFault struct{ Field, Text string }

// Of gives what is wrong with a field, "" for nothing.
func (f *organisationForm) Of(field string) string {
	for _, fault := range f.Faults {
		if fault.Field == field {
			return fault.Text
		}
	}
	return ""
}

// organisationNewGet shows the form.
func (r *request) organisationNewGet() error {
	return r.showOrganisationNew(http.StatusOK, &organisationForm{})
}

func (r *request) showOrganisationNew(status int, form *organisationForm) error {
	all, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return err
	}
	if form.First = len(all) == 0; form.First {
		form.Guide = &guide{Step: 1}
	}
	title := "organisation_new_title"
	if form.First {
		title = "start_title"
	}
	r.c.Status(status)
	return r.show(page{name: "organisation_new.html", title: title, data: form})
}

// organisationNewPost makes an organisation, with the person as administrator.
func (r *request) organisationNewPost() error {
	form := &organisationForm{Organisation: consent.Organisation{
		ID: consent.OrganisationID(r.field("id")), Name: r.field("name"), Number: r.organisationNumber(),
	}}
	checked := form.Organisation
	if checked.ID == "" {
		checked.ID = consent.ShortName(form.Name)
	}
	if form.Faults = r.organisationFaults(&checked); len(form.Faults) > 0 {
		return r.showOrganisationNew(http.StatusUnprocessableEntity, form)
	}
	r.tells(func(act *consent.Act) { act.Object = form.Name })
	made := consent.NewOrganisation{Organisation: form.Organisation, Meant: r.form.Get("meant") == "yes", Administrator: r.account.ID}
	err := organising.Add(r.ctx, r.Store, &made, r.Clock())
	switch code := consent.CodeOf(err); {
	case code == "same_number":
		return r.showSameNumber(form, err)
	case consent.PassEnded(err) && !made.Meant:
		return r.overtaken(form, err)
	case code == "organisation_exists":
		form.Faults = []organisationFault{{"id", r.say("organisation_id_taken")}}
		return r.showOrganisationNew(http.StatusUnprocessableEntity, form)
	case err != nil:
		return err
	}
	if err := r.renew(r.account.ID); err != nil {
		return err
	}
	if r.form.Get("guide") != "" {
		return r.redirect("/", "")
	}
	return r.redirect("/organisations/"+string(made.ID), "saved")
}

// overtaken is for a form that was sent twice at once. The first of them has made the
// organisation and given the login another token, so that the other one finds its own
// ended: it is asked what it would be asked later. Whose login has really ended logs in.
func (r *request) overtaken(form *organisationForm, ended error) error {
	logins, err := r.Store.Logins(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	renewed := func(login consent.Login) bool { return login.Created.Equal(r.login.Created) }
	if account, err := r.Store.Account(r.ctx, r.account.ID); err != nil || !account.Operator || !slices.ContainsFunc(logins, renewed) {
		return cmp.Or(err, ended)
	}
	return r.showSameNumber(form, ended)
}

// showSameNumber says that there is one already, and asks whether another is meant. Where
// there is none, the form was refused for another reason.
func (r *request) showSameNumber(form *organisationForm, refused error) error {
	known, is, err := organising.OfNumber(r.ctx, r.Store, form.Number)
	switch {
	case err != nil:
		return err
	case is: // and not renumbered meanwhile
		form.Same = true
		form.Faults = []organisationFault{{"number", r.say("organisation_same", "name", known.Name, "id", known.ID)}}
	case consent.PassEnded(refused):
		return refused
	}
	return r.showOrganisationNew(http.StatusUnprocessableEntity, form)
}

// organisationNumber gives the nine digits of a number, however they are grouped, and
// what is no number as it was written.
func (r *request) organisationNumber() string {
	if digits := r.digits("number"); len(digits) == 9 {
		return digits
	}
	return r.field("number")
}

// organisationFaults says what is wrong, in the person's language.
func (r *request) organisationFaults(o *consent.Organisation) []organisationFault {
	var faults []organisationFault
	for _, problem := range o.Check() {
		field := strings.TrimPrefix(problem.Path, "organisation.")
		text := r.words["organisation_fault_"+field]
		switch {
		case field == "id" && o.ID == "" && o.Name == "": // which it is made of
			continue
		case problem.Code == "hidden_character":
			text = r.say("name_hidden")
		case field == "number" && o.Number == "":
			text = r.words["organisation_fault_no_number"]
		case problem.Code == "name_link":
			text = r.say("organisation_fault_link")
		case field == "name" && o.Name != "":
			text = r.words["organisation_fault_long_name"]
		}
		faults = append(faults, organisationFault{field, text})
	}
	switch {
	case len(faults) > 0:
	case len(o.ID) > organising.MaxShortName:
		faults = append(faults, organisationFault{"id", r.words["organisation_fault_id"]})
	case o.ID == "new": // the address of the form
		faults = append(faults, organisationFault{"id", r.words["organisation_id_taken"]})
	}
	return faults
}

// organisationSettingsGet shows name and number, and what is asked of members.
func (r *request) organisationSettingsGet() error {
	return r.showOrganisationSettings(http.StatusOK, &organisationForm{Organisation: *r.organisation})
}

func (r *request) showOrganisationSettings(status int, form *organisationForm) error {
	sites, err := r.sitesOf()
	if err != nil {
		return err
	}
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	if form.NeedsFactor, err = r.Store.NeedsFactor(r.ctx, r.organisation.ID); err != nil {
		return err
	}
	if form.Two, err = r.twoShown(); err != nil {
		return err
	}
	waits, err := r.publisher.Planned(r.ctx)
	if err != nil {
		return err
	}
	for _, site := range sites[r.organisation.ID] {
		if waits[site.Key] {
			form.Planned = append(form.Planned, site)
		}
	}
	form.May = r.may(consent.MayAdminister)
	form.Sites, form.HasFactor, form.Was = len(sites[r.organisation.ID]), factors.Any(), organisationWas(r.organisation)
	r.c.Status(status)
	return r.show(page{
		name: "organisation_settings.html", title: "organisation_settings_title",
		trail: []web.AdminLink{{Text: r.organisation.Name, URL: "/organisations/" + string(r.organisation.ID)}}, data: form,
	})
}

// organisationWas stands in a form for the organisation as it was shown there.
func organisationWas(o *consent.Organisation) string {
	sum := consent.HashOf([]byte(o.Name + "\x00" + o.Number))
	return hex.EncodeToString(sum[:8])
}

// organisationSettingsPost changes name and number, in the drafts of the sites, too.
func (r *request) organisationSettingsPost() error {
	form := &organisationForm{Organisation: consent.Organisation{ID: r.organisation.ID, Name: r.field("name"), Number: r.organisationNumber()}}
	if form.Faults = r.organisationFaults(&form.Organisation); len(form.Faults) > 0 {
		return r.showOrganisationSettings(http.StatusUnprocessableEntity, form)
	}
	if r.form.Get("was") != organisationWas(r.organisation) {
		form.Now = r.organisation
		return r.showOrganisationSettings(http.StatusConflict, form)
	}
	changed, err := organising.Change(r.ctx, r.Store, form.Organisation, r.Clock)
	if consent.CodeOf(err) == "name_taken" {
		form.Faults = []organisationFault{{"name", r.say("organisation_fault_taken")}}
		return r.showOrganisationSettings(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	if !changed {
		return r.redirect("/organisations/"+string(r.organisation.ID)+"/settings", "unchanged")
	}
	return r.redirect("/organisations/"+string(r.organisation.ID)+"/settings", "organisation")
}

// organisationFactorPost sets whether everybody needs a second factor.
func (r *request) organisationFactorPost() error {
	needed := r.form.Get("needed") == "yes"
	was, err := r.Store.NeedsFactor(r.ctx, r.organisation.ID)
	if err != nil {
		return err
	}
	if was == needed {
		return r.redirect("/organisations/"+string(r.organisation.ID)+"/settings", "unchanged")
	}
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	r.tells(func(act *consent.Act) { act.Object = yesNo(needed) })
	if err := organising.NeedFactor(r.ctx, r.Store, r.organisation.ID, needed, factors.Any() || r.provenOutside()); err != nil {
		return err
	}
	return r.redirect("/organisations/"+string(r.organisation.ID)+"/settings", "saved")
}
