package admin_test

import (
	"bytes"
	"encoding/base64"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// redraft changes the draft of Skogen as an editor would.
func (h *house) redraft(t *testing.T, change func(*consent.Draft)) {
	t.Helper()
	draft, revision, err := h.store.DraftAt(t.Context(), "skogen")
	must(t, err)
	change(draft)
	must(t, h.store.ReplaceDraft(t.Context(), draft, revision, h.clock()))
}

// publish publishes the draft of Skogen.
func (h *house) publish(t *testing.T) *consent.Notice {
	t.Helper()
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	done, err := banner.Publish(t.Context(), h.store, draft, consent.Shipped(), h.clock)
	must(t, err)
	return done.Notice
}

// publishingFixtures give Skogen a history and a changed draft, and a site whose
// draft is full of faults.
func publishingFixtures(t *testing.T, h *house) {
	t.Helper()
	h.redraft(t, func(d *consent.Draft) {
		d.Services[0].Provider.Name = "Tellestasjonen AS"
		leaving := d.Services[1]
		leaving.Key, leaving.Cookies = "leaving", nil
		d.Services = append(d.Services, leaving)
		d.Site.Validity = "P12M"
	})
	h.publish(t)
	bundles, err := h.store.Bundles(t.Context(), "skogen")
	must(t, err)
	picture := consent.Screenshot{Language: consent.Bokmaal, Layer: consent.LayerFirst, Width: 320, PNG: pixel, Hash: consent.HashOf(pixel), Taken: h.clock()}
	must(t, h.store.SaveScreenshots(t.Context(), "skogen", bundles[len(bundles)-1], []consent.Screenshot{picture}))
	h.redraft(t, func(d *consent.Draft) {
		d.Services[0].Cookies = append(d.Services[0].Cookies, consent.Cookie{
			Pattern: consent.Pattern{Name: "ny.kake", Match: consent.MatchExact}, Kind: consent.KindCookie, Party: consent.FirstParty,
			Purpose: consent.Text{consent.Bokmaal: "Teller.", consent.English: "Counts."}, Lifetime: consent.Lifetimes{Declared: "P1D"}, Status: consent.StatusActive,
		})
		d.Site.Validity = "P6M"
		d.Services = d.Services[:2]
	})
	faulty := storagetest.Draft("faulty")
	faulty.Organisation.ID = skogen
	faulty.Site.Heading, faulty.Site.Origins, faulty.Site.Validity = 9, nil, "P9Y"
	faulty.Services[0].Provider.Name, faulty.Services[0].Ask, faulty.Services[1].Purpose = "", "sometimes", consent.Text{consent.English: "x"}
	must(t, h.store.SaveDraft(t.Context(), faulty, h.clock()))
}

// pixel is the smallest picture.
var pixel, _ = base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")

var wasField = regexp.MustCompile(`name="was" value="([^"]*)"`)

// was gives what a page says that it shows.
func (a answer) was(t *testing.T) string {
	t.Helper()
	found := wasField.FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("the page offers nothing to send:\n%s", a.body)
	}
	return found[1]
}

func (h *house) number(t *testing.T, site consent.SiteKey) consent.NoticeNumber {
	t.Helper()
	entry, err := h.store.CurrentNotice(t.Context(), site)
	if consent.KindOf(err) == consent.NotFound {
		return 0
	}
	must(t, err)
	return entry.Number
}

// A draft with faults is not published, and each fault is said with its place and
// a link to where it is mended.
func TestFaultsAreShownAndKeepFromPublishing(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	page := kari.get("/sites/faulty/publish")
	page.shows(t, 200, "Feil som må rettes",
		`<a href="/sites/faulty/settings/look#look-heading">Nettstedet: overskriftsnivå</a>`, "Velg 2, 3 eller 4.",
		`<a href="/sites/faulty/settings/site#site-origins">`, "Nettstedet har ingen adresse",
		`<a href="/sites/faulty/services/counter#provider.name">Tjenesten Telleren: leverandør › navn</a>`, "Selskapet bak tjenesten er ikke navngitt.",
		"«sometimes» er ikke et av valgene.", `Tjenesten Filmviseren: formål (bokmål)`, "Kladden kan publiseres når feilene over er rettet.")
	if strings.Contains(page.body, `action="/sites/faulty/publish"`) {
		t.Error("the page offers to publish what cannot be")
	}
	draft, err := h.store.Draft(t.Context(), "faulty")
	must(t, err)
	kari.post("/sites/faulty/publish", "was", admin.Fingerprint(draft)).shows(t, 422, "Ingenting er publisert: kladden har feil.")
	if got := h.number(t, "faulty"); got != 0 {
		t.Errorf("notice %d was published", got)
	}
	kari.get("/sites/faulty/preview").shows(t, 200, "Kladden har feil", "Velg 2, 3 eller 4.")
	if got := kari.get("/sites/faulty/preview/frame"); got.status != 422 || strings.Contains(got.body, "/frames/") {
		t.Errorf("a frame for what cannot be built: %d", got.status)
	}
}

// Publishing changes what visitors get, once: the same again does nothing.
func TestPublish(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	page := kari.get("/sites/skogen/publish")
	page.shows(t, 200, "Kunngjøring 2 fra", "Endringer siden kunngjøring 2", "Informasjonskapselen ny.kake i Telleren", "Legger til informasjonskapselen.",
		"Besøkende som har svart på Statistikk, blir spurt igjen.", "Svar som er eldre enn 6 måneder, går ut", "Fjerner leverandøren Målestasjonen AS fra Markedsføring.",
		"Hvor lenge et svar gjelder: <del>12 måneder</del>")
	was := page.was(t)
	kari.post("/sites/skogen/publish", "was", was, "reason", "Ny teller").leads(t, "/sites/skogen/notices/3?done=publish")
	kari.get("/sites/skogen/notices/3?done=publish").shows(t, 200, "Kladden er publisert.", "Gjelder nå")
	notice, err := h.store.Notice(t.Context(), "skogen", 3)
	must(t, err)
	if len(h.published) != 1 || h.published[0] != 3 {
		t.Errorf("who takes pictures is told of notices %v", h.published)
	}
	if h.number(t, "skogen") != 3 || len(notice.Draft.Services) != 2 {
		t.Errorf("visitors get notice %d with %d services", h.number(t, "skogen"), len(notice.Draft.Services))
	}
	kari.post("/sites/skogen/publish", "was", was).leads(t, "/sites/skogen/publish?done=publish_same")
	same := kari.get("/sites/skogen/publish")
	same.shows(t, 200, "Kladden sier det samme som den publiserte kunngjøringen.")
	if said := strings.Count(same.body, "Kladden sier det samme"); said != 1 {
		t.Errorf("that nothing has changed is said %d times", said)
	}
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("the same was published again as %d", got)
	}
}

// What is published is what the person saw, with a comment of a length that can be
// read.
func TestPublishWhatWasSeen(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	was := kari.get("/sites/skogen/publish").was(t)
	kari.post("/sites/skogen/publish", "was", was, "reason", strings.Repeat("å", 2001)).
		shows(t, 422, "Kommentaren har 2\u202f001 tegn.", `aria-invalid="true"`, strings.Repeat("å", 2001), `value="`+was+`"`)
	h.redraft(t, func(d *consent.Draft) { d.Site.Look.Accent = "#123456" })
	got := kari.post("/sites/skogen/publish", "was", was, "reason", "Ny <b>teller</b>")
	got.shows(t, 409, "Noen har endret kladden siden du åpnet denne siden.", "#123456", "Ny &lt;b&gt;teller&lt;/b&gt;")
	if got := h.number(t, "skogen"); got != 2 {
		t.Errorf("notice %d is in force", got)
	}
	kari.post("/sites/skogen/publish", "was", got.was(t), "reason", strings.Repeat("å", 2000)).leads(t, "/sites/skogen/notices/3?done=publish")
}

// Two people who press at once publish one notice, and both are told.
func TestTwoPublishAtOnce(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	people := []*person{h.member("a@example.no", consent.RolePublisher, skogen), h.member("b@example.no", consent.RoleAdministrator, skogen)}
	form := url.Values{"was": {people[0].get("/sites/skogen/publish").was(t)}}
	answers := make([]answer, len(people))
	var all sync.WaitGroup
	for i, p := range people {
		own := url.Values{"was": form["was"], "csrf": {csrfOf(t, p)}}
		all.Go(func() { answers[i] = p.ask(http.MethodPost, "/sites/skogen/publish", own) })
	}
	all.Wait()
	if got := h.number(t, "skogen"); got != 3 {
		t.Errorf("notice %d is in force", got)
	}
	won := 0
	for _, a := range answers {
		switch {
		case a.status == 303 && a.header.Get("Location") == "/sites/skogen/notices/3?done=publish":
			won++
		case a.status == 303 && a.header.Get("Location") == "/sites/skogen/publish?done=publish_same":
		case a.status == 409 && strings.Contains(a.body, "En annen publiserte i samme øyeblikk."):
		default:
			t.Errorf("got %d to %q", a.status, a.header.Get("Location"))
		}
	}
	if won != 1 {
		t.Errorf("%d have published", won)
	}
}

// Who may look or propose may not publish.
func TestWhoMayPublish(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	for _, role := range []consent.AccountRole{consent.RoleViewer, consent.RoleEditor, consent.RoleAuditor} {
		p := h.member(string(role)+"@example.no", role, skogen)
		page := p.get("/sites/skogen/publish")
		page.shows(t, 200, "og den kan ikke publisere.")
		if strings.Contains(page.body, `action="/sites/skogen/publish"`) {
			t.Errorf("a %s is offered to publish", role)
		}
		p.post("/sites/skogen/publish", "was", admin.Fingerprint(draft)).shows(t, 403)
	}
	if got := h.number(t, "skogen"); got != 2 {
		t.Errorf("notice %d is in force", got)
	}
}

// An older notice is put back as the draft, and nothing else. Notes stay, and
// revisions of purposes count on.
func TestRestore(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	h.redraft(t, func(d *consent.Draft) { d.Services[0].Notes = []string{"Ring dem"} })
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	was := kari.get("/sites/skogen/notices/1").was(t)
	h.redraft(t, func(d *consent.Draft) { d.Site.Look.Radius = 7 })
	refused := kari.agrees("/sites/skogen/notices/1/restore", "was", was)
	refused.shows(t, 409, "Noen har endret kladden siden du åpnet denne siden.", "<del>7</del>")
	kari.agrees("/sites/skogen/notices/1/restore", "was", refused.was(t)).leads(t, "/sites/skogen/publish?done=restore")
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	first, err := h.store.Notice(t.Context(), "skogen", 1)
	must(t, err)
	changes, err := consent.Differences(&first.Draft, draft)
	must(t, err)
	if len(changes) > 0 {
		t.Errorf("the draft differs from notice 1 in %v", changes)
	}
	if len(draft.Services[0].Notes) != 1 || draft.Organisation.ID != skogen {
		t.Errorf("lost what was never published: %+v", draft.Services[0].Notes)
	}
	if got := h.number(t, "skogen"); got != 2 {
		t.Errorf("notice %d is in force", got)
	}
	kari.get("/sites/skogen/notices/1").shows(t, 200, "Kladden sier det samme som denne kunngjøringen.")
}

// Who may not say how long answers hold and are kept does not say it by putting an old
// notice back either.
func TestRestoreKeepsHowLongAnswersAreKept(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	h.redraft(t, func(d *consent.Draft) { d.Site.Validity, d.Site.Look.Radius = "P2M", 7 })
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	kari.agrees("/sites/skogen/notices/1/restore", "was", kari.get("/sites/skogen/notices/1").was(t)).leads(t, "/sites/skogen/publish?done=restore")
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	if draft.Site.Validity != "P2M" || draft.Site.Look.Radius == 7 {
		t.Errorf("after it answers hold for %s, and corners are %d pixels round", draft.Site.Validity, draft.Site.Look.Radius)
	}
}

// A purpose that was reworded asks again when an old one is put back, also of
// those who said yes to the old one: what they saw in between is not known.
func TestRestoredPurposeCountsOn(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) { d.Site.Look.Radius = 7 })
	second := h.publish(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Services[0].Purpose = consent.Text{consent.Bokmaal: "Selger opplysninger om besøket ditt.", consent.English: "Sells what you read."}
	})
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	kari.get("/sites/skogen/publish").shows(t, 200, "Et formål er skrevet om.",
		`<a href="/sites/skogen/services/counter#purpose_revision">Tjenesten Telleren</a>: sett formålets utgave til 1.`)
	third := h.publish(t)
	kari.agrees("/sites/skogen/notices/2/restore", "was", kari.get("/sites/skogen/notices/2").was(t)).leads(t, "/sites/skogen/publish?done=restore")
	fourth := h.publish(t)
	for i, notice := range []*consent.Notice{second, third, fourth} {
		if got := notice.Draft.Services[0].PurposeRevision; got != i+1 {
			t.Errorf("notice %d has the revision %d of the purpose", notice.Number, got)
		}
	}
}

// The history and the bytes of each notice.
func TestNotices(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	second, err := h.store.Notice(t.Context(), "skogen", 2)
	must(t, err)
	kari.get("/sites/skogen/notices").shows(t, 200, "Kunngjøring 2", "Gjelder nå", "Den første", second.Hash.String()[:12]+"…", ">Statistikk</span>")
	kari.get("/sites/skogen/notices/2").shows(t, 200, second.Hash.String(), "Endringer siden kunngjøring 1", "Leverandør › navn: <del>Målestasjonen AS</del>", "<ins>Tellestasjonen AS</ins>",
		"Besøkende som har svart på Statistikk, blir spurt igjen.", "Filmviseren")
	if got := kari.get("/sites/skogen/notices/2/notice.json"); got.body != string(second.JSON) || consent.HashOf([]byte(got.body)) != second.Hash {
		t.Errorf("the file is not what the hash is of:\n%s", got.body)
	}
	for _, path := range []string{"3", "0", "-1", "01", "x", "99999999999999999999", "3/shown", "3/notice.json", "3/shown/frame", "2/pictures/none.0.png"} {
		kari.get("/sites/skogen/notices/"+path).shows(t, 404)
	}
	bundles, err := h.store.Bundles(t.Context(), "skogen")
	must(t, err)
	english := append(bytes.Clone(pixel), 0) // another picture
	must(t, h.store.SaveScreenshots(t.Context(), "skogen", bundles[1], []consent.Screenshot{{
		Language: consent.English, Layer: consent.LayerSecond, Width: 320, PNG: english, Hash: consent.HashOf(english), Taken: h.clock().Add(time.Minute),
	}}))
	shown := kari.get("/sites/skogen/notices/2")
	shown.shows(t, 200, "Tatt 2. mars 2026 kl. 09.30.00 norsk tid (UTC&#43;1).")
	if nb, en := strings.Index(shown.body, "<h3>Bokmål</h3>"), strings.Index(shown.body, "<h3>Engelsk</h3>"); nb < 0 || en < nb {
		t.Errorf("the pictures do not begin with the site's first language: %d, %d", nb, en)
	}
	picture := "/pictures/" + string(bundles[1]) + "." + consent.HashOf(pixel).String() + ".png"
	kari.get("/sites/skogen/notices/2/shown").shows(t, 200, `src="/sites/skogen/notices/2`+picture+`"`)
	if got := kari.get("/sites/skogen/notices/2" + picture); got.body != string(pixel) || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("got %d", got.status)
	}
	kari.get("/sites/skogen/notices/1"+picture).shows(t, 404)
}

// Of a long history a page lists a part, and each notice stands on one page.
func TestLongHistory(t *testing.T) {
	h := open(t)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	for number := range consent.NoticeNumber(60) {
		notice, err := consent.Freeze(*draft, number+2, h.clock())
		must(t, err)
		must(t, h.store.SaveNotice(t.Context(), "skogen", notice))
	}
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	seen := map[string]bool{}
	row := regexp.MustCompile(`<a href="/sites/skogen/notices/(\d+)">`)
	for path := "/sites/skogen/notices"; path != ""; {
		page := kari.get(path)
		page.shows(t, 200)
		for _, found := range row.FindAllStringSubmatch(page.body, -1) {
			if seen[found[1]] {
				t.Errorf("notice %s stands twice", found[1])
			}
			seen[found[1]] = true
		}
		path = ""
		if next := regexp.MustCompile(`href="([^"]*\?before=\d+)"`).FindStringSubmatch(page.body); next != nil {
			path = next[1]
		}
	}
	if n := len(seen); n != int(h.number(t, "skogen")) {
		t.Errorf("%d notices are listed of %d", n, h.number(t, "skogen"))
	}
}

var (
	frameOf  = regexp.MustCompile(`<iframe [^>]*src="([^"]*)"`)
	scriptOf = regexp.MustCompile(`<script src="([^"]*)" integrity="([^"]*)"`)
)

// framed gives the page in the frame of a page.
func (p *person) framed(path string) answer {
	p.t.Helper()
	page := p.get(path)
	found := frameOf.FindStringSubmatch(page.body)
	if found == nil {
		p.t.Fatalf("%s has no frame:\n%s", path, page.body)
	}
	return p.get(strings.ReplaceAll(found[1], "&amp;", "&"))
}

// As shown means the very bytes that are stored.
func TestShownBytesAreTheStoredOnes(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	bundles, err := h.store.Bundles(t.Context(), "skogen")
	must(t, err)
	for i, id := range bundles {
		bundle, err := h.store.Bundle(t.Context(), "skogen", id)
		must(t, err)
		path := "/sites/skogen/notices/" + strconv.Itoa(i+1) + "/shown?lang=en"
		kari.get(path).shows(t, 200, bundle.Hash.String(), "Likt.", string(id))
		frame := kari.framed(path)
		if got := frame.header.Get("X-Frame-Options"); got != "SAMEORIGIN" {
			t.Errorf("X-Frame-Options: %s", got)
		}
		if policy := frame.header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox allow-scripts") || strings.Contains(policy, "allow-same-origin") || !strings.Contains(policy, "connect-src 'none'") {
			t.Errorf("the frame may do too much: %s", policy)
		}
		script := scriptOf.FindStringSubmatch(frame.body)
		if script == nil {
			t.Fatalf("the frame runs nothing:\n%s", frame.body)
		}
		if html.UnescapeString(script[2]) != "sha256-"+base64.StdEncoding.EncodeToString(bundle.Hash[:]) {
			t.Errorf("the browser compares with %s", script[2])
		}
		// A frame brings no login.
		if got := h.stranger().get(script[1]); !bytes.Equal([]byte(got.body), bundle.Files[consent.MainFile]) {
			t.Errorf("other bytes than the stored ones: %d", got.status)
		}
		folder := script[1][:strings.LastIndex(script[1], "/")+1]
		if got := h.stranger().get(folder + "panel.nb." + string(id) + ".js"); !bytes.Equal([]byte(got.body), bundle.Files["panel.nb.js"]) {
			t.Errorf("another panel than the stored one: %d", got.status)
		}
		h.stranger().get(folder+"nothing.js").shows(t, 404)
		h.stranger().get(strings.Replace(script[1], "/frames/", "/frames/0", 1)).shows(t, 404)
		h.stranger().get(strings.Replace(script[1], "/skogen/", "/havet/", 1)).shows(t, 404)
	}
}

// Texts of a draft are texts on every page, however hostile.
func TestHostileDraft(t *testing.T) {
	h := open(t)
	const script = `<script>alert(1)</script><img src=x onerror=alert(1)>`
	h.redraft(t, func(d *consent.Draft) {
		d.Services[0].Name = consent.Text{consent.Bokmaal: script, consent.English: script}
		d.Services[0].Provider.Name = script + strings.Repeat("å😀", 300)
		d.Services[0].Cookies[0].Pattern = consent.Pattern{Name: "a.b" + script + "\u202e", Match: consent.MatchExact}
		d.Services[1].Purpose = consent.Text{consent.Bokmaal: script + "{value}", consent.English: "</script>" + script}
		d.Services[1].Key = script
		d.Categories[0].Name = consent.Text{consent.Bokmaal: script + strings.Repeat("x", 100_000)}
		d.Site.Wording = map[string]consent.Text{script: {consent.Bokmaal: script}, "open": {consent.Bokmaal: "\u202e" + script}}
		d.Site.Languages = append(d.Site.Languages, script)
		d.Site.Name = consent.Text{consent.Bokmaal: script}
	})
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	for _, path := range []string{"/publish", "/preview", "/notices", "/notices/1"} {
		page := kari.get("/sites/skogen" + path)
		page.shows(t, 200)
		for _, bad := range []string{"<script>alert", "<img src=x", "\u202e"} {
			if strings.Contains(page.body, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
		if n := len(page.body); n > 200_000 {
			t.Errorf("%s has %d bytes", path, n)
		}
	}
	if !strings.Contains(kari.get("/sites/skogen/publish").body, "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the text is not shown")
	}
}
