package main_test

import "testing"

// TestHostilePages: pages whose other scripts have changed what every script
// leans on. The choice is asked, kept and sent all the same.
func TestHostilePages(t *testing.T) {
	runCases(t, everyEngine, []trialCase{
		{0, "an old Prototype.js", func(c *caseOn) { c.beside(prototype) }},
		{0, "an old MooTools", func(c *caseOn) { c.beside(mooTools) }},
		{0, "a style sheet against everything", hostileStyle},
	})
	runCases(t, oneEngine, []trialCase{
		{0, "elements named like what scripts ask the document for", clobbered},
		{0, "stored values that reach for the prototype", polluting},
	})
}

// clobbered has markup that anybody may write who writes text in a CMS: what it names
// hides the document's own. The banner may fail then, and say so where scripts'
// faults are heard; but the page and the no stand.
func clobbered(c *caseOn) {
	before := c.asked(c.folder() + "/")
	for _, name := range []string{"currentScript", "cookie", "body", "documentElement", "readyState", "createElement", "addEventListener", "querySelectorAll", "dispatchEvent"} {
		c.visit(c.putRaw("/"+name, `<!doctype html><html lang="nb"><head>`+first+`</head><body><h1>Page</h1><img alt="" name="`+name+`"><form name="`+name+`"></form>
<script src="{script}"></script>`+gated+`<script>ran('page')</script></body></html>`, nil))
		c.await("the page's own script", "order.includes('page')")
		c.want("the no to stand beside "+name, "order.join() === 'page'")
	}
	c.settle()
	c.wantAsked(before...)
}

// polluting has what another script of the page may have put where we keep things.
func polluting(c *caseOn) {
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<script>
const evil = '{"__proto__":{"stolen":1},"constructor":{"prototype":{"stolen":1}}}'
localStorage.setItem('samtykke-trial', '{"token":' + evil + ',"queue":' + evil + ',"last":' + evil + ',' + evil.slice(1))
document.cookie = 'samtykke-trial=1.__proto__~1; path=/'
document.cookie = '__proto__=1; path=/'
</script><script src="{script}"></script></head><body>`+gated+`</body></html>`, nil))
	c.settle()
	c.want("the question", "!samtykke.get().answered")
	c.choose("reject")
	c.settle()
	c.want("prototypes as they were", `({}).stolen === undefined && [].stolen === undefined && !('stolen' in (() => {}))`)
	c.wantOrder()
	c.wantNoFaults()
}

// hostileStyle has a page whose style sheet wants to undo what others say, and which
// lets no press come out of its body.
func hostileStyle(c *caseOn) {
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<style>
* { all: unset !important }
body > div { display: none; opacity: 1 }
header { position: fixed; inset: 0 0 auto; height: 300px; background: black }
</style><script src="{front}"></script></head><body><header>Menu</header><script>
for (const one of [document.body, document.documentElement]) one.addEventListener('click', (event) => event.stopPropagation())
</script>`+gated+`</body></html>`, nil))
	c.settle()
	c.want("a block with a ground of its own, before the page", `(({ display, position, backgroundColor }) => display === 'flow-root' && position === 'relative' && /^rgb\(/.test(backgroundColor))(getComputedStyle(document.querySelector('#samtykke')))`)
	c.want("on screen", `(({ top, left, width, height }) => top >= 0 && left >= 0 && width > 300 && height > 100)(document.querySelector('#samtykke').getBoundingClientRect())`)
	c.want("buttons to press", `[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('.buttons button')].every((one) => one.offsetHeight >= 36 && one.offsetWidth > 100)`)
	c.choose("reject")
	c.wantOrder()
	c.delivered("reject_all")
}

// prototype is what Prototype.js up to 1.6 does to lists: JSON makes texts of them.
const prototype = `
Object.toJSON = (value) => Array.isArray(value) ? value.toJSON() : JSON.stringify(value)
Array.prototype.toJSON = function () { return '[' + [].map.call(this, Object.toJSON).join(', ') + ']' }
Array.prototype.each = Array.prototype.forEach
Array.from = (list) => [].slice.call(list)`

// mooTools is what MooTools 1.3 to 1.5 puts in place of natives.
const mooTools = `
Array.from = (item) => item == null ? [] : typeof item !== 'string' && 'length' in item ? [].slice.call(item) : [item]
Array.prototype.flatten = Array.prototype.clean = Array.prototype.pick = function () { return this }
Array.prototype.each = Array.prototype.forEach
Function.from = Function.prototype.extend = Function.prototype.implement = function () { return this }
Object.values = (object) => { const values = []; for (const key in object) values.push(object[key]); return values }
Element.prototype.show = Element.prototype.hide = function () { this.style.display = ''; return this }`

// beside answers and takes back, on a page with such a script before ours.
func (c *caseOn) beside(other string) {
	c.t.Helper()
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<script>`+other+`</script><script src="{front}"></script></head><body>`+gated+`</body></html>`, nil))
	c.settle()
	c.want("nothing to run before", "order.join() === ''")
	c.choose("accept")
	c.await("the gated to run", "order.join() !== ''")
	c.want("no fault", "faults.join() === ''")
	c.delivered("accept_all")
	c.visit(c.at("/"))
	c.want("no question", "samtykke.get().answered")
	c.withdraw(true)
	c.delivered("accept_all", "withdraw")
}
