package admin_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// sister adds a site to Skogen.
func (h *house) sister(key consent.SiteKey, change func(*consent.Draft)) {
	h.t.Helper()
	d := storagetest.Draft(key)
	d.Organisation = h.draft().Organisation
	d.Site.Name = consent.Text{consent.Bokmaal: "Stedet " + string(key), consent.English: "The place " + string(key)}
	change(&d)
	must(h.t, h.store.SaveDraft(h.t.Context(), d, storagetest.Morning))
}

func (h *house) draftOf(site consent.SiteKey) *consent.Draft {
	h.t.Helper()
	d, err := h.store.Draft(h.t.Context(), site)
	must(h.t, err)
	return d
}

// matomo is a service with what belongs to a site, and with what does not.
func matomo(d *consent.Draft) {
	s := d.Services[0]
	s.Key, s.NeverOn, s.Notes, s.PurposeRevision = "matomo", []string{"/der/"}, []string{"<script>alert(1)</script>"}, 7
	s.Name = consent.Text{consent.Bokmaal: "Matomo", consent.English: "Matomo", consent.Nynorsk: "Matomo"}
	s.Cookies = []consent.Cookie{s.Cookies[0]}
	s.Cookies[0].Pattern.Name, s.Cookies[0].Lifetime = "_pk_id", consent.Lifetimes{Declared: "P13M", Vendor: "P13M", Observed: "P393D"}
	s.Cookies[0].Notes = []string{"der"}
	d.Services = append(d.Services, s)
}

// Services of the organisation's other sites are copied with texts and cookies, all
// of the chosen ones or none. What is another organisation's does not exist.
func TestServicesAreCopied(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const page = "/sites/skogen/shared"
	kari.get(page).shows(t, 200, "ingen andre nettsteder")
	h.sister("stranda", matomo)
	h.sister("heia", func(d *consent.Draft) {
		matomo(d)
		d.Services[2].Key, d.Services[2].Category = "annen", "egen"
		d.Categories = append(d.Categories, consent.Category{Key: "egen", Name: consent.Text{consent.Bokmaal: "Egen"}})
	})
	list := kari.get(page + "?q=matomo")
	list.shows(t, 200, "Stedet stranda", "Stedet heia", `value="stranda/matomo"`)
	if strings.Contains(list.body, "Telleren") {
		t.Error("what was not searched for is listed")
	}
	if all := kari.get(page); strings.Contains(all.body, `value="stranda/counter"`) || strings.Contains(all.body, "havet") {
		t.Error("what is here already can be copied, or another organisation is named")
	}
	before := fmt.Sprint(h.draft())
	kari.post(page).shows(t, 422, "Velg minst én")
	kari.post(page, "service", "stranda/matomo", "service", "heia/annen").shows(t, 422, "ingen kategori egen")
	kari.post(page, "service", "stranda/counter").shows(t, 422, "kortnavnet")
	foreign, unknown := kari.post(page, "service", "havet/counter"), kari.post(page, "service", "nowhere/counter")
	if foreign.shows(t, 404); foreign.body != unknown.body {
		t.Error("another organisation's site is told from one that does not exist")
	}
	if fmt.Sprint(h.draft()) != before {
		t.Fatal("something was copied")
	}
	kari.post(page, "service", "stranda/matomo").leads(t, "/sites/skogen/inventory?done=service_copied")
	s := h.draft().Service("matomo")
	if s == nil || len(s.Cookies) != 1 || s.Cookies[0].Lifetime != (consent.Lifetimes{Declared: "P13M", Vendor: "P13M"}) || s.Cookies[0].Purpose[consent.English] == "" {
		t.Fatalf("got %+v", s)
	}
	if s.NeverOn != nil || s.Notes != nil || s.PurposeRevision != 0 || s.Cookies[0].Notes != nil || s.Name[consent.Nynorsk] != "" {
		t.Errorf("what belongs to the other site came along: %+v", s)
	}
	wantAct(t, h, "skogen", "draft.service.copy", "stranda/matomo")
	if got := kari.get("/sites/skogen/publish"); got.status != 200 {
		t.Errorf("the draft cannot be shown: %d", got.status)
	}
}

func wantAct(t *testing.T, h *house, site consent.SiteKey, action, object string) {
	t.Helper()
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Site: site})
	must(t, err)
	for i := range acts {
		if acts[i].Action == action && acts[i].Object == object && acts[i].Site == site {
			return
		}
	}
	t.Errorf("the trail of %s has no %s of %s", site, action, object)
}

// What differs is told in words, and one version takes the place of the other, here
// or there, unless somebody changed one meanwhile.
func TestServiceOnOtherSites(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) {
		matomo(d)
		d.Services[2].NeverOn = []string{"/her/"}
	})
	for _, site := range []consent.SiteKey{"stranda", "heia"} {
		h.sister(site, func(d *consent.Draft) {
			matomo(d)
			d.Services[2].Purpose = consent.Text{consent.Bokmaal: "Måler <b>annerledes</b>."}
			d.Services[2].Cookies[0].Lifetime.Declared = "P2Y"
		})
	}
	h.sister("bygda", func(d *consent.Draft) { d.Services[0].Key, d.Services[0].Cookies[0].Pattern.Name = "teller", "_teller" })
	kari.get("/sites/skogen/services/counter").shows(t, 200, "Tjenesten finnes også på:", "Stedet bygda")
	kari.get("/sites/skogen/services/counter/sites").shows(t, 200, "_teller", "finnes ikke")
	const page = "/sites/skogen/services/matomo/"
	shown := kari.get(page + "sites")
	shown.shows(t, 200, "Formål, Bokmål", "Måler &lt;b&gt;annerledes&lt;/b&gt;.", "_pk_id: Oppgitt", "13 måneder", "2 år", "Har den ikke. Den blir lagt til.")
	if strings.Contains(shown.body, "/her/") || strings.Contains(shown.body, "Formål, English") {
		t.Error("what would not be taken over is called different")
	}
	forms := shown.forms(t)
	take, send := forms["/sites/skogen/services/matomo/take"], forms["/sites/skogen/services/matomo/send"]

	h.edit(func(d *consent.Draft) { d.Services[2].Link = "https://nytt.example/" })
	kari.save(page+"take", take).shows(t, 409, "Ingenting er lagret")
	kari.save(page+"send", send, "to", "bygda").shows(t, 409, "Ingenting er lagret")
	foreign, unknown := kari.save(page+"take", take, "from", "havet/counter"), kari.save(page+"take", take, "from", "nowhere/counter")
	if foreign.shows(t, 404); foreign.body != unknown.body {
		t.Error("another organisation's site is told from one that does not exist")
	}
	foreign, unknown = kari.save(page+"send", send, "to", "havet"), kari.save(page+"send", send, "to", "nowhere")
	if foreign.shows(t, 404); foreign.body != unknown.body {
		t.Error("another organisation's site is told from one that does not exist")
	}
	take = kari.get(page + "sites").forms(t)["/sites/skogen/services/matomo/take"]
	kari.save(page+"take", take, "from", "stranda/film").shows(t, 404)
	kari.save(page+"take", take).leads(t, "/sites/skogen/services/matomo?done=service_taken")
	s := h.draft().Service("matomo")
	if s.Purpose[consent.Bokmaal] != "Måler <b>annerledes</b>." || s.Purpose[consent.English] == "" || s.Cookies[0].Lifetime != (consent.Lifetimes{Declared: "P2Y", Vendor: "P13M", Observed: "P393D"}) ||
		s.NeverOn[0] != "/her/" || s.PurposeRevision != 7 || s.Link != "" {
		t.Errorf("got %+v", s)
	}
	wantAct(t, h, "skogen", "draft.service.take", "heia/matomo")

	h.edit(func(d *consent.Draft) { d.Service("matomo").Link = "https://ny.example/" })
	send = kari.get(page + "sites").forms(t)["/sites/skogen/services/matomo/send"]
	kari.save(page+"send", send).shows(t, 422, "Velg minst ett nettsted")
	h.sister("heia", func(d *consent.Draft) {
		matomo(d)
		d.Services[2].Link = "https://deres.example/"
	})
	notice, err := h.store.CurrentNotice(t.Context(), "skogen")
	must(t, err)
	sent := url.Values{}
	for name, values := range send {
		sent[name] = values
	}
	sent["to"] = []string{"bygda", "heia", "stranda"}
	before := h.draftOf("bygda")
	kari.save(page+"send", sent).shows(t, 409, "Ingenting er lagt i noen kladd", "Stedet heia: ikke endret. Noen andre har endret")
	if fmt.Sprint(h.draftOf("bygda")) != fmt.Sprint(before) {
		t.Error("some of the drafts are changed")
	}
	if got := h.draftOf("heia").Service("matomo").Link; got != "https://deres.example/" {
		t.Errorf("what somebody else wrote is overwritten with %q", got)
	}
	sent["to"] = []string{"bygda", "stranda"}
	kari.save(page+"send", sent).leads(t, page+"sites?done=service_sent")
	for _, site := range []consent.SiteKey{"bygda", "stranda"} {
		if s := h.draftOf(site).Service("matomo"); s == nil || s.Link != "https://ny.example/" {
			t.Errorf("%s has %+v", site, s)
		}
		wantAct(t, h, site, "draft.service.send", "skogen/matomo")
	}
	if s := h.draftOf("stranda").Service("matomo"); s.NeverOn[0] != "/der/" || s.PurposeRevision != 7 || s.Notes == nil {
		t.Errorf("what belongs to stranda is lost: %+v", s)
	}
	if now, err := h.store.CurrentNotice(t.Context(), "skogen"); err != nil || now != notice {
		t.Error("something was published")
	}
	vera := h.member("vera@example.no", consent.RoleViewer, skogen)
	if got := vera.get("/sites/skogen/services/matomo"); strings.Contains(got.body, "/matomo/sites") {
		t.Error("who may not edit is offered to compare")
	}
}

// forms gives what the forms of a page hold that nobody sees, by the address that they
// are sent to.
func (a answer) forms(t *testing.T) map[string]url.Values {
	t.Helper()
	found := map[string]url.Values{}
	for part := range strings.SplitSeq(a.body, `<form method="post" action="`) {
		action, rest, _ := strings.Cut(part, `"`)
		text, _, _ := strings.Cut(rest, "</form>")
		if _, seen := found[action]; seen {
			continue
		}
		found[action] = url.Values{}
		for _, field := range hiddenField.FindAllStringSubmatch(text, -1) {
			found[action].Set(field[1], field[2])
		}
	}
	return found
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// A service of another site is the same by its key, which goes first, or by name and
// company in one language; one of these alone is not enough.
func TestSharedServicesThatAreHere(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(matomo)
	h.sister("bygda", func(d *consent.Draft) {
		d.Services = d.Services[:1]
		d.Services[0].Key, d.Services[0].Name = "teller", consent.Text{consent.English: " " + strings.ToUpper(d.Services[0].Name[consent.English])}
	})
	const counter, own = `/sites/skogen/services/counter/sites"`, `/sites/skogen/services/matomo/sites"`
	if got := kari.get("/sites/skogen/shared"); !strings.Contains(got.body, counter) || strings.Contains(got.body, own) {
		t.Error("what is called the same is not the same")
	}
	h.sister("bygda", func(d *consent.Draft) {
		d.Services = d.Services[:1]
		d.Services[0].Key = "matomo"
	})
	if got := kari.get("/sites/skogen/shared"); strings.Contains(got.body, counter) || !strings.Contains(got.body, own) {
		t.Error("a name goes before the key")
	}
	h.sister("bygda", func(d *consent.Draft) {
		d.Services = d.Services[:1]
		d.Services[0].Key, d.Services[0].Provider.Name = "teller", "En annen"
	})
	if got := kari.get("/sites/skogen/shared"); strings.Contains(got.body, counter) || !strings.Contains(got.body, `value="bygda/teller"`) {
		t.Error("a name without the company is enough")
	}
}

// A lifetime in other words is none that differs between two Sites, and one that is
// longer is.
func TestServicesWithLifetimesInOtherWordsAreTheSame(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	with := func(retention, declared consent.Lifetime) func(*consent.Draft) {
		return func(d *consent.Draft) {
			matomo(d)
			d.Services[2].Retention, d.Services[2].Cookies[0].Lifetime.Declared = retention, declared
		}
	}
	h.edit(with("P24M", "P13M"))
	h.sister("stranda", with("P2Y", "P1Y1M"))
	const page = "/sites/skogen/services/matomo/sites"
	got := kari.get(page)
	got.shows(t, 200, "Stedet stranda")
	if strings.Contains(got.body, "24 måneder") || strings.Contains(got.body, "13 måneder") {
		t.Error("the same lifetime in other words is called different")
	}
	h.sister("heia", with("P25M", "P13M"))
	kari.get(page).shows(t, 200, "24 måneder", "25 måneder")
}
