package main_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromium is a page of real Chromium, spoken to by its DevTools protocol.
type chromium struct {
	ctx  context.Context
	stop []context.CancelFunc
}

// newChromium starts Chromium with a fresh profile. Every host but *.localhost
// is unknown to it, so nothing can leave the machine unnoticed.
func newChromium(t testing.TB) browser {
	t.Helper()
	return startChromium(t)
}

func startChromium(t testing.TB, flags ...chromedp.ExecAllocatorOption) *chromium {
	t.Helper()
	options := append([]chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.ExecPath("chromium"), chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		chromedp.WindowSize(1280, 900),
	}, flags...)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(alloc)
	c := &chromium{ctx: ctx, stop: []context.CancelFunc{stop, stopAlloc}}
	if err := chromedp.Do(ctx); err != nil {
		c.close()
		t.Fatalf("chromium does not start (install it: apt-get install chromium): %v", err)
	}
	return c
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

// screenshot gives the whole page as PNG.
func (c *chromium) screenshot(ctx context.Context) ([]byte, error) {
	mine, cancel := c.within(ctx)
	defer cancel()
	return chromedp.Run(mine, chromedp.FullScreenshot(100))
}

func (c *chromium) close() {
	for _, stop := range c.stop {
		stop()
	}
}
