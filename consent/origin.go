package consent

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// origin is a web origin taken apart, in the spelling that browsers send.
type origin struct {
	scheme   string // "https" or "http"
	host     string // ASCII, lower case; an IPv6 address without brackets
	port     uint16 // never 0
	wildcard bool   // every sub-domain of host, but not host itself
}

// domains converts names to ASCII without mapping anything: a full-width or
// upper-case non-ASCII letter is refused rather than read as its look-alike.
var domains = idna.New(idna.ValidateLabels(true), idna.StrictDomainName(true),
	idna.VerifyDNSLength(true), idna.BidiRule(), idna.CheckJoiners(true), idna.CheckHyphens(true))

// AllowsOrigin says whether the value of an Origin header is one of the site's:
// the same scheme, host and port, where a registered "*." stands for any
// sub-domain. "null", paths, credentials and anything else that no browser sends
// as an origin are refused.
func (s *Site) AllowsOrigin(value string) bool {
	asked, flaw := parseOrigin(value)
	if flaw != "" || asked.wildcard {
		return false
	}
	for _, entry := range s.Origins {
		if entry == value {
			return true
		}
		registered, flaw := parseOrigin(entry)
		if flaw == "" && registered.allows(asked) {
			return true
		}
	}
	return false
}

// UnderstoodOrigin writes out an origin as people write it: kommune.no is
// https://kommune.no, and a slash at the end says nothing. What is before a colon and has
// no dot may be another scheme, such as javascript:1, and stays as it is: who has a host
// of such a name writes https:// before it.
func UnderstoodOrigin(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	if head, _, has := strings.Cut(text, ":"); has && !strings.ContainsAny(head, ".[") {
		return text
	}
	return "https://" + strings.ToLower(text)
}

// Hosts gives the hosts on whose pages a Decision holds, each once, in the order
// of Origins: one may start with "*." for all sub-domains.
func (s *Site) Hosts() []string {
	hosts := make([]string, 0, len(s.Origins))
	for _, entry := range s.Origins {
		o, flaw := parseOrigin(entry)
		if o.wildcard {
			o.host = "*." + o.host
		}
		if flaw == "" && !slices.Contains(hosts, o.host) {
			hosts = append(hosts, o.host)
		}
	}
	return hosts
}

func (o origin) allows(asked origin) bool {
	if o.scheme != asked.scheme || o.port != asked.port {
		return false
	}
	if o.wildcard {
		return strings.HasSuffix(asked.host, "."+o.host)
	}
	return o.host == asked.host
}

// parseOrigin reads scheme://host[:port]. The flaw says what is wrong with a
// text that is not one.
func parseOrigin(text string) (o origin, flaw string) {
	scheme, rest, found := strings.Cut(lowerASCII(text), "://")
	if !found || scheme != "https" && scheme != "http" {
		return origin{}, "it does not begin with https://"
	}
	o.scheme, o.port = scheme, 443
	if scheme == "http" {
		o.port = 80
	}
	if strings.ContainsAny(rest, "/?#@\\ ") {
		return origin{}, "it holds more than scheme, host and port"
	}
	host, port := splitPort(rest)
	if port != "" {
		n, err := strconv.ParseUint(port[1:], 10, 16)
		if err != nil || n == 0 || port[1] == '0' || port[1] == '+' {
			return origin{}, "its port is not a number from 1 to 65535"
		}
		o.port = uint16(n)
	}
	host, o.wildcard = strings.CutPrefix(host, "*.")
	if o.host, found = canonicalHost(host); !found {
		return origin{}, "its host is not a valid name or address"
	}
	if o.wildcard && !canHaveSubdomains(o.host) {
		return origin{}, "its \"*.\" would cover sites that are not yours"
	}
	if scheme == "http" && !isLoopback(o.host) {
		return origin{}, "it is not encrypted"
	}
	return o, ""
}

// splitPort parts "host:port" before the colon. Brackets keep their colons.
func splitPort(text string) (host, port string) {
	at := strings.LastIndexByte(text, ':')
	if at < 0 || at < strings.LastIndexByte(text, ']') {
		return text, ""
	}
	if at == len(text)-1 {
		return "", "" // "host:" is no host
	}
	return text[:at], text[at:]
}

// canonicalHost gives the ASCII spelling of a host name or address.
func canonicalHost(host string) (string, bool) {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		address, err := netip.ParseAddr(inner)
		return address.String(), ok && err == nil && address.Is6() && address.Zone() == ""
	}
	if address, err := netip.ParseAddr(host); err == nil {
		return address.String(), address.Is4()
	}
	name, err := host, error(nil)
	if !isPlainName(host) || strings.Contains(host, "--") { // else there is nothing to convert, on the path of every request
		name, err = domains.ToASCII(host)
	}
	if err != nil || !isPlainName(name) {
		return "", false
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	return name, last[0] < '0' || last[0] > '9' // 0x7f.1 and the like are addresses to a browser
}

// isPlainName holds for labels of letters, digits and inner hyphens, parted by
// dots: idna lets other ASCII characters pass.
func isPlainName(name string) bool {
	label := 0 // where the current one begins
	for i := range len(name) + 1 {
		if i == len(name) || name[i] == '.' {
			if i == label || i-label > 63 || name[label] == '-' || name[i-1] == '-' {
				return false
			}
			label = i + 1
		} else if c := name[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return len(name) <= 253
}

// canHaveSubdomains says whether one party owns every name below host. The
// public suffixes are names below which strangers register: "*.kommune.no" would
// take in every municipality.
func canHaveSubdomains(host string) bool {
	if host == "localhost" {
		return true
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	suffix, _ := publicsuffix.PublicSuffix(host)
	return suffix != host
}

// isLoopback says whether the host can only be this machine.
func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// lowerASCII lowers A to Z and nothing else: lowering by Unicode turns the
// Kelvin sign into a k.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}, s)
}
