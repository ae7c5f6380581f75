package scan

import (
	"context"
	"errors"
	"os"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// Unconfined says that browsers run without their own sandbox. Chromium refuses
// to start for root with it.
func Unconfined() bool { return os.Geteuid() == 0 }

// open starts a browser with a fresh profile that reaches this machine and no
// other. The context that it gives is the browser; stop ends it.
func open(ctx context.Context, path string) (browser context.Context, stop func(), err error) {
	profile, err := os.MkdirTemp("", "samtykke-browser-")
	if err != nil {
		return nil, nil, err
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoFirstRun, chromedp.Headless, chromedp.DisableGPU,
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("no-sandbox", Unconfined()),
	}
	for _, off := range []string{
		"disable-background-networking", "disable-component-update", "disable-dev-shm-usage", "disable-extensions",
		"disable-quic", "disable-sync", "no-default-browser-check", "no-proxy-server",
	} {
		options = append(options, chromedp.Flag(off, true))
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	browser, stopBrowser := chromedp.NewContext(allocator)
	stop = func() {
		stopBrowser()
		stopAllocator()
		_ = os.RemoveAll(profile)
	}
	if err := chromedp.Do(browser); err != nil {
		stop()
		return nil, nil, failed(ctx, err)
	}
	return browser, stop, nil
}

// failed says that the browser did not do what it should, or not in time.
func failed(ctx context.Context, err error) error {
	message := "The browser failed. Start it by hand to see why, or name another one with --browser PATH."
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		message = "The browser was not ready in time. Try again when the machine has less to do, or name another one with --browser PATH."
	}
	return &consent.Error{Kind: consent.Unavailable, Code: "browser", Message: message, Err: err}
}
