package storagetest

import (
	"context"
	"encoding/binary"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Morning is when everything in the suite happens: mid-hour, so that small
// steps stay within it.
var Morning = time.Date(2026, time.March, 2, 8, 30, 0, 0, time.UTC)

// morning is the same in milliseconds since 1970.
var morning = uint64(Morning.UnixMilli())

// Draft gives a small draft that can be published.
func Draft(site consent.SiteKey) consent.Draft {
	text := func(nb, en string) consent.Text { return consent.Text{consent.Bokmaal: nb, consent.English: en} }
	provider := consent.Provider{Name: "Målestasjonen AS", Country: []string{"NO"}, Role: consent.RoleProcessor, Policy: "https://maalestasjonen.example/personvern"}
	return consent.Draft{
		Organisation: consent.Organisation{ID: "kommunen", Name: "Prøvekommunen", Number: "964949581"},
		Site: consent.Site{
			Key: site, Name: text("Prøvekommunen", "The Test Municipality"),
			Origins:   []string{"https://www.kommunen.example"},
			Languages: []consent.Language{consent.Bokmaal, consent.English},
			Privacy:   text("https://www.kommunen.example/personvern", "https://www.kommunen.example/en/privacy"),
			Validity:  "P6M", Retention: "P1Y", Heading: 2,
			Look: consent.Look{Accent: "#0a5c36", Radius: 4},
		},
		Contacts: consent.Contacts{
			Controller: consent.Contact{Name: text("Prøvekommunen", "The Test Municipality"), Email: "post@kommunen.example"},
			DPO:        consent.Contact{Name: text("Personvernombudet", "Data protection officer"), Email: "ombud@kommunen.example"},
			Authority:  consent.Contact{Name: text("Datatilsynet", "The Norwegian Data Protection Authority"), URL: "https://www.datatilsynet.no"},
		},
		Categories: []consent.Category{
			{Key: consent.Statistics, Name: text("Statistikk", "Statistics"), Purpose: text("Vi teller besøk.", "We count visits.")},
			{Key: consent.Marketing, Name: text("Markedsføring", "Marketing"), Purpose: text("Vi viser videoer.", "We show videos.")},
		},
		Services: []consent.Service{
			service("counter", text("Telleren", "The Counter"), consent.Statistics, provider),
			service("film", text("Filmviseren", "The Film Viewer"), consent.Marketing, provider),
		},
	}
}

func service(key consent.ServiceKey, name consent.Text, category consent.CategoryKey, provider consent.Provider) consent.Service {
	purpose := consent.Text{consent.Bokmaal: "Teller besøk på sidene.", consent.English: "Counts visits to the pages."}
	return consent.Service{
		Key: key, Name: name, Purpose: purpose, Provider: provider, Category: category,
		Ask: consent.AskBanner, Basis: consent.BasisConsent,
		DataCategories: []consent.Text{{consent.Bokmaal: "sidevisninger", consent.English: "page views"}},
		Hosts:          []string{string(key) + ".example"},
		Cookies: []consent.Cookie{{
			Pattern: consent.Pattern{Name: "_" + string(key), Match: consent.MatchExact},
			Kind:    consent.KindCookie, Party: consent.FirstParty, Purpose: purpose,
			Lifetime: consent.Lifetimes{Declared: "P1M"}, Status: consent.StatusActive,
		}},
	}
}

// Published is a site with a notice and its bundle.
type Published struct {
	Site   consent.SiteKey
	Notice *consent.Notice
	Bundle *consent.Bundle
}

// Publish creates a site in the store and publishes its first notice.
func Publish(ctx context.Context, tb testing.TB, store consent.Store, site consent.SiteKey) Published {
	tb.Helper()
	return PublishDraft(ctx, tb, store, Draft(site))
}

// PublishDraft creates the draft's site in the store and publishes the draft as
// its first notice.
func PublishDraft(ctx context.Context, tb testing.TB, store consent.Store, draft consent.Draft) Published {
	tb.Helper()
	site := draft.Site.Key
	must(tb, store.SaveDraft(ctx, draft, Morning))
	notice := freeze(tb, draft, 1, Morning)
	must(tb, store.SaveNotice(ctx, site, notice))
	bundle := bundleOf(site, notice, "bundle-one")
	must(tb, store.SaveBundle(ctx, bundle))
	return Published{site, notice, bundle}
}

// Republish publishes the site's draft once more, as its next notice with a bundle
// of its own.
func (p Published) Republish(ctx context.Context, tb testing.TB, store consent.Store) Published {
	tb.Helper()
	notice := freeze(tb, p.Notice.Draft, p.Notice.Number+1, Morning)
	must(tb, store.SaveNotice(ctx, p.Site, notice))
	bundle := bundleOf(p.Site, notice, consent.BundleID("bundle-of-notice-"+strconv.Itoa(int(notice.Number))))
	must(tb, store.SaveBundle(ctx, bundle))
	return Published{p.Site, notice, bundle}
}

func freeze(tb testing.TB, draft consent.Draft, number consent.NoticeNumber, now time.Time) *consent.Notice {
	tb.Helper()
	notice, err := consent.Freeze(draft, number, now)
	must(tb, err)
	return notice
}

func bundleOf(site consent.SiteKey, notice *consent.Notice, id consent.BundleID) *consent.Bundle {
	main := []byte("/* " + string(site) + " " + string(id) + " " + notice.Hash.String() + " */")
	files := map[string][]byte{consent.MainFile: main, "panel.nb.js": []byte("export{}"), "empty.js": {}}
	consent.NameParts(files)
	return &consent.Bundle{
		Site: site, ID: id, Notice: notice.Number, NoticeHash: notice.Hash, Hash: consent.HashOf(files[consent.MainFile]), Built: Morning,
		Files: files,
	}
}

// Decision makes the n-th decision on a site: an id of its own, visitor n, an
// hour after the one before (beginning again each 10,000). It accepts, refuses
// and chooses in turn.
func (p Published) Decision(n int) *consent.Decision {
	at := Morning.Add(time.Duration(n%10_000) * time.Hour)
	d := &consent.Decision{
		ID: ID(n), Site: p.Site, Visitor: Visitor(n), Notice: p.Notice.Number, Bundle: p.Bundle.ID,
		Language: consent.Bokmaal, Layer: consent.LayerFirst, Time: at, Skew: time.Duration(n%5) * time.Second,
	}
	switch n % 3 {
	case 0:
		d.Method, d.State = consent.AcceptAll, consent.StateGiven
		d.Choice = choice(true, true)
	case 1:
		d.Method, d.State = consent.RejectAll, consent.StateRefused
		d.Choice = choice(false, false)
	default:
		d.Method, d.State, d.Layer, d.Language = consent.Save, consent.StatePartlyGiven, consent.LayerSecond, consent.English
		d.Choice = choice(false, true)
		d.Choice.Services = map[consent.ServiceRef]bool{"statistics/counter": n%2 == 0}
	}
	return d
}

func choice(statistics, marketing bool) consent.Choice {
	return consent.Choice{Categories: map[consent.CategoryKey]bool{consent.Statistics: statistics, consent.Marketing: marketing}}
}

// ID gives the n-th decision id, a UUID version 7.
func ID(n int) (id consent.DecisionID) {
	number := uint64(n) //nolint:gosec // n counts from 0
	binary.BigEndian.PutUint64(id[:8], (morning+number*1000)<<16|0x7000)
	binary.BigEndian.PutUint64(id[8:], 0x8000_0000_0000_0000|number)
	return id
}

// Visitor gives the n-th visitor's key.
func Visitor(n int) (key consent.VisitorKey) {
	number := uint64(n) //nolint:gosec // n counts from 0
	binary.BigEndian.PutUint64(key[:8], (morning+number)<<16|number&0xffff)
	digest := consent.HashOf(binary.BigEndian.AppendUint64(nil, number))
	copy(key[8:], digest[:])
	return key
}

// tester is what *testing.T and *rapid.T have in common.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func must(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantKind asserts that err is of ours, of that kind, with a message for people.
func wantKind(t tester, err error, kind consent.Kind, code string) {
	t.Helper()
	var e *consent.Error
	if !errors.As(err, &e) {
		t.Fatalf("got error %v, want one of kind %s", err, kind)
	}
	if e.Kind != kind || code != "" && e.Code != code {
		t.Fatalf("got error of kind %s and code %s (%v), want %s and %s", e.Kind, e.Code, err, kind, code)
	}
	if e.Code == "" || e.Message == "" {
		t.Fatalf("error %#v has no code or no message", e)
	}
}
