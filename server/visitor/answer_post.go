package visitor

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/net/publicsuffix"

	"github.com/samtykke/samtykke/consent"
)

// maxRemoved is how many cookies one answer removes: each takes some headers, and a
// reverse proxy has room for a few kilobytes of them.
const maxRemoved = 8

// maxNames is how many cookies of a request are looked at: as many as browsers keep
// for a site. Comparing them with a long inventory takes its time.
const maxNames = 180

// held is what a page has its own server keep.
type held struct {
	bundle  consent.BundleID
	answer  string // of the answer cookie; empty when it is forgotten
	granted []consent.ServiceRef
}

// postAnswer answers POST /{site}/answer with 204 and what a page script cannot do
// to cookies. It sets a copy of the visitor's answer, since Safari forgets within
// seven days what a script has set. And it removes those that services without
// consent have left and no script may touch, as far as the request shows them: what
// is HttpOnly, on the path of the whole site. Nothing is stored here, and of the
// other cookies the names alone are read.
func (v *Visitor) postAnswer(c *fiber.Ctx) error {
	current, err := v.admit(c, v.showing)
	if err != nil {
		return err
	}
	origin := c.Get(fiber.HeaderOrigin)
	if !current.Draft.Site.SameOrigin || !isOwn(c, origin) {
		return consent.Errorf(consent.Forbidden, "other_origin",
			"Cookies of a page are set under its own origin alone. Hand a path of the site on to Samtykke, write same_origin: true under site, and publish: samtykke help same-origin.")
	}
	body, err := rawBody(c)
	if err != nil {
		return err
	}
	held, err := decodeHeld(body)
	if err != nil {
		return err
	}
	ballot, err := v.ballot(c.UserContext(), current.site, held.bundle)
	if err != nil {
		return err
	}
	draft := &ballot.notice.Draft
	setCookie(c, keptCookie(&current.Draft.Site, held.answer, origin))
	left := draft.Leftover(cookieNames(c), held.granted)
	for _, name := range left[:min(len(left), maxRemoved)] {
		for _, cookie := range expired(name, origin) {
			setCookie(c, cookie)
		}
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendStatus(fiber.StatusNoContent)
}

// keptCookie is the copy of an answer, for as long and for the same hosts as the
// answer itself.
func keptCookie(site *consent.Site, answer, origin string) *http.Cookie {
	domain := site.CookieDomain
	if host := hostOf(origin); host != domain && !strings.HasSuffix(host, "."+domain) {
		domain = "" // as the banner does where the browser refuses it
	}
	cookie := &http.Cookie{ //nolint:gosec // the banner reads it; http is for localhost alone
		Name: site.Key.KeptCookie(), Value: answer, Path: "/", Domain: domain,
		MaxAge: int(site.Validity.Duration().Seconds()), SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(origin, "https:"),
	}
	if answer == "" {
		cookie.MaxAge = -1
	}
	return cookie
}

// expired removes a cookie wherever a page of that origin may have it: on its host,
// and on every domain above it that is not a public suffix.
func expired(name, origin string) []*http.Cookie {
	hosts := []string{""}
	host := hostOf(origin)
	suffix, _ := publicsuffix.PublicSuffix(host)
	for host != suffix && strings.Contains(host, ".") {
		hosts = append(hosts, host)
		_, host, _ = strings.Cut(host, ".")
	}
	var cookies []*http.Cookie
	for _, host := range hosts {
		plain := http.Cookie{Name: name, Path: "/", Domain: host, MaxAge: -1, Secure: strings.HasPrefix(origin, "https:")} //nolint:gosec // it removes
		cookies = append(cookies, &plain)
		if plain.Secure {
			partitioned := plain //nolint:gosec // as above
			partitioned.Partitioned = true
			cookies = append(cookies, &partitioned)
		}
	}
	return cookies
}

// hostOf gives the host of an origin, without its port.
func hostOf(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// setCookie adds a cookie to the answer. A name that is not one gives nothing.
func setCookie(c *fiber.Ctx, cookie *http.Cookie) {
	if text := cookie.String(); text != "" {
		c.Response().Header.Add(fiber.HeaderSetCookie, text)
	}
}

// cookieNames gives the names of the cookies of a request, copied.
func cookieNames(c *fiber.Ctx) []string {
	var names []string
	for name := range c.Request().Header.Cookies() {
		if len(names) == maxNames {
			break
		}
		names = append(names, string(name))
	}
	return names
}

// decodeHeld reads {"bundle":"...","answer":"...","granted":["..."]}, as strictly as
// decodeClaim.
func decodeHeld(body []byte) (*held, error) {
	h := new(held)
	seen := 0
	r := &reader{body: body}
	err := r.object(func(name []byte) (err error) {
		seen++
		switch string(name) {
		case "bundle":
			h.bundle, err = readAs(r, parseBundleID)
		case "answer":
			h.answer, err = readAs(r, parseAnswer)
		case "granted":
			err = r.array(func() error {
				ref, err := readAs(r, asWritten)
				h.granted = append(h.granted, consent.ServiceRef(ref))
				return err
			})
		default:
			err = errors.New("it has a member that is not known")
		}
		return err
	})
	if err == nil {
		err = r.end()
	}
	if err == nil && seen < 3 {
		err = errors.New("it lacks one of bundle, answer, granted")
	}
	if err != nil {
		return nil, malformed(err)
	}
	return h, nil
}

func parseAnswer(s string) (string, error) {
	if s != "" && !consent.ValidAnswer(s) {
		return "", errors.New("its answer is not a value of the answer cookie")
	}
	return s, nil
}
