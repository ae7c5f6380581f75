package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// pages takes a screenshot of every page and banner state, narrow and wide,
// and writes an index to look at. One browser takes them all. With names, only
// those whose name holds one of them.
func pages(ctx context.Context, args []string) error {
	dir := filepath.Join(os.TempDir(), "samtykke-pages")
	if len(args) > 0 {
		dir = args[0]
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	program := filepath.Join(dir, "samtykke")
	defer os.Remove(program)
	if err := quiet(ctx, ".", "go", "build", "-o", program, "./cmd/samtykke"); err != nil {
		return err
	}
	ctx, stop, err := openBrowser(ctx)
	if err != nil {
		return err
	}
	defer stop()
	album := &album{dir: dir}
	album.index.WriteString("<!doctype html><meta charset=utf-8><title>Samtykke, every page</title><style>body{font:16px system-ui;margin:2rem}img{border:1px solid #999;max-width:100%}</style>\n")
	if len(args) > 1 {
		album.only = args[1:]
	}
	for _, each := range []func(context.Context, string) error{album.plain, album.askAll, album.admin} {
		if err := each(ctx, program); err != nil {
			return err
		}
	}
	file := filepath.Join(dir, "index.html")
	fmt.Println(file)
	return os.WriteFile(file, []byte(album.index.String()), 0o644)
}

// album is what has been taken.
type album struct {
	dir   string
	only  []string
	index strings.Builder
}

// openBrowser starts Chromium; the context that it gives is the browser.
func openBrowser(ctx context.Context) (context.Context, func(), error) {
	profile, err := os.MkdirTemp("", "samtykke-profile")
	if err != nil {
		return nil, nil, err
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx,
		chromedp.NoFirstRun, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.ExecPath("chromium"), chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true))
	browser, stopBrowser := chromedp.NewContext(alloc)
	stop := func() {
		stopBrowser()
		stopAlloc()
		_ = os.RemoveAll(profile)
	}
	if err := chromedp.Do(browser); err != nil {
		stop()
		return nil, nil, fmt.Errorf("chromium does not start (install it: apt-get install chromium): %w", err)
	}
	return browser, stop, nil
}

// plain takes the demonstration as it comes, and then the copy of its site that
// speaks Northern Sami.
func (a *album) plain(ctx context.Context, program string) error {
	demo, stop, err := startDemo(ctx, program)
	if err != nil {
		return err
	}
	defer stop()
	if err := a.take(ctx, demo, "", shots(demo)); err != nil {
		return err
	}
	if err := speakSami(ctx, demo); err != nil {
		return fmt.Errorf("the copy in Northern Sami: %w", err)
	}
	return a.take(ctx, demo, "", samiShots(demo))
}

func (a *album) askAll(ctx context.Context, program string) error {
	demo, stop, err := startDemo(ctx, program, "--ask-all")
	if err != nil {
		return err
	}
	defer stop()
	return a.take(ctx, demo, "ask-all-", askAllShots(demo))
}

func (a *album) take(ctx context.Context, demo demoAddresses, prefix string, list []shot) error {
	for _, s := range list {
		wanted := func(part string) bool { return strings.Contains(prefix+s.name, part) }
		if a.only != nil && !slices.ContainsFunc(a.only, wanted) {
			continue
		}
		for _, width := range []int{320, 1280} {
			name := fmt.Sprintf("%s%s-%d.png", prefix, s.name, width)
			fmt.Println("  ", name)
			picture, err := photograph(ctx, demo, s, width)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := os.WriteFile(filepath.Join(a.dir, name), picture, 0o644); err != nil {
				return err
			}
			fmt.Fprintf(&a.index, "<h2>%s</h2><img loading=lazy src=%q alt=%q>\n", name, name, name)
		}
	}
	return nil
}

// demoAddresses is what demo --json prints.
type demoAddresses struct {
	Page    string `json:"page"`
	Cookies string `json:"cookies"`
	Data    string `json:"data"`
	Admin   string `json:"admin"`
	Login   string `json:"admin_login"`
	program string
}

func startDemo(ctx context.Context, program string, args ...string) (demoAddresses, func(), error) {
	demo := demoAddresses{program: program}
	cmd := exec.CommandContext(ctx, program, append([]string{"demo", "--json", "--no-pictures", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return demo, nil, err
	}
	if err := cmd.Start(); err != nil {
		return demo, nil, err
	}
	stop := func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &demo)
	}
	if err != nil {
		stop()
		return demo, nil, err
	}
	demo.Page = strings.TrimSuffix(demo.Page, "/")
	return demo, stop, nil
}

// longest is how long one picture may take on a slow machine.
const longest = time.Minute

// photograph opens the page as a new visitor, and brings it into its state.
func photograph(browser context.Context, demo demoAddresses, s shot, width int) ([]byte, error) {
	patient, cancel := context.WithTimeout(browser, longest)
	defer cancel()
	page, stop := chromedp.NewContext(patient, chromedp.WithNewBrowserContext())
	defer stop()
	scheme := "light"
	if s.dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(page, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		return nil, err
	}
	if s.speaks != "" {
		source := fmt.Sprintf(inLanguage, s.speaks)
		if _, err := chromedp.Call(page, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: source}); err != nil {
			return nil, err
		}
	}
	address := s.page
	if strings.HasPrefix(address, "/") {
		address = demo.Page + address
	}
	if err := chromedp.Do(page, chromedp.EmulateViewport(int64(width), 900), chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	for _, selector := range s.press {
		if err := pressDeep(page, selector); err != nil {
			return nil, fmt.Errorf("press %s: %w", selector, err)
		}
	}
	if err := come(page, s.until); err != nil {
		return nil, err
	}
	if s.onward != "" {
		if err := goOn(page, s); err != nil {
			return nil, err
		}
	}
	if _, err := chromedp.Run(page, chromedp.Evaluate[bool](settled, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	return chromedp.Run(page, chromedp.FullScreenshot(100))
}

// come waits until an expression holds. It is asked from outside, because a page
// may be loaded anew meanwhile.
func come(page context.Context, until string) error {
	for until != "" {
		held, err := chromedp.Run(page, chromedp.Evaluate[bool]("!!("+until+")"))
		if page.Err() != nil {
			return fmt.Errorf("it never came to: %s (%w)", until, page.Err())
		}
		if err == nil && held {
			break
		}
		select { // the page's end, or another look
		case <-page.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil
}

// goOn follows a shot to its second page.
func goOn(page context.Context, s shot) error {
	address, err := chromedp.Run(page, chromedp.Evaluate[string](s.onward))
	if err != nil {
		return err
	}
	if err := chromedp.Do(page, chromedp.Navigate(address)); err != nil {
		return err
	}
	for _, selector := range s.pressThere {
		if err := pressDeep(page, selector); err != nil {
			return fmt.Errorf("press %s: %w", selector, err)
		}
	}
	return come(page, s.untilThere)
}

// inLanguage gives the page another language before its first script runs.
const inLanguage = `new MutationObserver(() => { if (document.documentElement) document.documentElement.lang = %q }).observe(document, { childList: true })`

// settled waits for fonts and for two frames.
const settled = `document.fonts.ready.then(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true)))))`

// pressDeep clicks an element of the banner, of a placeholder or of the page
// with the mouse, when it is there.
func pressDeep(page context.Context, selector string) error {
	at, err := chromedp.Run(page, chromedp.Evaluate[[]float64](fmt.Sprintf(`new Promise((resolve) => {
		const roots = () => ['#samtykke', '[data-samtykke-place]'].map((host) => document.querySelector(host)?.shadowRoot).concat(document)
		const look = () => {
			const e = roots().map((root) => root?.querySelector(%[1]q)).find((e) => e?.getBoundingClientRect().width)
			if (!e) return setTimeout(look, 30)
			e.scrollIntoView({ block: 'center', behavior: 'instant' })
			requestAnimationFrame(() => { const r = e.getBoundingClientRect(); resolve([r.x + r.width / 2, r.y + r.height / 2]) })
		}
		look()
	})`, selector), chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	return chromedp.Do(page, chromedp.MouseClickXY(at[0], at[1]))
}
