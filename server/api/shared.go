package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// sharedRoutes are about services that several sites of the organisation have.
func sharedRoutes() []route {
	const shared, service = "/sites/:site/shared", "/sites/:site/services/:service"
	also := append([]int{http.StatusConflict}, ofBody...)
	copying := takes(Copying{}, partOf(http.MethodPost, shared, "api.draft.service.copy", "copyServices", "Copy services of other sites into the draft: all of them, or none. What belongs to a site stays with it: notes, measured lifetimes, pages where a service never runs, and languages", (*request).sharedPost))
	taking := takes(Taking{}, partOf(http.MethodPost, service+"/take", "api.draft.service.take", "takeService", "Put what another site says of the service in the place of what is said here", (*request).takePost))
	taking.refused = append(also, taking.refused...)
	return []route{
		{
			method: http.MethodGet, path: shared, scope: consent.ScopeEdit, name: "listShared", summary: "The services of the organisation's other sites, those that are not here first",
			query:   []parameter{{"search", "a name, a company, a host or a cookie", object{"type": "string", "maxLength": mostSearched}}},
			answers: map[int]any{http.StatusOK: Shared{}}, handle: (*request).sharedGet,
		},
		copying,
		{
			method: http.MethodGet, path: service + "/sites", scope: consent.ScopeEdit, name: "compareService", summary: "What the organisation's other sites say of a service. The ETag is that of the draft, and is needed to take over one of them",
			answers: map[int]any{http.StatusOK: Elsewhere{}}, handle: (*request).elsewhereGet,
		},
		taking,
		{
			method: http.MethodPost, path: service + "/send", scope: consent.ScopeEdit, action: "api.draft.service.send", name: "sendService",
			summary: "Put what is said here into the drafts of other sites: of all that are named, or of none. It stands in the trail of each",
			matched: true, body: Sending{}, answers: map[int]any{http.StatusOK: Elsewhere{}}, refused: append(also, ofMatch...), handle: (*request).sendPost,
		},
	}
}

// Shared are services of other sites.
type Shared struct {
	Services []SharedService `json:"services"`
	More     int             `json:"more" about:"that are not listed"`
}

// SharedService is a service of another site.
type SharedService struct {
	Service  string             `json:"service"  about:"names it to be copied: site/key"`
	Site     string             `json:"site"     about:"what the site is called"`
	Name     string             `json:"name"`
	Provider string             `json:"provider"`
	Cookies  int                `json:"cookies"  about:"how many it has"`
	Here     consent.ServiceKey `json:"here"     about:"key of the same service on this site; empty when it is not here"`
}

// Copying names services that are to be copied.
type Copying struct {
	Services []string `json:"services" about:"each as the list names it: site/key"`
}

// Elsewhere is what other sites say of a service.
type Elsewhere struct {
	Sites []ElsewhereSite `json:"sites"`
}

// ElsewhereSite is what one says.
type ElsewhereSite struct {
	Site        consent.SiteKey   `json:"site"`
	Name        string            `json:"name"`
	Service     string            `json:"service"     about:"names it to be taken over: site/key; empty when the site does not have it"`
	Seen        string            `json:"seen"        about:"of what is said there now; goes back to take it over, or to put something in its place"`
	Same        bool              `json:"same"        about:"taking it over would change nothing here"`
	Differences []SharedDifferent `json:"differences" about:"what taking it over would change here, in words"`
	More        int               `json:"more"        about:"differences that are not listed"`
}

// SharedDifferent is one difference in words.
type SharedDifferent struct {
	Field string `json:"field"`
	Here  string `json:"here"`
	There string `json:"there"`
}

// Taking names what is taken over.
type Taking struct {
	Service string `json:"service" about:"as the other site has it: site/key"`
	Seen    string `json:"seen"    about:"as it was got with it"`
}

// Sending names the sites that something is put into.
type Sending struct {
	To []SendingTo `json:"to"`
}

// SendingTo is one of them.
type SendingTo struct {
	Site consent.SiteKey `json:"site"`
	Seen string          `json:"seen" about:"as it was got for that site"`
}

// Sharing does what the pages do with services that several sites have. Reasons for which
// something cannot be done are faults with the place in what was sent.
type Sharing interface {
	// Others lists services of other sites.
	Others(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, search string) (*Shared, error)
	// Copy puts services into a draft, or tells why not.
	Copy(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, names []string) (consent.Problems, error)
	// Elsewhere compares a service of a draft.
	Elsewhere(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, s *consent.Service) (*Elsewhere, error)
	// Take puts another version in the place of a service of a draft. It is a Conflict
	// (code "changed") when that is another one than was seen.
	Take(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, s *consent.Service, from Taking) (consent.Problems, error)
	// Send saves a service in other drafts. The act of ctx is told of each.
	Send(ctx context.Context, site *consent.SiteEntry, s *consent.Service, to []SendingTo) (consent.Problems, error)
}

func (r *request) sharedGet() (*answer, error) {
	var faults consent.Problems
	search := r.searched(&faults)
	if len(faults) > 0 {
		return nil, errFaults("The address asks for what there cannot be.", faults)
	}
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	list, err := r.Sharing.Others(r.ctx, r.site, draft, search)
	return &answer{body: list}, err
}

func (r *request) sharedPost() (*answer, error) {
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	var said Copying
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	next := draft.Copy()
	faults, err := r.Sharing.Copy(r.ctx, r.site, next, said.Services)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was copied.", faults)
	}
	r.tells(strings.Join(said.Services, ", "), "")
	return r.saveDraft(draft, next, revision, sitefile.NewProblems(draft, next.ValidateOn(r.today()), r.today(), ""))
}

// ownService gives the service of the path.
func (r *request) ownService(at *place, err error) (*consent.Service, error) {
	if err != nil {
		return nil, err
	}
	s := at.draft.Service(at.part.Service)
	if s == nil {
		return nil, errUnknown()
	}
	return s, nil
}

func (r *request) elsewhereGet() (*answer, error) {
	at, err := r.placeNow()
	s, err := r.ownService(at, err)
	if err != nil {
		return nil, err
	}
	found, err := r.Sharing.Elsewhere(r.ctx, r.site, at.draft, s)
	return at.answer(found), err
}

func (r *request) takePost() (*answer, error) {
	at, err := r.placeSeen()
	s, err := r.ownService(at, err)
	if err != nil {
		return nil, err
	}
	var said Taking
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	next := at.draft.Copy()
	faults, err := r.Sharing.Take(r.ctx, r.site, next, next.Service(s.Key), said)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was taken over.", faults)
	}
	r.tells(said.Service, "")
	return r.saveDraft(at.draft, next, at.revision, sitefile.NewProblems(at.draft, next.ValidateOn(r.today()), r.today(), ""))
}

func (r *request) sendPost() (*answer, error) {
	at, err := r.placeSeen()
	s, err := r.ownService(at, err)
	if err != nil {
		return nil, err
	}
	var said Sending
	if err := r.read(&said); err != nil {
		return nil, err
	}
	r.tells(string(r.site.Key)+"/"+string(s.Key), "")
	faults, err := r.Sharing.Send(r.ctx, r.site, s, said.To)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was sent.", faults)
	}
	found, err := r.Sharing.Elsewhere(r.ctx, r.site, at.draft, s)
	return at.answer(found), err
}
