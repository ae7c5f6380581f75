package admin

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/web"
)

func peopleRoutes() []route {
	const people, person = "/organisations/:organisation/people", "/organisations/:organisation/people/:person"
	return []route{
		{method: http.MethodGet, path: people, may: consent.MayAudit, handle: (*request).peopleGet},
		{method: http.MethodPost, path: people, may: consent.MayAdminister, action: "member.invite", sure: true, costs: true, handle: (*request).invitePost},
		{method: http.MethodPost, path: "/organisations/:organisation/invitations/:invitation/withdraw", may: consent.MayAdminister, action: "member.uninvite", sure: true, ask: (*request).askUninvite, handle: (*request).uninvitePost},
		{method: http.MethodGet, path: person, may: consent.MayAudit, handle: (*request).personGet},
		{method: http.MethodPost, path: person + "/role", may: consent.MayAdminister, action: "member.role", sure: true, handle: (*request).personRolePost},
		{method: http.MethodPost, path: person + "/remove", may: consent.MayAdminister, action: "member.remove", sure: true, ask: (*request).askRemove, handle: (*request).personRemovePost},
		{method: http.MethodPost, path: person + "/link", may: consent.MayAdminister, action: "member.link", sure: true, costs: true, handle: (*request).personLinkPost},
		{method: http.MethodPost, path: person + "/factor", may: consent.MayAdminister, action: "member.factor.remove", sure: true, ask: asksAboutMember("factor_remove"), handle: (*request).personFactorPost},
	}
}

// peoplePage is who may do what in an organisation.
type peoplePage struct {
	People      []personLine
	Invitations []invitationLine
	Roles       []roleChoice
	Email       string // as it was written
	Fault       string // of the address
	RoleFault   string
	Handed      *handing
	Mail        bool // the host sends e-mail
	NeedsFactor bool
	May         bool // the one who looks may change it
}

// personLine is somebody in a list.
type personLine struct {
	consent.Account
	Named  string // the role
	Factor bool
	Own    bool // the one who looks
}

type invitationLine struct {
	consent.Invitation
	Key, Named string
	None       bool // a key made it, and two people are required: it makes nobody a member
}

// roleChoice is a role that can be given.
type roleChoice struct {
	Role   consent.AccountRole
	Named  string
	Does   string
	Chosen bool
}

// roleChoices gives the roles that the person may give here.
func (r *request) roleChoices(chosen consent.AccountRole) []roleChoice {
	var choices []roleChoice
	for _, role := range consent.Roles {
		if r.account.MayInvite(r.organisation.ID, role) {
			choices = append(choices, roleChoice{role, r.say("role_" + string(role)), r.say("people_role_" + string(role)), role == chosen})
		}
	}
	return choices
}

// peopleGet shows the members and who is invited.
func (r *request) peopleGet() error {
	return r.showPeople(http.StatusOK, peoplePage{Roles: r.roleChoices(consent.RoleEditor)})
}

func (r *request) showPeople(status int, shown peoplePage) error {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	have, err := r.Store.HaveFactors(r.ctx)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if role := account.Role(r.organisation.ID); role != "" {
			shown.People = append(shown.People, personLine{account, r.say("role_" + string(role)), have[account.ID], account.ID == r.account.ID})
		}
	}
	invitations, err := r.Store.Invitations(r.ctx, r.organisation.ID, r.Clock())
	if err != nil {
		return err
	}
	for _, i := range invitations {
		none := consent.CodeOf(r.publisher.CheckInvitation(r.ctx, &i)) == "key_invitation"
		shown.Invitations = append(shown.Invitations, invitationLine{i, i.ID.Short(), r.say("role_" + string(i.Role)), none})
	}
	if shown.NeedsFactor, err = r.Store.NeedsFactor(r.ctx, r.organisation.ID); err != nil {
		return err
	}
	shown.Mail, shown.May = r.Send != nil, r.may(consent.MayAdminister)
	r.c.Status(status)
	return r.show(page{name: "people.html", title: "people_title", data: shown})
}

// invitePost invites somebody. What is answered is the same whether the address has
// an account elsewhere or not.
func (r *request) invitePost() error {
	role := consent.AccountRole(r.form.Get("role"))
	shown := peoplePage{Email: r.field("email"), Roles: r.roleChoices(role)}
	r.tells(func(act *consent.Act) { act.Object = string(role) })
	invite := organising.Invite{By: r.account, Organisation: r.organisation, Email: shown.Email, Role: role, Language: r.lang, Address: r.Address}
	made, link, err := invite.Send(r.ctx, r.Store, r.hand, r.Clock())
	status := http.StatusUnprocessableEntity
	switch code := consent.CodeOf(err); {
	case err == nil:
		return r.showPeople(http.StatusOK, peoplePage{Roles: r.roleChoices(consent.RoleEditor), Handed: &handing{made.Email, link}})
	case code == "unknown_role":
		shown.RoleFault = r.say("error_text_unknown_role")
	case code == "mixed_letters", code == "email_letters", code == "email_alike":
		shown.Fault = r.say("people_" + code)
	case code == "bad_email":
		shown.Fault = r.say("people_bad_email")
	case code == "is_member":
		email, _ := consent.NormalEmail(shown.Email)
		shown.Fault = r.say("people_is_member", "email", email)
	case r.unsent(err) != "":
		shown.Fault, status = r.unsent(err), http.StatusServiceUnavailable
	default:
		return err
	}
	return r.showPeople(status, shown)
}

// uninvitePost withdraws an invitation.
func (r *request) uninvitePost() error {
	invitation, err := r.namedInvitation()
	if err != nil {
		return err
	}
	if err := r.Store.DropInvitation(r.ctx, r.organisation.ID, invitation.ID); err != nil {
		return err
	}
	return r.redirect(r.peoplePath(), "uninvited")
}

// namedInvitation gives the one that the path names.
func (r *request) namedInvitation() (*consent.Invitation, error) {
	invitations, err := r.Store.Invitations(r.ctx, r.organisation.ID, r.Clock())
	if err != nil {
		return nil, err
	}
	for i := range invitations {
		if invitations[i].ID.Short() == r.c.Params("invitation") {
			return &invitations[i], nil
		}
	}
	return nil, errNoPage()
}

func (r *request) peoplePath() string {
	return "/organisations/" + string(r.organisation.ID) + "/people"
}

// personPage is one member, and what can be done about them.
type personPage struct {
	personLine
	Base     string // of the paths of the forms
	Roles    []roleChoice
	May      bool // the one who looks may change what the person may do
	MayReset bool // and make a link
	Handed   *handing
	Mail     bool // the host sends e-mail
	Fault    string
	// RoleFault stands beside the roles.
	RoleFault string
	// Provider is what the provider is called, and Identity who the person is there,
	// nil when it is not linked.
	Provider string
	Identity *consent.Identity
	// For operators.
	Organisations []roleLine
}

// member gives whom the path is about: a member of the organisation.
func (r *request) member() (*consent.Account, error) {
	account, err := r.anyone()
	if err == nil && account.Role(r.organisation.ID) == "" {
		return nil, errNoPage()
	}
	return account, err
}

// personGet shows one member.
func (r *request) personGet() error {
	account, err := r.member()
	if err != nil {
		return err
	}
	return r.showPerson(http.StatusOK, account, personPage{})
}

// tellOf puts into a page what every page about somebody says.
func (r *request) tellOf(account *consent.Account, role string, shown *personPage) error {
	have, err := r.Store.HaveFactors(r.ctx)
	if err != nil {
		return err
	}
	shown.personLine = personLine{*account, role, have[account.ID], account.ID == r.account.ID}
	shown.MayReset, shown.Provider, shown.Mail = r.account.MayReset(account) && !account.Closed, r.outsideName(), r.Send != nil
	shown.Identity, err = r.linkedTo(account.ID)
	return err
}

func (r *request) showPerson(status int, account *consent.Account, shown personPage) error {
	role := account.Role(r.organisation.ID)
	if err := r.tellOf(account, r.say("role_"+string(role)), &shown); err != nil {
		return err
	}
	shown.May = r.may(consent.MayAdminister)
	shown.Base, shown.Roles = r.peoplePath()+"/"+strconv.FormatInt(int64(account.ID), 10), r.roleChoices(role)
	r.c.Status(status)
	return r.show(page{
		name: "person.html", title: "people_person_title", pairs: []any{"name", account.Called()},
		trail: []web.AdminLink{{Text: r.say("people_title"), URL: r.peoplePath()}}, data: shown,
	})
}

// personRolePost gives a member another role.
func (r *request) personRolePost() error {
	account, err := r.member()
	if err != nil {
		return err
	}
	role := consent.AccountRole(r.form.Get("role"))
	if !slices.Contains(consent.Roles, role) {
		return r.showPerson(http.StatusUnprocessableEntity, account, personPage{RoleFault: r.say("error_text_unknown_role")})
	}
	r.tells(func(act *consent.Act) { act.Object += " " + string(role) })
	return r.setMember(account, role, "role")
}

// personRemovePost takes a member out of the organisation.
func (r *request) personRemovePost() error {
	account, err := r.member()
	if err != nil {
		return err
	}
	return r.setMember(account, "", "removed")
}

// setMember changes what a member may do.
func (r *request) setMember(account *consent.Account, role consent.AccountRole, done string) error {
	err := organising.SetRole(r.ctx, r.Store, r.account, account, r.organisation.ID, role)
	if consent.KindOf(err) == consent.Conflict {
		return r.showPerson(http.StatusConflict, account, personPage{Fault: r.say("people_last_administrator")})
	}
	if err != nil {
		return err
	}
	if err := r.renew(account.ID); err != nil {
		return err
	}
	if account.ID == r.account.ID && !role.May(consent.MayAdminister) {
		return r.redirect("/", done)
	}
	return r.redirect(r.peoplePath(), done)
}

// personLinkPost makes a link with which a member chooses a password anew.
func (r *request) personLinkPost() error {
	account, err := r.member()
	if err != nil {
		return err
	}
	link, handed, err := r.newLink(account)
	if fault := r.unsent(err); fault != "" {
		return r.showPerson(http.StatusServiceUnavailable, account, personPage{Fault: fault})
	}
	if err != nil {
		return err
	}
	if err := r.Store.AddLink(r.ctx, link); err != nil {
		return err
	}
	return r.showPerson(http.StatusOK, account, personPage{Handed: handed})
}

// personFactorPost takes a member's second factor away: the device is lost.
func (r *request) personFactorPost() error {
	account, err := r.member()
	if err != nil {
		return err
	}
	if err := r.dropFactors(account); err != nil {
		return err
	}
	return r.redirect(r.peoplePath(), "factor_removed")
}

func (r *request) dropFactors(account *consent.Account) error {
	if !r.account.MayReset(account) {
		return errNotTheirs()
	}
	return r.Store.DropFactors(r.ctx, account.ID)
}

func errNotTheirs() error {
	return consent.Errorf(consent.Forbidden, "not_theirs", "Only who administers everything that somebody can enter may do this.")
}
