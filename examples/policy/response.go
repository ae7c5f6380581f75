package policy

import (
	"net/http"
	"regexp"
)

// response sends a policy with what a handler answers.
type response struct {
	http.ResponseWriter
	accept   string // what the request asked for
	policies policies
	begun    bool
}

// page matches the type of what browsers show as a page, and what was asked for. An
// answer without a type, such as "not modified", is one where a page was asked for.
var page = regexp.MustCompile(`(?i)^[^;|]*[/+](?:html|xml)\b|^\|.*/html`)

// WriteHeader adds the policy, and to pages what caches obey: a page's policy belongs
// to one visitor and one answer, and what was kept from before a withdrawal would run
// again. All else is for every visitor the same, and cached as it was: a worker obeys
// the policy of its script, which the browser keeps with it.
func (r *response) WriteHeader(status int) {
	if status == http.StatusEarlyHints {
		return // the browser would ask for things before it has a policy
	}
	if !r.begun && (status >= http.StatusOK || status == http.StatusSwitchingProtocols) {
		r.begun = true
		header, policy := r.Header(), r.policies.necessary
		if page.MatchString(header.Get("Content-Type") + "|" + r.accept) {
			policy = r.policies.granted
			header.Set("Cache-Control", "private, no-cache")
			header.Add("Vary", "Cookie")
		}
		header.Add("Content-Security-Policy", policy)
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write begins the answer where that has not been done.
func (r *response) Write(data []byte) (int, error) {
	if !r.begun {
		r.WriteHeader(http.StatusOK)
	}
	return r.ResponseWriter.Write(data)
}

// FlushError begins the answer, too: the header goes with the first flush.
func (r *response) FlushError() error {
	if !r.begun {
		r.WriteHeader(http.StatusOK)
	}
	return http.NewResponseController(r.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController hijack.
func (r *response) Unwrap() http.ResponseWriter { return r.ResponseWriter }
