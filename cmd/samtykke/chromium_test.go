package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromium is a page of real Chromium, spoken to by its DevTools protocol.
type chromium struct {
	ctx  context.Context
	stop context.CancelFunc
}

// What Chromium is started as: whole, or as its headless shell, the same engine
// without what surrounds the page, which takes half the time for each page.
const (
	wholeChromium = "chromium"
	chromiumShell = "chromium-headless-shell"
)

// oneChromium is the process that most tests share, each in a browser context
// of its own: fresh cookies, storage and cache.
var oneChromium = sync.OnceValues(func() (context.Context, error) {
	profile, err := os.MkdirTemp("", "samtykke-chromium")
	if err != nil {
		return nil, err
	}
	ctx, stop, err := launchChromium(chromiumShell, profile, chromedp.Flag("site-per-process", true)) // as whole Chromium has it
	stopLater(func() { stop(); _ = os.RemoveAll(profile) })
	return ctx, err
})

// newChromium opens a page with a fresh profile.
func newChromium(t testing.TB) browser {
	t.Helper()
	parent, err := oneChromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	c := &chromium{ctx: ctx, stop: stop}
	if err := chromedp.Do(ctx); err != nil {
		c.close()
		t.Fatalf("chromium opens no page: %v", err)
	}
	return c
}

// another opens a second tab of the same profile.
func (c *chromium) another(t testing.TB) *chromium {
	t.Helper()
	ctx, stop := chromedp.NewContext(c.ctx, chromedp.WithExistingBrowserContext(chromedp.FromContext(c.ctx).BrowserContextID))
	if err := chromedp.Do(ctx); err != nil {
		stop()
		t.Fatalf("chromium opens no second tab: %v", err)
	}
	t.Cleanup(stop)
	return &chromium{ctx: ctx, stop: stop}
}

// newChromiumWith starts a whole Chromium of its own, for tests that need flags.
func newChromiumWith(t testing.TB, flags ...chromedp.ExecAllocatorOption) *chromium {
	t.Helper()
	ctx, stop, err := launchChromium(wholeChromium, t.TempDir(), flags...)
	if err != nil {
		t.Fatal(err)
	}
	return &chromium{ctx: ctx, stop: stop}
}

// launchChromium starts Chromium. Every host but *.localhost is unknown to it,
// so nothing can leave the machine unnoticed.
func launchChromium(program, profile string, flags ...chromedp.ExecAllocatorOption) (context.Context, context.CancelFunc, error) {
	options := append([]chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.ExecPath(program), chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-features", "PreloadTopChromeWebUI,SpareRendererForSitePerProcess"),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP *.localhost 127.0.0.1, MAP *.localhost. 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		chromedp.WindowSize(1280, 900),
	}, flags...)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopPage := chromedp.NewContext(alloc)
	stop := func() { stopPage(); stopAlloc() }
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, func() {}, fmt.Errorf("%[1]s does not start (install it: apt-get install %[1]s): %[2]w", program, err)
	}
	return ctx, stop, nil
}

// within gives the page's context with the caller's deadline.
func (c *chromium) within(ctx context.Context) (context.Context, context.CancelFunc) {
	mine, cancel := context.WithCancel(c.ctx)
	stop := context.AfterFunc(ctx, cancel)
	return mine, func() { stop(); cancel() }
}

func (c *chromium) do(ctx context.Context, steps ...chromedp.Action[chromedp.Void]) error {
	mine, cancel := c.within(ctx)
	defer cancel()
	return chromedp.Do(mine, steps...)
}

func (c *chromium) visit(ctx context.Context, url string) error {
	return c.do(ctx, chromedp.Navigate(url))
}

func (c *chromium) eval(ctx context.Context, expression string) (json.RawMessage, error) {
	mine, cancel := c.within(ctx)
	defer cancel()
	text, err := chromedp.Run(mine, chromedp.Evaluate[string](
		`(async () => JSON.stringify((await (`+expression+`)) ?? null))()`, chromedp.EvalAwaitPromise))
	return json.RawMessage(text), err
}

func (c *chromium) click(ctx context.Context, x, y float64) error {
	return c.do(ctx, chromedp.MouseClickXY(x, y))
}

var chromiumKeys = map[string]string{"Tab": kb.Tab, "Enter": kb.Enter, "Escape": kb.Escape, "Shift+Tab": kb.Tab}

func (c *chromium) key(ctx context.Context, key string) error {
	var options []chromedp.KeyOption
	if key == "Shift+Tab" {
		options = append(options, chromedp.KeyModifiers(chromedp.ModifierShift))
	}
	if named, ok := chromiumKeys[key]; ok {
		key = named
	}
	return c.do(ctx, chromedp.KeyEvent(key, options...))
}

func (c *chromium) resize(ctx context.Context, width, height int) error {
	return c.do(ctx, chromedp.EmulateViewport(int64(width), int64(height)))
}

func (c *chromium) close() { c.stop() }
