package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/control"
)

// originRoutes are about the control of a site's addresses.
func originRoutes() []route {
	const path = "/sites/:site/origins"
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeRead, name: "listOrigins",
			summary: "The addresses of the site, and which of them the organisation has shown to control",
			answers: map[int]any{http.StatusOK: Origins{}}, handle: (*request).originsGet,
		},
		{
			method: http.MethodPost, path: path + "/check", scope: consent.ScopeEdit, action: "api.origin.check", name: "checkOrigin", costs: true, together: true,
			summary: "Have the server look for the record or the file that shows control of one of them", body: OriginCheck{},
			answers: map[int]any{http.StatusOK: Origins{}}, refused: []int{http.StatusConflict}, handle: (*request).originCheckPost,
		},
	}
}

// Origins are the addresses of a site.
type Origins struct {
	Must    bool     `json:"must" about:"nothing is published before all that can be shown is"`
	Origins []Origin `json:"origins"`
}

// Origin is one address of a site.
type Origin struct {
	Origin  string  `json:"origin"`
	Needed  bool    `json:"needed"  about:"control can be shown; of the machine's own address there is nothing to show"`
	Proven  bool    `json:"proven"`
	By      *string `json:"by"      about:"another origin by which it is proven"`
	Since   *string `json:"since"   about:"when it was found last; null while it is not proven"`
	Checked *string `json:"checked" about:"when it was looked for last"`
	Fault   *string `json:"fault"   about:"of the last look: nothing, other, elsewhere (another domain), not_public, port (only 443 is asked for the file), unreachable, no_file (the DNS could not be asked, and there is no file); null when it found what it looked for"`
	Line    string  `json:"line"    about:"what the record or a line of the file has to say; no secret"`
	Record  string  `json:"record"  about:"name of the TXT record"`
	File    string  `json:"file"    about:"address of the file; either is enough"`
}

// OriginCheck names the address to look at.
type OriginCheck struct {
	Origin string `json:"origin" about:"as the list has it"`
}

func (r *request) originsGet() (*answer, error) {
	states, err := r.Origins.Of(r.ctx, r.site)
	if err != nil {
		return nil, err
	}
	return &answer{body: OriginsOf(states, r.Origins.Must)}, nil
}

// OriginsOf gives addresses as programs get them.
func OriginsOf(states []control.OriginState, must bool) Origins {
	list := Origins{Must: must, Origins: make([]Origin, len(states))}
	for i := range states {
		list.Origins[i] = newOrigin(&states[i])
	}
	return list
}

func newOrigin(state *control.OriginState) Origin {
	told := Origin{Origin: state.Origin, Needed: state.Needed, Proven: state.Proven, Line: state.Line(), Record: state.Record(), File: state.File()}
	if state.By != "" {
		told.By = &state.By
	}
	if !state.Since.IsZero() {
		told.Since = new(stamp(state.Since))
	}
	if !state.Checked.IsZero() {
		told.Checked = new(stamp(state.Checked))
	}
	if state.Fault != "" {
		told.Fault = new(string(state.Fault))
	}
	return told
}

// originCheckPost answers with what the look found.
func (r *request) originCheckPost() (*answer, error) {
	var said OriginCheck
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	r.tells(said.Origin, "")
	_, err := r.Origins.Look(r.ctx, r.site, said.Origin)
	if consent.KindOf(err) == consent.NotFound {
		return nil, errFaults("Nothing was looked at.", consent.Problems{{
			Path: "origin", Severity: consent.Fault, Code: "bad_choice", Message: "The site has no such address, or there is nothing to show of it.", Repair: "Write one of the list that says needed.",
		}})
	}
	if err != nil {
		return nil, err
	}
	return r.originsGet()
}
