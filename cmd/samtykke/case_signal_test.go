package main_test

import (
	"fmt"
	"strings"
	"testing"
)

// signalling is what a site file says to have vendors told.
const signalling = `heading_level: 3
  signals:
    google: { analytics_storage: statistics, ad_storage: marketing, ad_user_data: marketing, ad_personalization: marketing }
    microsoft_uet: { ad_storage: marketing }
    microsoft_clarity: { analytics_Storage: statistics, ad_Storage: marketing }
    meta: { consent: marketing }
    tiktok: { consent: marketing/ads }
    matomo: { consent: statistics }
    wordpress: { statistics: statistics, marketing: marketing }
    shopify: { analytics: statistics, marketing: marketing }`

// vendors is a page with stand-ins for vendors' own globals, as their snippets or
// their running scripts make them, and a tag that waits for its yes. An old library
// has put a name into every object.
const vendors = `<!doctype html><html lang="nb"><head>` + first + `<script>
Object.prototype.version = 1
window.dataLayer = [{ mine: 1 }]
window.told = []
const hears = (name) => (...said) => told.push([name, ...said.filter((one) => typeof one !== 'function')])
window.fbq = hears('fbq')
window.ttq = { grantConsent: hears('ttq grant'), revokeConsent: hears('ttq revoke') }
document.addEventListener('wp_consent_type_defined', () => told.push(['wp', wp_consent_type]))
const spoken = () => dataLayer.slice(1).map((said) => [...said].slice(0, 2).join(' ') + ' ' + JSON.stringify(said[2]))
document.addEventListener('samtykke:change', () => {
	ran('change after ' + spoken().length)
	const pixels = told.filter(([name]) => /^(fbq|ttq)/.test(name))
	sessionStorage.last = JSON.stringify([_paq.slice(2), spoken()[2], pixels.slice(4)])
})
</script><script src="{script}"></script><script>
window.wp_set_consent = hears('wp')
window.Shopify = { customerPrivacy: { setTrackingConsent: hears('shopify') } }
</script></head><body>
<script type="text/plain" data-category="statistics" data-service="counter">ran('tag after ' + spoken().length)</script>
</body></html>`

// TestVendorSignals holds cases 66 to 70 and 72: case 66, defaults before any tag;
// case 67, all seven types of Google; case 68, one update, before the tag and before
// events; case 69, what the page had in its queue stays; case 70, a returning
// visitor's update comes at once; case 72, Matomo's calls. The other vendors too.
func TestVendorSignals(t *testing.T) {
	site := newTrial(t, "heading_level: 3", signalling)
	for _, engine := range everyEngine {
		t.Run(engine, func(t *testing.T) {
			c := &caseOn{tab: openTab(t, engine), trial: site, T: t, host: fmt.Sprintf("c66-%s.trial.localhost", engine)}
			c.visit(c.putRaw("/", vendors, nil))
			c.settle()
			c.signalsBefore()
			c.choose("accept")
			c.signalsAfter("in the page of the answer", "change after 2,tag after 2")
			c.visit(c.at("/"))
			c.settle()
			c.signalsAfter("in the next page", "tag after 2")
			c.signalsWithdrawn()
		})
	}
}

const (
	denied  = `"ad_storage":"denied","ad_user_data":"denied","ad_personalization":"denied","analytics_storage":"denied","functionality_storage":"denied","personalization_storage":"denied","security_storage":"granted"`
	granted = `"ad_storage":"granted","ad_user_data":"granted","ad_personalization":"granted","analytics_storage":"granted","functionality_storage":"denied","personalization_storage":"denied","security_storage":"granted"`
)

func (c *caseOn) signalsBefore() {
	c.t.Helper()
	c.want("nothing to run", "order.length === 0")
	c.want("the page's own in its place", "dataLayer[0].mine === 1 && dataLayer.slice(1).every((said) => Object.prototype.toString.call(said) === '[object Arguments]')")
	c.same("Google", "spoken().join()", `consent default {`+denied+`,"wait_for_update":500}`)
	c.same("UET", "JSON.stringify(uetq)", `["consent","default",{"ad_storage":"denied"}]`)
	c.same("Matomo", "JSON.stringify(_paq)", `[["requireConsent"]]`)
	c.same("Clarity, which does not run", "typeof clarity", "undefined")
	c.same("all others", "JSON.stringify(told)", `[["fbq","consent","revoke"],["ttq revoke"],["wp","optin"]]`)
}

func (c *caseOn) signalsAfter(where, order string) {
	c.t.Helper()
	c.await("the tag", "order.length > 0")
	c.settle()
	c.same("what ran "+where, "order.sort().join()", order)
	c.same("Google "+where, "spoken().join()", `consent default {`+denied+`,"wait_for_update":500},consent update {`+granted+`}`)
	c.same("UET "+where, "JSON.stringify(uetq.slice(3))", `["consent","update",{"ad_storage":"granted"}]`)
	c.same("Matomo "+where, "JSON.stringify(_paq)", `[["requireConsent"],["setConsentGiven"]]`)
	c.same("Clarity "+where, "JSON.stringify(clarity.q.map((said) => [...said]))", `[["consentv2",{"ad_Storage":"granted","analytics_Storage":"granted"}]]`)
	c.same("the pixels "+where, "JSON.stringify(told.filter(([name]) => /^(fbq|ttq)/.test(name)))",
		`[["fbq","consent","revoke"],["ttq revoke"],["fbq","consent","grant"],["ttq grant"]]`)
	c.same("the shops "+where, "JSON.stringify(told.filter(([name]) => !/^(fbq|ttq)/.test(name)))",
		`[["wp","optin"],["wp","marketing","allow"],["wp","statistics","allow"],["shopify",{"analytics":true,"marketing":true}]]`)
}

// signalsWithdrawn looks at what was said in the page of the withdrawal, which is
// loaded anew after it.
func (c *caseOn) signalsWithdrawn() {
	c.t.Helper()
	c.withdraw(true)
	c.same("at withdrawal", "sessionStorage.last",
		`[[["forgetConsentGiven"]],"consent update {`+strings.ReplaceAll(denied, `"`, `\"`)+`}",[["fbq","consent","revoke"],["ttq revoke"]]]`)
	c.same("Google in the page after it", "spoken().slice(-1)[0]", `consent update {`+denied+`}`)
}

// same fails unless an expression gives a text.
func (c *caseOn) same(what, expression, want string) {
	c.t.Helper()
	if got := c.text(expression); got != want {
		c.t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

// TestNoVendorSignals is case 71: where the site file has no signals, the page gets
// no vendor's global.
func TestNoVendorSignals(t *testing.T) {
	runCases(t, oneEngine, []trialCase{{71, "signals are off unless asked for", func(c *caseOn) {
		c.show("")
		c.choose("accept")
		c.want("no vendor's queue", "['dataLayer', 'uetq', '_paq', 'clarity', 'fbq', 'ttq', 'wp_consent_type'].every((name) => !(name in window))")
	}}})
}
