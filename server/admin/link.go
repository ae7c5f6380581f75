package admin

import (
	"errors"
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// choosePage is where a person who has a one-time link chooses a password.
type choosePage struct {
	Email string
	Fault string
	Least int // characters
}

// linkGet shows the form. Looking at it does not use the link: programs that
// check mails look at links, too.
func (r *request) linkGet() error {
	account, err := r.linked()
	if err != nil {
		return err
	}
	return r.showChoose(http.StatusOK, account, "")
}

func (r *request) showChoose(status int, account *consent.Account, fault string) error {
	r.c.Status(status)
	return r.show(page{name: "choose.html", title: "choose_title", data: choosePage{Email: account.Email, Fault: fault, Least: consent.MinPassword}})
}

// linked gives whom the link of the path is for.
func (r *request) linked() (*consent.Account, error) {
	link, err := r.Store.Link(r.ctx, linkOf(r.c.Params("secret")), r.Clock())
	if err != nil {
		return nil, err
	}
	account, err := r.Store.Account(r.ctx, link.Account)
	if err == nil {
		r.speak(account.Language)
	}
	return account, err
}

// linkPost sets the password, uses the link up and logs the person in.
func (r *request) linkPost() error {
	account, err := r.linked()
	if err != nil {
		return err
	}
	hash, err := r.chosen(account)
	var own *consent.Error
	if errors.As(err, &own) && own.Kind == consent.Invalid {
		return r.showChoose(http.StatusUnprocessableEntity, account, r.errorText(own).Text)
	}
	if err != nil {
		return err
	}
	if _, err := r.Store.RedeemLink(r.ctx, linkOf(r.c.Params("secret")), hash, r.Clock()); err != nil {
		return err
	}
	r.account = account
	if err := r.begin(); err != nil {
		return err
	}
	return r.redirect("/", "password")
}

// chosen gives the hash of the password that a form says twice.
func (r *request) chosen(account *consent.Account) (string, error) {
	password := r.form.Get("password")
	if err := consent.CheckPassword(password, account); err != nil {
		return "", err
	}
	if password != r.form.Get("again") {
		return "", consent.Errorf(consent.Invalid, "passwords_differ", "The two passwords differ. Write the same one twice.")
	}
	return r.hash(password)
}

// linkOf gives the id under which a link's secret is kept.
func linkOf(secret string) consent.LinkID { return consent.LinkID(consent.HashOf([]byte(secret))) }
