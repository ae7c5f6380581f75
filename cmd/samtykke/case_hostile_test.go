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
}

// hostileStyle has a page whose style sheet wants to undo what others say.
func hostileStyle(c *caseOn) {
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<style>
* { all: unset !important }
body > div { display: none; opacity: 1 }
header { position: fixed; inset: 0 0 auto; height: 300px; background: black }
</style><script src="{front}"></script></head><body><header>Menu</header>`+gated+`</body></html>`, nil))
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
