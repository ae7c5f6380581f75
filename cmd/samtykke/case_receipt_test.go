package main_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestNoReceiptBeforeItIsKept: the panel gives a number only when the server has
// said that the decision behind it is kept.
func TestNoReceiptBeforeItIsKept(t *testing.T) {
	runCases(t, oneEngine, []trialCase{{0, "a decision that waits has no receipt", func(c *caseOn) {
		c.visit(c.putInFront())
		c.front.drop(func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/decisions") })
		defer c.front.drop(nil)
		c.choose("accept")
		const dialog = `document.querySelector('#samtykke').shadowRoot.querySelector('dialog')`
		const number = `JSON.parse(localStorage['` + own + `']).last.id`
		c.openPanel()
		c.await("the visitor's key", dialog+`.querySelector('input[readonly]')`)
		c.want("a number that nobody keeps left out", `!`+dialog+`.textContent.includes(`+number+`) && `+dialog+`.textContent.includes('…')
			&& `+dialog+`.querySelectorAll('input[readonly]').length === 1`)
		c.front.drop(nil)
		c.delivered("accept_all")
		c.await("the answer of the server", `Object.keys(JSON.parse(localStorage['`+own+`']).queue).length === 0`)
		c.visit(c.at("/"))
		c.openPanel()
		c.await("the key and the receipt", dialog+`.querySelectorAll('input[readonly]').length === 2`)
		c.want("the number", dialog+`.textContent.includes(`+number+`)`)
	}}})
}
