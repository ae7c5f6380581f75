package admin

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
)

// choosePage is where a person who has a one-time link chooses a password.
type choosePage struct {
	Email string
	Asks  bool   // for the name, which nobody has said
	Name  string // as it was written
	Fault string
	Least int // characters
	// Provider is what the provider is called that can be linked instead, "" for none,
	// and Path the page's own.
	Provider string
	Path     string
	// Ends says that something opens the account that the link ends, and Replaces that
	// there is a password, which the provider ends, too.
	Ends     bool
	Replaces bool
}

// linkGet shows the form. Looking at it does not use the link: programs that
// check mails look at links, too.
func (r *request) linkGet() error {
	account, err := r.linked(r.c.Params("secret"))
	if err != nil {
		return err
	}
	return r.showChoose(http.StatusOK, account, "")
}

func (r *request) showChoose(status int, account *consent.Account, fault string) error {
	ends, err := r.isOpened(account)
	if err != nil {
		return err
	}
	r.c.Status(status)
	return r.show(page{name: "choose.html", title: "choose_title", data: choosePage{
		Email: account.Email, Asks: isNameless(account), Name: r.field("name"), Fault: fault, Least: consent.MinPassword,
		Provider: r.outsideName(), Path: "/link/" + r.c.Params("secret"), Ends: ends, Replaces: account.Password != "",
	}})
}

// linked gives whom a link is for.
func (r *request) linked(secret string) (*consent.Account, error) {
	link, err := r.Store.Link(r.ctx, linkOf(secret), r.Clock())
	if err != nil {
		return nil, err
	}
	account, err := r.Store.Account(r.ctx, link.Account)
	if err != nil {
		return nil, err
	}
	if account.Closed || !r.stands(link, account) {
		return nil, errOldLink()
	}
	r.speak(account.Language)
	return account, nil
}

// isOpened says whether there is a way into an account already, which a link ends.
func (r *request) isOpened(account *consent.Account) (bool, error) {
	factors, err := r.Store.Factors(r.ctx, account.ID)
	if err != nil {
		return false, err
	}
	identity, err := r.linkedTo(account.ID)
	return account.Password != "" || factors.Any() || identity != nil, err
}

// renews tells the trail of the installation, and those of the person's
// organisations, that a link ends what opened the account. It says whether it does.
func (r *request) renews(account *consent.Account, action string) (ends bool, err error) {
	r.tells(func(act *consent.Act) { act.Account = account.ID })
	ends, err = r.isOpened(account)
	if err != nil || !ends {
		return false, err
	}
	r.tells(func(act *consent.Act) { act.Action = action })
	return true, r.tellTheirs(account)
}

// stands says whether whoever made a link may still make it: meanwhile the person
// may have joined what the maker does not administer.
func (r *request) stands(link *consent.Link, account *consent.Account) bool {
	if link.Maker == 0 {
		return true
	}
	maker, err := r.Store.Account(r.ctx, link.Maker)
	return err == nil && maker.MayReset(account)
}

// newLink makes a link with which a person chooses a password anew, and sends it. It
// is stored afterwards, in place of earlier ones: a letter that does not get out
// changes nothing.
func (r *request) newLink(account *consent.Account) (*consent.Link, *handing, error) {
	if !r.account.MayReset(account) {
		return nil, nil, consent.Errorf(consent.Forbidden, "not_theirs", "%s", r.say("people_not_theirs"))
	}
	secret := newToken()
	link := &consent.Link{ID: linkOf(secret), Account: account.ID, Expires: r.Clock().Add(consent.LinkLasts), Maker: r.account.ID}
	shown, err := r.hand(r.ctx, notify.Letter{To: account.Email, Language: account.Language, Link: r.Address + "/link/" + secret})
	return link, &handing{account.Email, shown}, err
}

// newToken gives a secret that nobody guesses: 256 random bits.
func newToken() string {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails: the program ends instead
	return base64.RawURLEncoding.EncodeToString(secret)
}

func errOldLink() error {
	return consent.Errorf(consent.NotFound, "unknown_link", "The link has been used, or its time is up. Ask for a new one.")
}

// linkPost sets the password, uses the link up and logs the person in.
func (r *request) linkPost() error {
	account, err := r.linked(r.c.Params("secret"))
	if err != nil {
		return err
	}
	r.comesAnew()
	name, fault := r.introduced(account)
	if fault != "" {
		return r.showChoose(http.StatusUnprocessableEntity, account, fault)
	}
	hash, err := r.chosen(calledSo(account, name))
	var own *consent.Error
	if errors.As(err, &own) && own.Kind == consent.Invalid {
		return r.showChoose(http.StatusUnprocessableEntity, account, r.errorText(own).Text)
	}
	if err != nil {
		return err
	}
	ends, err := r.renews(account, "password.renew")
	if err != nil {
		return err
	}
	if !ends {
		r.tells(func(act *consent.Act) { act.Action = "password.first" })
	}
	if _, err := r.Store.RedeemLink(r.ctx, linkOf(r.c.Params("secret")), hash, r.Clock()); err != nil {
		return err
	}
	if err := r.introduce(account, name); err != nil {
		return err
	}
	if account, err = r.Store.Account(r.ctx, account.ID); err != nil { // with the new password
		return err
	}
	if !ends {
		return r.enterAs(account, loginForm{Next: "/?done=password_first"}, "")
	}
	return r.enterAs(account, loginForm{Next: "/?done=password"}, "")
}

// chosen gives the hash of the password that a form says twice, for an account that has a
// role in Organisations, or joins more.
func (r *request) chosen(account *consent.Account, joins ...consent.OrganisationID) (string, error) {
	organisations, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return "", err
	}
	var names []string
	for _, o := range organisations {
		if account.Role(o.ID) != "" || slices.Contains(joins, o.ID) {
			names = append(names, o.Name)
		}
	}
	password := r.form.Get("password")
	if err := consent.CheckPassword(password, account, names...); err != nil {
		return "", err
	}
	if consent.NormalPassword(password) != consent.NormalPassword(r.form.Get("again")) {
		return "", consent.Errorf(consent.Invalid, "passwords_differ", "The two passwords differ. Write the same one twice.")
	}
	// Whoever sends many takes the places of nobody: not of others, and not of the same
	// person who has a link or an invitation.
	defer r.choosing.enter(account.Email + " " + r.c.Params("secret"))()
	return r.hash(password)
}

// linkOf gives the id under which a link's secret is kept.
func linkOf(secret string) consent.LinkID { return consent.LinkID(consent.HashOf([]byte(secret))) }
