package admin_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// A newcomer's site exists at once, and says itself what is missing.
func TestSiteIsAdded(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	const path = "/organisations/skogen/sites/new"
	kari.post(path, "name", "Kulturhuset", "key", "kulturhuset", "origin", "https://kultur.example/", "languages", "nb", "languages", "en").leads(t, "/sites/kulturhuset?done=site_added")
	draft, err := h.store.Draft(t.Context(), "kulturhuset")
	must(t, err)
	if draft.Organisation.ID != skogen || draft.Site.Origins[0] != "https://kultur.example" || len(draft.Site.Languages) != 2 || draft.Site.Name[consent.English] != "Kulturhuset" {
		t.Fatalf("got %+v", draft.Site)
	}
	for _, fault := range draft.Validate().Faults() {
		if !strings.HasPrefix(fault.Path, "contacts.") && fault.Path != "site.privacy_statement" && !strings.HasPrefix(fault.Path, "site.privacy_statement.") && fault.Path != "organisation.number" {
			t.Errorf("a new site begins with a fault that nobody is asked about: %s", fault)
		}
	}
	t.Run("what is taken, even by others, is not overwritten", func(t *testing.T) {
		kari.post(path, "name", "X", "key", "havet", "origin", "https://x.example", "languages", "nb").shows(t, 422, "Det finnes allerede", `value="havet"`, `autofocus><p>Dette må rettes:</p><ul><li><a href="#key">`)
		kari.post(path, "name", "", "key", "x", "origin", "x.example").shows(t, 422, `<li><a href="#name">`, `<li><a href="#languages-nb">`, `id="languages-nb"`)
		kept, err := h.store.Draft(t.Context(), "havet")
		must(t, err)
		if kept.Organisation.ID != havet {
			t.Fatal("another organisation's site was taken over")
		}
	})
	t.Run("a form that is sent twice makes one site", func(t *testing.T) {
		twice := []string{"name", "kulturhuset", "key", "", "origin", "kultur.example", "languages", "nb"}
		kari.post(path, twice...).shows(t, 422, "Det finnes allerede et nettsted med dette navnet og denne adressen.", `<li><a href="#origin">`)
		kari.post(path, "name", "Kulturhuset", "key", "", "origin", "javascript:1", "languages", "nb").shows(t, 422, "Skriv hele adressen")
		twice[3] = "kulturhuset-to"
		kari.post(path, twice...).leads(t, "/sites/kulturhuset-to?done=site_added")
	})
	t.Run("what is left out is suggested, and an address is understood as it is written", func(t *testing.T) {
		for _, written := range []string{"Kommune.no", "https://b.example///", "kommune.no:8443/"} {
			kari.post(path, "name", "Biblioteket på Øya", "key", "", "origin", written, "languages", "nb")
		}
		origins := map[string]bool{}
		for _, site := range []string{"biblioteket-pa-oya", "biblioteket-pa-oya-2", "biblioteket-pa-oya-3"} {
			draft, err := h.store.Draft(t.Context(), consent.SiteKey(site))
			must(t, err)
			origins[draft.Site.Origins[0]] = true
			kari.get("/sites/"+site).shows(t, 200, "<code>"+draft.Site.Origins[0]+"</code>")
		}
		if !origins["https://kommune.no"] || !origins["https://b.example"] || !origins["https://kommune.no:8443"] {
			t.Errorf("understood as %v", origins)
		}
		kari.post(path, "name", "æ", "key", "", "origin", "x.example", "languages", "nb").leads(t, "/sites/ae?done=site_added")
		kari.post(path, "name", "!", "key", "", "origin", "x.example", "languages", "nb").shows(t, 422, "små bokstaver")
	})
	t.Run("each fault stands at its field, and nothing written is lost", func(t *testing.T) {
		got := kari.post(path, "name", "", "key", "Å Æ", "origin", "kultur.example/x")
		got.shows(t, 422, "små bokstaver", "Skriv hele adressen", "Velg minst ett språk", "Skriv et navn", `value="Å Æ"`, `value="kultur.example/x"`)
		if n := strings.Count(got.body, `aria-invalid="true"`); n < 4 {
			t.Errorf("%d fields are marked as wrong, want 4", n)
		}
	})
}

func TestSiteFileIsImported(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen, havet)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	draft.Site.Key = "nyskogen"
	file, err := config.FormatSite(draft)
	must(t, err)
	const path = "/organisations/skogen/sites/import"
	kari.post("/organisations/havet/sites/import", "file", string(file)).shows(t, 422, "skogen", "havet")
	kari.post(path, "file", strings.ReplaceAll(string(file), "heading_level: 2", "heading_level: 9\n  strange: true")).shows(t, 422, "2 feil", "Nettstedet, ", "strange", "<span>Overskriften i banneret kan ikke ha dette nivået. Velg 2, 3 eller 4.</span>")
	kari.post(path, "file", "Kjære kommune").shows(t, 422, "Dette er ingen nettstedsfil")
	kari.post(path, "file", "a: [").shows(t, 422, "Lesingen av filen stopper ved linje 1.")
	kari.post(path, "file", `{"a": 1}`).shows(t, 422, "Dette er ingen nettstedsfil")
	if _, err := h.store.Draft(t.Context(), "nyskogen"); consent.KindOf(err) != consent.NotFound {
		t.Fatalf("a faulty file was imported: %v", err)
	}
	kari.post(path, "file", string(file)).leads(t, "/sites/nyskogen?done=site_added")
	kari.post(path, "file", string(file)).shows(t, 422, "Det finnes allerede")
}

func TestSettings(t *testing.T) {
	h := open(t)
	kari, ola := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("ola@example.no", consent.RoleEditor, skogen)
	const site, look, keeping = "/sites/skogen/settings/site", "/sites/skogen/settings/look", "/sites/skogen/settings/keeping"
	const who = "En administrator kan endre dette."
	h.member("per@example.no", consent.RolePublisher, skogen).get(keeping).shows(t, 200, who, "<h1>Hvor lenge svar gjelder og lagres</h1>", ">Varighet</a>", ">Gjennomgang</a>")
	if strings.Contains(h.member("pia@example.no", consent.RoleAdministrator, skogen).get(keeping).body, who) {
		t.Error("who may change it is told that others may")
	}
	was := func(key string) string {
		return hidden(t, kari.get("/sites/skogen/settings/"+key).body, "was")
	}
	h.redraft(t, func(d *consent.Draft) { d.Site.Languages = append(d.Site.Languages, "se") })
	if more := kari.get("/sites/skogen/settings"); strings.Contains(more.body, "Write it in") || !strings.Contains(more.body, `<p class="wrong">Teksten mangler på dette språket.</p>`) {
		t.Errorf("what is missing in a language is not told in the reader's:\n%s", more.body)
	}
	h.redraft(t, func(d *consent.Draft) { d.Site.Languages = d.Site.Languages[:2] })
	siteWas, lookWas := was("site"), was("look")
	lookPairs := func(was, accent string) []string {
		return []string{"was", was, "placement", "bottom", "accent", accent, "radius", "8", "heading", "2"}
	}
	kari.post(look, lookPairs(lookWas, "#101010")...).leads(t, look+"?done=saved")

	t.Run("the second editor of the same part sees both versions, and loses nothing", func(t *testing.T) {
		got := ola.post(look, lookPairs(lookWas, "#202020")...)
		got.shows(t, 409, `value="#202020"`, "<strong>#101010</strong>", "Lagre mitt likevel")
		draft, err := h.store.Draft(t.Context(), "skogen")
		must(t, err)
		if draft.Site.Look.Accent != "#101010" || draft.Site.Look.Placement != consent.PlacementBottom || draft.Site.Look.Radius != 8 {
			t.Fatalf("got %+v", draft.Site.Look)
		}
		ola.post(look, lookPairs(hidden(t, got.body, "was"), "#202020")...).leads(t, look+"?done=saved")
	})
	t.Run("another part is saved beside it", func(t *testing.T) {
		ola.post(site, "was", siteWas, "origins", "https://a.example\nhttps://b.example", "languages", "en", "languages", "nb", "name.nb", "Skogen <b>", "name.en", "The Forest",
			"privacy.nb", "https://a.example/p", "privacy.en", "https://a.example/en/p").leads(t, site+"?done=saved")
		draft, err := h.store.Draft(t.Context(), "skogen")
		must(t, err)
		if len(draft.Site.Origins) != 2 || draft.Site.Languages[0] != consent.Bokmaal || draft.Site.Name[consent.Bokmaal] != "Skogen <b>" || draft.Site.Look.Accent != "#202020" {
			t.Fatalf("got %+v", draft.Site)
		}
		kari.get(site).shows(t, 200, `>Skogen &lt;b&gt;</textarea>`)
	})
	t.Run("what cannot be read is told beside the field", func(t *testing.T) {
		got := kari.post(look, append(lookPairs(was("look"), "#303030"), "width", "wide")...)
		got.shows(t, 422, "Skriv et helt tall", `value="wide"`, `value="#303030"`)
	})
	t.Run("what is saved faulty says so", func(t *testing.T) {
		kari.post(look, lookPairs(was("look"), "no colour")...).leads(t, look+"?done=saved")
		if !strings.Contains(kari.get(look).body, `class="wrong"`) {
			t.Fatal("a colour that is none is not marked")
		}
		kari.get("/sites/skogen").shows(t, 200, "må rettes")
	})
	t.Run("how long evidence is kept is for administrators", func(t *testing.T) {
		kari.post(keeping, "validity", "12 måneder", "retention", "3 år", "refusals", "").shows(t, 403)
		admin := h.member("admin@example.no", consent.RoleAdministrator, skogen)
		admin.post(keeping, "was", keepingWas(t, admin), "validity", "12 måneder", "retention", "tre år", "refusals", "count").leads(t, keeping+"?done=saved")
		draft, err := h.store.Draft(t.Context(), "skogen")
		must(t, err)
		if draft.Site.Validity.Compare("P1Y") != 0 || draft.Site.Retention.Compare("P3Y") != 0 || draft.Site.Refusals != consent.RefusalsCount {
			t.Fatalf("got %+v", draft.Site)
		}
		admin.get("/sites/skogen/publish").shows(t, 200, "Bare tell det, uten å lagre svaret")
		admin.get("/organisations/skogen/trail").shows(t, 200, `Endret innstillinger i kladden <bdi class="quiet">Nettstedet</bdi>`)
		admin.post(keeping, "was", keepingWas(t, admin), "validity", "en stund", "retention", "3 år", "refusals", "").shows(t, 422, "en stund")
		admin.post(keeping, "was", keepingWas(t, admin), "validity", "12 måneder", "retention", "2,5 år", "refusals", "count").leads(t, keeping+"?done=saved")
		admin.get(keeping).shows(t, 200, `value="2 år og 6 måneder"`)
		admin.post(keeping, "was", keepingWas(t, admin), "validity", "12 måneder", "retention", "2,25 år", "refusals", "count").shows(t, 422, "for eksempel «12 måneder», «to år» eller «1,5 år»", `value="2,25 år"`)
	})
	t.Run("a viewer sees and cannot change", func(t *testing.T) {
		viewer := h.member("viewer@example.no", consent.RoleViewer, skogen)
		got := viewer.get(site)
		got.shows(t, 200, "https://a.example")
		for _, path := range []string{look, keeping, "/sites/skogen/settings/contacts", "/sites/skogen/settings/manner", "/sites/skogen/settings/review"} {
			more := viewer.get(path)
			more.shows(t, 200, `href="`+path+`" aria-current="page"`)
			got.body += more.body
		}
		if strings.Contains(got.body, `<form method="post" action="/sites/`) {
			t.Error("a viewer is offered a form")
		}
	})
}

func keepingWas(t *testing.T, p *person) string {
	t.Helper()
	return hidden(t, p.get("/sites/skogen/settings/keeping").body, "was")
}

// Evidence is not shortened by a file, or by an older notice, at an editor's word.
func TestFilesAndOldNoticesLeaveWhatIsKept(t *testing.T) {
	h := open(t)
	publisher := h.member("publisher@example.no", consent.RolePublisher, skogen)
	before := h.draft().Site
	file := publisher.get("/sites/skogen/export/site.yaml").body
	shorter := strings.Replace(file, "retention: "+string(before.Retention), "retention: P6M", 1)
	shorter = strings.Replace(shorter, "heading_level: 2", "heading_level: 3", 1)
	got := publisher.post("/sites/skogen/import", "content", shorter)
	got.shows(t, 200, "kan bare en administrator endre")
	publisher.post("/sites/skogen/import", "content", shorter, "save", "on", "was", hidden(t, got.body, "was")).leads(t, "/sites/skogen/inventory?done=imported")
	if after := h.draft().Site; after.Retention != before.Retention || after.Heading != 3 {
		t.Fatalf("retention %s, heading %d, want %s and 3", after.Retention, after.Heading, before.Retention)
	}
	h.edit(func(d *consent.Draft) { d.Site.Retention = "P3Y" })
	page := publisher.get("/sites/skogen/notices/1")
	publisher.agrees("/sites/skogen/notices/1/restore", "was", page.was(t)).leads(t, "/sites/skogen/publish?done=restore")
	if after := h.draft().Site; after.Retention != "P3Y" || after.Heading != 2 {
		t.Fatalf("retention %s, heading %d, want P3Y and 2", after.Retention, after.Heading)
	}
}

// After each step of a new site there is a way on to the next one, and none once it
// is set up.
func TestSetupLeadsOn(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	viewer := h.member("viewer@example.no", consent.RoleViewer, skogen)
	kari.post("/organisations/skogen/sites/new", "name", "Kultur", "origin", "kultur.example", "languages", "nb").leads(t, "/sites/kultur?done=site_added")
	const next, settings = `<p class="next-step">Neste steg: <a href="/sites/kultur/`, "/sites/kultur/settings"
	none := func(p *person, path string) {
		t.Helper()
		if got := p.get(path); strings.Contains(got.body, `class="next-step"`) || got.status != 200 {
			t.Errorf("%s leads on: %d", path, got.status)
		}
	}
	none(kari, "/sites/kultur?done=site_added")
	none(kari, "/sites/kultur/inventory?done=saved")
	none(viewer, settings+"?done=saved")
	none(kari, settings)
	kari.get(settings+"?done=saved").shows(t, 200, next+"inventory\">Fyll inn tjenestene og informasjons\u00adkapslene</a>"+` · <a href="/sites/kultur">Alle stegene</a>`)

	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	draft.Site.Key = "kultur"
	contacts := draft.Contacts
	draft.Contacts = consent.Contacts{}
	save := func() {
		t.Helper()
		_, revision, err := h.store.DraftAt(t.Context(), "kultur")
		must(t, err)
		must(t, h.store.ReplaceDraft(t.Context(), draft, revision, h.clock()))
	}
	save()
	kari.get("/sites/kultur/inventory?done=saved").shows(t, 200, next+`settings">Se over kontakter og innstillinger</a>`)
	none(kari, settings+"?done=saved")
	draft.Contacts = contacts
	save()
	kari.get(settings+"?done=saved").shows(t, 200, next+`publish">`)
	kari.post("/sites/kultur/publish", "was", kari.get("/sites/kultur/publish").was(t), "reason", "Først").leads(t, "/sites/kultur/notices/1?done=publish")
	kari.get("/sites/kultur/notices/1?done=publish").shows(t, 200, `<a href="/sites/kultur#script">Lim inn skriptet</a>`)
	none(kari, settings+"?done=saved")
}
