package config

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Doubts gives what is no fault but can hardly be meant. Settings with doubts
// are served all the same.
func (c *Config) Doubts() consent.Problems {
	if len(c.Public.TrustedProxies) > 0 {
		return nil
	}
	var doubts consent.Problems
	// No listener speaks TLS: where people write https, a proxy is before it.
	doubt := func(listen string, url URL, path, shared string) {
		if listen == "" || !strings.HasPrefix(url.String(), "https://") {
			return
		}
		doubts = append(doubts, consent.Problem{
			Path: path, Severity: consent.Warning, Code: "no_trusted_proxy",
			Message: path + " is https and its listener speaks plain HTTP, so a proxy is before it, but no proxy is trusted. Everybody seems to come from the proxy's address, and " + shared + ".",
			Repair: "Write under public: trusted_proxies: [127.0.0.1] (the proxy's address as this machine sees it) and proxy_header: X-Forwarded-For. " +
				"\"samtykke help administration\" shows what the proxy needs.",
		})
	}
	doubt(c.Admin.Listen, c.Admin.URL, "admin.url", "one person who guesses passwords makes all others wait")
	doubt(c.Public.Listen, c.Public.URL, "public.url", "all visitors share the allowance of one")
	return doubts
}
