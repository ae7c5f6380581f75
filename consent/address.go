package consent

import (
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// addresses faults a Text of web addresses that is incomplete or unsafe.
func (v *review) addresses(at string, text Text) {
	v.text(at, text, maxAddress)
	for _, lang := range v.languages {
		if text[lang] != "" {
			v.address(at+"."+string(lang), text[lang])
		}
	}
}

// address faults what may not become a link.
func (v *review) address(at, address string) {
	if len(address) > maxAddress || !safeAddress(address) {
		v.fault(at, "malformed_address", quoted(address)+" cannot be a link.",
			"Write an address that begins with https://, http://, mailto: or one slash.")
	}
}

// safeAddress holds for http, https and mailto addresses and for paths on the
// site itself. What browsers read otherwise than it looks is refused: other
// schemes, credentials, backslashes, spaces, and paths that lead to another host.
func safeAddress(address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f || isHidden(r) }) {
		return false
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "":
		return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
	case "mailto":
		to, _, _ := strings.Cut(u.Opaque, "?")
		return validEmail(to)
	case "http", "https":
		_, ok := canonicalHost(lowerASCII(hostOf(u)))
		return ok && u.User == nil && u.Opaque == ""
	}
	return false
}

// ReadAddress reads a web address as people write it: without a scheme it begins with
// https. The error is Invalid (malformed_address) for what cannot be a link.
func ReadAddress(written string) (string, error) {
	if len(written) <= maxAddress && safeAddress(written) {
		return written, nil
	}
	full := "https://" + written
	if host, _, _ := strings.Cut(written, "/"); len(full) <= maxAddress && strings.Contains(host, ".") && !namesFile(written) && safeAddress(full) {
		return full, nil
	}
	return "", Errorf(Invalid, "malformed_address", "%s cannot be a link. Write a whole address, such as https://www.example.no/privacy.", quoted(written))
}

// namesFile says whether somebody wrote a page of the site, and not a host.
func namesFile(written string) bool {
	return slices.Contains([]string{".html", ".htm", ".php", ".aspx", ".pdf"}, lowerASCII(path.Ext(written))) && !strings.Contains(written, "/")
}

// hostOf gives the host with the brackets of an address of version 6.
func hostOf(u *url.URL) string {
	host, _ := splitPort(u.Host)
	return host
}

func validEmail(address string) bool {
	parsed, err := mail.ParseAddress(address)
	return err == nil && parsed.Name == "" && parsed.Address == address && len(address) <= 254 &&
		!strings.ContainsAny(address, "\"'<>()[]:;, \\?&")
}

func validPhone(number string) bool {
	digits := strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, number)
	return len(digits) >= 3 && len(digits) <= 15 && strings.Trim(number, "0123456789 ()-") == "" ||
		strings.HasPrefix(number, "+") && validPhone(number[1:])
}

// validHost holds for a host that a service contacts, with "*." for all below
// it and a port where it is not the usual one.
func validHost(host string) bool {
	name, port := splitPort(strings.TrimPrefix(host, "*."))
	if port != "" {
		if n, err := strconv.ParseUint(port[1:], 10, 16); err != nil || n == 0 {
			return false
		}
	}
	canonical, ok := canonicalHost(name)
	return ok && len(canonical) > 0
}

// quoted gives a text for a message. Many messages may be about the same one, so it is
// never long.
func quoted(text string) string { return strconv.Quote(shorten(text)) }

// shorten cuts a text for a message.
func shorten(text string) string {
	const longest = 60
	if most := (longest + 1) * utf8.UTFMax; len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}
