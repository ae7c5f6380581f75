// Package policy shows how a Go server sends Samtykke's policy mode with its own
// pages: a Content-Security-Policy for what this visitor has granted.
package policy

import (
	"context"
	"io"
	"net/http"
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
	known   *lru.LRU[string, string]
}

// New makes a Sender. Samtykke is the server's address without a final slash, such
// as https://samtykke.example.no; site is the key in the script tag.
func New(samtykke, site string) *Sender {
	return &Sender{
		address: samtykke + "/" + site + "/csp?grants=",
		closed:  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: mediastream: " + samtykke,
		cookie:  "samtykke-" + site,
		client:  &http.Client{Timeout: patience},
		known:   lru.NewLRU[string, string](kept, nil, keptFor),
	}
}

// Before sends the policy with whatever pages answers. A policy that pages set
// themselves stays: a browser holds to both.
func (s *Sender) Before(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := ""
		// Of two answers nobody knows here which one is newer.
		if cookies := r.CookiesNamed(s.cookie); len(cookies) == 1 && strings.HasPrefix(cookies[0].Value, "1.") {
			answer = cookies[0].Value
		}
		w.Header().Add("Content-Security-Policy", s.policy(r.Context(), answer))
		pages.ServeHTTP(&page{ResponseWriter: w}, r)
	})
}

// page keeps a page out of caches: its policy belongs to one visitor and one answer,
// and what was kept from before a withdrawal would run again. Scripts and pictures
// are cached as they were.
type page struct {
	http.ResponseWriter
	begun bool
}

// WriteHeader adds what caches obey, where the answer is a page or does not say.
func (p *page) WriteHeader(status int) {
	header := p.Header()
	if kind := header.Get("Content-Type"); !p.begun && (kind == "" || strings.Contains(kind, "html")) {
		header.Set("Cache-Control", "private, no-cache")
		header.Add("Vary", "Cookie")
	}
	p.begun = status >= http.StatusOK
	p.ResponseWriter.WriteHeader(status)
}

// Write begins the answer where that has not been done.
func (p *page) Write(data []byte) (int, error) {
	if !p.begun {
		p.WriteHeader(http.StatusOK)
	}
	return p.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController flush and hijack.
func (p *page) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// policy gives the policy for an answer. While Samtykke is away nothing but the
// site itself is let through: nothing runs without consent, and the page stands.
func (s *Sender) policy(ctx context.Context, answer string) string {
	if known, ok := s.known.Get(answer); ok {
		return known
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+url.QueryEscape(answer), http.NoBody) //nolint:gosec // the address is set up, the answer escaped
	if err != nil {
		return s.closed
	}
	response, err := s.client.Do(request) //nolint:gosec // the same
	if err != nil {
		return s.closed
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body) // so that the connection is used again
	policy := response.Header.Get("Content-Security-Policy")
	if response.StatusCode != http.StatusOK || policy == "" {
		return s.closed
	}
	s.known.Add(answer, policy)
	return policy
}
