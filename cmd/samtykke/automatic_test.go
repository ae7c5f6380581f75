package main_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// automaticSite is a trial with automatic gating: a counter and a video that wait,
// and a host that advertising shares with the login.
func automaticSite(t *testing.T) *trial {
	t.Helper()
	return newTrial(t,
		"heading_level: 3", "heading_level: 3\n  automatic_gating: true",
		"purpose: { nb: Teller besøk.", "hosts: [stat.localhost, \"*.far.stat.localhost\"]\n    purpose: { nb: Teller besøk.",
		"purpose: { nb: Viser annonser.", "hosts: [shared.localhost]\n    purpose: { nb: Viser annonser.",
		"purpose: { nb: Holder deg innlogget.", "hosts: [shared.localhost]\n    purpose: { nb: Holder deg innlogget.",
		"purpose: { nb: Viser video.", "hosts: [video.localhost]\n    purpose: { nb: Viser video.",
		"purpose: { nb: Er slått av.", "hosts: [old.localhost]\n    purpose: { nb: Er slått av.",
	)
}

// insertions is the script of the table of insertions, and its paths.
func insertions(t *testing.T) (script string, paths []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/insertions.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range regexp.MustCompile(`(?m)^  '?([\w.]+)'?: \(url\) =>`).FindAllStringSubmatch(string(text), -1) {
		paths = append(paths, path[1])
	}
	return string(text), paths
}

// stat is the folder of this case at a host that waits for the counter.
func (c *caseOn) stat(folder string) string {
	return "http://stat.localhost:" + c.port + c.folder() + "/" + folder + "/"
}

// insertAll inserts everything, and wants what page scripts see to be this.
func (c *caseOn) insertAll(folder string, want map[string]string) {
	c.t.Helper()
	var got map[string]string
	c.eval(`insert("`+c.stat(folder)+`")`, &got)
	if !maps.Equal(got, want) {
		c.t.Errorf("%s: the page sees %v, want %v", folder, got, want)
	}
	c.settle()
}

// askedOnce gives what was asked for in a folder, each path once.
func (c *caseOn) askedOnce(folder string) []string {
	return slices.Compact(c.asked(c.folder() + "/" + folder + "/"))
}

// TestAutomaticGating: what scripts insert in every way there is, is not asked for
// before consent, is asked for after it, and no more after withdrawal.
func TestAutomaticGating(t *testing.T) {
	site := automaticSite(t)
	script, paths := insertions(t)
	for _, engine := range everyEngine {
		t.Run(engine, func(t *testing.T) {
			c := &caseOn{tab: openTab(t, engine), trial: site, T: t, host: "automatic-" + engine + ".trial.localhost"}
			c.write(c.host+"/insertions.js", script, map[string]string{"Content-Type": "text/javascript"})
			c.write(c.host+"/manager.js", strings.ReplaceAll(tagManager, "{at}", c.stat("manager")), map[string]string{"Content-Type": "text/javascript"})
			c.show(strings.NewReplacer("{written}", c.stat("written"), "{parsed}", c.stat("parsed")).Replace(automaticPage))
			refused := map[string]string{
				"fetch.json": "TypeError", "request.json": "TypeError", "xhr.json": "sent,status 0,error", "beacon": "false",
				"socket": "0 true error", "events": "error true 2",
			}
			c.insertAll("before", refused)
			c.want("nothing has gone wrong in the page", "faults.length === 0")
			c.want("no script has run", "order.length === 0")
			for _, folder := range []string{"before", "manager", "written"} {
				if got := c.askedOnce(folder); len(got) > 0 {
					t.Errorf("before consent %s was asked for %q", folder, got)
				}
			}
			// The known limit: what the parser inserts is beyond any script.
			c.awaitAsked("parsed/leak.gif")
			// So does Firefox read ahead into templates.
			if got := c.askedOnce("parsed"); engine != "firefox" && len(got) > 1 {
				t.Errorf("of what the parser has read was asked for %q", got)
			}

			c.choose("accept")
			c.await("the scripts", "['script', 'attribute', 'typed', 'module', 'relative', 'far', 'node', 'fragment', 'written', 'tagged'].every((one) => order.includes(one))")
			c.await("the page's own listeners", "['script', 'picture'].every((one) => news.includes(one))")
			c.wantWoken(paths)
			c.insertAll("after", map[string]string{"fetch.json": "answer", "request.json": "answer", "xhr.json": "sent,status 200,load", "socket": "0 true error", "events": "error true 2"})
			c.awaitAsked("parsed/held.gif")
			for _, path := range paths {
				if path != "worker.js" && path != "other.gif" {
					c.awaitAsked("after/" + path)
				}
			}

			// In a page that has consent from the start nothing ever slept.
			c.visit(c.at("/"))
			c.await("the tag manager", "order.includes('tagged')")
			c.withdraw(true)
			c.insertAll("again", refused)
			if got := c.askedOnce("again"); len(got) > 0 {
				t.Errorf("after withdrawal was asked for %q", got)
			}
			c.want("no fault", "faults.length === 0")
		})
	}
}

// tagManager inserts what its site's marketing people have entered.
const tagManager = `(() => {
	const tag = document.createElement('script')
	tag.async = true
	tag.src = '{at}tagged.js'
	const first = document.getElementsByTagName('script')[0]
	first.parentNode.insertBefore(tag, first)
	const pixel = document.createElement('div')
	pixel.innerHTML = '<img height="1" width="1" style="display:none" src="{at}pixel.gif"/>'
	document.body.appendChild(pixel)
})()`

// automaticPage has a tag manager, a script that writes, and one thing that the
// parser inserts.
const automaticPage = `<script src="/insertions.js"></script>
<script>(function (w, d, s) {
	w.dataLayer = []
	const j = d.createElement(s), f = d.getElementsByTagName(s)[0]
	j.async = true
	j.src = '/manager.js'
	f.parentNode.insertBefore(j, f)
})(window, document, 'script')</script>
<script>
document.write('<p id="written"><script src="{written}written.js"></' + 'script>')
document.write('<script>window.text = "<img src=\'{written}text.gif\'>"</' + 'script>', '<img alt="" src={written}', 'written.gif></p>')
document.write("<p title=it's>It's <img/src=\"{written}slash.gif\" alt=''></p>")
</script>
<template id="held"><p><img alt="" src="{parsed}held.gif"></p></template>
<img alt="" src="{parsed}leak.gif">`

// wantWoken wants everything that stands in the page to be asked for.
func (c *caseOn) wantWoken(paths []string) {
	c.t.Helper()
	gone := []string{
		"other.gif", "fetch.json", "request.json", "xhr.json", "beacon", "socket", "events", "imported.js", "shared.js", "responsive.gif", "worker.js",
		"imageset.gif", "markupset.gif", "background.gif", "tiled.gif", "tile.gif",
	}
	for _, path := range paths {
		if !slices.Contains(gone, path) {
			c.awaitAsked("before/" + path)
		}
	}
	for _, path := range []string{"written/written.js", "written/written.gif", "written/slash.gif", "manager/tagged.js", "manager/pixel.gif"} {
		c.awaitAsked(path)
	}
	for _, path := range c.askedOnce("before") {
		if slices.Contains(gone, path) {
			c.t.Errorf("%s is asked for after consent, though it was gone", path)
		}
	}
}

// TestAutomaticGatingLetsThrough: what automatic gating has no business with goes
// through, its placeholders work as others do, and a page that an old Prototype.js
// has changed stays whole.
func TestAutomaticGatingLetsThrough(t *testing.T) {
	site := automaticSite(t)
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "through.trial.localhost"}
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+first+`<script>`+prototype+`</script><script src="{script}"></script></head><body><h1>Page</h1>
<img alt="" data-category="necessary" data-src="`+c.stat("marked")+`necessary.gif">
<script>window.whole = true
const film = document.createElement('iframe')
film.width = 320
film.height = 180
film.title = 'Film'
film.src = 'http://video.localhost:`+c.port+c.folder()+`/film.html'
document.body.append(film)
for (const host of ['shared', 'old', 'stat', 'third']) new Image().src = 'http://' + host + '.localhost:`+c.port+c.folder()+`/' + host + '.gif'
const image = new Image()
image.src = '/own.gif?of=http://stat.localhost/'
const table = document.createElement('table')
table.innerHTML = '<tr><td><img alt="" src="`+c.stat("cell")+`a.gif">'
document.body.append(table)</script></body></html>`, nil))
	c.settle()
	c.awaitAsked("shared.gif")
	c.awaitAsked("third.gif")
	c.wantAsked("marked/necessary.gif", "shared.gif", "third.gif")
	c.want("the page's own address", "image.src.startsWith(location.origin) && !image.dataset.service && image.hasAttribute('src')")
	c.want("a cell", "table.rows[0].cells[0].firstChild.dataset.service === 'counter'")
	c.await("a placeholder of the film's size", `(({ width, height }) => width === 320 && height >= 180)(document.querySelector('[data-samtykke-place=video]').getBoundingClientRect())`)
	c.choose("reject")
	c.eval("window.whole = 'still'", nil)
	c.want("no reload after a no", "window.whole === 'still' && faults.length === 0")
	c.wantAsked("marked/necessary.gif", "shared.gif", "third.gif")
	c.press("[data-samtykke=once]")
	c.awaitAsked("film.html")
	c.await("the focus in the film", "document.activeElement === film && film.src.includes('film.html') && !document.querySelector('[data-samtykke-place]')")
	c.eval(`samtykke.open()`, nil)
	c.press("dialog [data-samtykke=accept]")
	c.awaitAsked("cell/a.gif")
	c.settle()
	c.want("no reload after a yes", "window.whole === 'still' && faults.length === 0")
	c.wantAsked("marked/necessary.gif", "shared.gif", "third.gif", "film.html", "cell/a.gif", "stat.gif")
	c.withdraw(true)
}

// TestAutomaticGatingUnderTrustedTypes: a page that demands trust still has it
// demanded, and what it trusts waits and runs under the same policy.
func TestAutomaticGatingUnderTrustedTypes(t *testing.T) {
	site := automaticSite(t)
	c := &caseOn{tab: openTab(t, "chromium"), trial: site, T: t, host: "trusted.trial.localhost"}
	samtykke, stat := strings.TrimSuffix(c.script, "/trial.js"), "http://stat.localhost:"+c.port
	c.visit(c.putRaw("/", `<!doctype html><html lang="nb"><head>`+strings.Replace(first, "{nonce}", ` nonce="n0nce"`, 1)+`<script src="{script}"></script></head><body><h1>Page</h1><div id="box"></div>
<script nonce="n0nce">
const trusting = trustedTypes.createPolicy('page', { createHTML: (text) => text, createScriptURL: (text) => text })
const thrown = []
const tries = (work) => { try { work(); thrown.push('nothing') } catch (e) { thrown.push(e.name) } }
const box = document.getElementById('box')
const forged = document.createElement('script')
tries(() => { forged.src = '`+c.stat("forged")+`a.js' })
tries(() => forged.setAttribute('src', '`+c.stat("forged")+`b.js'))
tries(() => { box.innerHTML = '<img alt="" src="`+c.stat("forged")+`c.gif">' })
tries(() => document.write('<img alt="" src="`+c.stat("forged")+`d.gif">'))
document.body.append(forged)
const script = document.createElement('script')
script.src = trusting.createScriptURL('`+c.stat("true")+`trusted.js')
document.body.append(script)
box.innerHTML = trusting.createHTML('<img alt="" src="`+c.stat("true")+`trusted.gif">')
</script></body></html>`,
		map[string]string{"Content-Security-Policy": "default-src 'none'; script-src 'self' 'nonce-n0nce' " + samtykke + " " + stat +
			"; style-src 'self'; connect-src 'self' " + samtykke + "; img-src 'self' " + stat + "; base-uri 'none'; require-trusted-types-for 'script'; trusted-types samtykke page"}))
	c.settle()
	c.want("texts refused", "thrown.join() === 'TypeError,TypeError,TypeError,TypeError'")
	c.wantAsked()
	c.eval("faults.length = 0", nil) // the refusals that were provoked
	c.choose("accept")
	c.awaitAsked("true/trusted.gif")
	c.wantOrder("trusted")
	c.wantAsked("true/trusted.gif", "true/trusted.js")
	c.wantNoFaults()
}
