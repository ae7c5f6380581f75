package api

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

// ofMatch are the statuses of what may be wrong with a body that If-Match goes with.
var ofMatch = append([]int{http.StatusPreconditionFailed, http.StatusPreconditionRequired}, ofBody...)

func organisationRoutes() []route {
	const path = "/organisation"
	refused := append([]int{http.StatusConflict}, ofBody...)
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeOrganisation, name: "getOrganisation",
			summary: "The organisation that the key belongs to. Its ETag is needed to change it", answers: map[int]any{http.StatusOK: Organisation{}},
			handle: (*request).organisationGet,
		},
		{
			method: http.MethodPut, path: path, scope: consent.ScopeSettings, action: "api.organisation.change", name: "putOrganisation",
			summary: "Change name and number, in the drafts of the sites, too. What is planned for a draft lapses when it is another by that", matched: true, body: Naming{},
			answers: map[int]any{http.StatusOK: Organisation{}}, refused: ofMatch, handle: (*request).organisationPut,
		},
		{
			method: http.MethodPut, path: path + "/second-factor", scope: consent.ScopeRules, action: "api.organisation.factor", name: "putSecondFactor",
			summary: "Set whether everybody needs two-step login. Whoever made the key must have it to ask for it", body: Rule{},
			answers: map[int]any{http.StatusOK: Organisation{}}, refused: refused, handle: (*request).secondFactorPut,
		},
		{
			method: http.MethodPut, path: path + "/two-people", scope: consent.ScopeRules, action: "api.organisation.two", name: "putTwoPeople",
			summary: "Ask for two people to publish. To end that is proposed by one administrator and agreed to by another, on the settings page: no key does (two_people_key)", body: Rule{}, answers: map[int]any{http.StatusOK: Organisation{}},
			refused: refused, handle: (*request).twoPeoplePut,
		},
	}
}

// Organisation is what its settings say.
type Organisation struct {
	ID           consent.OrganisationID `json:"id"`
	Name         string                 `json:"name"`
	Number       string                 `json:"number"        about:"nine digits, as registered in Norway"`
	SecondFactor bool                   `json:"second_factor" about:"everybody needs two-step login"`
	TwoPeople    bool                   `json:"two_people"    about:"two people are needed to publish"`
	TwoEnding    bool                   `json:"two_people_ending" about:"somebody has proposed to end that"`
}

// Naming is what an organisation is called.
type Naming struct {
	Name   string `json:"name"   about:"1 to 200 characters"`
	Number string `json:"number" about:"nine digits"`
}

// Rule says whether something is needed.
type Rule struct {
	Needed bool `json:"needed"`
}

// organisation gives that of the key.
func (r *request) organisation() (*consent.Organisation, error) {
	all, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == r.key.Organisation {
			return &all[i], nil
		}
	}
	return nil, errUnknown()
}

func (r *request) settings() (*Organisation, error) {
	o, err := r.organisation()
	if err != nil {
		return nil, err
	}
	said := &Organisation{ID: o.ID, Name: o.Name, Number: o.Number}
	if said.SecondFactor, err = r.Store.NeedsFactor(r.ctx, o.ID); err != nil {
		return nil, err
	}
	rule, err := r.Publisher.TwoRule(r.ctx, o.ID)
	said.TwoPeople, said.TwoEnding = rule.On, rule.Ender != 0
	return said, err
}

// organisationGet also answers with what was changed, and its new tag.
func (r *request) organisationGet() (*answer, error) {
	said, err := r.settings()
	if err != nil {
		return nil, err
	}
	body, err := encode(said)
	return &answer{body: body, tag: tagOf(body)}, err
}

// unchanged refuses to change what is another by now than the program has seen.
func (r *request) unchanged(now any) error {
	if r.c.Get(fiber.HeaderIfMatch) == "" {
		return errMatchNeeded()
	}
	body, err := encode(now)
	if err == nil && !matches(r.c.Get(fiber.HeaderIfMatch), tagOf(body), false) {
		err = errChanged()
	}
	return err
}

func errChanged() error {
	return &fault{status: http.StatusPreconditionFailed, code: "changed", detail: "Somebody has changed this meanwhile. Get it again, and make the change on that."}
}

// orChanged gives the error of a change that came between for what the store says of it.
func orChanged(err error) error {
	if consent.KindOf(err) == consent.Conflict {
		return errChanged()
	}
	return err
}

func errMatchNeeded() error {
	return &fault{
		status: http.StatusPreconditionRequired, code: "match_needed",
		detail: "Send the ETag of what this is about in If-Match, so that nobody's work is lost.",
	}
}

// NamingFields are the fields that the codes of a name's faults are about.
var NamingFields = map[string]string{"name_taken": "name"}

func (r *request) organisationPut() (*answer, error) {
	var said Naming
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	now, err := r.settings()
	if err != nil {
		return nil, err
	}
	if err := r.unchanged(now); err != nil {
		return nil, err
	}
	changed := consent.Organisation{ID: now.ID, Name: strings.TrimSpace(said.Name), Number: said.Number}
	if wrong := changed.Check(); len(wrong) > 0 {
		for i := range wrong {
			wrong[i].Path = strings.TrimPrefix(wrong[i].Path, "organisation.")
		}
		return nil, errFaults("Nothing was changed.", wrong)
	}
	if _, err := organising.Change(r.ctx, r.Store, changed, r.Clock); err != nil {
		return nil, ofField(err, NamingFields)
	}
	return r.organisationGet()
}

func (r *request) secondFactorPut() (*answer, error) {
	var said Rule
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	was, err := r.Store.NeedsFactor(r.ctx, r.key.Organisation)
	if err != nil {
		return nil, err
	}
	if was == said.Needed {
		return r.organisationGet()
	}
	factors, err := r.Store.Factors(r.ctx, r.maker.ID)
	if err != nil {
		return nil, err
	}
	r.tells(yesNo(said.Needed), "")
	if err := organising.NeedFactor(r.ctx, r.Store, r.key.Organisation, said.Needed, factors.Any()); err != nil {
		return nil, err
	}
	return r.organisationGet()
}

func (r *request) twoPeoplePut() (*answer, error) {
	var said Rule
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	r.tells(yesNo(said.Needed), "")
	if err := r.needTwo(said.Needed); err != nil {
		return nil, err
	}
	return r.organisationGet()
}

// needTwo begins the rule. No key proposes its end: people do, on the page for settings.
// What is so already stays so.
func (r *request) needTwo(needed bool) error {
	in := r.key.Organisation
	if needed {
		return r.Publisher.BeginTwo(r.ctx, in)
	}
	return r.Publisher.CheckKey(r.ctx, in)
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
