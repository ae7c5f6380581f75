package visitor

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// maxGrants is longer than the answer cookie of any Notice.
const maxGrants = 4096

// headerNecessary holds the policy of what is no page. A worker obeys the policy of
// its script, which browsers keep with it: one that went by a visitor's answer would
// outlive the answer.
const headerNecessary = "Samtykke-Necessary"

// policy answers GET /{site}/csp?grants=…: the Content-Security-Policy that the
// site's own server sends with a page to a visitor who has granted that much. It
// stands in the header of its name, where proxies look, and in the body for people.
// What grants nothing, also by being damaged, gets the strictest policy.
//
// kept is the copy of the answer cookie, which counts where the banner reads it, too.
func (v *Visitor) policy(c *fiber.Ctx) error {
	current, err := v.current(c)
	if err != nil {
		return err
	}
	if !current.Draft.Site.PolicyMode {
		return consent.Errorf(consent.NotFound, "no_policy_mode",
			"This site is not in policy mode. Write policy_mode: true under site in its site file, and publish it.")
	}
	if v.Base == "" {
		return consent.Errorf(consent.NotFound, "no_public_url",
			"This server does not know its own address, so a policy would refuse its script. Set public.url (SAMTYKKE_PUBLIC_URL).")
	}
	grants := c.Query("grants")
	if grants == "" && current.Draft.Site.SameOrigin {
		grants = c.Query("kept")
	}
	if len(grants) > maxGrants {
		grants = ""
	}
	server, now := originOf(v.Base), v.Clock()
	policy := current.Draft.Policy(server, current.Draft.Granted(grants, now))
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	c.Set(headerNecessary, current.Draft.Policy(server, current.Draft.Granted("", now)))
	Set(c, typeText, cacheShort)
	return c.SendString(policy + "\n")
}

// originOf gives scheme, host and port of an address; empty when it has none.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
