package gjerdrum

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// written gives the rows that the response of this host and path writes.
func written(options Options, host, path string) []Row {
	var rows []Row
	for _, row := range Rows {
		if row.Host == host && row.Answer == path && (options.Obsolete || !row.Obsolete) {
			rows = append(rows, row)
		}
	}
	return rows
}

// find gives one row of the table; the table is ours, so a miss is a fault of ours.
func find(service consent.ServiceKey, pattern string) Row {
	for _, row := range Rows {
		if row.Service == service && row.Pattern == pattern {
			return row
		}
	}
	panic("gjerdrum: no row " + string(service) + " " + pattern)
}

// set writes a row's cookie into the response, the way its vendor does. One
// that is read inside another site's frame has to be SameSite=None and Secure.
func (row Row) set(w http.ResponseWriter, value string) {
	cookie := &http.Cookie{ //nolint:gosec // G124: the attributes are the vendors', weaknesses included
		Name:     row.Cookie,
		Value:    value,
		Path:     row.Path,
		MaxAge:   int(row.Age / time.Second),
		HttpOnly: row.HTTPOnly,
	}
	if row.Domain {
		cookie.Domain = row.Host
	}
	if row.Host != Municipality {
		cookie.SameSite, cookie.Secure, cookie.Partitioned = http.SameSiteNoneMode, true, true
	}
	http.SetCookie(w, cookie)
	if row.Cookie == "AWSALBCORS" {
		// The load balancer writes the pair; browsers refuse the elder one,
		// which has no SameSite, in another site's frame.
		http.SetCookie(w, &http.Cookie{Name: "AWSALB", Value: value, Path: row.Path, MaxAge: cookie.MaxAge, HttpOnly: row.HTTPOnly}) //nolint:gosec // G124: as above
	}
}

// clear takes a row's cookie back, as a log-out does.
func (row Row) clear(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: row.Cookie, Path: row.Path, MaxAge: -1, HttpOnly: row.HTTPOnly}) //nolint:gosec // G124: as in set
}

// identifier is the kind of value that such cookies hold.
func identifier() string { return rand.Text() }

// ages gives the cookies that a service's scripts write, those whose names
// begin with prefix, and their ages in seconds, as a JavaScript object.
func ages(options Options, service consent.ServiceKey, prefix string) (string, error) {
	seconds := map[string]int{}
	for _, row := range Rows {
		ours := row.Service == service && row.Answer == "" && strings.HasPrefix(row.Cookie, prefix)
		if ours && (options.Obsolete || !row.Obsolete) {
			seconds[row.Cookie] = int(row.Age / time.Second)
		}
	}
	object, err := json.Marshal(seconds)
	return string(object), err
}
