package api

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/web"
)

func peopleRoutes() []route {
	const all, one, invitations = "/people", "/people/:person", "/invitations"
	conflict := append([]int{http.StatusConflict}, ofBody...)
	return []route{
		{
			method: http.MethodGet, path: all, scope: consent.ScopeOrganisation, name: "listPeople", summary: "Who may do what in the organisation, and who is invited",
			answers: map[int]any{http.StatusOK: People{}}, handle: (*request).peopleGet,
		},
		{
			method: http.MethodGet, path: one, scope: consent.ScopeOrganisation, name: "getPerson", summary: "One of them",
			answers: map[int]any{http.StatusOK: Person{}}, handle: (*request).personGet,
		},
		{
			method: http.MethodPost, path: invitations, scope: consent.ScopePeople, action: "api.member.invite", name: "invite",
			summary: "Invite somebody, in place of an earlier invitation. The link is sent by e-mail; a host that sends none answers with it, this once. The invitation ends with the key. Where two people are required to publish, no key gives a role that publishes (two_people_key)",
			makes:   true, costs: true, body: Inviting{}, answers: map[int]any{http.StatusCreated: Invited{}}, refused: ofBody, handle: (*request).invitationPost,
		},
		{
			method: http.MethodDelete, path: invitations + "/:invitation", scope: consent.ScopePeople, action: "api.member.uninvite", name: "uninvite",
			summary: "Take an invitation back", answers: map[int]any{http.StatusOK: People{}}, refused: []int{http.StatusConflict}, handle: (*request).invitationDelete,
		},
		{
			method: http.MethodPut, path: one + "/role", scope: consent.ScopePeople, action: "api.member.role", name: "putRole",
			summary: "Give a person another role. An organisation keeps an administrator. Where two people are required to publish, no key gives a role that publishes (two_people_key)", body: Role{}, answers: map[int]any{http.StatusOK: Person{}},
			refused: conflict, handle: (*request).rolePut,
		},
		{
			method: http.MethodDelete, path: one, scope: consent.ScopePeople, action: "api.member.remove", name: "removePerson",
			summary: "End what a person may do in the organisation. The account stays", answers: map[int]any{http.StatusOK: People{}},
			refused: []int{http.StatusConflict}, handle: (*request).personDelete,
		},
	}
}

// People are the members of the organisation, and who is invited.
type People struct {
	People      []Person     `json:"people"`
	Invitations []Invitation `json:"invitations" about:"that can be accepted now"`
}

// Person is somebody with a role in the organisation.
type Person struct {
	ID           int64               `json:"id"`
	Email        string              `json:"email"`
	Name         string              `json:"name"`
	Role         consent.AccountRole `json:"role"`
	Closed       bool                `json:"closed"        about:"may not log in any more"`
	SecondFactor bool                `json:"second_factor" about:"has two-step login"`
	Seen         *string             `json:"seen"          about:"day of the last login; null for none"`
}

// Invitation is a role that somebody is offered.
type Invitation struct {
	ID      string              `json:"id"`
	Email   string              `json:"email"`
	Role    consent.AccountRole `json:"role"`
	Expires string              `json:"expires"`
}

// Inviting is who shall be invited.
type Inviting struct {
	Email    string              `json:"email"`
	Role     consent.AccountRole `json:"role"`
	Language string              `json:"language,omitempty" about:"of the letter: nb, nn or en; nb when left out"`
}

// Invited is an invitation that was made.
type Invited struct {
	Invitation Invitation `json:"invitation"`
	Link       *string    `json:"link" about:"for that person and nobody else, answered this once; null when it was sent by e-mail"`
}

// Role is what a person may do.
type Role struct {
	Role consent.AccountRole `json:"role"`
}

func newPerson(account *consent.Account, in consent.OrganisationID, have map[consent.AccountID]bool) Person {
	person := Person{
		ID: int64(account.ID), Email: account.Email, Name: cmp.Or(account.Name, account.Email), Role: account.Role(in), Closed: account.Closed,
		SecondFactor: have[account.ID],
	}
	if !account.Seen.IsZero() {
		person.Seen = new(consent.DayOf(account.Seen).String())
	}
	return person
}

func newInvitation(i *consent.Invitation) Invitation {
	return Invitation{i.ID.Short(), i.Email, i.Role, stamp(i.Expires)}
}

func (r *request) peopleGet() (*answer, error) {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	have, err := r.Store.HaveFactors(r.ctx)
	if err != nil {
		return nil, err
	}
	list := People{People: []Person{}, Invitations: []Invitation{}}
	for i := range accounts {
		if accounts[i].Role(r.key.Organisation) != "" {
			list.People = append(list.People, newPerson(&accounts[i], r.key.Organisation, have))
		}
	}
	invitations, err := r.Store.Invitations(r.ctx, r.key.Organisation, r.Clock())
	for i := range invitations {
		list.Invitations = append(list.Invitations, newInvitation(&invitations[i]))
	}
	return &answer{body: list}, err
}

// member gives whom the path names: a member of the organisation.
func (r *request) member() (*consent.Account, error) {
	id, ok := consent.ParseAccountID(r.c.Params("person"))
	if !ok {
		return nil, errUnknown()
	}
	account, err := r.Store.Account(r.ctx, id)
	if consent.KindOf(err) == consent.NotFound || err == nil && account.Role(r.key.Organisation) == "" {
		return nil, errUnknown()
	}
	return account, err
}

func (r *request) personGet() (*answer, error) {
	account, err := r.member()
	if err != nil {
		return nil, err
	}
	have, err := r.Store.HaveFactors(r.ctx)
	return &answer{body: newPerson(account, r.key.Organisation, have)}, err
}

// InvitingFields are the fields that the codes of an invitation's faults are about.
var InvitingFields = map[string]string{"unknown_role": "role", "bad_email": "email", "mixed_letters": "email", "email_letters": "email", "email_alike": "email", "is_member": "email"}

func (r *request) invitationPost() (*answer, error) {
	var said Inviting
	if err := r.read(&said); err != nil {
		return nil, err
	}
	lang := consent.Language(cmp.Or(said.Language, string(consent.Bokmaal)))
	if !slices.Contains(web.AdminLanguages, lang) {
		return nil, errLanguage()
	}
	o, err := r.organisation()
	if err != nil {
		return nil, err
	}
	r.tells(string(said.Role), "")
	if err := r.Publisher.CheckGiven(r.ctx, o.ID, said.Role); err != nil {
		return nil, err
	}
	invite := organising.Invite{By: r.maker, Key: r.key, Organisation: o, Email: said.Email, Role: said.Role, Language: lang, Address: r.Address}
	made, link, err := invite.Send(r.ctx, r.Store, r.Hand, r.Clock())
	if err != nil {
		return nil, ofField(err, InvitingFields)
	}
	invited := Invited{Invitation: newInvitation(made)}
	if link != "" {
		invited.Link = &link
	}
	return &answer{status: http.StatusCreated, body: invited, secret: link != "", location: Base + "/people"}, nil
}

func (r *request) invitationDelete() (*answer, error) {
	invitations, err := r.Store.Invitations(r.ctx, r.key.Organisation, r.Clock())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(invitations, func(i consent.Invitation) bool { return newInvitation(&i).ID == r.c.Params("invitation") })
	if at < 0 {
		return nil, errUnknown()
	}
	r.tells(r.c.Params("invitation"), "")
	if err := r.Store.DropInvitation(r.ctx, r.key.Organisation, invitations[at].ID); err != nil {
		return nil, err
	}
	return r.peopleGet()
}

func (r *request) rolePut() (*answer, error) {
	var said Role
	if err := r.read(&said); err != nil {
		return nil, err
	}
	account, err := r.member()
	if err != nil {
		return nil, err
	}
	if err := organising.MayGive(r.maker, r.key.Organisation, said.Role); err != nil { // an empty role takes nothing away
		return nil, ofField(err, InvitingFields)
	}
	r.tells(r.c.Params("person")+" "+string(said.Role), "")
	if err := organising.SetRole(r.ctx, r.Store, r.maker, account, r.key.Organisation, said.Role); err != nil {
		return nil, err
	}
	return r.personGet()
}

func (r *request) personDelete() (*answer, error) {
	account, err := r.member()
	if err != nil {
		return nil, err
	}
	r.tells(r.c.Params("person"), "")
	if err := organising.SetRole(r.ctx, r.Store, r.maker, account, r.key.Organisation, ""); err != nil {
		return nil, err
	}
	return r.peopleGet()
}
