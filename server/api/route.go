package api

import (
	"bufio"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// route is one thing that programs can ask for. What is in it makes the OpenAPI
// document, too.
type route struct {
	method string
	path   string // below Base; a :site belongs to an Organisation
	// scope that the key must have been made for, "" for what everybody may read.
	scope consent.Scope
	// action names what it does in the audit trail: required of what changes
	// something, and of what takes decisions out of the log.
	action string

	name    string // in the document: "listSites"
	summary string
	query   []parameter
	matched bool // If-Match is required
	makes   bool // something, each time: an Idempotency-Key has it make one
	body    any  // of the type that is sent, nil for none
	// answers are of the types that are answered, by status.
	answers map[int]any
	files   []string // types of a file that is answered instead
	tagged  bool     // the file has the ETag of what it is made of
	// refused are the statuses beside those that every route has.
	refused []int

	// costs is for what costs the server or others much: nobody has it done often.
	costs bool
	// together has that counted for everybody of the organisation.
	together bool

	handle func(*request) (*answer, error)
	// again answers who asks again of what stands at an address by now, where an answer is
	// about people: what of them is erased is kept nowhere else.
	again func(r *request, location string) (any, error)
}

// heads says whether a route can be asked for without its body. A file of the log cannot:
// reading that for nobody would stand in the trail as an export.
func (r *route) heads() bool { return r.method == http.MethodGet && (len(r.files) == 0 || r.tagged) }

// parameter is a field of an address.
type parameter struct {
	name, about string
	schema      object
}

// answer is what a route answers.
type answer struct {
	status   int // 0 for 200
	body     any // becomes JSON; []byte is JSON already
	tag      string
	location string
	secret   bool // it holds what is shown once

	// A file has a kind and a name, and is the body or what stream writes.
	kind, file string
	stream     func(*bufio.Writer)
}

// request is one request on its way through a handler. It ends with it.
type request struct {
	*API
	c     *fiber.Ctx
	ctx   context.Context
	key   *consent.APIKey
	maker *consent.Account
	scope consent.Scope      // that the route asks for
	site  *consent.SiteEntry // what the path is about
}

// enter lets a request into a route, or not.
func (a *API) enter(to route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := &request{API: a, c: c, ctx: c.UserContext(), scope: to.scope}
		if to.scope != "" {
			if err := r.authorise(to); err != nil {
				return r.fail(err)
			}
			r.ctx = consent.WithPass(r.ctx, consent.Pass{Key: r.key.ID})
			if to.action != "" {
				r.ctx = consent.WithAct(r.ctx, r.act(to))
			}
		}
		if err := r.checkQuery(to); err != nil {
			return r.fail(err)
		}
		if to.body != nil {
			if err := r.readable(); err != nil {
				return r.fail(err)
			}
		}
		done, err := r.turn(&to)
		if err != nil {
			return r.fail(err)
		}
		defer done()
		given, err := r.tellingLapsed(&to)
		switch {
		case consent.PassEnded(err):
			return r.fail(errUnknownKey())
		case err != nil:
			return r.fail(err)
		}
		return r.send(given)
	}
}

// lightParts are the parts of a site whose answers do not grow with its draft.
var lightParts = []string{"decisions", "log", "erasures", "requests", "figures", "refusals", "gaps", "findings", "trail", "origins"}

// often refuses what was done too often within an hour.
func (r *request) often(to *route) error {
	who, action, whose := r.maker.ID, strings.TrimPrefix(to.action, "api."), "Whoever made the key"
	if to.together {
		who, action, whose = 0, Together(action, r.key.Organisation), "The organisation"
	}
	if wait := r.Often(who, action); wait > 0 {
		return errWait("too_many", whose+" has had this done too often within an hour, on the pages or with keys. Wait as long as Retry-After says.", wait)
	}
	return nil
}

// Together is how an action is called that everybody of an organisation does together.
func Together(action string, whose consent.OrganisationID) string {
	return action + " " + string(whose)
}

// turn waits until it is the program's turn to have something made of a long draft, or of
// a long body, and refuses what costs much when it was done too often. All keys that
// somebody has made wait, and are counted, as that person.
func (r *request) turn(to *route) (done func(), err error) {
	if r.maker == nil {
		return func() {}, nil
	}
	if to.costs {
		if err := r.often(to); err != nil {
			return nil, err
		}
	}
	size := len(r.c.Request().Body())
	part, below := strings.CutPrefix(to.path, "/sites/:site/")
	part, _, _ = strings.Cut(part, "/")
	if below && !slices.Contains(lightParts, part) {
		draft, err := r.Store.SiteSize(r.ctx, r.site.Key)
		if err != nil {
			return nil, err
		}
		size += draft
	}
	return r.Turns.Take(r.ctx, r.maker.ID, size)
}

// authorise finds whose key it is, whether it may do this, and what the path is
// about. Whether it may is told before anything is looked for: so that what is
// another's is answered like what does not exist.
func (r *request) authorise(to route) error {
	if err := r.identify(); err != nil {
		return err
	}
	if wait := r.limit.wait(r.key.ID); wait > 0 {
		return errWait("too_many", "The key has asked too often. Wait as long as Retry-After says.", wait)
	}
	if err := r.permitted(to.scope); err != nil {
		return err
	}
	now := r.Clock()
	if r.key.Used.Before(consent.MidnightOf(now)) {
		if err := r.Store.UseAPIKey(r.ctx, r.key.ID, now); err != nil {
			return err
		}
	}
	if strings.Contains(to.path, "/:site") {
		return r.place()
	}
	return nil
}

// permitted says whether the key was made for a scope, and its maker may still do
// what it stands for.
func (r *request) permitted(scope consent.Scope) error {
	if !r.key.Has(scope) {
		return consent.Errorf(consent.Forbidden, "scope_missing", "The key was not made for this: it lacks the scope %q. Make another key.", scope)
	}
	if !r.maker.Allows(r.key.Organisation, scope) {
		return consent.Errorf(consent.Forbidden, "maker_not_permitted", "Whoever made the key may not do this any more. Somebody who may has to make another key.")
	}
	lacks, err := r.Store.LacksFactor(r.ctx, r.key.Organisation, r.maker.ID)
	if err == nil && lacks {
		return consent.Errorf(consent.Forbidden, "factor_needed", "The organisation asks for two-step login, and whoever made the key has not set it up.")
	}
	return err
}

// identify finds the key that the request shows.
func (r *request) identify() error {
	secret := r.secret()
	if secret == "" {
		return errNoKey("key_needed", "Send the key of the API in the header Authorization: Bearer smt_….")
	}
	key, maker, err := r.holder(r.ctx, secret)
	if err != nil {
		return err
	}
	if key == nil {
		return r.unknownKey()
	}
	r.key, r.maker = key, maker
	return nil
}

// secret gives what the request comes with as the secret of a key, "" for none.
func (r *request) secret() string {
	secret, found := strings.CutPrefix(r.c.Get(fiber.HeaderAuthorization), "Bearer ")
	if !found {
		return ""
	}
	return secret
}

// holder gives the key that a secret is of, and who made it; neither when it does not
// work any more.
func (a *API) holder(ctx context.Context, secret string) (*consent.APIKey, *consent.Account, error) {
	key, err := a.Store.APIKeyOf(ctx, consent.HashOf([]byte(secret)))
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	maker, err := a.Store.Account(ctx, key.Maker)
	if err != nil || maker.Closed || !a.Clock().Before(key.Expires) {
		return nil, nil, err
	}
	return key, maker, nil
}

// unknownKey answers a key that does not work, whatever the reason is.
func (r *request) unknownKey() error {
	if wait := r.Failed(r.Peers.Network(r.c)); wait > 0 {
		return errWait("too_many_failures", "Too many keys from here did not work. Wait as long as Retry-After says.", wait)
	}
	return errUnknownKey()
}

// place finds the Site of the path.
func (r *request) place() error {
	site, err := r.Store.Site(r.ctx, consent.SiteKey(r.c.Params("site")))
	if consent.KindOf(err) == consent.NotFound || err == nil && site.Organisation != r.key.Organisation {
		return errUnknown()
	}
	r.site = &site
	return err
}

// readable says whether the body of a request can be read as it came.
func (r *request) readable() error {
	kind, _, _ := strings.Cut(r.c.Get(fiber.HeaderContentType), ";")
	if strings.TrimSpace(strings.ToLower(kind)) != fiber.MIMEApplicationJSON || r.c.Get(fiber.HeaderContentEncoding) != "" {
		return &fault{status: http.StatusUnsupportedMediaType, code: "unknown_type", detail: "Send JSON that is not compressed, with Content-Type: application/json."}
	}
	return nil
}

// act is what the request does, for the audit trail: the maker of the key answers
// for it, and the object begins with the key.
func (r *request) act(to route) consent.Act {
	act := consent.Act{Time: r.Clock(), Account: r.maker.ID, Organisation: r.key.Organisation, Action: to.action, Object: "key=" + string(r.key.ID)}
	if to.scope.OfInstallation() {
		act.Organisation = ""
	}
	if r.site != nil {
		act.Site = r.site.Key
	}
	return act
}

// tells completes what the trail is told, before anything is done.
func (r *request) tells(object, reason string) {
	act, _ := consent.ActOf(r.ctx)
	if object != "" {
		act.Object += " " + object
	}
	act.Reason = reason
	r.ctx = consent.WithAct(r.ctx, act)
}

// looked has the audit trail know that one thing is read, before it is.
func (r *request) looked(object string) error {
	r.tells(object, "")
	act, _ := consent.ActOf(r.ctx)
	return r.Looks.Once(r.ctx, consent.LoginID{}, act)
}

// today is the day that it is in Norway.
func (r *request) today() consent.Day { return consent.DayOf(r.Clock()) }

// stamp writes a moment as JSON has it.
func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z07:00") }
