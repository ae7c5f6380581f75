package scan

import (
	"context"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// Widths are those that a banner is pictured in: a small phone, and a desk.
var Widths = []int{320, 1280}

// View is an empty page with a banner on it, in a language.
type View struct {
	Address  string
	Language consent.Language
}

// tallest is the height of the tallest picture, in CSS pixels: the graphics
// libraries of browsers take no more.
const tallest = 16000

// lastly is how long a browser may take to end that is wanted no longer.
const lastly = time.Second

// Shoot pictures the first layer of each view, and the second layer after it was
// opened, in every width. It takes no longer than ctx, whatever the browser does.
func Shoot(ctx context.Context, browser string, views []View, clock func() time.Time) ([]consent.Screenshot, error) {
	type result struct {
		taken []consent.Screenshot
		err   error
	}
	done := make(chan result, 1)
	go func() {
		taken, err := shoot(ctx, browser, views, clock)
		done <- result{taken, err}
	}()
	select {
	case r := <-done:
		return r.taken, r.err
	case <-ctx.Done():
	}
	select {
	case <-done: // it was ended, and its profile is gone
	case <-time.After(lastly): // one that hangs may keep its pipes open
	}
	return nil, failed(ctx, ctx.Err())
}

func shoot(ctx context.Context, path string, views []View, clock func() time.Time) ([]consent.Screenshot, error) {
	browser, stop, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer stop()
	var taken []consent.Screenshot
	for _, view := range views {
		for _, width := range Widths {
			first, second, err := layers(browser, view.Address, width)
			if err != nil {
				return nil, failed(ctx, err)
			}
			for layer, png := range map[consent.Layer][]byte{consent.LayerFirst: first, consent.LayerSecond: second} {
				taken = append(taken, consent.Screenshot{
					Language: view.Language, Layer: layer, Width: width, PNG: png, Hash: consent.HashOf(png), Taken: clock(),
				})
			}
		}
	}
	return taken, nil
}

// layers opens the page as a new visitor and pictures both layers.
func layers(browser context.Context, address string, width int) (first, second []byte, err error) {
	page, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	defer stop()
	if err := chromedp.Do(page, chromedp.EmulateViewport(int64(width), 800), chromedp.Navigate(address)); err != nil {
		return nil, nil, err
	}
	at, err := chromedp.Run(page, chromedp.Evaluate[[]float64](standing, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, nil, err
	}
	if first, err = chromedp.Run(page, chromedp.FullScreenshot(100)); err != nil {
		return nil, nil, err
	}
	if err := chromedp.Do(page, chromedp.MouseClickXY(at[0], at[1])); err != nil {
		return nil, nil, err
	}
	height, err := chromedp.Run(page, chromedp.Evaluate[float64](opened, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, nil, err
	}
	// A dialog scrolls by itself: the picture holds all of it when the page is as tall.
	if err := chromedp.Do(page, chromedp.EmulateViewport(int64(width), min(int64(height), tallest))); err != nil {
		return nil, nil, err
	}
	if _, err := chromedp.Run(page, chromedp.Evaluate[bool](painted, chromedp.EvalAwaitPromise)); err != nil {
		return nil, nil, err
	}
	second, err = chromedp.Run(page, chromedp.CaptureScreenshot())
	return first, second, err
}

const (
	// standing waits for the banner and gives where its way to the second layer is.
	standing = `new Promise((resolve) => {
	const look = () => {
		const way = document.querySelector('#samtykke')?.shadowRoot.querySelector('[data-samtykke=open]')
		if (!way?.getBoundingClientRect().width) return setTimeout(look, 20)
		way.scrollIntoView({ block: 'nearest', behavior: 'instant' })
		document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => {
			const { x, y, width, height } = way.getBoundingClientRect()
			resolve([x + width / 2, y + height / 2])
		})))
	}
	look()
})`

	// opened waits for the second layer and gives the height of a window that
	// holds all of it. The layer leaves some of the window free.
	opened = `new Promise((resolve) => {
	const look = () => {
		const dialog = document.querySelector('#samtykke').shadowRoot.querySelector('dialog[aria-labelledby=panel]')
		if (!dialog?.open) return setTimeout(look, 20)
		resolve(Math.max(innerHeight, dialog.scrollHeight + innerHeight - dialog.clientHeight))
	}
	look()
})`

	painted = `document.fonts.ready.then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))))`
)
