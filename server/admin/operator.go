package admin

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func operatorRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/people", who: operators, handle: (*request).everyoneGet},
		{method: http.MethodGet, path: "/people/:person", who: operators, handle: (*request).anyoneGet},
		{method: http.MethodPost, path: "/people/:person/close", who: operators, action: "account.close", sure: true, ask: asksAboutAnyone("close"), handle: (*request).closePost},
		{method: http.MethodPost, path: "/people/:person/open", who: operators, action: "account.open", sure: true, handle: (*request).openPost},
		{method: http.MethodPost, path: "/people/:person/operator", who: operators, action: "account.operator", sure: true, handle: (*request).operatorPost},
		{method: http.MethodPost, path: "/people/:person/link", who: operators, action: "account.link", sure: true, costs: true, handle: (*request).anyoneLinkPost},
		{method: http.MethodPost, path: "/people/:person/factor", who: operators, action: "account.factor.remove", sure: true, ask: asksAboutAnyone("factor_remove"), handle: (*request).anyoneFactorPost},
	}
}

// everyonePage lists all accounts of the installation.
type everyonePage struct{ People []everyoneLine }

type everyoneLine struct {
	personLine
	Organisations int
}

// everyoneGet shows all accounts.
func (r *request) everyoneGet() error {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	have, err := r.Store.HaveFactors(r.ctx)
	if err != nil {
		return err
	}
	var shown everyonePage
	for _, account := range accounts {
		line := personLine{account, "", have[account.ID], account.ID == r.account.ID}
		shown.People = append(shown.People, everyoneLine{line, len(account.Memberships)})
	}
	return r.show(page{name: "everyone.html", title: "people_everyone_title", data: shown})
}

// anyone gives whom the path is about.
func (r *request) anyone() (*consent.Account, error) {
	id, ok := consent.ParseAccountID(r.c.Params("person"))
	if !ok {
		return nil, errNoPage()
	}
	account, err := r.Store.Account(r.ctx, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, errNoPage()
	}
	return account, err
}

// another gives whom the path is about, unless it is the person: nobody closes
// their own account, or ends being an operator, by mistake.
func (r *request) another() (*consent.Account, error) {
	account, err := r.anyone()
	if err == nil && account.ID == r.account.ID {
		return nil, consent.Errorf(consent.Forbidden, "own_account", "This is your own account. Another operator can do it.")
	}
	return account, err
}

// anyoneGet shows one account.
func (r *request) anyoneGet() error {
	account, err := r.anyone()
	if err != nil {
		return err
	}
	return r.showAnyone(http.StatusOK, account, personPage{})
}

func (r *request) showAnyone(status int, account *consent.Account, shown personPage) error {
	organisations, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return err
	}
	if err := r.tellOf(account, "", &shown); err != nil {
		return err
	}
	shown.Base = anyonePath(account)
	for _, o := range organisations {
		if role := account.Role(o.ID); role != "" {
			shown.Organisations = append(shown.Organisations, roleLine{o.Name, r.say("role_" + string(role))})
		}
	}
	r.c.Status(status)
	return r.show(page{
		name: "anyone.html", title: "people_person_title", pairs: []any{"name", account.Called()},
		trail: []web.AdminLink{{Text: r.say("people_everyone_title"), URL: "/people"}}, data: shown,
	})
}

func anyonePath(account *consent.Account) string {
	return "/people/" + strconv.FormatInt(int64(account.ID), 10)
}

// closePost keeps somebody out from now on.
func (r *request) closePost() error {
	return r.changeAnyone(func(account *consent.Account) { account.Closed = true }, "closed")
}

// openPost lets somebody in again.
func (r *request) openPost() error {
	return r.changeAnyone(func(account *consent.Account) { account.Closed = false }, "opened")
}

// operatorPost makes somebody an operator, or ends it.
func (r *request) operatorPost() error {
	r.tells(func(act *consent.Act) { act.Object += " " + yesNo(r.form.Get("operator") == "yes") })
	return r.changeAnyone(func(account *consent.Account) { account.Operator = r.form.Get("operator") == "yes" }, "saved")
}

func (r *request) changeAnyone(change func(*consent.Account), done string) error {
	account, err := r.another()
	if err != nil {
		return err
	}
	before := *account
	change(account)
	if fault, err := r.needed(account); err != nil || fault != "" {
		return errors.Join(err, r.showAnyone(http.StatusConflict, &before, personPage{Fault: fault}))
	}
	if err := r.tellTheirs(account); err != nil {
		return err
	}
	if err := r.Store.ChangeAccount(r.ctx, account); err != nil {
		return err
	}
	return r.redirect(anyonePath(account), done)
}

// needed says what an account that is to be changed is needed for, "" for nothing.
// The store sees to it as well; but the organisations are told before it is asked, and
// are told nothing that does not happen.
func (r *request) needed(account *consent.Account) (string, error) {
	all, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return "", err
	}
	all = slices.DeleteFunc(all, func(a consent.Account) bool { return a.Closed || a.ID == account.ID })
	if !slices.ContainsFunc(all, func(a consent.Account) bool { return a.Operator }) && (account.Closed || !account.Operator) {
		return r.say("error_text_last_operator"), nil
	}
	if !account.Closed {
		return "", nil
	}
	organisations, err := r.Store.Organisations(r.ctx)
	for _, o := range organisations {
		led := func(a consent.Account) bool { return a.Role(o.ID) == consent.RoleAdministrator }
		if led(*account) && !slices.ContainsFunc(all, led) {
			return r.say("people_close_last", "organisation", o.Name, "id", o.ID), nil
		}
	}
	return "", err
}

// anyoneLinkPost makes a link with which somebody chooses a password anew.
func (r *request) anyoneLinkPost() error {
	account, err := r.anyone()
	if err != nil {
		return err
	}
	link, handed, err := r.newLink(account)
	if fault := r.unsent(err); fault != "" {
		return r.showAnyone(http.StatusServiceUnavailable, account, personPage{Fault: fault})
	}
	if err != nil {
		return err
	}
	if err := r.tellTheirs(account); err != nil {
		return err
	}
	if err := r.Store.AddLink(r.ctx, link); err != nil {
		return err
	}
	return r.showAnyone(http.StatusOK, account, personPage{Handed: handed})
}

// anyoneFactorPost takes somebody's second factor away.
func (r *request) anyoneFactorPost() error {
	account, err := r.anyone()
	if err != nil {
		return err
	}
	if err := r.tellTheirs(account); err != nil {
		return err
	}
	if err := r.dropFactors(account); err != nil {
		return err
	}
	return r.redirect(anyonePath(account), "factor_removed")
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
