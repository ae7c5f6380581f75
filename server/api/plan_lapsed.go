package api

import (
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// lapsedHeader tells a program that what was planned for a draft lapsed by what it did.
const lapsedHeader = "Samtykke-Plan-Lapsed"

// mayLapse says whether what is planned for a draft may lapse by a route.
func (r *route) mayLapse() bool {
	return r.method != http.MethodGet && r.scope == consent.ScopeEdit && strings.HasPrefix(r.path, "/sites/:site/")
}

// tellingLapsed does what is asked for, and has the answer say which plan lapsed by it.
func (r *request) tellingLapsed(to *route) (*answer, error) {
	if !to.mayLapse() {
		return r.once(to)
	}
	before, err := r.Publisher.Plan(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	given, err := r.once(to)
	if err != nil || !before.Waits() {
		return given, err
	}
	now, err := r.Publisher.Plan(r.ctx, r.site.Key)
	if err != nil { // what was asked for is done
		r.Log.ErrorContext(r.ctx, "whether a plan has lapsed could not be read", "site", string(r.site.Key), "error", err)
		return given, nil
	}
	if now.Lapsed() && now.ID == before.ID {
		r.c.Set(lapsedHeader, string(now.State))
	}
	return given, nil
}
