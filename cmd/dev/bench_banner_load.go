package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// witnessed notes, from the start of a page, when its banner stands: in the
// viewport, and more opaque than not. The arguments are its selector and that of the
// button.
const witnessed = `((stands, accept) => {
	const seen = { Stood: 0, Paint: 0, Largest: 0, Shift: 0, Long: 0, Press: 0 }
	const hear = (type, use, more) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true, ...more })
	hear('paint', (e) => { if (e.name === 'first-contentful-paint') seen.Paint = e.startTime })
	hear('largest-contentful-paint', (e) => { seen.Largest = e.startTime })
	hear('layout-shift', (e) => { seen.Shift += e.value })
	hear('longtask', (e) => { seen.Long += e.duration })
	hear('event', (e) => { if (e.interactionId) seen.Press = Math.max(seen.Press, e.duration) }, { durationThreshold: 16 })
	const find = (selector) => {
		const [outer, inner] = selector.split('>>>')
		const element = document.querySelector(outer)
		return inner ? element?.shadowRoot?.querySelector(inner) : element
	}
	const isThere = (element) => {
		const box = element?.getBoundingClientRect()
		return box?.height > 0 && box.bottom > 0 && box.top < innerHeight && element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).opacity > 0.5
	}
	const frame = () => new Promise(requestAnimationFrame)
	const stood = (async () => {
		while (stands && !isThere(find(stands))) await frame()
		seen.Stood = performance.now()
	})()
	const rest = () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }))
	// What is drawn is pressed, and what is pressed is told of, a while later.
	const pause = () => new Promise((resolve) => setTimeout(resolve, 500))
	globalThis.bench = {
		find: () => { const { x, y, width, height } = find(accept).getBoundingClientRect(); return JSON.stringify([x + width / 2, y + height / 2]) },
		stood: async () => { await stood; if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve)); await rest(); await pause(); return JSON.stringify(seen) },
		// A press that took less than 16 ms is never told of.
		gone: async () => { while (isThere(find(accept))) await frame(); await rest(); await pause(); return JSON.stringify(seen) },
	}
})(%q, %q)`

// openSlow opens a page of a new profile on the slow processor and network.
func openSlow(browser context.Context, cpu float64, script string) (context.Context, func(), error) {
	page, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	steps := []func() error{
		func() error { return chromedp.Do(page, chromedp.EmulateViewport(1280, 900)) },
		func() error { // a page behind another one draws no frames
			_, err := chromedp.Call(page, cdppage.BringToFront, cdp.Empty{})
			return err
		},
		func() error { _, err := chromedp.Call(page, network.Enable, network.EnableParams{}); return err },
		func() error {
			_, err := chromedp.Call(page, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
				MatchedNetworkConditions: []*network.Conditions{{Latency: roundTrip, DownloadThroughput: throughput, UploadThroughput: throughput}},
			})
			return err
		},
		func() error {
			_, err := chromedp.Call(page, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: cpu})
			return err
		},
		func() error {
			_, err := chromedp.Call(page, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
			return err
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			stop()
			return nil, nil, err
		}
	}
	return page, stop, nil
}

func ask(page context.Context, expression string) (string, error) {
	return chromedp.Run(page, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
}

// loadUnder loads the page under a banner as a new visitor, and accepts.
func loadUnder(browser context.Context, address string, one contender) (loaded, error) {
	patient, cancel := context.WithTimeout(browser, longest)
	defer cancel()
	var seen loaded
	page, stop, err := openSlow(patient, slowdown, fmt.Sprintf(witnessed, one.stands, one.accept))
	if err != nil {
		return seen, err
	}
	defer stop()
	if err := chromedp.Do(page, chromedp.Navigate(address)); err != nil {
		return seen, err
	}
	text, err := ask(page, "bench.stood()")
	if err != nil {
		return seen, err
	}
	if one.accept == "" {
		return seen, seen.read(text)
	}
	if err := pressAccept(page); err != nil {
		return seen, err
	}
	var after loaded
	text2, err := ask(page, "bench.gone()")
	if err != nil {
		return seen, err
	}
	if err := seen.read(text); err != nil {
		return seen, err
	}
	err = after.read(text2)
	seen.Press = after.Press
	return seen, err
}

func pressAccept(page context.Context) error {
	at, err := ask(page, "bench.find()")
	if err != nil {
		return err
	}
	var x, y float64
	if _, err := fmt.Sscanf(at, "[%f,%f]", &x, &y); err != nil {
		return fmt.Errorf("the button is at %s: %w", at, err)
	}
	return chromedp.Do(page, chromedp.MouseClickXY(x, y))
}

// gateWork gives how long the main thread works for our script, in milliseconds, on a
// page with a stored choice and 50 gated elements, on the processor as it is: the same
// page without us, whose elements do not sleep, does what they do by themselves. What
// is counted is the thread's own time, which other programs do not lengthen.
func gateWork(browser context.Context, site string) (float64, error) {
	patient, cancel := context.WithTimeout(browser, longest)
	defer cancel()
	page, stop, err := openSlow(patient, 1, fmt.Sprintf(witnessed, "#samtykke>>>section", "#samtykke>>>[data-samtykke=accept]"))
	if err != nil {
		return 0, err
	}
	defer stop()
	if err := chromedp.Do(page, chromedp.Navigate(site+gatedPath)); err != nil {
		return 0, err
	}
	if _, err := ask(page, "bench.stood()"); err != nil {
		return 0, err
	}
	if err := pressAccept(page); err != nil {
		return 0, err
	}
	if _, err := ask(page, "bench.gone()"); err != nil {
		return 0, err
	}
	if _, err := chromedp.Call(page, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}); err != nil {
		return 0, err
	}
	with, err := scriptTime(page, site+gatedPath)
	if err != nil {
		return 0, err
	}
	without, err := scriptTime(page, site+awakePath)
	return with - without, err
}

// scriptTime loads a page and gives the milliseconds that its scripts took.
func scriptTime(page context.Context, address string) (float64, error) {
	before, err := scriptDuration(page)
	if err != nil {
		return 0, err
	}
	if err := chromedp.Do(page, chromedp.Navigate(address)); err != nil {
		return 0, err
	}
	if woken, err := ask(page, `(async () => { while (!(globalThis.woken >= 30)) await new Promise(requestAnimationFrame); if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve)); await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 })); return String(woken) })()`); err != nil {
		return 0, fmt.Errorf("woken %s: %w", woken, err)
	}
	after, err := scriptDuration(page)
	return (after - before) * 1000, err
}

func scriptDuration(page context.Context) (float64, error) {
	found, err := chromedp.Call(page, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		return 0, err
	}
	for _, metric := range found.Metrics {
		if metric.Name == "ScriptDuration" {
			return metric.Value, nil
		}
	}
	return 0, errors.New("chromium tells no ScriptDuration")
}
