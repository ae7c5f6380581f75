package admin

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// followName finds the cookie of a form under the name that somebody has given it since
// the form was opened, when the trail says so for certain. Saving goes on from its own
// address.
func (f *cookieForm) followName(s *consent.Service, p *part) error {
	was := f.opened(f.c.Path())
	if was == nil {
		return nil
	}
	acts, err := f.Store.Acts(f.ctx, consent.TrailQuery{Organisation: f.organisation.ID, Site: f.site.Key, From: was.at, Limit: mostLooked})
	if err != nil || len(acts) == mostLooked {
		return err
	}
	name := f.name
	for i := range slices.Backward(acts) {
		if is := renamed(&acts[i].Act, s.Key, name); is != "" {
			name = addressName(is)
		}
	}
	if name != f.name && indexOf(s.Cookies, cookieName, name) >= 0 {
		f.name, p.address = name, f.sitePath("/services/"+f.service+"/cookies/"+name)
	}
	return nil
}

// renamed gives the name that an act gave a cookie, "" when it did not: who saves one
// cookie, and by that takes one away and adds one, has renamed it.
func renamed(act *consent.Act, service consent.ServiceKey, cookie string) string {
	if strings.TrimPrefix(act.Action, "api.") != "draft.cookie.save" {
		return ""
	}
	var went, came []string
	for _, change := range act.Changes {
		switch change.Field {
		case cookiePath(string(service), change.Was):
			went = append(went, change.Was)
		case cookiePath(string(service), change.Is):
			came = append(came, change.Is)
		}
	}
	if len(went) == 1 && len(came) == 1 && addressName(went[0]) == cookie {
		return came[0]
	}
	return ""
}
