package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// settingsRoutes are about the settings of a site. How long answers hold and are kept has
// an address and a scope of its own: the page asks for the password before it.
func settingsRoutes() []route {
	const settings, keeping = "/sites/:site/settings", "/sites/:site/keeping"
	keep := takes(Keeping{}, partOf(http.MethodPut, keeping, "api.draft.keeping.save", "putKeeping", "Change how long answers hold and decisions are kept, in the draft. It holds once that is published", (*request).keepingPut))
	keep.scope = consent.ScopeKeeping
	return []route{
		seen(settings, "getSettings", "What the draft says of the site: names, addresses, languages, look and placement, and who can be reached. The ETag is that of the draft, and is needed to change it", SiteSettings{}, (*request).settingsGet),
		takes(SiteSettings{}, partOf(http.MethodPut, settings, "api.draft.settings.save", "putSettings", "Put other settings in the place of these. What is only missing is told, and keeps them from being published", (*request).settingsPut)),
		seen(keeping, "getKeeping", "How long answers hold and decisions are kept by the draft", Keeping{}, (*request).keepingGet),
		keep,
	}
}

// SiteSettings are the settings of a site.
type SiteSettings struct {
	Site     SiteOf     `json:"site"`
	Contacts ContactsOf `json:"contacts"`
}

// SiteOf is what a site file says of the site.
type SiteOf struct{ json.RawMessage }

// ContactsOf is what a site file says of who can be reached.
type ContactsOf struct{ json.RawMessage }

// Keeping is how long answers hold and decisions are kept.
type Keeping struct {
	Validity  consent.Lifetime `json:"validity"  about:"how long an answer holds, P6M to P12M"`
	Retention consent.Lifetime `json:"retention" about:"how long a decision is kept after that no longer holds; empty for as long as is usual"`
	Refusals  consent.Refusals `json:"refusals"  about:"what is kept of who says no to everything and has decided nothing before: keep the decision, or count it; empty for keep"`
}

func (r *request) settingsGet() (*answer, error) {
	at, err := r.placeNow()
	if err != nil {
		return nil, err
	}
	said := SiteSettings{}
	said.Site.RawMessage, said.Contacts.RawMessage, err = at.Settings()
	return at.answer(said), err
}

func (r *request) settingsPut() (*answer, error) {
	at, err := r.placeSeen()
	if err != nil {
		return nil, err
	}
	var said SiteSettings
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	next, err := at.PutSettings(said.Site.RawMessage, said.Contacts.RawMessage)
	if err != nil {
		return nil, err
	}
	if faults := append(next.Unsaved(), foreign(at.draft, next)...); len(faults) > 0 {
		return nil, errFaults("Nothing was saved.", faults)
	}
	return r.saveDraft(at.draft, next.Draft, at.revision, next.Problems)
}

func (r *request) keepingGet() (*answer, error) {
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	s := &draft.Site
	return &answer{body: Keeping{s.Validity, s.Retention, s.Refusals}, tag: revisionTag(revision)}, nil
}

func (r *request) keepingPut() (*answer, error) {
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	var said Keeping
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	next := *draft
	next.Site.Validity, next.Site.Retention, next.Site.Refusals = said.Validity, said.Retention, said.Refusals
	problems := sitefile.NewProblems(draft, next.Validate(), 0, "")
	var faults consent.Problems
	for _, p := range next.Validate().Faults() {
		if field := strings.TrimPrefix(p.Path, "site."); slices.Contains(namesOf(reflect.TypeFor[Keeping]()), field) {
			p.Path = field
			faults = append(faults, p)
		}
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was saved.", faults)
	}
	r.tells(sitefile.KeepingTold(&draft.Site, &next.Site), "")
	return r.saveDraft(draft, &next, revision, problems)
}
