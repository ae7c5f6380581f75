package admin

import (
	"net/http"
	"path"
	"slices"
	"strings"
)

// pageAt gives where to lead somebody who was on the way to an address: there, or to the
// nearest page above it when it only takes forms, and there is none any more.
func (a *Admin) pageAt(address string) string {
	at, _, _ := strings.Cut(address, "?")
	if a.takes(http.MethodGet, at) || !a.takes(http.MethodPost, at) {
		return address
	}
	for at != "/" && !a.takes(http.MethodGet, at) {
		at = path.Dir(at)
	}
	return at
}

func (a *Admin) takes(method, at string) bool {
	return slices.ContainsFunc(a.routes, func(to route) bool { return to.method == method && isAt(to.path, at) })
}

// isAt says whether an address is one of a route's.
func isAt(of, at string) bool {
	return slices.EqualFunc(strings.Split(of, "/"), strings.Split(at, "/"), func(of, at string) bool {
		return of == at || strings.HasPrefix(of, ":") && at != ""
	})
}
