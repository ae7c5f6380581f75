package admin

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// check gives the account that an address and a password belong to. What is told
// of a wrong password and of an unknown address is the same, and costs the same.
// It gives a fresh hash when the kept one is weak. What failed before is
// not forgotten yet: there may be a second factor.
func (r *request) check(address, password string) (account *consent.Account, fresh string, err error) {
	email, err := consent.NormalEmail(address)
	if err != nil {
		email = "nobody"
	}
	account, err = r.Store.AccountOf(r.ctx, email)
	if err != nil && consent.KindOf(err) != consent.NotFound {
		return nil, "", err
	}
	of, hash := guessing{whose: forEmail(email), most: accountWait}, noPerson
	if account != nil && account.Password != "" && !account.Closed {
		of.account, hash = account, account.Password
	}
	account = of.account
	who, known := r.guesser(account, email)
	counts := []guessing{who}
	if !known {
		counts = append(strangers(r.peers.Network(r.c)), of)
	}
	if wait := r.delays.try(counts...); wait > 0 { // before it is known whether it is right
		return nil, "", r.errWait(wait)
	}
	same, stale, err := r.opens(password, hash)
	if err != nil {
		return nil, "", err
	}
	if account == nil || !same {
		return nil, "", r.failed(of, known)
	}
	r.delays.passed(counts...)
	if stale {
		if fresh, err = r.hash(password); err != nil {
			return nil, "", err
		}
	}
	return account, fresh, nil
}

// guesser gives for whom a try of this request counts besides the account, and whether
// that is somebody who has logged in before, in this browser or in this network.
func (r *request) guesser(account *consent.Account, email string) (who guessing, known bool) {
	if account != nil {
		if device := r.device(account); device != "" {
			return guessing{whose: "device " + device, most: accountWait}, true
		}
	}
	return r.delays.guesser(fromNetwork(r.peers.Network(r.c)), email)
}

// failed tells of a failure, which counts for strangers where it did not yet. It is
// written down beside, for an account that there is: the answer tells that by nothing,
// not even by when it comes.
func (r *request) failed(of guessing, known bool) error {
	if known {
		r.delays.failed(of)
	}
	if of.account != nil {
		r.noteFailure(r.ctx, of.account.ID, r.Clock().Add(r.delays.wait(of)))
	}
	return errWrong()
}

// noteFailure has the store count a failure.
func (a *Admin) noteFailure(ctx context.Context, account consent.AccountID, retry time.Time) {
	acting := consent.WithAct(consent.WithoutPass(ctx), consent.Act{Time: a.Clock(), Account: account, Action: "login.fail"})
	a.aside.run(acting, func(ctx context.Context) {
		if err := a.Store.LoginFailed(ctx, account, retry, a.Clock().Add(-networkWait)); err != nil {
			a.Log.ErrorContext(ctx, "a login that failed could not be written down", "account", account, "error", err)
		}
	})
}

func errWrong() error {
	return consent.Errorf(consent.Invalid, "wrong_password", "The e-mail address and the password do not belong together.")
}

func (r *request) errWait(wait time.Duration) error {
	return consent.Errorf(consent.Unavailable, "not_permitted", "%s", r.sayCount("login_wait", int(wait/time.Second)+1))
}
