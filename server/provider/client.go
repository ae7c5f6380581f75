package provider

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// maxAnswer is how much is read of an answer, in bytes.
const maxAnswer = 1 << 20

// errForeign is why nothing is asked of a host that is not the provider's.
var errForeign = errors.New("an address of the provider is not on the host of the issuer, or not https")

// client asks the host of the issuer, and no other.
type client struct {
	*http.Client

	issuer *url.URL
}

func newClient(issuer string) *client {
	parsed, err := url.Parse(issuer)
	if err != nil {
		parsed = &url.URL{}
	}
	c := &client{issuer: parsed}
	c.Client = &http.Client{
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: only{c, &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: patience}).DialContext,
			TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience, MaxResponseHeaderBytes: 64 << 10,
			IdleConnTimeout: time.Minute, MaxConnsPerHost: 8, ForceAttemptHTTP2: true,
		}},
	}
	return c
}

// sees says whether an address is on the host of the issuer, and as safe.
func (c *client) sees(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && parsed.Host != "" && parsed.User == nil && parsed.Host == c.issuer.Host && parsed.Scheme == c.issuer.Scheme && c.leads(address)
}

// leads says whether a browser may be sent to an address.
func (c *client) leads(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" {
		return false
	}
	return parsed.Scheme == "https" || parsed.Scheme == "http" && isOwnMachine(parsed.Hostname()) && isOwnMachine(c.issuer.Hostname())
}

func isOwnMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// only lets requests to the issuer's host through, and cuts long answers.
type only struct {
	client *client
	next   http.RoundTripper
}

// RoundTrip implements http.RoundTripper. An answer that breaks off, or does not end in
// time, is none: it is read here, since whoever reads it later calls it malformed.
func (o only) RoundTrip(request *http.Request) (*http.Response, error) {
	if !o.client.sees(request.URL.String()) {
		return nil, errForeign
	}
	answer, err := o.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return answer, nil
}

// unreachable gives the part of an error that says that no answer came, nil for
// none.
func unreachable(err error) error {
	var network net.Error
	var failed *url.Error
	switch {
	case errors.As(err, &failed):
		return failed.Err
	case errors.As(err, &network):
		return network
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, errForeign):
		return err
	}
	return nil
}
