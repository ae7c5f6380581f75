package main_test

import (
	"strings"
	"time"
)

// block is a vendor's snippet, as pasted: it begins with a comment.
const block = `<!-- vendor --><p id="one">one</p><script src="{third}/after-free/first.js"><` + `/script><script>ran('second')<` + `/script>
<p id="two">two</p><script async src="{third}/told/free.js"><` + `/script><img src="{third}/pixel.gif"><script>ran('third')<` + `/script>`

func case35(c *caseOn) {
	c.show(`<noembed data-category="statistics">` + block + `</noembed><p id="end"></p>`)
	c.settle()
	c.wantOrder()
	c.wantAsked()
	c.choose("accept")
	c.await("the block", "order.includes('third')")
	c.settle()
	c.want("in its order", "order.join() === 'free,first,second,third'")
	c.want("in its place", `document.getElementById('one').compareDocumentPosition(document.getElementById('two')) === 4 && document.getElementById('two').compareDocumentPosition(document.getElementById('end')) === 4`)
	c.wantAsked("after-free/first.js", "pixel.gif", "ran/free.gif", "told/free.js")
}

func case36(c *caseOn) {
	c.show(`<div><noembed data-category="statistics"><div><script type="text/plain" data-category="marketing">ran('inner')</script><script>ran('outer')</script></div></noembed></div>
<script type="text/html" data-category="statistics"><p>escaped</p><script>ran('escaped')<\/script></script>
<script type="text/html" data-category="statistics"><!-- <script>ran('commented')</script><img src="{third}/commented.gif"> --></script>
<template><script type="text/plain" data-category="statistics">ran('template')</script></template>`)
	c.settle()
	c.wantAsked()
	c.eval("samtykke.open()", nil)
	c.press(`dialog [name="statistics"]`)
	c.press("dialog [data-samtykke=save]")
	c.await("the outer ones", "order.length === 3")
	c.want("no inner one", `[...order].sort().join() === 'commented,escaped,outer'`)
	c.press("[data-samtykke=open]")
	c.press("dialog [data-samtykke=accept]")
	c.await("the inner one", "order.includes('inner')")
	c.settle()
	c.want("each once, none of the template", "order.length === 4")
	c.wantNoFaults()
}

func case37(c *caseOn) {
	c.show(`<iframe data-category="statistics" data-src="{third}/frame.html"></iframe>
<img alt="" data-category="statistics" data-src="{third}/img.gif"><img alt="" data-category="statistics" data-srcset="{third}/set.gif 1x">
<video data-category="statistics" data-poster="{third}/poster.gif" preload="auto" data-src="{third}/movie.mp4"></video>
<audio data-category="statistics" preload="auto"><script>/* The banner sees the sound before the parser has come to its source. */</script><source data-src="{third}/sound.mp3"></audio>
<picture data-category="statistics"><source data-srcset="{third}/pick.gif"><img alt="" data-src="{third}/fallback.gif"></picture>
<object data-category="statistics" type="image/gif" data-data="{third}/object.gif"></object><link rel="stylesheet" data-category="statistics" data-href="{third}/sheet.css">
<embed data-category="statistics" type="image/gif" data-src="{third}/embed.gif">
<img alt="" data-category="statistics" data-src="javascript:ran('attack')"><iframe data-category="statistics" data-src="javascript:ran('attack')"></iframe>`)
	c.settle()
	c.wantAsked()
	c.choose("accept")
	for _, path := range []string{"frame.html", "img.gif", "set.gif", "poster.gif", "movie.mp4", "sound.mp3", "pick.gif", "object.gif", "sheet.css", "embed.gif"} {
		c.awaitAsked(path)
	}
	c.wantOrder()
}

// awaitAsked waits until a third party was asked for a path of the case.
func (c *caseOn) awaitAsked(path string) { c.awaitAskedFor(c.folder() + "/" + path) }

// awaitAskedFor waits until a third party was asked for a path.
func (c *caseOn) awaitAskedFor(path string) {
	c.t.Helper()
	for end := time.Now().Add(patience); len(c.asked(path)) == 0; <-time.After(20 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("%s is never asked for; asked for were %q", path, c.asked(""))
		}
	}
}

// case38 gives the parser everything to look ahead for, while a script before
// it is slow.
func case38(c *caseOn) {
	page := `<!doctype html><html lang="nb"><head>` + first + `<script src="{script}"></script><script src="/slow"></script>` + strings.ReplaceAll(gated, "data-service", "async data-service") + `</head><body>
<noembed data-category="statistics">` + block + `</noembed><script type="text/html" data-category="statistics"><!-- <script src="{third}/x.js"></script><link rel="stylesheet" href="{third}/x.css"> --></script>
<iframe data-category="marketing" data-service="video" data-src="{third}/frame.html"></iframe><img alt="" data-category="statistics" data-srcset="{third}/x.gif 2x"></body></html>`
	c.visit(c.putRaw("/", page, nil))
	c.settle()
	c.wantAsked()
	c.choose("reject")
	c.visit(c.at("/"))
	c.settle()
	c.wantAsked()
	c.wantOrder()
}
