package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// shot is one page in one state, as a person would see it.
type shot struct {
	name  string
	page  string   // path on the replica, or a whole address
	press []string // selectors of what is pressed first, in the banner or the page
	dark  bool
}

func shots(demo demoAddresses) []shot {
	declaration := demo.Cookies
	return []shot{
		{name: "front-asked", page: "/"},
		{name: "front-asked-dark", page: "/", dark: true},
		{name: "front-accepted", page: "/", press: []string{"[data-samtykke=accept]"}},
		{name: "front-declined", page: "/", press: []string{"[data-samtykke=reject]"}},
		{name: "front-nynorsk", page: "/nn/"},
		{name: "front-sami", page: "/se/"},
		{name: "front-english", page: "/en/"},
		{name: "panel", page: "/", press: []string{"[data-samtykke=reject]", "[data-samtykke=open]"}},
		{name: "panel-dark", page: "/", press: []string{"[data-samtykke=reject]", "[data-samtykke=open]"}, dark: true},
		{name: "video", page: "/video", press: []string{"[data-samtykke=reject]"}},
		{name: "map", page: "/kart", press: []string{"[data-samtykke=reject]"}},
		{name: "chat", page: "/chat", press: []string{"[data-samtykke=reject]"}},
		{name: "council-tv", page: "/kommune-tv", press: []string{"[data-samtykke=reject]"}},
		{name: "form", page: "/skjema", press: []string{"[data-samtykke=reject]"}},
		{name: "tickets", page: "/billetter", press: []string{"[data-samtykke=reject]"}},
		{name: "my-page", page: "/minside", press: []string{"[data-samtykke=reject]"}},
		{name: "feedback", page: "/tilbakemelding", press: []string{"[data-samtykke=reject]"}},
		{name: "declaration-embedded", page: "/informasjonskapsler", press: []string{"[data-samtykke=reject]"}},
		{name: "declaration", page: declaration},
		{name: "declaration-nynorsk", page: declaration + "?lang=nn"},
		{name: "declaration-english", page: declaration + "?lang=en"},
		{name: "declaration-dark", page: declaration, dark: true},
		{name: "verifier", page: strings.TrimSuffix(declaration, "gjerdrum/cookies") + "verify.html#nb"},
		{name: "not-found", page: strings.TrimSuffix(declaration, "cookies") + "nothing"},
	}
}

// demoAddresses is what demo --json prints.
type demoAddresses struct {
	Page    string `json:"page"`
	Cookies string `json:"cookies"`
}

// pages takes a screenshot of every page and banner state, narrow and wide,
// and writes an index to look at.
func pages(ctx context.Context, args []string) error {
	dir := filepath.Join(os.TempDir(), "samtykke-pages")
	if len(args) > 0 {
		dir = args[0]
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var index strings.Builder
	index.WriteString("<!doctype html><meta charset=utf-8><title>Samtykke, every page</title><style>body{font:16px system-ui;margin:2rem}img{border:1px solid #999;max-width:100%}</style>\n")
	for _, variant := range [][]string{nil, {"--ask-all"}} {
		if err := pagesOf(ctx, dir, variant, &index); err != nil {
			return err
		}
	}
	file := filepath.Join(dir, "index.html")
	fmt.Println(file)
	return os.WriteFile(file, []byte(index.String()), 0o644)
}

func pagesOf(ctx context.Context, dir string, variant []string, index *strings.Builder) error {
	demo, stop, err := startDemo(ctx, dir, variant)
	if err != nil {
		return err
	}
	defer stop()
	list, prefix := shots(demo), ""
	if len(variant) > 0 {
		list, prefix = list[:9], "ask-all-"
	}
	for _, s := range list {
		for _, width := range []int{320, 1280} {
			name := fmt.Sprintf("%s%s-%d.png", prefix, s.name, width)
			fmt.Println("  ", name)
			picture, err := takeShot(ctx, demo, s, width)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), picture, 0o644); err != nil {
				return err
			}
			fmt.Fprintf(index, "<h2>%s</h2><img loading=lazy src=%q alt=%q>\n", name, name, name)
		}
	}
	return nil
}

func startDemo(ctx context.Context, dir string, args []string) (demoAddresses, func(), error) {
	var demo demoAddresses
	program := filepath.Join(dir, "samtykke")
	if err := quiet(ctx, ".", "go", "build", "-o", program, "./cmd/samtykke"); err != nil {
		return demo, nil, err
	}
	cmd := exec.CommandContext(ctx, program, append([]string{"demo", "--json", "--listen", "127.0.0.1:0"}, args...)...)
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
		_ = os.Remove(program)
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

func takeShot(ctx context.Context, demo demoAddresses, s shot, width int) ([]byte, error) {
	profile, err := os.MkdirTemp("", "samtykke-profile")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(profile)
	scheme := "light"
	if s.dark {
		scheme = "dark"
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx,
		chromedp.NoFirstRun, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.ExecPath("chromium"), chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("blink-settings", "preferredColorScheme="+map[string]string{"dark": "0", "light": "1"}[scheme]))
	defer stopAlloc()
	page, stopPage := chromedp.NewContext(alloc)
	defer stopPage()
	address := s.page
	if strings.HasPrefix(address, "/") {
		address = demo.Page + address
	}
	if err := chromedp.Do(page, chromedp.EmulateViewport(int64(width), 900), chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	for _, selector := range s.press {
		if err := pressDeep(page, selector); err != nil {
			return nil, err
		}
	}
	if _, err := chromedp.Run(page, chromedp.Evaluate[bool](settled, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	return chromedp.Run(page, chromedp.FullScreenshot(100))
}

// settled waits for the panel, if it was opened, for fonts and for two frames.
const settled = `new Promise((r) => {
	const look = () => !window.samtykkeOpened || document.querySelector('#samtykke').shadowRoot.querySelector('dialog')?.open ? r() : setTimeout(look, 30)
	look()
}).then(() => document.fonts.ready).then(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true)))))`

// pressDeep clicks an element of the banner or the page with the mouse.
func pressDeep(page context.Context, selector string) error {
	at, err := chromedp.Run(page, chromedp.Evaluate[[]float64](fmt.Sprintf(`new Promise((resolve) => {
		const look = () => {
			const e = document.querySelector('#samtykke')?.shadowRoot?.querySelector(%[1]q) ?? document.querySelector(%[1]q)
			if (!e || !e.getBoundingClientRect().width) return setTimeout(look, 30)
			window.samtykkeOpened = e.dataset.samtykke === 'open'
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
