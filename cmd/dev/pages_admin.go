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

// pictured is a page of the administration, by the name of its pictures.
type pictured struct {
	name, path string
	sends      string // the path to which a form is sent from there, for a page that comes of it
}

// adminPages are those that pictures are taken of.
var adminPages = []pictured{
	{name: "home", path: "/"},
	{name: "account", path: "/account"},
	{name: "organisation", path: "/organisations/gjerdrum"},
	{name: "site-new", path: "/organisations/gjerdrum/sites/new"},
	{name: "people", path: "/organisations/gjerdrum/people"},
	{name: "keys", path: "/organisations/gjerdrum/keys"},
	{name: "organisation-settings", path: "/organisations/gjerdrum/settings"},
	{name: "trail", path: "/organisations/gjerdrum/trail"},
	{name: "app", path: "/account/app"},
	{name: "question", path: "/account", sends: "/account/app/remove"},
	{name: "operators", path: "/people"},
	{name: "site", path: "/sites/gjerdrum"},
	{name: "figures", path: "/sites/gjerdrum/figures"},
	{name: "inventory", path: "/sites/gjerdrum/inventory"},
	{name: "service", path: "/sites/gjerdrum/services/youtube"},
	{name: "texts", path: "/sites/gjerdrum/texts"},
	{name: "import", path: "/sites/gjerdrum/import"},
	{name: "settings", path: "/sites/gjerdrum/settings"},
	{name: "publish", path: "/sites/gjerdrum/publish"},
	{name: "preview", path: "/sites/gjerdrum/preview"},
	{name: "notices", path: "/sites/gjerdrum/notices"},
	{name: "notice", path: "/sites/gjerdrum/notices/1"},
	{name: "shown", path: "/sites/gjerdrum/notices/1/shown"},
	{name: "log", path: "/sites/gjerdrum/log"},
	{name: "export", path: "/sites/gjerdrum/log/export"},
	{name: "requests", path: "/sites/gjerdrum/requests"},
	{name: "request-new", path: "/sites/gjerdrum/requests/new"},
	{name: "findings", path: "/sites/gjerdrum/findings"},
	{name: "help", path: "/help"},
	{name: "article", path: "/help/publish?site=gjerdrum"},
	{name: "not-found", path: "/sites/nowhere"},
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
		if err := a.takeAdmin(page, demo, name, each); err != nil {
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

// sendForm sends a form that says nothing, and waits for the page that comes of it.
func sendForm(page context.Context, path string) error {
	const send = `(() => {
		const form = document.querySelector('main form:has([name=csrf])').cloneNode()
		form.action = %q
		form.append(document.querySelector('main [name=csrf]').cloneNode())
		document.body.append(form)
		form.submit()
		return true
	})()`
	if _, err := chromedp.Run(page, chromedp.Evaluate[bool](fmt.Sprintf(send, path))); err != nil {
		return err
	}
	patient, cancel := context.WithTimeout(page, longest)
	defer cancel()
	return come(patient, fmt.Sprintf(`location.pathname === %q && document.readyState === 'complete'`, path))
}

func (a *album) takeAdmin(page context.Context, demo demoAddresses, name string, of pictured) error {
	address, err := url.JoinPath(demo.Admin, of.path)
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
		if err == nil && of.sends != "" {
			err = sendForm(page, of.sends)
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
