package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

func draftRoutes() []route {
	const path = "/sites/:site/draft"
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeRead, name: "getDraft", summary: "The draft as a site file. Its ETag is needed to change or publish it",
			answers: map[int]any{http.StatusOK: SiteFile{}}, handle: (*request).draftGet,
		},
		{
			method: http.MethodPut, path: path, scope: consent.ScopeEdit, action: "api.draft.save", name: "putDraft",
			summary: "Put a site file in place of the draft. Everything that is wrong with it is told at once, and then nothing is saved",
			matched: true, body: SiteFile{}, answers: map[int]any{http.StatusOK: Saved{}},
			refused: []int{http.StatusBadRequest, http.StatusPreconditionFailed, http.StatusPreconditionRequired, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType},
			handle:  (*request).draftPut,
		},
	}
}

// SiteFile is what a site file says ("samtykke help site-file").
type SiteFile map[string]any

// Saved is what came of a draft.
type Saved struct {
	Changed  bool              `json:"changed"`
	Warnings []consent.Problem `json:"warnings"`
	More     int               `json:"more"     about:"warnings that are not listed"`
}

func revisionTag(revision consent.DraftRevision) string {
	return strconv.FormatInt(int64(revision), 10)
}

func (r *request) draftGet() (*answer, error) {
	const form = "site.json"
	_, revision, err := r.Store.Saver(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	if body := r.Files.Kept(r.site.Key, revision, form); body != nil {
		return &answer{body: body, tag: revisionTag(revision)}, nil
	}
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	body, err := r.Files.Of(r.ctx, draft, revision, form, config.WriteSiteJSON)
	return &answer{body: body, tag: revisionTag(revision)}, err
}

// draftSeen gives the draft when it still is the one that the program has seen.
func (r *request) draftSeen() (*consent.Draft, consent.DraftRevision, error) {
	if r.c.Get(fiber.HeaderIfMatch) == "" {
		return nil, 0, errMatchNeeded()
	}
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, 0, err
	}
	if !matches(r.c.Get(fiber.HeaderIfMatch), revisionTag(revision), false) {
		return nil, 0, errDraftChanged()
	}
	return draft, revision, nil
}

func errDraftChanged() error {
	return &fault{status: http.StatusPreconditionFailed, code: "draft_changed", detail: "Somebody has changed the draft meanwhile. Get it again, and make the change on that."}
}

func (r *request) draftPut() (*answer, error) {
	if err := r.isJSON(); err != nil {
		return nil, err
	}
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	next, err := r.next(r.c.Request().Body(), draft)
	if err != nil {
		return nil, err
	}
	return r.saveDraft(draft, next.Draft, revision, next.Problems)
}

// isJSON refuses a body that is none.
func (r *request) isJSON() error {
	if !json.Valid(r.c.Request().Body()) {
		return &fault{status: http.StatusBadRequest, code: "malformed", detail: "The body is not JSON."}
	}
	return nil
}

// next reads the site file that is to take the place of the draft.
func (r *request) next(content []byte, draft *consent.Draft) (*sitefile.Next, error) {
	next, err := sitefile.Read(content, draft, r.today())
	if err != nil {
		return nil, err
	}
	faults := append(next.Problems.Faults(), foreign(draft, next)...)
	if len(faults) > 0 {
		return nil, errFaults("The site file has faults, so nothing was saved.", faults)
	}
	return next, nil
}

// foreign gives what a site file may not say of a draft.
func foreign(draft *consent.Draft, next *sitefile.Next) (faults consent.Problems) {
	if next.OtherSite != "" {
		errField(&faults, "site.key", "other_site", "The file is another site's.", "Send it to the address of that site.")
	}
	if next.OtherOrganisation != "" {
		errField(&faults, "organisation.id", "other_organisation", "The file is another organisation's.", "Write the organisation that the site has.")
	}
	if sitefile.Keep(draft, next.Draft) {
		errField(&faults, "site", "keeping", "How long answers hold and are kept is not changed by this.", "Leave validity, retention and refusals as they are. PUT /sites/"+string(draft.Site.Key)+"/keeping changes them, with a scope of its own.")
	}
	return faults
}
