package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
	"github.com/samtykke/samtykke/storage"
)

// What the administration is measured with, beside the decisions.
const (
	adminSites     = 500
	adminServices  = 5000
	exportServices = 3000
	adminChanges   = 10 // services that differ between two notices
	adminLooks     = 20
	adminBudget    = 100.0 // milliseconds
)

// benchAdmin measures how long a person waits for a page of the administration,
// among --stored decisions, many sites and a long inventory.
func benchAdmin(ctx context.Context, s served, e effort) ([]measure, error) {
	bundle, err := bundleOf(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	if err := fillAdmin(ctx, s.dir, &filling{bundle: consent.BundleID(bundle), total: e.stored}); err != nil {
		return nil, err
	}
	person, err := enterAdmin(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	found, err := person.measureFiles(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	if err := s.again(ctx); err != nil {
		return nil, err
	}
	first, err := person.first(ctx, "/sites/site-1/inventory")
	if err != nil {
		return nil, err
	}
	found = append(found, first)
	for _, page := range timedPages() {
		median, worst, err := person.measure(ctx, page.path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", page.name, err)
		}
		found = append(found,
			measure{page.name + ", median", median, "ms", fmt.Sprintf("≤ %g", adminBudget), median <= adminBudget},
			measure{page.name + ", slowest", worst, "ms", fmt.Sprintf("≤ %g", adminBudget), worst <= adminBudget})
	}
	saves, err := person.measureSaves(ctx)
	return append(found, saves...), err
}

// fillAdmin fills the database of a server past the server.
func fillAdmin(ctx context.Context, dir string, f *filling) error {
	settings, err := config.Load(filepath.Join(dir, "samtykke.yaml"), nil, nil)
	if err != nil {
		return err
	}
	store, err := storage.OpenShared(ctx, settings, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	err = f.fill(ctx, store)
	if err == nil {
		err = addSites(ctx, store)
	}
	if err == nil {
		err = fillTrail(ctx, store, "gjerdrum")
	}
	if err == nil { // as the server does each day
		err = figures.Close(ctx, store, "gjerdrum", time.Now())
	}
	return errors.Join(err, store.Close())
}

// addSites copies the example to further sites; the first two of them have long
// inventories.
func addSites(ctx context.Context, store consent.Store) error {
	for n := 1; n < adminSites; n++ {
		draft, err := store.Draft(ctx, "gjerdrum")
		if err != nil {
			return err
		}
		draft.Site.Key = consent.SiteKey(fmt.Sprintf("site-%d", n))
		draft.Site.Origins = []string{fmt.Sprintf("https://www-%d.example", n)}
		switch n {
		case 1:
			lengthen(draft, adminServices)
		case 2:
			lengthen(draft, exportServices)
		}
		if err := store.SaveDraft(ctx, *draft, time.Now()); err != nil {
			return err
		}
		if n == 1 {
			if err := publishTwice(ctx, store, draft); err != nil {
				return err
			}
		}
	}
	return nil
}

// publishTwice publishes a draft, some changes of it, and leaves some more to be published.
func publishTwice(ctx context.Context, store consent.Store, draft *consent.Draft) error {
	for round := range 2 {
		if _, err := banner.Publish(ctx, store, draft, consent.Shipped(), time.Now); err != nil {
			return fmt.Errorf("publish %s: %w", draft.Site.Key, err)
		}
		for i := range draft.Services[:adminChanges] {
			s := &draft.Services[i]
			s.Purpose = maps.Clone(s.Purpose)
			for lang := range s.Purpose {
				s.Purpose[lang] += fmt.Sprintf(" Endret %d.", round+1)
			}
			s.Hosts = append(slices.Clone(s.Hosts), fmt.Sprintf("more-%d.example", round))
		}
		if err := store.SaveDraft(ctx, *draft, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

func lengthen(draft *consent.Draft, services int) {
	pattern := draft.Services[len(draft.Services)-1]
	for n := len(draft.Services); n < services; n++ {
		pattern.Key = consent.ServiceKey(fmt.Sprintf("service-%d", n))
		draft.Services = append(draft.Services, pattern)
	}
}

// adminPage is a page that people use.
type adminPage struct{ name, path string }

func timedPages() []adminPage {
	return []adminPage{
		{"home", "/"},
		{"site", "/sites/gjerdrum"},
		{"figures", "/sites/gjerdrum/figures"},
		{"inventory, 5,000 services", "/sites/site-1/inventory"},
		{"inventory, searched", "/sites/site-1/inventory?q=service-49"},
		{"texts, 5,000 services", "/sites/site-1/texts"},
		{"texts, searched", "/sites/site-1/texts?q=billett"},
		{"log, newest", "/sites/gjerdrum/log"},
		{"log, a method", "/sites/gjerdrum/log?method=accept_all"},
		{"log, a category", "/sites/gjerdrum/log?category=statistics"},
		{"log, a language", "/sites/gjerdrum/log?language=nn"},
		{"requests", "/sites/gjerdrum/requests"},
		{"findings", "/sites/gjerdrum/findings"},
		{"notices", "/sites/gjerdrum/notices"},
		{"publish", "/sites/gjerdrum/publish"},
		{"notice, 5,000 services", "/sites/site-1/notices/2"},
		{"notice, page 2", "/sites/site-1/notices/2?page=2"},
		{"publish, 5,000 services", "/sites/site-1/publish"},
		{"trail, 100,000 acts", "/organisations/gjerdrum/trail"},
		{"trail, what is rare in it", "/organisations/gjerdrum/trail?action=log.export"},
		{"trail, what nobody did", "/organisations/gjerdrum/trail?by=key&site=gjerdrum"},
		{"help, searched", "/help?q=samtykke"},
	}
}

// administrator is a person who has logged in.
type administrator struct {
	client  *http.Client
	address string
	cookies []string
}

var oneTimeLink = regexp.MustCompile(`http://[^\s"]+/link/[^\s"]+`)

// enterAdmin makes an account as an operator does, and chooses its password.
func enterAdmin(ctx context.Context, dir string) (*administrator, error) {
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "samtykke"), "account", "add", "kari@example.no", "--operator", "--role", "gjerdrum=administrator",
		"--config", filepath.Join(dir, "samtykke.yaml")).CombinedOutput()
	link := oneTimeLink.FindString(string(out))
	if err != nil || link == "" {
		return nil, fmt.Errorf("samtykke account add: %w: %s", err, out)
	}
	address, _, _ := strings.Cut(link, "/link/")
	form := url.Values{"name": {"Kari Nordmann"}, "password": {"riktig hest batteri stift"}, "again": {"riktig hest batteri stift"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", address)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	p := &administrator{client: client, address: address}
	for _, c := range answer.Cookies() {
		p.cookies = append(p.cookies, c.Name+"="+c.Value) // by hand: a jar keeps Secure ones from plain HTTP
	}
	if len(p.cookies) == 0 {
		return nil, fmt.Errorf("the login was answered with %s", answer.Status)
	}
	return p, nil
}

// first measures the first look at the long inventory after a start, once home has come:
// somebody has to read and check its draft, and no median below has that.
func (p *administrator) first(ctx context.Context, path string) (measure, error) {
	if err := p.look(ctx, "/"); err != nil {
		return measure{}, err
	}
	begun := time.Now()
	if err := p.look(ctx, path); err != nil {
		return measure{}, err
	}
	took := float64(time.Since(begun).Microseconds()) / 1000
	return measure{"inventory, the first look after a start", took, "ms", fmt.Sprintf("≤ %g", adminBudget), took <= adminBudget}, nil
}

// measure asks for a page many times and gives the median and the slowest, in
// milliseconds.
func (p *administrator) measure(ctx context.Context, path string) (median, worst float64, err error) {
	times := make([]float64, adminLooks)
	for i := range times {
		begun := time.Now()
		if err := p.look(ctx, path); err != nil {
			return 0, 0, err
		}
		times[i] = float64(time.Since(begun).Microseconds()) / 1000
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)-1], nil
}

func (p *administrator) look(ctx context.Context, path string) error {
	_, err := p.ask(ctx, path, nil, http.StatusOK)
	return err
}

// ask gets a page, or posts a form to it, and gives what is answered.
func (p *administrator) ask(ctx context.Context, path string, form url.Values, want int) (string, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	request, err := http.NewRequestWithContext(ctx, method, p.address+path, body)
	if err != nil {
		return "", err
	}
	request.Header.Set("Cookie", strings.Join(p.cookies, "; "))
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", p.address)
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	answer, err := p.client.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != want {
		return "", fmt.Errorf("%s was answered with %s", path, answer.Status)
	}
	text, err := io.ReadAll(answer.Body)
	return string(text), err
}
