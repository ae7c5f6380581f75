package main_test

import (
	"fmt"
	"slices"
	"testing"
)

// TestCasesB are the cases of decisions.
func TestCasesB(t *testing.T) {
	runCases(t, oneEngine, []trialCase{
		{15, "accept all", case15},
		{16, "decline all", case16},
		{17, "selection", case17},
		{18, "save without touching: all optional off", case18},
		{19, "necessary is no option", case19},
		{20, "identical save sends no second record", case20},
		{21, "category is mixed, on and off by its services", case21},
		{22, "unknown names in an API call change nothing", case22},
		{23, "choice survives reload and other pages", case23},
		{24, "closing the panel drops unsaved choices", case24},
		{25, "programmatic consent only in place", case25},
		{26, "explicit answer beats GPC, which is recorded", case26},
	})
}

// wantRecord checks the newest decision of one press.
func (c *caseOn) wantRecord(one record, method, state string, functional, statistics, marketing bool) {
	c.t.Helper()
	got := one.Choice.Categories
	if one.Method != method || one.State != state || got["functional"] != functional || got["statistics"] != statistics || got["marketing"] != marketing || len(got) != 3 {
		c.t.Errorf("recorded: %+v", one)
	}
}

func case15(c *caseOn) {
	before := len(c.decisions(c.T))
	c.show(gated)
	c.choose("accept")
	c.await("scripts", "order.length === 2")
	c.wantRecord(c.awaitDecisions(before, 1)[0], "accept_all", "given", true, true, true)
	c.want("nothing in place is granted", "Object.keys(samtykke.get().services).length === 0")
}

func case16(c *caseOn) {
	before := len(c.decisions(c.T))
	c.show(gated)
	c.choose("reject")
	c.wantOrder()
	c.wantAsked()
	c.wantRecord(c.awaitDecisions(before, 1)[0], "reject_all", "refused", false, false, false)
}

func case17(c *caseOn) {
	before := len(c.decisions(c.T))
	c.show(gated)
	c.press("input[name=statistics]")
	c.choose("save")
	c.wantOrder("count")
	c.wantRecord(c.awaitDecisions(before, 1)[0], "save", "partly_given", false, true, false)
}

func case18(c *caseOn) {
	before := len(c.decisions(c.T))
	c.show(gated)
	c.want("nothing is ticked", `[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('input')].length === 3 && ![...document.querySelector('#samtykke').shadowRoot.querySelectorAll('input')].some((box) => box.checked)`)
	c.choose("save")
	c.wantOrder()
	c.wantRecord(c.awaitDecisions(before, 1)[0], "save", "refused", false, false, false)
}

// boxes are the names of the panel's boxes.
const boxes = `[...document.querySelector('#samtykke').shadowRoot.querySelectorAll('input[type=checkbox]')].map((box) => box.name)`

// openPanel opens the panel.
func (c *caseOn) openPanel() {
	c.t.Helper()
	c.press("[data-samtykke=open]")
	c.await("the panel", deep("dialog")+"?.open")
}

func case19(c *caseOn) {
	c.show(`<script type="text/plain" data-category="necessary">ran('necessary')</script>`)
	c.wantOrder("necessary")
	c.want("no box in the banner", "!"+boxes+".some((name) => name.startsWith('necessary'))")
	c.openPanel()
	c.want("no box in the panel", boxes+".length > 3 && !"+boxes+".some((name) => name.startsWith('necessary') || name.includes('login'))")
	c.want("but told of", deep("dialog")+".textContent.includes('Innlogging')")
}

func case20(c *caseOn) {
	before := len(c.decisions(c.T))
	c.show("")
	c.press("input[name=statistics]")
	c.choose("save")
	cookie := c.cookies()[own]
	for range 2 {
		c.openPanel()
		c.press("dialog [data-samtykke=save]")
		c.await("the panel to close", "!"+deep("dialog"))
		c.settle()
	}
	if c.cookies()[own] != cookie {
		c.t.Error("the cookie is written anew")
	}
	c.openPanel()
	c.press("dialog [data-samtykke=accept]")
	if all := c.awaitDecisions(before, 2); len(all) != 2 || all[1].Method != "accept_all" || all[1].Previous != all[0].ID {
		c.t.Errorf("recorded: %+v", all)
	}
}

func case21(c *caseOn) {
	c.show("")
	c.openPanel()
	category := deep("dialog [name=statistics]")
	c.press(`dialog [name="statistics/survey"]`)
	c.want("mixed", category+".indeterminate && !"+category+".checked")
	c.press(`dialog [name="statistics/counter"]`)
	c.want("on", category+".checked && !"+category+".indeterminate")
	c.press(`dialog [name="statistics/counter"]`)
	c.press("dialog [data-samtykke=save]")
	c.await("the answer", "samtykke.get().answered")
	c.want("one service of it", `!samtykke.get().categories.statistics && JSON.stringify(samtykke.get().services) === '{"statistics/survey":true}'`)
	c.openPanel()
	c.want("mixed again", category+".indeterminate")
	c.press(`dialog [name="statistics/survey"]`)
	c.want("off", "!"+category+".checked && !"+category+".indeterminate")
}

func case22(c *caseOn) {
	c.show("")
	before := c.cookies()[own]
	for _, wrong := range []string{`'nobody'`, `'marketing/video'`, `''`, `'__proto__'`, `'constructor'`, `'necessary'`, `'*'`} {
		c.want("refused "+wrong, "samtykke.grant("+wrong+") === false")
	}
	c.settle()
	if c.cookies()[own] != before {
		c.t.Error("something changed")
	}
	c.wantNoFaults()
}

func case23(c *caseOn) {
	c.show(gated)
	c.press("input[name=marketing]")
	c.choose("save")
	for _, address := range []string{c.at("/"), c.put("/deep/er", gated), c.at("/")} {
		c.visit(address)
		c.wantOrder("ads")
		if c.shown() {
			c.t.Errorf("asked again on %s", address)
		}
	}
	c.wantAsked()
}

func case24(c *caseOn) {
	c.show(gated)
	c.choose("reject")
	cookie := c.cookies()[own]
	for _, close := range []func(){func() { c.key("Escape") }, func() { c.press("dialog .top button") }} {
		c.openPanel()
		c.press("dialog [name=statistics]")
		c.want("ticked", deep("dialog [name=statistics]")+".checked")
		close()
		c.await("the panel to close", "!"+deep("dialog"))
		c.settle()
		if c.cookies()[own] != cookie {
			c.t.Error("an unsaved choice is stored")
		}
	}
	c.openPanel()
	c.want("not ticked when it opens again", "!"+deep("dialog [name=statistics]")+".checked")
	c.wantOrder()
}

func case25(c *caseOn) {
	c.show(gated)
	before := c.cookies()[own]
	for _, wrong := range []string{"'counter'", "'ads'", "'theme'", "'statistics'", "null", "undefined", "true", "1", "{}", "['video']", "{ toString() { throw 1 } }", "Symbol()"} {
		c.want("refused "+wrong, "samtykke.grant("+wrong+") === false")
	}
	if c.cookies()[own] != before {
		c.t.Error("something changed")
	}
	c.want("granted in place", "samtykke.grant('video') === true && samtykke.get().services['marketing/video'] === true")
	c.settle()
	c.want("nothing else", "!samtykke.get().answered && !Object.values(samtykke.get().categories).includes(true)")
	c.wantOrder()
	c.want("frozen", "(() => { try { samtykke.get = null } catch {} return typeof samtykke.get === 'function' })()")
}

func case26(c *caseOn) {
	for i, value := range []string{"true", "'1'"} {
		before := len(c.decisions(c.T))
		head := `<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: ` + value + `, configurable: true })</script>`
		address := c.putRaw(fmt.Sprintf("/%d", i), `<!doctype html><html lang="nb"><head>`+first+head+`<script src="{script}"></script></head><body>`+gated+`</body></html>`, nil)
		c.eval(`document.cookie = '`+own+`=;max-age=0;path=/'`, nil)
		c.visit(address)
		c.settle()
		c.wantOrder()
		c.want("the browser's wish is told", bannerText+`.includes('nei til sporing')`)
		c.choose("accept")
		c.await("an explicit yes runs", "order.length === 2")
		if one := c.awaitDecisions(before, 1)[0]; !one.GPC || one.State != "given" {
			c.t.Errorf("recorded: %+v", one)
		}
		c.withdraw(true)
	}
	if all := c.decisions(c.T); slices.ContainsFunc(all[:1], func(one record) bool { return one.GPC }) {
		c.t.Error("GPC is recorded for those who do not send it")
	}
}
