package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

func case31Refusal(c *caseOn) {
	c.show(`<script type="text/plain" data-category="!statistics">ran('refused')</script>`)
	c.eval("window.same = true", nil)
	for _, action := range []string{"reject", "accept", "reject"} {
		c.eval("samtykke.open()", nil)
		c.press("dialog [data-samtykke=" + action + "]")
		c.await("the answer", "samtykke.get().answered && samtykke.get().categories.statistics === "+map[string]string{"accept": "true", "reject": "false"}[action])
		c.settle()
	}
	c.want("the same page", "window.same")
	c.wantOrder("refused")
}

// case36Alone names a service and no category: its own stands in.
func case36Alone(c *caseOn) {
	c.show(`<script type="text/plain" data-service="counter">ran('alone')</script>`)
	c.settle()
	c.wantOrder()
	c.choose("accept")
	c.wantOrder("alone")
}

func case36Clone(c *caseOn) {
	c.show(`<template><p><script type="text/plain" data-category="statistics">ran('inline')</script><script type="text/plain" data-category="statistics" data-src="{third}/far.js"></script>
<img alt="" data-category="statistics" data-src="{third}/img.gif"></p></template>`)
	clone := "document.body.append(document.querySelector('template').content.cloneNode(true))"
	c.eval(clone, nil)
	c.settle()
	c.wantAsked()
	c.choose("accept")
	c.wantOrder("inline", "far")
	c.eval(clone, nil)
	c.await("those of the second clone", "order.length === 4")
	c.settle()
	c.wantAsked("far.js", "far.js", "img.gif")
	c.wantNoFaults()
}

// case36Report is about markup whose author believes that it waits. That of a
// page without a way back of its own, case 110, is in it.
func case36Report(c *caseOn) {
	before := len(c.front.sent(http.MethodPost))
	c.showFront(`<script>window.warned = []; console.warn = (...said) => warned.push(said)</script><script data-category="statistics">ran('early')</script>
<noembed data-category="other"></noembed><template data-category="statistics"><img alt="" src="{third}/a.gif"></template>
<template><i data-category="statistics"><video poster="{third}/b.gif"></video></i><script type="text/plain" data-category="statistics" src="{third}/quiet.js"></script></template>
<template><a href="{third}/page">an address that nothing asks for</a><audio src="/own.mp3"></audio></template>
<lite-video data-category="marketing" data-service="video"></lite-video><iframe data-category="statistics" src="/own.html"></iframe>
<button data-samtykke="always" data-service="video">yes</button>` + gated)
	c.eval("samtykke.open()", nil)
	want := "control/open element/iframe element/lite-video element/script template/img template/video"
	for end := time.Now().Add(patience); ; <-time.After(20 * time.Millisecond) {
		if got := c.reported(before, "markup"); got == want {
			break
		} else if got != "" || time.Now().After(end) {
			c.t.Fatalf("reported is %q, want %q", got, want)
		}
	}
	for name, repair := range map[string]string{"iframe": "data-src", "lite-video": "<noembed>", "script": `type="text/plain"`, "img": "data-src"} {
		c.want("the "+name+" itself and its repair in the console", fmt.Sprintf("warned.some(([, words, element]) => element?.localName === %q && words.includes(%q))", name, repair))
	}
	c.want("the way back in the console", `warned.some(([, words]) => words.includes('href="#samtykke"'))`)
	c.want("what a block lacks", `warned.some(([, words]) => words === '"other/" is not in the notice without a data-service')`)
	for end := time.Now().Add(patience); ; <-time.After(20 * time.Millisecond) { // it is counted after it was seen on its way
		found := must(c.T, "findings", "trial", "--data", c.data)
		if strings.Contains(found, "element/lite-video") {
			return
		}
		if time.Now().After(end) {
			c.t.Fatalf("the findings are only %s", found)
		}
	}
}

// reported gives the names of a kind that pages have sent since then, sorted.
func (c *caseOn) reported(since int, kind string) string {
	var names []string
	for _, one := range c.front.sent(http.MethodPost)[since:] {
		var body struct{ Findings []struct{ Kind, Name string } }
		if !strings.HasSuffix(one.Path, "/findings") || json.Unmarshal([]byte(one.Body), &body) != nil {
			continue
		}
		for _, finding := range body.Findings {
			if finding.Kind == kind {
				names = append(names, finding.Name)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// case108 answers on the next page, and goes back to the one that was put away.
func case108(c *caseOn) {
	c.put("/next", "")
	c.show(gated + `<script>addEventListener('pageshow', (event) => { if (event.persisted) ran('as it was') })</script>`)
	c.settle()
	c.wantOrder()
	c.visit(c.at("/next"))
	c.choose("accept")
	c.eval("void setTimeout(() => history.back())", nil)
	c.await("the page before", "location.pathname === '/'")
	c.await("what has its yes now", "['ads', 'count'].every((name) => order.includes(name))")
	c.settle()
	c.want("each once", "new Set(order).size === order.length")
	c.want("no question", `!`+deep("#samtykke [data-samtykke=accept]"))
	if strings.Contains(c.host, "webkit") { // the others load it anew for a page that is remote-controlled
		c.want("the page as it was", "order[0] === 'as it was'")
	}
	c.wantNoFaults()
}

// case109 swaps what routers swap: the main part, and the whole body.
func case109(c *caseOn) {
	c.show(`<main>one</main>` + gated)
	swap := `(() => {
	const body = document.createElement('body')
	body.innerHTML = trusted('<main><p>two</p></main><iframe data-category="marketing" data-service="video" data-src="{third}/frame.html"></iframe>')
	const late = document.createElement('script')
	late.type = 'text/plain'; late.dataset.category = 'statistics'; late.nonce = 'strict'; late.text = trusted("ran('late')", 'createScript')
	body.append(late)
	history.pushState(null, '', '/two')
	document.documentElement.replaceChild(body, document.body)
})()`
	c.eval(c.fill(swap), nil)
	c.await("the question in the new body", `document.body.firstElementChild?.id === 'samtykke'`)
	c.await("a placeholder", `document.querySelector('[data-samtykke-place=video]')`)
	c.settle()
	c.wantOrder()
	c.wantAsked()
	c.choose("accept")
	c.wantOrder("late")
	c.eval(`document.querySelector('main').innerHTML = trusted('<img alt="" data-category="statistics" data-src="`+c.fill("{third}")+`/img.gif">')`, nil)
	c.awaitAsked("img.gif")
	c.eval(c.fill(swap), nil)
	c.await("what comes after the yes", "order.length === 2")
	c.await("the way back in the new body", `document.body.contains(document.querySelector('#samtykke'))`)
	c.wantNoFaults()
}
