package main

import (
	"context"
	"errors"
	"fmt"
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
	// from is for a path with a * in it, which nobody knows before: the page whose first
	// link to such a path tells it.
	from string
	// speaks is for a page in another language than bokmål, and swapped for one that is
	// dark in the wide window and light in the narrow one.
	speaks  string
	swapped bool
}

// strangersPages are those of somebody who is not logged in.
var strangersPages = []pictured{
	{name: "login", path: "/login"},
	{name: "link-none", path: "/link/none"},
	{name: "invitation-none", path: "/invitation/none"},
	{name: "help-login", path: "/help/login"},
	{name: "help-lost-factor", path: "/help/lost-factor"},
	{name: "help-api", path: "/help/api"},
	{name: "help-api-faults", path: "/help/api-faults"},
}

// adminPages are those that pictures are taken of.
var adminPages = []pictured{
	{name: "home", path: "/"},
	{name: "unsent", path: "/unsent"},
	{name: "account", path: "/account"},
	{name: "factors", path: "/account/factors"},
	{name: "passkey", path: "/account/passkey"},
	{name: "organisation-new", path: "/organisations/new"},
	{name: "organisation", path: "/organisations/gjerdrum"},
	{name: "site-new", path: "/organisations/gjerdrum/sites/new"},
	{name: "people", path: "/organisations/gjerdrum/people"},
	{name: "person", path: "/organisations/gjerdrum/people/1"},
	{name: "keys", path: "/organisations/gjerdrum/keys"},
	{name: "organisation-settings", path: "/organisations/gjerdrum/settings"},
	{name: "catalogue", path: "/organisations/gjerdrum/catalogue"},
	{name: "notifications", path: "/organisations/gjerdrum/notifications"},
	{name: "trail", path: "/organisations/gjerdrum/trail"},
	{name: "trail-whole", path: "/trail"},
	{name: "app", path: "/account/app"},
	{name: "question", path: "/account", sends: "/account/app/remove"},
	{name: "operators", path: "/people"},
	{name: "operator", path: "/people/1"},
	{name: "site", path: "/sites/gjerdrum"},
	{name: "figures", path: "/sites/gjerdrum/figures"},
	{name: "figures-quarter", path: quarter()},
	{name: "figures-nynorsk", path: quarter(), speaks: "nn", swapped: true},
	{name: "figures-english", path: quarter(), speaks: "en"},
	{name: "inventory", path: "/sites/gjerdrum/inventory"},
	{name: "service", path: "/sites/gjerdrum/services/youtube"},
	{name: "service-new", path: "/sites/gjerdrum/new-service"},
	{name: "service-remove", path: "/sites/gjerdrum/services/youtube/remove"},
	{name: "service-sites", path: "/sites/gjerdrum/services/youtube/sites"},
	{name: "shared", path: "/sites/gjerdrum/shared"},
	{name: "reviews", path: "/sites/gjerdrum/reviews?all=on"},
	{name: "cookie", from: "/sites/gjerdrum/services/youtube", path: "/sites/gjerdrum/services/youtube/cookies/*"},
	{name: "cookie-new", path: "/sites/gjerdrum/services/youtube/new-cookie"},
	{name: "cookie-remove", from: "/sites/gjerdrum/services/youtube", path: "/sites/gjerdrum/services/youtube/cookies/*/remove"},
	{name: "categories", path: "/sites/gjerdrum/categories"},
	{name: "category", path: "/sites/gjerdrum/categories/necessary"},
	{name: "category-new", path: "/sites/gjerdrum/new-category"},
	{name: "category-remove", path: "/sites/gjerdrum/categories/statistics/remove"},
	{name: "texts", path: "/sites/gjerdrum/texts"},
	{name: "import", path: "/sites/gjerdrum/import"},
	{name: "export-draft", path: "/sites/gjerdrum/export"},
	{name: "origins", path: "/sites/gjerdrum/origins"},
	{name: "settings", path: "/sites/gjerdrum/settings"},
	{name: "settings-contacts", path: "/sites/gjerdrum/settings/contacts"},
	{name: "settings-keeping", path: "/sites/gjerdrum/settings/keeping"},
	{name: "settings-look", path: "/sites/gjerdrum/settings/look"},
	{name: "settings-manner", path: "/sites/gjerdrum/settings/manner"},
	{name: "settings-review", path: "/sites/gjerdrum/settings/review"},
	{name: "publish", path: "/sites/gjerdrum/publish"},
	{name: "preview", path: "/sites/gjerdrum/preview"},
	{name: "notices", path: "/sites/gjerdrum/notices"},
	{name: "notice", path: "/sites/gjerdrum/notices/1"},
	{name: "shown", path: "/sites/gjerdrum/notices/1/shown"},
	{name: "log", path: "/sites/gjerdrum/log"},
	{name: "decision", from: "/sites/gjerdrum/log", path: "/sites/gjerdrum/log/*"},
	{name: "decision-erase", from: "/sites/gjerdrum/log", path: "/sites/gjerdrum/log/*/erase"},
	{name: "export", path: "/sites/gjerdrum/log/export"},
	{name: "requests", path: "/sites/gjerdrum/requests"},
	{name: "request", from: "/sites/gjerdrum/requests", path: "/sites/gjerdrum/requests/*"},
	{name: "request-new", path: "/sites/gjerdrum/requests/new"},
	{name: "findings", path: "/sites/gjerdrum/findings"},
	{name: "findings-english", path: "/sites/gjerdrum/findings", speaks: "en", swapped: true},
	{name: "help", path: "/help"},
	{name: "article", path: "/help/publish?site=gjerdrum"},
	{name: "not-found", path: "/sites/nowhere"},
}

// admin takes the administration of a demonstration that has been answered for
// months, in bokmål, dark in the narrow window.
func (a *album) admin(ctx context.Context, program string) (err error) {
	data, clean, err := livedIn(ctx, program)
	if err != nil {
		return fmt.Errorf("the days before: %w", err)
	}
	defer func() { err = errors.Join(err, clean()) }()
	demo, stop, err := startDemo(ctx, program, "--data", data)
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
	if _, err := demo.samtykke(ctx, "request", "add", "gjerdrum", "--kind", "access", "--channel", "letter", "--case", "2026/1234"); err != nil {
		return err
	}
	page, leave := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer leave()
	if err := a.takePages(page, demo, strangersPages); err != nil {
		return err
	}
	if err := logIn(page, demo.Login); err != nil {
		return fmt.Errorf("log in to the administration: %w", err)
	}
	return a.takePages(page, demo, adminPages)
}

// takePages takes those that are asked for, in the browser's state as it is.
func (a *album) takePages(page context.Context, demo demoAddresses, list []pictured) error {
	for _, each := range list {
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

// known gives the path of a page, with what its link tells in place of the star.
func known(page context.Context, demo demoAddresses, of pictured) (string, error) {
	before, after, unknown := strings.Cut(of.path, "*")
	if !unknown {
		return of.path, nil
	}
	if err := chromedp.Do(page, chromedp.Navigate(demo.Admin+of.from)); err != nil {
		return "", err
	}
	const first = `[...document.querySelectorAll('main a[href]')].map((a) => new RegExp('^' + %q + '(?!new|export)([^/?#]+)').exec(a.getAttribute('href'))?.[1]).find(Boolean) ?? ''`
	told, err := chromedp.Run(page, chromedp.Evaluate[string](fmt.Sprintf(first, before)))
	if err == nil && told == "" {
		err = fmt.Errorf("%s has no link that begins with %s", of.from, before)
	}
	return before + told + after, err
}

// wholePage takes the page in a window as high as itself: what stands still at the foot of
// a lower one would cover the middle.
func wholePage(page context.Context, width int) ([]byte, error) {
	height, err := chromedp.Run(page, chromedp.Evaluate[int64](`Math.max(innerHeight, document.documentElement.scrollHeight)`))
	if err != nil {
		return nil, err
	}
	if err := chromedp.Do(page, chromedp.EmulateViewport(int64(width), height)); err != nil {
		return nil, err
	}
	return chromedp.Run(page, chromedp.FullScreenshot(100))
}

// speak gives the demonstration's administrator another language.
func (demo demoAddresses) speak(ctx context.Context, lang string) error {
	_, err := demo.samtykke(ctx, "account", "change", "kari@example.no", "--language", lang)
	return err
}

func (a *album) takeAdmin(page context.Context, demo demoAddresses, name string, of pictured) (err error) {
	path, err := known(page, demo, of)
	if err != nil {
		return err
	}
	if of.speaks != "" {
		if err := demo.speak(page, of.speaks); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, demo.speak(page, "nb")) }()
	}
	address := demo.Admin + path
	schemes := map[int]string{320: "dark", 1280: "light"}
	if of.swapped {
		schemes[320], schemes[1280] = schemes[1280], schemes[320]
	}
	for width, scheme := range schemes {
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
		picture, err := wholePage(page, width)
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
