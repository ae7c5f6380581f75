package admin_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// newcomer is a service that the first draft does not have.
func newcomer(key consent.ServiceKey, hosts ...string) consent.Service {
	s := storagetest.Draft("x").Services[0]
	s.Key, s.Hosts, s.Ask = key, hosts, consent.AskInPlace
	s.Cookies = slices.Clone(s.Cookies)
	s.Cookies[0].Pattern.Name = "_" + string(key)
	return s
}

// Whoever publishes or approves sees what a new service loads from and keeps, and on what
// ground, and where a removed one loaded from, in every language of the pages.
func TestPublishTellsWhatAServiceLoadsFrom(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) { d.Services[0].Hosts = nil })
	h.publish(t)
	long := strings.Repeat("www.counter.example.", 10) + "evil.example" // 212 characters
	var many []string
	for i := range mostHosts + 5 {
		many = append(many, fmt.Sprintf("h%02d.example", i))
	}
	h.redraft(t, func(d *consent.Draft) {
		d.Services[0].Hosts = append([]string{"en", "nb"}, many...)
		d.Services = append(d.Services[:1], newcomer("zz", "only.evil.example", long))
	})
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	page := kari.get("/sites/skogen/publish")
	page.shows(t, 200, "Legger til leverandøren",
		"Verter: <ins>only.evil.example, "+long+"</ins>", "Informasjonskapsler: <ins>_zz</ins>", "Hvor det blir spurt: <ins>der innholdet står</ins>",
		"Rettslig grunnlag: <ins>samtykke</ins>", "Kategori: <ins>Statistikk</ins>",
		"Fjerner leverandøren", `Verter: <del>film.example</del> <span class="tag bad">Fjernet</span>`, "Informasjonskapsler: <del>_film</del>",
		"Verter: <ins>en, nb, h00.example, ", "Og 7 verter til.")
	if strings.Contains(page.body, many[18]) {
		t.Error("more hosts are named than fit")
	}
	kari.post("/sites/skogen/publish", "was", page.was(t), "reason", "Ny").leads(t, "/sites/skogen/notices/3?done=publish")
	kari.get("/sites/skogen/notices/3").shows(t, 200, "Verter: <ins>only.evil.example, ")
}

// A service is not called its own provider when nobody has said who that is.
func TestPublishNamesNoServiceAsProvider(t *testing.T) {
	h := open(t)
	h.publish(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Services = append(d.Services, newcomer("zz", "only.example"))
		d.Services[len(d.Services)-1].Provider.Name = ""
	})
	got := h.member("kari@example.no", consent.RolePublisher, skogen).get("/sites/skogen/publish")
	got.shows(t, 200, "Legger til tjenesten", "Leverandøren er ikke oppgitt.")
	if strings.Contains(got.body, "Legger til leverandøren") {
		t.Error("a service is called a provider")
	}
}

const mostHosts = 20

// Before the first notice there is nothing to compare with: whoever publishes, agrees or
// looks sees of every service what pages will load from.
func TestTheFirstNoticeTellsWhatPagesLoadFrom(t *testing.T) {
	h := open(t)
	draft := storagetest.Draft("ny")
	draft.Organisation.ID = skogen
	draft.Services = append(draft.Services, newcomer("zz", "only.evil.example"), newcomer("yy"))
	must(t, h.store.SaveDraft(t.Context(), draft, h.clock()))
	kari, vera := h.member("kari@example.no", consent.RolePublisher, skogen), h.member("vera@example.no", consent.RoleViewer, skogen)
	page := kari.get("/sites/ny/publish")
	page.shows(t, 200, "<p>Ingen verter er oppgitt.</p>")
	for _, body := range []string{page.body, vera.get("/sites/ny/publish").body} {
		for _, want := range []string{"Hva sidene kommer til å laste", "Verter: <ins>only.evil.example</ins>", "Verter: <ins>film.example</ins>", "Informasjonskapsler: <ins>_zz</ins>"} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	}
	if strings.Index(page.body, "only.evil.example") > strings.Index(page.body, `<textarea id="reason"`) {
		t.Error("it is told after the form")
	}
	said := read[api.Changes](t, kari.program(t, consent.ScopeRead).get(api.Base+"/sites/ny/draft/changes"))
	var hosts []string
	for _, thing := range said.Things {
		for _, line := range thing.Lines {
			if line.Field == "Hosts" {
				hosts = append(hosts, *line.New)
			}
		}
	}
	slices.Sort(hosts)
	if want := []string{"counter.example", "film.example", "only.evil.example"}; said.Notice != nil || len(said.Differences) != 0 || !slices.Equal(slices.Compact(hosts), want) {
		t.Errorf("the API says of %d things the hosts %q, want %q", len(said.Things), hosts, want)
	}
	kari.post("/sites/ny/publish", "was", page.was(t), "reason", "Første").leads(t, "/sites/ny/notices/1?done=publish")
	if strings.Contains(kari.get("/sites/ny/publish").body, `id="loads"`) {
		t.Error("what is published is still told as the first")
	}
}

// The first services of a site that had none are told one by one, too.
func TestTheFirstServicesAreToldOneByOne(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) { d.Services = nil })
	h.publish(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Services = []consent.Service{newcomer("zz", "only.evil.example"), newcomer("yy", "other.example")}
	})
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	kari.get("/sites/skogen/publish").shows(t, 200, "Verter: <ins>only.evil.example</ins>", "Verter: <ins>other.example</ins>")
}

// Programs read the same words, in each of their languages.
func TestAPIChangesTellWhatAServiceLoadsFrom(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) { d.Services = append(d.Services, newcomer("zz", "only.evil.example")) })
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead)
	for lang, want := range map[string]string{
		"nb": "Verter: only.evil.example; Informasjonskapsler: _zz; Hvor det blir spurt: der innholdet står; Rettslig grunnlag: samtykke; Kategori: Statistikk",
		"nn": "Vertar: only.evil.example; Informasjonskapslar: _zz; Kvar det blir spurt: der innhaldet står; Rettsleg grunnlag: samtykke; Kategori: Statistikk",
		"en": "Hosts: only.evil.example; Cookies: _zz; Where it is asked: where the content stands; Legal basis: consent; Category: Statistics",
	} {
		said := read[api.Changes](t, g.get(apiDraft+"/changes?language="+lang))
		var got []string
		for _, thing := range said.Things {
			for _, line := range thing.Lines[1:] {
				got = append(got, line.Field+": "+*line.New)
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

// Of 5,000 new services so many are told as a page holds, and how many more there are;
// and changed words, however many, do not keep a new service out.
func TestManyChangesHideNoNewService(t *testing.T) {
	h := open(t)
	site, err := h.store.Site(t.Context(), "skogen")
	must(t, err)
	say := func(before, after *consent.Draft) ([]api.ChangedThing, int) {
		things, more, err := (admin.Machine{Store: h.store, Clock: h.clock}).Say(t.Context(), site, before, after)
		must(t, err)
		return things, more
	}
	before, after := storagetest.Draft("skogen"), storagetest.Draft("skogen")
	hosts := strings.Fields(strings.Repeat("h.example ", 500))
	for i := range 5000 {
		after.Services = append(after.Services, newcomer(consent.ServiceKey(fmt.Sprintf("s%04d", i)), hosts...))
	}
	things, more := say(&before, &after)
	lines := 0
	for i := range things {
		lines += len(things[i].Lines)
	}
	if len(things)+more != 5000 || more < 4500 || lines > 10*len(things) {
		t.Errorf("%d things with %d lines, and %d more", len(things), lines, more)
	}

	before, after = storagetest.Draft("skogen"), storagetest.Draft("skogen")
	for i := range 300 {
		s := newcomer(consent.ServiceKey(fmt.Sprintf("s%03d", i)), "h.example")
		before.Services = append(before.Services, s)
		s.Security = consent.Text{consent.Bokmaal: "Kryptert.", consent.English: "Encrypted."}
		after.Services = append(after.Services, s)
	}
	after.Services = append(after.Services, newcomer("zz", "only.evil.example"))
	things, _ = say(&before, &after)
	if lines := things[0].Lines; len(lines) < 2 || lines[1].New == nil || *lines[1].New != "only.evil.example" {
		t.Errorf("the first thing is %q with %+v", things[0].Thing, lines)
	}
}
