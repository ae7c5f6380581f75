// Package visitor is what a visitor's browser meets: the script, the posting of
// Decisions and Findings, one's own Decisions, and the declaration. Everything
// here is public, so everything a request says is a claim: the Site comes from
// the path, the Notice from the store, the time from the server's clock.
package visitor

import (
	"time"

	"github.com/gofiber/fiber/v2"
	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/peer"
)

// Meter counts what the public listener does. Nothing it is told identifies a
// visitor.
type Meter interface {
	// Stored counts a Decision that is on disk.
	Stored(site consent.SiteKey, method consent.Method)
}

// Options are what the handlers need.
type Options struct {
	Store   consent.Store
	Bundler *banner.Bundler
	Clock   func() time.Time
	Meter   Meter
	// Witness cosigns the checkpoints of other ledgers; nil when this server is
	// no witness.
	Witness consent.Witness
	// Base is the external address of the server without a final slash, for the
	// permanent addresses on the declaration. May be empty.
	Base string
	// Proxies are the reverse proxies whose word for a visitor's address is
	// taken, from the request header ProxyHeader.
	Proxies     []string
	ProxyHeader string
	// PerMinute is how many writes one address may send in a minute.
	PerMinute int
	// PerDay is how many Decisions one Site may store in a day (UTC).
	PerDay int
	// Entries is how many Notices and rendered pages are kept in memory.
	Entries int
}

// Visitor holds the handlers of the public listener.
type Visitor struct {
	Options
	address  peer.Reader
	limiter  *limiter
	showing  *limiter // of banners that are shown
	days     *dayLimit
	names    nameLimit
	notices  *lru.Cache[noticeKey, *notice]
	ballots  *lru.Cache[ballotKey, *ballot]
	pages    *pages
	repeated *repeats
	tallies  *tallies
	counted  *repeats // refusals that are numbers only
}

// New makes the handlers. It fails on a proxy that is neither an address nor
// a network.
func New(opts Options) (*Visitor, error) {
	address, err := peer.NewReader(opts.ProxyHeader, opts.Proxies)
	if err != nil {
		return nil, err
	}
	entries := max(opts.Entries, 1)
	notices, err := lru.New[noticeKey, *notice](entries)
	if err != nil {
		return nil, err
	}
	ballots, err := lru.New[ballotKey, *ballot](entries)
	if err != nil {
		return nil, err
	}
	pages, err := newPages(entries)
	if err != nil {
		return nil, err
	}
	return &Visitor{
		Options:  opts,
		address:  address,
		limiter:  newLimiter(opts.PerMinute, opts.Clock),
		showing:  newLimiter(opts.PerMinute, opts.Clock),
		days:     newDayLimit(opts.PerDay),
		notices:  notices,
		ballots:  ballots,
		pages:    pages,
		repeated: newRepeats(),
		tallies:  newTallies(),
		counted:  newRepeats(),
	}, nil
}

// Routes adds every public route to app. Parts come before pinned scripts,
// whose pattern would take them too.
func (v *Visitor) Routes(app fiber.Router) {
	app.Get("/.well-known/gpc.json", v.gpc)
	app.Get("/samtykke.d.ts", v.types)
	app.Get(verifierPath, v.verifier)
	app.Get("/:site.js", v.script)
	app.Get("/:site/panel.:lang.:bundle.js", v.part("panel"))
	app.Get("/:site/place.:lang.:bundle.js", v.part("place"))
	app.Get("/:site/rest.:lang.:bundle.js", v.part("rest"))
	app.Get("/:site/mine.:lang.:bundle.js", v.part("mine"))
	app.Get("/:site/origin.js", v.origin)
	app.Get("/:site/:bundle.js", v.pinned)

	app.Post("/:site/decisions", v.postDecision)
	app.Options("/:site/decisions", v.preflight("POST", "Content-Type"))
	app.Post("/:site/findings", v.postFindings)
	app.Options("/:site/findings", v.preflight("POST", "Content-Type"))
	app.Post("/:site/shown", v.postShown)
	app.Options("/:site/shown", v.preflight("POST", "Content-Type"))
	app.Post("/:site/answer", v.postAnswer)
	app.Get("/:site/me", v.getMe)
	app.Delete("/:site/me", v.deleteMe)
	app.Options("/:site/me", v.preflight("GET, DELETE", "Authorization"))
	app.Put("/:site/me/frozen", v.freezeMe(false))
	app.Delete("/:site/me/frozen", v.freezeMe(true))
	app.Options("/:site/me/frozen", v.preflight("PUT, DELETE", "Authorization"))
	app.Get("/:site"+mePath, v.mePage)
	app.Get("/:site/receipts/:id.svg", v.receiptCode)
	app.Get("/:site/receipts/:id", v.getReceipt)
	app.Delete("/:site/receipts/:id", v.deleteReceipt)
	app.Options("/:site/receipts/:id", v.preflight("GET, DELETE", "Authorization"))
	v.shardRoutes(app)
	if v.Witness != nil {
		app.Post("/witness/add-checkpoint", v.postCheckpoint)
	}

	app.Get("/:site/csp", v.policy)
	for _, format := range []format{formatHTML, formatJSON, formatCSV} {
		app.Get("/:site/cookies"+format.suffix, v.cookies(format))
		app.Get("/:site/notices/:number/cookies"+format.suffix, v.noticeCookies(format))
	}
}
