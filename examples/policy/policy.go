// Package policy shows how a Go server sends Samtykke's policy mode with its own
// pages: a Content-Security-Policy for what this visitor has granted.
package policy

import (
	"context"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2/expirable"
)

const (
	// kept bounds how many answers' policies are remembered, and for how long: as
	// long as Samtykke says.
	kept    = 1000
	keptFor = 5 * time.Minute
	// patience is how long a page waits for Samtykke.
	patience = time.Second
)

// Sender puts the policy before the pages of a site.
type Sender struct {
	address string // of the policies
	closed  string // policy while Samtykke is away
	cookie  string
	client  *http.Client
	known   *lru.LRU[string, policies]
}

// policies are the two that a site has for one visitor.
type policies struct {
	granted   string // for pages: what this visitor has granted
	necessary string // for all else: the same for every visitor
}

// New makes a Sender. Samtykke is the server's address without a final slash, such
// as https://samtykke.example.no; site is the key in the script tag.
func New(samtykke, site string) *Sender {
	return &Sender{
		address: samtykke + "/" + site + "/csp?",
		closed:  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: mediastream: " + samtykke,
		cookie:  "samtykke-" + site,
		client:  &http.Client{Timeout: patience},
		known:   lru.NewLRU[string, policies](kept, nil, keptFor),
	}
}

// Before sends the policy with whatever pages answers. A policy that pages set
// themselves stays: a browser holds to both.
func (s *Sender) Before(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answered := url.Values{}
		if value, stands := one(r, s.cookie); stands {
			answered.Set("grants", value)
		} else {
			// The copy that the site's own server keeps, for when the browser has
			// forgotten the answer.
			value, _ := one(r, s.cookie+".kept")
			answered.Set("kept", value)
		}
		pages.ServeHTTP(&response{
			ResponseWriter: w,
			accept:         r.Header.Get("Accept"),
			policies:       s.policies(r.Context(), answered.Encode()),
		}, r)
	})
}

// one gives the answer in a cookie, and whether there is such a cookie at all.
func one(r *http.Request, name string) (answer string, stands bool) {
	cookies := r.CookiesNamed(name)
	// Of two answers nobody knows here which one is newer.
	if len(cookies) == 1 && strings.HasPrefix(cookies[0].Value, "1.") {
		answer = cookies[0].Value
	}
	return answer, len(cookies) > 0
}

// OwnPath hands a path of the site on to Samtykke, for "samtykke help same-origin":
//
//	mux.Handle("/samtykke/", policy.OwnPath("/samtykke", samtykke))
func OwnPath(path string, samtykke *url.URL) http.Handler {
	return http.StripPrefix(path, &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(samtykke)
		r.Out.Host = r.In.Host
		r.SetXForwarded()
	}})
}

// policies gives the policies for an answer. While Samtykke is away nothing but the
// site itself is let through: nothing runs without consent, and the page stands.
func (s *Sender) policies(ctx context.Context, answered string) policies {
	if known, ok := s.known.Get(answered); ok {
		return known
	}
	closed := policies{granted: s.closed, necessary: s.closed}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+answered, http.NoBody)
	if err != nil {
		return closed
	}
	response, err := s.client.Do(request)
	if err != nil {
		return closed
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body) // so that the connection is used again
	both := policies{granted: response.Header.Get("Content-Security-Policy"), necessary: response.Header.Get("Samtykke-Necessary")}
	if response.StatusCode != http.StatusOK || both.granted == "" || both.necessary == "" {
		return closed
	}
	s.known.Add(answered, both)
	return both
}
