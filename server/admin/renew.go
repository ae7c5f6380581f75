package admin

import "github.com/samtykke/samtykke/consent"

// renew gives the person a new login in place of the one that ended when they changed a
// role of their own. It lasts no longer than that would have. Of anybody else nothing is
// renewed: they log in again.
func (r *request) renew(changed consent.AccountID) error {
	if changed != r.account.ID {
		return nil
	}
	token, login := newToken(), *r.login
	login.ID = consent.LoginID(consent.HashOf([]byte(token)))
	login.Shown = consent.Shown{Password: r.account.Password}
	if err := r.Store.AddLogin(consent.WithoutPass(r.ctx), &login); err != nil { // refused when the password is another meanwhile
		return err
	}
	r.ctx = consent.WithPass(r.ctx, consent.Pass{Login: login.ID})
	if login.Name != "" {
		if err := r.Store.NameLogin(r.ctx, login.Account, login.ID, login.Name); err != nil {
			return err
		}
	}
	r.login, r.token = &login, token
	r.setLogin(token, consent.LoginLong)
	return nil
}
