package main_test

import "testing"

// TestBodyThatIsARow has bodies whose children stand beside each other. In a grid, and
// in a row that the page lets wrap as the manual says, the question has a line of its own
// at the top. In another row no style of its own can give it one: there it stands beside
// the content, which must stay whole.
func TestBodyThatIsARow(t *testing.T) {
	const body = `<nav>Menu</nav><main><p>Content</p></main>`
	const wide = `(() => {
		const [asked, nav, main] = ['#samtykke', 'nav', 'main'].map((one) => document.querySelector(one).getBoundingClientRect())
		return asked.top === 0 && asked.left === 0 && asked.width === document.body.clientWidth && nav.top >= asked.bottom && main.top >= asked.bottom && nav.right <= main.left
	})()`
	const beside = `(() => {
		const [asked, nav, main] = ['#samtykke', 'nav', 'main'].map((one) => document.querySelector(one).getBoundingClientRect())
		return asked.right <= nav.left && nav.right <= main.left && main.width > 200 && document.documentElement.scrollWidth <= innerWidth
	})()`
	runCases(t, oneEngine, []trialCase{{78, "a body that is a row or a grid", func(c *caseOn) {
		c.resize(1280, 800)
		for _, one := range []struct{ name, style, holds string }{
			{"grid", `body { margin: 0; display: grid; grid-template-columns: 200px 1fr }`, wide},
			{"wrapping", `body { margin: 0; display: flex; flex-wrap: wrap } nav { width: 200px } main { flex: 1 } #samtykke { flex: 0 0 100% }`, wide},
			{"row", `body { margin: 0; display: flex } nav { width: 200px } main { flex: 1; min-width: 0 }`, beside},
		} {
			c.visit(c.put("/"+one.name, `<style>`+one.style+` h1 { display: none }</style>`+body))
			c.await("the question", deep("[data-samtykke=accept]")+"?.getBoundingClientRect().width > 0")
			c.want("the question where it belongs in a "+one.name, one.holds)
		}
	}}})
}
