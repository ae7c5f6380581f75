package admin_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/web"
)

var lineOf = regexp.MustCompile(`samtykke-control=[\w-]{22}`)

// An organisation shows that it controls an address: what is asked of it is its own,
// and it is looked for again.
func TestOriginsAreProven(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	ola := h.member("ola@example.no", consent.RoleViewer, skogen)
	eva := h.member("eva@example.no", consent.RoleEditor, havet)
	const path = "/sites/skogen/origins"
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	origin := draft.Site.Origins[0]
	host := strings.TrimPrefix(origin, "https://")
	page := kari.get(path)
	page.shows(t, 200, "Ikke bekreftet.", "_samtykke."+host, "https://"+host+"/.well-known/samtykke.txt", "Det er frivillig.")
	line := lineOf.FindString(page.body)
	if other := lineOf.FindString(eva.get("/sites/havet/origins").body); other == line || other == "" {
		t.Errorf("Havet is asked for %q, Skogen for %q", other, line)
	}
	if viewed := ola.get(path); strings.Contains(viewed.body, "Kontroller nå") || lineOf.FindString(viewed.body) != line {
		t.Error("a viewer sees something else, or may have it checked")
	}

	kari.post(path, "origin", origin).leads(t, path+"?done=origin_missing")
	kari.get(path).shows(t, 200, "Ikke bekreftet.", "Sist kontrollert")
	kari.post(path, "origin", origin).leads(t, path+"?done=origin_wait")
	kari.get(path+"?done=origin_wait").shows(t, 200, "Vent 10 sekunder, og kontroller igjen.")
	h.zone.Set("_samtykke."+host, "samtykke-control=somebody-else")
	h.wait(time.Minute)
	kari.post(path, "origin", origin).leads(t, path+"?done=origin_missing")
	kari.get(path).shows(t, 200, "Ikke bekreftet.", "er noe annet enn linjen under")
	h.zone.Set("_samtykke."+host, line)
	h.wait(time.Minute)
	kari.post(path, "origin", origin).leads(t, path+"?done=origin_proven")
	if shown := kari.get(path); !strings.Contains(shown.body, " i DNS.") || strings.Contains(shown.body, "Ikke bekreftet.") {
		t.Errorf("what is proven is shown so:\n%s", shown.body)
	}
	if got := h.lastActs(t, 1); !strings.HasPrefix(got, "origin.check by ") {
		t.Errorf("the trail tells %q", got)
	}
	h.member("anne@example.no", consent.RoleAuditor, skogen).get("/organisations/skogen/trail").shows(t, 200, "Kontrollerte hvem som rår over en adresse", origin)
	eva.get("/sites/havet/origins").shows(t, 200, "Ikke bekreftet.")
	for _, other := range []string{"https://stranger.example", "", "http://localhost"} {
		kari.post(path, "origin", other).shows(t, 404)
	}

	h.wait(consent.ProofLasts)
	h.member("siri@example.no", consent.RoleViewer, skogen).get(path).shows(t, 200, "Ikke bekreftet.")
}

// Why nothing was found is said in every language.
func TestOriginFaultsAreWords(t *testing.T) {
	for _, lang := range web.AdminLanguages {
		words, _ := web.AdminWordsIn(lang)
		for _, fault := range []consent.ProofFault{
			consent.ProofNothing, consent.ProofOther, consent.ProofElsewhere, consent.ProofNotPublic, consent.ProofPort, consent.ProofUnreachable, consent.ProofNoFile,
		} {
			if words["origins_fault_"+string(fault)] == "" {
				t.Errorf("%s: no words for %q", lang, fault)
			}
		}
	}
}

// Where it is asked for, nothing is published with an address that is not proven,
// at once or at a later time.
func TestUnprovenOriginsAreNotPublished(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	ola := h.member("ola@example.no", consent.RolePublisher, skogen)
	strict := publishing.New(h.store, consent.Shipped(), h.clock, h.log())
	strict.ProvenOrigins = true
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	before := h.number(t, "skogen")
	_, err = strict.Now(t.Context(), skogen, draft)
	var own *consent.Error
	if !errors.As(err, &own) || own.Code != "origins_unproven" || !strings.Contains(own.Message, draft.Site.Origins[0]) {
		t.Errorf("publishing ends with %v", err)
	}
	ola.schedules(t, 20*time.Minute)
	h.wait(20 * time.Minute)
	strict.PublishDue(t.Context())
	if got := h.number(t, "skogen"); got != before {
		t.Fatalf("notice %d is in force", got)
	}
	ola.get("/sites/skogen/publish").shows(t, 200, "adresser som ikke er bekreftet")
	for _, origin := range draft.Site.Origins {
		proof := consent.OriginProof{Organisation: skogen, Origin: origin, Token: "a-token-of-22-letters-"}.Found(consent.ProofByFile, "", h.clock())
		must(t, h.store.SaveOriginProof(t.Context(), &proof))
	}
	if _, err := strict.Now(t.Context(), skogen, draft); err != nil {
		t.Errorf("what is proven is not published: %v", err)
	}
}

// What is no address, one of this machine, and one of numbers each say what can be done:
// below an address of numbers no name lies, so a file alone shows whose it is.
func TestOriginsThatDNSCannotProve(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const path = "/sites/skogen/origins"
	for origin, want := range map[string][2]string{
		"http://www.kommunen.example": {`<a href="/sites/skogen/settings/site#site-origins">Rett den under Innstillinger</a>`, "Det er ingenting å bekrefte."},
		"https://*.kommune.no":        {"Adressen kan ikke brukes.", "Det er ingenting å bekrefte."},
		"http://localhost":            {"Det er ingenting å bekrefte.", "Adressen kan ikke brukes."},
		"https://198.51.100.7":        {"https://198.51.100.7/.well-known/samtykke.txt", "I DNS"},
	} {
		h.redraft(t, func(d *consent.Draft) { d.Site.Origins = []string{origin} })
		page := kari.get(path)
		page.shows(t, 200, want[0])
		if strings.Contains(page.body, want[1]) {
			t.Errorf("%s: the page says %q", origin, want[1])
		}
	}
	h.redraft(t, func(d *consent.Draft) { d.Site.Origins = []string{"https://198.51.100.7"} })
	kari.post(path, "origin", "https://198.51.100.7").leads(t, path+"?done=origin_missing")
	kari.get(path+"?done=origin_missing").shows(t, 200, `<p class="note warn" role="status">Kontrollert. Beviset ble ikke funnet`)
}
