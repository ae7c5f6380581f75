// Package api is the JSON API with which programs do what people do on the pages of
// the administration. A program shows a key that an administrator has made for it;
// no cookie is looked at.
//
// A route stands in the table with the scope that it asks for, and everything that
// the OpenAPI document says of it. What is another organisation's is answered as
// what does not exist.
package api

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
	"github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/looks"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/peer"
	"github.com/samtykke/samtykke/server/proof"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/sitefile"
	"github.com/samtykke/samtykke/server/turn"
)

// Base is where the API lies on the listener of the administration.
const Base = "/api/v1"

// Options are what an API is made of.
type Options struct {
	Store consent.Store
	// Publisher makes notices of drafts.
	Publisher *publishing.Publisher
	Clock     func() time.Time
	// Said are the fixed texts of the banner, as they are corrected here.
	Said  consent.Translations
	Prove proof.Prover
	// Looks is told what is read of the log before it is answered. An error keeps it
	// from being answered.
	Looks *looks.Looks
	// Looked is told what is exported, before it is and when it ended.
	Looked func(ctx context.Context, act consent.Act) error
	// Pack writes the audit pack of a site, which opens the records between two moments.
	Pack func(ctx context.Context, of consent.LogQuery, to io.Writer) error
	// Release is the version of the program, which stands in some files.
	Release string
	// Figures counts what a chart of the pages shows, with the same small numbers
	// hidden.
	Figures func(ctx context.Context, site consent.SiteEntry, ask FiguresQuery) (*Figures, error)
	// Gaps gives what went missing on the way, day by day, as the page for figures does.
	Gaps func(ctx context.Context, site consent.SiteEntry, ask FiguresQuery) (*Gaps, error)
	// Preview gives what publishing the draft of a site would make, as the page shows it,
	// and of which draft. The error has Problems when that has faults.
	Preview func(ctx context.Context, site consent.SiteEntry) (*consent.Bundle, *consent.Draft, consent.DraftRevision, error)
	// Say tells in words what two drafts say otherwise, and of how many things not.
	Say func(ctx context.Context, site consent.SiteEntry, lang consent.Language, before, after *consent.Draft) ([]ChangedThing, int, error)
	// Called gives what the pages call people of an organisation.
	Called func(all []consent.Account, organisation consent.OrganisationID) map[consent.AccountID]string
	// Import reads a file into a draft, as the page does.
	Import func(ctx context.Context, ask ImportQuery) (*ImportMade, error)
	// Sharing is between the sites of an organisation.
	Sharing Sharing
	// Catalogue reads a file of the Open Cookie Database, as the page does. The error is
	// Invalid (code BadCatalogue) when nothing of it can be taken; the catalogue that it
	// comes with then has the rows that cannot be.
	Catalogue func(ctx context.Context, ask CatalogueQuery) (*consent.Catalogue, error)
	// Refused says of the rows that were not taken why, as the page does.
	Refused func(*consent.Catalogue) []ImportLine
	// Answer makes the answer to the person of a request, as the page does.
	Answer func(ctx context.Context, ask AnswerQuery) ([]byte, error)
	// KnowsAct says whether a trail may be searched for an action.
	KnowsAct func(action string) bool
	// TrailFile gives what writes acts as the file of the page has them.
	TrailFile func(ctx context.Context, query consent.TrailQuery, lang consent.Language, separator string, to *export.Receiver) (func(*bufio.Writer), error)
	// WriteDraft writes a draft as a file of that name, as the page for export does.
	WriteDraft func(to io.Writer, draft *consent.Draft, file string) error
	// Files are drafts as files, and Turns are for what is made of long ones, as on the
	// pages.
	Files *sitefile.Files
	Turns *turn.Turns
	// Audits are those of the log that run beside.
	Audits *auditing.Audits
	// Origins tells which of their sites' addresses organisations control.
	Origins *control.Origins
	// Failed counts a key from a network that does not work, and gives how long the
	// network has to wait.
	Failed func(network netip.Prefix) time.Duration
	// Often counts what costs much, as the action of the page is called, and gives how long
	// the person who has it done has to wait with it.
	Often func(who consent.AccountID, action string) time.Duration
	Peers peer.Reader
	// Hand takes an invitation's link to whom it is for.
	Hand organising.Hand
	// Try sends a test message to the recipients of an organisation, and gives what
	// became of each.
	Try func(ctx context.Context, organisation consent.OrganisationID) (*consent.Recipients, []error, error)
	// Address is that of the administration.
	Address string
	// Help is the address of the manual, which explains the codes.
	Help string
	Log  *slog.Logger
}

// API is the JSON API.
type API struct {
	Options
	routes   []route
	limit    *limit
	document []byte
}

// New makes an API.
func New(options Options) (*API, error) {
	a := &API{Options: options, routes: table(), limit: newLimit(options.Clock)}
	var err error
	a.document, err = document()
	return a, err
}

// document is the OpenAPI document of the routes, which is the same for every API.
var document = sync.OnceValues(func() ([]byte, error) { return describe(table()) })

// table gives every route, in the order of the document.
func table() []route {
	var all []route
	for _, part := range [][]route{siteRoutes(), settingsRoutes(), originRoutes(), draftRoutes(), draftFileRoutes(), previewRoutes(), changesRoutes(), categoryRoutes(), inventoryRoutes(), sharedRoutes(), textRoutes(), reviewRoutes(), importRoutes(), suggestionRoutes(), catalogueRoutes(), noticeRoutes(), pastRoutes(), planRoutes(), decisionRoutes(), findRoutes(), exportRoutes(), auditRoutes(), erasureRoutes(), requestRoutes(), recordRoutes(), figuresRoutes(), gapRoutes(), findingRoutes(), trailRoutes(), trailAuditRoutes(), organisationRoutes(), peopleRoutes(), keyRoutes(), recipientRoutes(), documentRoutes()} {
		all = append(all, part...)
	}
	return all
}

// Mount has an app answer everything below /api.
func (a *API) Mount(app *fiber.App) {
	for _, r := range a.routes {
		app.Add(r.method, Base+r.path, a.enter(r))
		if r.heads() {
			app.Add(http.MethodHead, Base+r.path, a.enter(r))
		}
	}
	app.Use("/api", a.unknown)
}

// Owns says whether a path is below /api.
func Owns(path string) bool { return path == "/api" || strings.HasPrefix(path, "/api/") }

// unknown answers what is in no table.
func (a *API) unknown(c *fiber.Ctx) error {
	r := &request{API: a, c: c, ctx: c.UserContext()}
	var allowed []string
	for _, to := range a.routes {
		if fiber.RoutePatternMatch(c.Path(), Base+to.path, fiber.Config{StrictRouting: true, CaseSensitive: true}) {
			if allowed = append(allowed, to.method); to.heads() {
				allowed = append(allowed, http.MethodHead)
			}
		}
	}
	if len(allowed) == 0 {
		return r.fail(errUnknown())
	}
	c.Set(fiber.HeaderAllow, strings.Join(allowed, ", "))
	return r.fail(&fault{status: http.StatusMethodNotAllowed, code: "wrong_method", detail: "The address is there, and not for this method. The header Allow says for which."})
}

// AnswerError answers what has reached no route. Of those whose key does not work little
// is read, and the key is what they are told of.
func (a *API) AnswerError(c *fiber.Ctx, err error) error {
	r := &request{API: a, c: c, ctx: c.UserContext()}
	if unknown := r.identify(); unknown != nil && isTooLarge(err) {
		err = unknown
	}
	return r.fail(err)
}

// Maker gives who answers for the key with a secret, 0 for one that does not work.
func (a *API) Maker(ctx context.Context, secret string) consent.AccountID {
	key, _, err := a.holder(ctx, secret)
	if err != nil || key == nil {
		return 0
	}
	return key.Maker
}

// TooMuch is what a program is told that sends long bodies faster than they are taken.
func TooMuch(wait time.Duration) error {
	return errWait("too_many", "The person who made the key, and the programs with it, send too many long bodies at once. Wait as long as Retry-After says.", wait)
}

// Entry is a route, for who goes through all of them.
type Entry struct {
	Method, Path string // the path as Fiber has it, with Base
	Scope        consent.Scope
	Action       string
	Costs        bool
}

// Actions are those that routes are named after.
func Actions() []string {
	var actions []string
	for _, r := range table() {
		if r.action != "" {
			actions = append(actions, r.action)
		}
	}
	return actions
}

// Entries gives the table of routes.
func (a *API) Entries() []Entry {
	entries := make([]Entry, len(a.routes))
	for i, r := range a.routes {
		entries[i] = Entry{r.method, Base + r.path, r.scope, r.action, r.costs}
	}
	return entries
}
