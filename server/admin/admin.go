// Package admin is the administration: the pages on which the people who answer
// for consent work. They are rendered on the server, and every form works without
// a script.
//
// A page is a route with the permission that it asks for; what is not in the table
// of routes does not exist. A site or organisation that the account is no member of
// is answered as one that does not exist.
package admin

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/auditing"
	origincontrol "github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/framing"
	"github.com/samtykke/samtykke/server/looks"
	"github.com/samtykke/samtykke/server/made"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/peer"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/sitefile"
	"github.com/samtykke/samtykke/server/turn"
	"github.com/samtykke/samtykke/server/web/help"
)

const (
	// bodyLimit leaves room for a site file with thousands of rows.
	bodyLimit = 4 << 20
	// headerLimit leaves room for the cookies of other programs on the same host.
	headerLimit = 16 << 10
	// concurrency is far above what the people of an installation need.
	concurrency = 1024
	// connectionsPerNetwork has room for the browsers of a town hall behind one address.
	connectionsPerNetwork = 256
)

// Options are what an Admin is made of.
type Options struct {
	Store   consent.Store
	Bundler *banner.Bundler
	// Said are the fixed texts of the banner, as they are corrected here.
	Said  consent.Translations
	Clock func() time.Time
	// Audits are those of the log that run beside.
	Audits *auditing.Audits
	// Prove checks a receipt against the verifier keys of its ledger, one a line.
	Prove func(receipt []byte, keys string) (*consent.Proven, error)
	// Pack writes the audit pack of a site, which opens the records between two moments.
	Pack func(ctx context.Context, of consent.LogQuery, to io.Writer) error
	// Release is the version of the program, which stands in files that tell their maker.
	Release string
	// Looked is told what is looked for or taken out of the log before it is shown.
	// An error keeps it from being shown. May be nil.
	Looked func(ctx context.Context, act consent.Act) error
	Log    *slog.Logger
	// URL is the address at which people reach the administration: scheme, host and
	// port. One-time links are written with it, and posts must come from it.
	URL string
	// Address is URL, or where the administration is on this machine when URL is
	// empty. Links are written with it, and passkeys are bound to its host.
	Address string
	// Key encrypts what is kept of second factors, and tickets that pages carry: 32
	// bytes that lie apart from the database.
	Key []byte
	// Public is the address at which visitors reach the public listener. It goes
	// into the script tags that people copy. May be empty.
	Public string
	// Control checks that an organisation controls an origin.
	Control origincontrol.Looker
	// ProvenOrigins has nothing published with an origin whose control is not proven.
	ProvenOrigins bool
	// Published is told of each notice that was made, and must not wait. May be nil.
	Published func(consent.SiteKey, consent.NoticeNumber)
	// Try sends a test message to each address, and gives what became of it. Nil for a
	// host that sends no e-mail.
	Try func(ctx context.Context, addresses []string, lang consent.Language) []error
	// Send takes a link to the one person whom it lets in. Nil for a host that sends no
	// e-mail: then links are shown, to be handed over in person.
	Send func(ctx context.Context, letter notify.Letter) error
	// Outside is a provider at which people log in, nil for none.
	Outside *Outside
	// Proxies and ProxyHeader are how the address of a person is told, for limits.
	Proxies     []string
	ProxyHeader string
}

// Admin is the administration. It does not close the store.
type Admin struct {
	Options
	app      *fiber.App
	routes   []route
	peers    peer.Reader
	delays   *delays
	hashing  chan struct{} // one place for each password that is hashed at once
	choosing *lineups      // of those who choose a password: by address
	assets   map[string]asset
	vault    vault
	passing  vault              // of what ends with this server
	keys     *webauthn.WebAuthn // nil where there can be no passkeys
	spent    *spent
	held     *held
	aside    *aside
	own      *ownLimit
	long     *ownLimit // long bodies
	running  *running  // exports
	// departing counts who sets out to a provider, by network.
	departing *ownLimit
	drafts    *draftShelf
	signed    signatureShelf
	api       *api.API
	// previews are bundles of drafts, which are looked at and kept nowhere else; files are
	// drafts as files.
	previews *made.Shelf[previewKey, *preview]
	files    *sitefile.Files
	turns    *turn.Turns
	frames   *frames
	manual   *help.Book
	// publisher makes notices of drafts.
	publisher *publishing.Publisher
	looks     *looks.Looks
	origins   *origincontrol.Origins

	mu      sync.Mutex
	serving net.Listener
	stopped bool
}

// New makes an Admin.
func New(options Options) (*Admin, error) {
	peers, err := peer.NewReader(options.ProxyHeader, options.Proxies)
	if err != nil {
		return nil, err
	}
	if options.Looked == nil {
		options.Looked = options.Store.RecordAct
	}
	a := &Admin{Options: options, peers: peers, delays: newDelays(options.Clock), hashing: make(chan struct{}, hashers), choosing: newLineups()}
	a.previews, a.frames, a.files, a.turns = newPreviews(), newFrames(), sitefile.NewFiles(), turn.New(turn.Patience)
	if a.manual, err = help.Read(); err != nil {
		return nil, err
	}
	if a.assets, err = readAssets(); err != nil {
		return nil, err
	}
	if a.vault, err = newVault(options.Key); err != nil {
		return nil, err
	}
	if a.passing, err = newPassing(); err != nil {
		return nil, err
	}
	a.drafts = newDraftShelf()
	a.keys, a.spent, a.held = newPasskeys(options.Address), newSpent(options.Clock), newHeld(options.Clock)
	a.own, a.departing = newOwnLimit(options.Clock, ownPerHour, time.Hour), newOwnLimit(options.Clock, departPerMinute, time.Minute)
	a.long, a.aside = newOwnLimit(options.Clock, longBodies, bodyTime), newAside()
	a.running = newRunning(options.Clock)
	a.publisher = publishing.New(options.Store, options.Said, options.Clock, options.Log)
	a.publisher.ProvenOrigins, a.publisher.Published = options.ProvenOrigins, options.Published
	a.looks = looks.New(options.Looked, options.Clock)
	a.origins = &origincontrol.Origins{Store: options.Store, Looker: options.Control, Clock: options.Clock, Key: options.Key, Must: options.ProvenOrigins}
	if a.api, err = a.newAPI(); err != nil {
		return nil, err
	}
	a.app = fiber.New(fiber.Config{
		Immutable: true, StrictRouting: true, CaseSensitive: true, BodyLimit: bodyLimit, ReadBufferSize: headerLimit,
		ReadTimeout: bodyTime, WriteTimeout: time.Minute, IdleTimeout: time.Minute, Concurrency: concurrency,
		DisablePreParseMultipartForm: true, EnableTrustedProxyCheck: true, DisableStartupMessage: true,
		ErrorHandler: a.answerError,
	})
	a.app.Server().HeaderReceived = a.admit
	a.app.Use(a.observe)
	a.routes = a.table()
	for _, r := range a.routes {
		a.app.Add(r.method, r.path, a.enter(r))
		if r.method == http.MethodGet { // the same without its body
			a.app.Add(http.MethodHead, r.path, a.enter(r))
		}
	}
	a.api.Mount(a.app)
	listens := a.app.Server()
	listens.Handler, listens.ErrorHandler = framing.Guard(listens.Handler), forPrograms(listens.ErrorHandler)
	return a, nil
}

// table gives every page and action.
func (a *Admin) table() []route {
	var all []route
	for _, part := range [][]route{
		assetRoutes(), loginRoutes(), ownRoutes(), organisationRoutes(), homeRoutes(), siteRoutes(),
		siteAddRoutes(), settingsRoutes(), originRoutes(), trailRoutes(), factorRoutes(),
		providerRoutes(),
		apiKeyRoutes(),
		peopleRoutes(), invitationRoutes(), operatorRoutes(), logRoutes(), registerRoutes(),
		figuresRoutes(),
		inventoryRoutes(),
		lifetimeRoutes(),
		catalogueRoutes(),
		publishRoutes(),
		planRoutes(),
		twoRoutes(),
		notificationRoutes(),
		helpRoutes(),
		unsentRoutes(),
	} {
		all = append(all, part...)
	}
	return all
}

// Serve answers requests on the listener until Shutdown, or not at all when that
// came first.
func (a *Admin) Serve(listener net.Listener) error {
	if !a.begin(listener) {
		return listener.Close()
	}
	if len(a.Proxies) == 0 { // else every connection comes from one
		listener = peer.Uncrowded(listener, connectionsPerNetwork)
	}
	return a.app.Listener(listener)
}

func (a *Admin) begin(listener net.Listener) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.serving = listener
	return !a.stopped
}

// Run tells the audit trail what was looked at, once a stretch of it has ended, until
// ctx ends. Shutdown tells the rest.
func (a *Admin) Run(ctx context.Context) {
	a.looks.Run(ctx, func(err error) {
		a.Log.ErrorContext(ctx, "who has read the log could not be written down; it is tried again", "error", err)
	})
}

// Shutdown stops listening and waits until running requests are answered, or ctx
// ends.
func (a *Admin) Shutdown(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stopped = true
	err := errors.Join(a.app.ShutdownWithContext(ctx), a.looks.End(ctx, true), a.aside.end(ctx))
	if a.serving != nil {
		_ = a.serving.Close() // Fiber forgets what it has not begun to serve
	}
	return err
}

// observe sets what every answer has, and catches panics.
func (a *Admin) observe(c *fiber.Ctx) (err error) {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	if strings.HasPrefix(a.URL, "https://") {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
	defer func() {
		if cause := recover(); cause != nil {
			err = a.answerError(c, &consent.Error{Kind: consent.Internal, Code: "panic", Message: "A handler has failed.", Err: panicked(cause)})
		}
	}()
	if !a.isNamed(c) {
		return a.answerError(c, consent.Errorf(consent.Invalid, wrongHost, "The administration is not at this address: it is at %s.", a.Address))
	}
	if err := c.Next(); err != nil {
		return a.answerError(c, err)
	}
	return nil
}

// wrongHost is the code of a request for another host.
const wrongHost = "wrong_host"

// isNamed says whether a request is for the host that people reach the administration
// at. What a proxy names instead, an address in numbers or this machine, is no name that
// somebody else could have made lead here. Where that host is not set, only a trusted
// proxy names another.
func (a *Admin) isNamed(c *fiber.Ctx) bool {
	host := string(c.Request().Host())
	if peer.IsAddress(host) || peer.OnThisMachine(host) {
		return true
	}
	if a.URL == "" {
		return a.peers.Proxied(c)
	}
	at, err := url.Parse(a.URL)
	return err == nil && peer.HostName(host) == at.Hostname()
}

// methods are those that change something.
func changes(method string) bool { return method != http.MethodGet && method != http.MethodHead }
