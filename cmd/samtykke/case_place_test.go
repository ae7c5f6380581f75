package main_test

import "testing"

// TestCasesD are the cases of placeholders.
func TestCasesD(t *testing.T) {
	runCases(t, oneEngine, []trialCase{
		{45, "shown at first load, also with the banner open", case45},
		{46, "keeps width, height, ratio and class", case46},
		{47, "once versus always", case47},
		{48, "accepts only that service", case48},
		{49, "comes back at withdrawal", case49},
		{50, "focus moves to the content", case50},
		{51, "works for content that comes later", case51},
		{52, "heading level is configured", case52},
		{53, "label is text", case53},
	})
}

const (
	videoFrame = `<iframe id="video" title="Video" class="wide embed" width="400" height="225" data-category="marketing" data-service="video" data-src="{third}/video.html"></iframe>`
	mapFrame   = `<iframe id="map" title="Map" data-category="functional" data-service="map" data-src="{third}/map.html"></iframe>`
	videoPlace = `document.querySelector('[data-samtykke-place=video]')`
)

func (c *caseOn) showPlaces(body string) {
	c.t.Helper()
	c.show(body)
	c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
}

func case45(c *caseOn) {
	c.showPlaces(videoFrame)
	if !c.shown() {
		c.t.Error("no banner beside it")
	}
	c.settle()
	c.wantAsked()
	c.want("the content hidden", `getComputedStyle(document.getElementById('video')).display === 'none'`)
}

func case46(c *caseOn) {
	c.showPlaces(videoFrame + `<iframe id="styled" style="width: 50%; aspect-ratio: 4/3; height: 300px" data-category="marketing" data-service="video" data-src="{third}/styled.html"></iframe>`)
	c.want("width and class", `(({ style, className }) => style.width === '400px' && className === 'wide embed')(`+videoPlace+`)`)
	c.want("size on screen", videoPlace+`.offsetWidth === 400 && `+videoPlace+`.offsetHeight >= 225`)
	c.want("own style", `(({ style, offsetHeight, offsetWidth }) => style.width === '50%' && offsetHeight >= 300 && offsetHeight >= Math.floor(offsetWidth * 3 / 4))(document.getElementById('styled').previousElementSibling)`)
}

func case47(c *caseOn) {
	c.showPlaces(videoFrame + `<p></p><iframe data-category="marketing" data-service="video" data-src="{third}/second.html"></iframe>`)
	c.press("[data-samtykke=once]")
	c.awaitAsked("video.html")
	c.settle()
	c.wantAsked("video.html")
	c.visit(c.at("/"))
	c.await("the placeholder again", videoPlace+"?.offsetHeight > 0")
	c.settle()
	c.wantAsked("video.html")
	c.press("[data-samtykke=always]")
	c.awaitAsked("second.html")
	c.visit(c.at("/"))
	c.settle()
	c.want("no placeholder", "!"+videoPlace)
	c.wantAsked("second.html", "second.html", "video.html", "video.html", "video.html")
}

func case48(c *caseOn) {
	c.showPlaces(videoFrame + mapFrame + gated)
	c.press("[data-samtykke=always]")
	c.awaitAsked("video.html")
	c.settle()
	c.wantAsked("video.html")
	c.wantOrder()
	if !c.shown() {
		c.t.Error("the banner's question counts as answered")
	}
	c.want("the other one stands", `document.querySelector('[data-samtykke-place=map]')`)
}

func case49(c *caseOn) {
	c.showPlaces(videoFrame)
	c.press("[data-samtykke=always]")
	c.awaitAsked("video.html")
	c.choose("reject")
	c.want("reject in the banner leaves it", `samtykke.get().services['marketing/video'] === true`)
	c.withdraw(true)
	c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
	c.wantAsked("video.html")
}

func case50(c *caseOn) {
	c.showPlaces(videoFrame + "<p>after</p>")
	c.eval(videoPlace+`.shadowRoot.querySelector('[data-samtykke=once]').focus()`, nil)
	c.key("Enter")
	c.await("focus on the content", `document.activeElement?.id === 'video'`)
	c.want("shown", `document.getElementById('video').offsetHeight > 0`)
}

func case51(c *caseOn) {
	c.show("<main></main>")
	c.settle()
	c.eval(c.fill(`fetch('/marker').then(() => { document.querySelector('main').innerHTML = trusted('`+videoFrame+`') })`), nil)
	c.await("the placeholder", videoPlace+"?.offsetHeight > 0")
	// An application takes things away and puts them elsewhere without their parent.
	c.eval(`(window.video = document.getElementById('video')).remove()`, nil)
	c.await("that its placeholder goes, too", "!"+videoPlace)
	c.want("left as it came", "video.style.display === ''")
	c.eval(`document.querySelector('main').after(video)`, nil)
	c.await("another one", videoPlace+"?.nextSibling === video")
	c.eval(`document.querySelector('main').append(video)`, nil)
	c.await("that it goes along", videoPlace+"?.parentNode.localName === 'main' && document.querySelectorAll('[data-samtykke-place]').length === 1")
	c.press("[data-samtykke=once]")
	c.awaitAsked("video.html")
}

func case52(c *caseOn) {
	c.showPlaces(videoFrame)
	c.want("h3 in the placeholder", videoPlace+`.shadowRoot.querySelector('h3') && !`+videoPlace+`.shadowRoot.querySelector('h2')`)
	c.want("h3 in the banner", deep("#title")+`.localName === 'h3'`)
}

func case53(c *caseOn) {
	c.showPlaces(videoFrame)
	c.want("no element of it", "!"+videoPlace+".shadowRoot.querySelector('b, [onclick]')")
	c.want("all of it as text", videoPlace+".shadowRoot.querySelector('h3 + p').textContent.startsWith('Video <b onclick=x>&amp;: ')")
	c.wantNoFaults()
}
