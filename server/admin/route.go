package admin

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// route is one page or action. Its path tells what it is about: a :site belongs
// to an Organisation, and so does an :organisation.
type route struct {
	method string
	path   string
	// may is the permission in the Organisation that the path is about.
	may consent.Permission
	// who is for paths that are about no Organisation.
	who who
	// action names what a post does in the audit trail, such as "draft.save".
	action string
	// looks is for a post that changes nothing: what it asks for must not stand in an
	// address, or who looked must stand in the audit trail. A permission to look is
	// enough for it.
	looks bool
	// reason is for a post whose form asks why it is done. What others send under that name
	// is not the trail's.
	reason bool
	// sure actions ask for the password again when it was given long ago.
	sure bool
	// costs is for a post that costs the server or others much: nobody does it often.
	costs bool
	// together has what costs much counted for everybody of the organisation.
	together bool
	// ask gives what a person is asked before something goes that nobody gets back. Nil
	// for what asks nothing, and so may be what it gives.
	ask func(*request) (*question, error)
	// red is for what a page of its own asks before, with a red button.
	red    bool
	handle func(*request) error
}

// who may enter a page that is about no Organisation.
type who int

// Who may enter. The zero value lets nobody in: a route says who may enter, or
// which permission it asks for.
const (
	nobody    who = iota
	everybody     // also those who are not logged in
	somebody      // who is logged in
	operators     // who run the installation
)

// proven is how long a proof of who somebody is holds for actions that ask for it.
const proven = 10 * time.Minute

// enter lets a request into a route, or not.
func (a *Admin) enter(to route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := a.newRequest(c)
		if err := r.identify(); err != nil {
			return r.fail(err)
		}
		if err := r.read(to); err != nil {
			return r.fail(err)
		}
		if r.account == nil && to.who != everybody {
			return r.askToLogIn()
		}
		if err := r.authorise(to); err != nil {
			return r.unauthorised(err)
		}
		if r.login != nil {
			r.ctx = consent.WithPass(r.ctx, consent.Pass{Login: r.login.ID})
		}
		if to.sure && a.Clock().Sub(r.login.Confirmed) > proven {
			return r.askToConfirm()
		}
		done, err := r.turn(&to)
		if err != nil {
			return r.fail(err)
		}
		defer done()
		if asked, err := r.unanswered(to); err != nil || asked != nil {
			return r.askFirst(asked, err)
		}
		if err := r.limited(to); err != nil {
			return r.fail(err)
		}
		if to.action != "" {
			r.ctx = consent.WithAct(r.ctx, r.act(to))
		}
		if err := r.noteWaiting(to); err != nil {
			return r.fail(err)
		}
		err = to.handle(r)
		switch {
		case consent.PassEnded(err):
			r.account, r.login, r.token = nil, nil, ""
			return r.askToLogIn()
		case err != nil:
			return r.fail(err)
		}
		r.forget(&to)
		return nil
	}
}

// read takes in what a post says. It must come from a page of ours.
func (r *request) read(to route) error {
	if !changes(to.method) {
		return nil
	}
	if !r.fromHere() {
		return consent.Errorf(consent.Forbidden, "foreign_page", "This came from a page that is not ours. Go to the administration itself and try again. If you are there, those who run the server have to set admin.url to the address in your browser.")
	}
	if err := r.readForm(); err != nil {
		return err
	}
	return r.resume()
}

// fromHere says whether a post was sent by a page of this administration. Every
// browser of the last years says so (Fetch Metadata, and the Origin of a post). Scheme,
// host and port of it must be those at which people reach the administration, and where
// that is not set, those of the post.
func (r *request) fromHere() bool {
	if site := r.c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	origin, err := url.Parse(r.c.Get(fiber.HeaderOrigin))
	if err != nil || origin.Host == "" {
		return r.c.Get("Sec-Fetch-Site") == "same-origin"
	}
	return origin.Scheme+"://"+origin.Host == cmp.Or(r.URL, r.peers.Scheme(r.c)+"://"+string(r.c.Request().Host()))
}

// identify finds out whose login the request comes with.
func (r *request) identify() error {
	token := r.c.Cookies(loginCookie)
	login, account, err := r.holder(r.ctx, token)
	if err != nil || account == nil {
		return err
	}
	r.account, r.login, r.token = account, login, token
	r.speak(account.Language)
	if now := r.Clock(); now.Sub(login.Seen) > time.Minute {
		return r.Store.TouchLogin(r.ctx, login.ID, now, login.Confirmed)
	}
	return nil
}

// holder gives the login that a token is of, and whose it is; neither when it holds no
// more.
func (a *Admin) holder(ctx context.Context, token string) (*consent.Login, *consent.Account, error) {
	if token == "" {
		return nil, nil, nil
	}
	login, err := a.Store.Login(ctx, consent.LoginID(consent.HashOf([]byte(token))))
	if err != nil {
		return nil, nil, unlessUnknown(err)
	}
	if login.Over(a.Clock()) {
		return nil, nil, a.Store.EndLogin(ctx, login.Account, login.ID)
	}
	account, err := a.Store.Account(ctx, login.Account)
	if err != nil || account.Closed {
		return nil, nil, err
	}
	return login, account, nil
}

// authorise finds what the path is about, and whether the person may do this.
// What belongs to others is answered as what does not exist.
func (r *request) authorise(to route) error {
	if changes(to.method) && r.account != nil && to.who != everybody && !r.hasToken() {
		return errStaleForm()
	}
	if to.may == "" {
		if to.who == nobody || to.who == operators && !r.account.Operator {
			return errNoPage()
		}
		return nil
	}
	if err := r.place(to); err != nil {
		return err
	}
	if r.role = r.account.Role(r.organisation.ID); r.role == "" {
		r.site, r.organisation = nil, nil // nothing of it is shown
		return errNoPage()
	}
	if !r.role.May(to.may) {
		return r.errNotPermitted(to.may)
	}
	return r.factored()
}

// errNotPermitted says what the role does not allow on which page, and whose role does.
func (r *request) errNotPermitted(permission consent.Permission) error {
	var roles []string
	for _, role := range consent.Roles {
		if role.May(permission) {
			roles = append(roles, r.say("role_"+string(role)))
		}
	}
	return consent.Errorf(consent.Forbidden, "not_permitted", "%s",
		r.say("refused_"+string(permission), "page", r.placeName(), "role", r.say("role_"+string(r.role)), "roles", r.sentence(roles)))
}

// factored refuses who lacks the second factor that the organisation asks for.
func (r *request) factored() error {
	lacks, err := r.Store.LacksFactor(r.ctx, r.organisation.ID, r.account.ID)
	if err == nil && lacks && !r.provenOutside() {
		return consent.Errorf(consent.Forbidden, "factor_needed", "The organisation asks for a second factor. Set one up on the page of your account.")
	}
	return err
}

// provenOutside says whether the login began at a provider that sees to the second
// factor.
func (r *request) provenOutside() bool {
	return r.login.Provider && r.Outside != nil && r.Outside.Factor
}

// place finds the Site and Organisation of a path.
func (r *request) place(to route) error {
	id := consent.OrganisationID(r.c.Params("organisation"))
	if strings.Contains(to.path, "/:site") {
		site, err := r.Store.Site(r.ctx, consent.SiteKey(r.c.Params("site")))
		if consent.KindOf(err) == consent.NotFound {
			return errNoPage()
		}
		if err != nil {
			return err
		}
		r.site, id = &site, site.Organisation
	}
	return r.inOrganisation(id)
}

// inOrganisation finds an Organisation.
func (r *request) inOrganisation(id consent.OrganisationID) error {
	all, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].ID == id {
			r.organisation = &all[i]
			return nil
		}
	}
	return errNoPage()
}

func errNoPage() error {
	return consent.Errorf(consent.NotFound, "unknown_address", "There is no such page.")
}

// panicked makes an error of what a handler panicked with.
func panicked(cause any) error {
	if err, ok := cause.(error); ok {
		return err
	}
	return errors.New("panic")
}
