package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// adminPages are the pages of the administration, by the names of their pictures.
var adminPages = []struct{ name, path string }{
	{"home", "/"},
	{"account", "/account"},
	{"organisation", "/organisations/gjerdrum"},
	{"site-new", "/organisations/gjerdrum/sites/new"},
	{"people", "/organisations/gjerdrum/people"},
	{"keys", "/organisations/gjerdrum/keys"},
	{"organisation-settings", "/organisations/gjerdrum/settings"},
	{"trail", "/organisations/gjerdrum/trail"},
	{"app", "/account/app"},
	{"operators", "/people"},
	{"site", "/sites/gjerdrum"},
	{"figures", "/sites/gjerdrum/figures"},
	{"inventory", "/sites/gjerdrum/inventory"},
	{"service", "/sites/gjerdrum/services/youtube"},
	{"texts", "/sites/gjerdrum/texts"},
	{"import", "/sites/gjerdrum/import"},
	{"settings", "/sites/gjerdrum/settings"},
	{"publish", "/sites/gjerdrum/publish"},
	{"preview", "/sites/gjerdrum/preview"},
	{"notices", "/sites/gjerdrum/notices"},
	{"notice", "/sites/gjerdrum/notices/1"},
	{"shown", "/sites/gjerdrum/notices/1/shown"},
	{"log", "/sites/gjerdrum/log"},
	{"export", "/sites/gjerdrum/log/export"},
	{"requests", "/sites/gjerdrum/requests"},
	{"request-new", "/sites/gjerdrum/requests/new"},
	{"findings", "/sites/gjerdrum/findings"},
	{"help", "/help"},
	{"article", "/help/publish?site=gjerdrum"},
	{"not-found", "/sites/nowhere"},
}

// admin takes the administration of a demonstration that some have answered, in
// bokmål, dark in the narrow window.
func (a *album) admin(ctx context.Context, program string) error {
	demo, stop, err := startDemo(ctx, program)
	if err != nil {
		return err
	}
	defer stop()
	const answered = `(() => { const kept = JSON.parse(localStorage['samtykke-gjerdrum'] ?? '{}'); return kept.last && !kept.queue.length })()`
	for _, press := range []string{accept, accept, reject} {
		if _, err := photograph(ctx, demo, shot{page: "/", press: []string{press}, until: answered}, 1280); err != nil {
			return err
		}
	}
	page, leave := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer leave()
	if err := logIn(page, demo.Login); err != nil {
		return fmt.Errorf("log in to the administration: %w", err)
	}
	for _, each := range adminPages {
		name := "admin-" + each.name
		wanted := func(part string) bool { return strings.Contains(name, part) }
		if a.only != nil && !slices.ContainsFunc(a.only, wanted) {
			continue
		}
		if err := a.takeAdmin(page, demo, name, each.path); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// logIn uses a one-time link as its person does.
func logIn(page context.Context, link string) error {
	if err := chromedp.Do(page, chromedp.Navigate(link)); err != nil {
		return err
	}
	const choose = `(() => { for (const field of document.querySelectorAll('[type=password]')) field.value = 'four words at random'; document.querySelector('main form').submit(); return true })()`
	if _, err := chromedp.Run(page, chromedp.Evaluate[bool](choose)); err != nil {
		return err
	}
	patient, cancel := context.WithTimeout(page, longest)
	defer cancel()
	return come(patient, `location.pathname === '/'`)
}

func (a *album) takeAdmin(page context.Context, demo demoAddresses, name, path string) error {
	address, err := url.JoinPath(demo.Admin, path)
	if err != nil {
		return err
	}
	for width, scheme := range map[int]string{320: "dark", 1280: "light"} {
		file := fmt.Sprintf("%s-%d.png", name, width)
		fmt.Println("  ", file)
		_, err := chromedp.Call(page, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		if err == nil {
			err = chromedp.Do(page, chromedp.EmulateViewport(int64(width), 900), chromedp.Navigate(address))
		}
		if err != nil {
			return err
		}
		if _, err := chromedp.Run(page, chromedp.Evaluate[bool](settled, chromedp.EvalAwaitPromise)); err != nil {
			return err
		}
		picture, err := chromedp.Run(page, chromedp.FullScreenshot(100))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(a.dir, file), picture, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&a.index, "<h2>%s</h2><img loading=lazy src=%q alt=%q>\n", file, file, file)
	}
	return nil
}
