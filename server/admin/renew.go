package admin

import "github.com/samtykke/samtykke/consent"

// comesAnew is for whoever shows something else than the login that the browser may have:
// what follows does not go by that login, which may have ended.
func (r *request) comesAnew() { r.ctx = consent.WithoutPass(r.ctx) }

// renew gives the person's login another token when they changed a role of their own. It
// lasts no longer, and one that was ended meanwhile is not there to get it. Of anybody
// else nothing is renewed: they log in again.
func (r *request) renew(changed consent.AccountID) error {
	if changed != r.account.ID {
		return nil
	}
	token, login := newToken(), *r.login
	login.ID = consent.LoginID(consent.HashOf([]byte(token)))
	if err := r.Store.RenewLogin(r.ctx, r.login.ID, login.ID); err != nil {
		return err
	}
	r.ctx = consent.WithPass(r.ctx, consent.Pass{Login: login.ID})
	r.login, r.token = &login, token
	r.setLogin(token, consent.LoginLong)
	return nil
}
