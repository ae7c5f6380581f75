package config

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// minKey is the length of the shortest accepted signing key, in characters.
const minKey = 32

// checker gathers what is wrong between and within settings.
type checker struct {
	places   map[string]place
	problems consent.Problems
	beside   bool // for a command, which does not need what only the server does
}

// require reports a problem at a setting unless ok.
func (c *checker) require(ok bool, path, code, message, repair string) {
	if ok {
		return
	}
	at, written := c.places[path]
	if !written {
		at.name = path
	}
	c.problems = append(c.problems, consent.Problem{
		Path: at.name, Line: at.line, Severity: consent.Fault, Code: code, Message: message, Repair: repair,
	})
}

// needs reports a secret that only the server needs and does not have.
func (c *checker) needs(secret Secret, path, code, message, repair string) {
	c.require(c.beside || !secret.IsZero(), path, code, message, repair)
}

// validate gives every rule that the settings break.
func (c *Config) validate(check *checker) consent.Problems {
	c.validatePublic(check)
	check.require(c.Debug.Listen == "" || listens(c.Debug.Listen), "debug.listen", "bad_address",
		"This is not an address to listen on.", "Write host:port, such as 127.0.0.1:8082, or leave it empty.")
	check.require(c.Admin.Listen == "" || listens(c.Admin.Listen), "admin.listen", "bad_address",
		"This is not an address to listen on.", "Write host:port, such as 127.0.0.1:8081, or leave it empty.")
	check.require(c.Admin.Listen == "" || c.Admin.Listen != c.Public.Listen && c.Admin.Listen != c.Debug.Listen || anyPort(c.Admin.Listen), "admin.listen", "same_address",
		"Two listeners have the same address.", "Give the administration a port of its own.")
	check.require(c.Debug.Listen == "" || c.Debug.Listen != c.Public.Listen || anyPort(c.Debug.Listen), "debug.listen", "same_address",
		"Both listeners have the same address.", "Give the debug listener a port of its own.")
	check.require(strings.TrimSpace(c.Storage.SQLite.Path) != "", "storage.sqlite.path", "missing",
		"The database has no file.", "Write a path, such as /var/lib/samtykke/samtykke.db.")
	for path, number := range map[string]int{
		"storage.queue": c.Storage.Queue, "cache.entries": c.Cache.Entries,
		"witness.every":               c.Witness.Every,
		"limits.decisions_per_minute": c.Limits.DecisionsPerMinute, "limits.site_per_day": c.Limits.SitePerDay,
	} {
		check.require(number >= 1, path, "too_small", "The number is too small.", "Write 1 or more.")
	}
	c.validateRedis(check)
	c.validateWitness(check)
	c.validateNotify(check)
	c.validateOIDC(check)
	return check.problems
}

func (c *Config) validatePublic(check *checker) {
	check.require(listens(c.Public.Listen), "public.listen", "bad_address",
		"This is not an address to listen on.", "Write host:port, such as :8080 or 127.0.0.1:8080.")
	for _, proxy := range c.Public.TrustedProxies {
		check.require(isNetwork(proxy), "public.trusted_proxies", "bad_proxy",
			strconv.Quote(proxy)+" is not a network address.", "Write an address such as 10.0.0.4, or a network such as 10.0.0.0/8.")
	}
	proxies, header := len(c.Public.TrustedProxies) > 0, c.Public.ProxyHeader != ""
	check.require(!header || proxies, "public.proxy_header", "needs_proxies",
		"A header is believed from nobody.", "Set public.trusted_proxies too, or leave both out.")
	check.require(!proxies || header, "public.trusted_proxies", "needs_header",
		"Proxies are trusted, but with nothing.", "Set public.proxy_header too, such as X-Real-IP, or leave both out.")
	check.require(!header || isHeader(c.Public.ProxyHeader), "public.proxy_header", "bad_header",
		"This is not the name of a header.", "Write a name such as X-Real-IP.")
}

func (c *Config) validateRedis(check *checker) {
	redis := c.Cache.Redis
	used, signed := !redis.URL.IsZero(), !redis.Key.IsZero()
	check.require(!used || isRedis(redis.URL.Reveal()), "cache.redis.url", "bad_redis",
		"This is not the address of a Redis server.", "Write redis://host:6379/0, or rediss:// for TLS.")
	check.require(!used || signed, "cache.redis.key", "needs_key",
		"Redis is used without a key to sign what is put there.", "Set it to the output of: openssl rand -base64 32")
	check.require(used || !signed, "cache.redis.url", "needs_url",
		"There is a key for Redis, but no Redis.", "Set cache.redis.url too, or leave both out.")
	check.require(!signed || len(redis.Key.Reveal()) >= minKey, "cache.redis.key", "weak_key",
		"The key is shorter than 32 characters.", "Set it to the output of: openssl rand -base64 32")
	check.require(redis.Prefix != "" && !strings.ContainsAny(redis.Prefix, " :*?[]{}\\\r\n\t"), "cache.redis.prefix", "bad_prefix",
		"This cannot start a key in Redis.", "Write letters, digits, dashes and underscores.")
}

// listens says whether text is host:port.
func listens(text string) bool {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return false
	}
	number, err := strconv.ParseUint(port, 10, 16)
	return err == nil && port == strconv.FormatUint(number, 10)
}

// anyPort says whether the system chooses the port.
func anyPort(listen string) bool { return strings.HasSuffix(listen, ":0") }

func isNetwork(text string) bool {
	_, address := netip.ParseAddr(text)
	_, network := netip.ParsePrefix(text)
	return address == nil || network == nil
}

// isHeader says whether net/http accepts the name as it stands.
func isHeader(name string) bool {
	return http.CanonicalHeaderKey(name) != "" && !strings.ContainsAny(name, " \t\r\n:,;()\"/\\")
}

func isRedis(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && (parsed.Scheme == "redis" || parsed.Scheme == "rediss") && parsed.Host != ""
}
