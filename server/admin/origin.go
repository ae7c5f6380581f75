package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	origincontrol "github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/web"
)

func originRoutes() []route {
	const origins = "/sites/:site/origins"
	return []route{
		{method: http.MethodGet, path: origins, may: consent.MaySee, handle: (*request).originsGet},
		{method: http.MethodPost, path: origins, may: consent.MayEdit, action: "origin.check", costs: true, together: true, handle: (*request).originPost},
	}
}

// originsPage is which of a site's origins the organisation has proven to control.
type originsPage struct {
	Origins []originLine
	Must    bool // nothing is published before they are proven
	May     bool // the person may have them looked at
}

// originLine is one of them.
type originLine struct {
	origincontrol.OriginState
	Wrong string // what the last look found
}

// originsGet shows them.
func (r *request) originsGet() error {
	states, err := r.origins.Of(r.ctx, r.site)
	if err != nil {
		return err
	}
	shown := originsPage{Must: r.ProvenOrigins, May: r.may(consent.MayEdit)}
	for _, state := range states {
		line := originLine{OriginState: state}
		if line.Fault != "" {
			line.Wrong = r.say("origins_fault_" + string(line.Fault))
		}
		shown.Origins = append(shown.Origins, line)
	}
	return r.show(page{name: "origins.html", title: "origins_title", data: shown, trail: []web.AdminLink{{Text: r.say("nav_settings"), URL: r.here("/settings")}}})
}

// originPost has one of the site's origins looked at.
func (r *request) originPost() error {
	origin := r.form.Get("origin")
	r.tells(func(act *consent.Act) { act.Object = origin })
	fault, err := r.origins.Look(r.ctx, r.site, origin)
	switch {
	case consent.KindOf(err) == consent.NotFound:
		return errNoPage()
	case consent.CodeOf(err) == "too_soon":
		return r.redirect(r.here("/origins"), "origin_wait")
	case err != nil:
		return err
	case fault != "":
		return r.redirect(r.here("/origins"), "origin_missing")
	}
	return r.redirect(r.here("/origins"), "origin_proven")
}
