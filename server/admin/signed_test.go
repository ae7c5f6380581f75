package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
)

const (
	signedCookie = "/services/counter/cookies/_kept"
	notYet       = "Denne dagen har ikke vært ennå."
)

// signedFixtures give Skogen a necessary cookie that was signed on a day, and a company
// abroad whose ground was checked on it.
func signedFixtures(t *testing.T, h *house, day consent.Day) {
	t.Helper()
	both := func(nb, en string) consent.Text { return consent.Text{consent.Bokmaal: nb, consent.English: en} }
	h.redraft(t, func(d *consent.Draft) {
		d.Categories = append(d.Categories, consent.Category{Key: consent.Necessary, Name: both("Nødvendige", "Necessary"), Purpose: both("Trengs.", "Needed.")})
		kept := d.Services[0].Cookies[0]
		kept.Pattern.Name, kept.Category = "_kept", consent.Necessary
		kept.Exemption = &consent.Exemption{Ground: consent.ExemptRequested, Reason: both("Holder deg innlogget.", "Keeps you logged in."), Reviewer: "personvernombudet", Reviewed: day.String()}
		d.Services[0].Cookies = append(d.Services[0].Cookies, kept)
		d.Services[0].Recipients = []consent.Provider{{
			Name: "Skyen Inc.", Country: []string{"US"}, Role: consent.RoleProcessor, Transfer: &consent.Transfer{Country: "US", Basis: consent.TransferSCC, Checked: day.String()},
		}}
	})
}

// Nobody signs on a day that has not come, on the page or with a key; of tomorrow a clock
// in another zone may be the reason.
func TestNobodySignsAhead(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	today := consent.DayOf(h.clock())
	signedFixtures(t, h, today-1)
	tomorrow, ahead := (today + 1).String(), (today + 2).String()
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	before := h.draft().Hash()
	cookie, service := "/sites/skogen/services/counter/cookies/"+admin.AddressName("_kept"), "/sites/skogen/services/counter"
	kari.save(cookie, kari.get(cookie).form(t), "exemption.reviewed", ahead).shows(t, 422, `href="#exemption.reviewed"`, notYet)
	kari.save(service, kari.get(service).form(t), "recipients.0.transfer.checked", ahead).shows(t, 422, `href="#recipients.0.transfer.checked"`, notYet)
	refused := func(path string, change func(fields map[string]any)) {
		t.Helper()
		fields := g.part(apiSite + path)
		change(fields)
		if told := g.putPart(apiSite+path, fields).problem(t, http.StatusUnprocessableEntity, "faults"); len(told.Faults) != 1 || told.Faults[0].Code != "future_day" {
			t.Errorf("got %+v", told.Faults)
		}
	}
	refused(signedCookie, func(fields map[string]any) { fields["exemption"].(map[string]any)["reviewed"] = ahead })
	refused("/services/counter", func(fields map[string]any) {
		fields["recipients"].([]any)[0].(map[string]any)["transfer"].(map[string]any)["checked"] = ahead
	})
	if h.draft().Hash() != before {
		t.Fatal("what was refused is saved")
	}
	kari.save(cookie, kari.get(cookie).form(t), "exemption.reviewed", tomorrow).leads(t, service+"?done=saved")
	kari.save(service, kari.get(service).form(t), "recipients.0.transfer.checked", tomorrow).leads(t, service+"?done=saved")
}

// What a file brings is told of wherever warnings are, with the way to its field, and
// keeps nothing from being saved or published. A signature that is there already is not
// what another change is about.
func TestWhatIsSignedAheadIsToldOf(t *testing.T) {
	h := open(t)
	publishingFixtures(t, h)
	today := consent.DayOf(h.clock())
	signedFixtures(t, h, today)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopePublish)
	told := func(want int) {
		t.Helper()
		said, got := read[api.Checked](t, g.get(apiDraft+"/problems")), 0
		for _, p := range said.Warnings {
			if p.Code == "future_day" {
				got++
			}
		}
		if !said.Sound || got != want {
			t.Errorf("%d are told to be signed ahead, want %d: %+v", got, want, said)
		}
	}
	told(0)
	file := strings.ReplaceAll(g.get(apiDraft).body, `"`+today.String()+`"`, `"`+(today+2).String()+`"`)
	saved := read[api.Saved](t, g.call(http.MethodPut, apiDraft, file, "If-Match", g.get(apiDraft).header.Get("ETag")))
	if !saved.Changed || !strings.Contains(jsonOf(t, saved.Warnings), `"future_day"`) {
		t.Errorf("got %+v", saved)
	}
	told(2)
	page := kari.get("/sites/skogen/publish")
	page.shows(t, 200, "har ikke vært ennå, så ingen kan ha vurdert noe da.", "Skriv dagen da vurderingen ble gjort.",
		`href="/sites/skogen/services/counter/cookies/`+admin.AddressName("_kept")+`#exemption.reviewed"`, `href="/sites/skogen/services/counter#recipients.0.transfer.checked"`)
	cookie, service := "/sites/skogen/services/counter/cookies/"+admin.AddressName("_kept"), "/sites/skogen/services/counter"
	kari.get(cookie).shows(t, 200, notYet)
	kari.save(cookie, kari.get(cookie).form(t), "exemption.reviewer", "personvernrådgiveren").leads(t, service+"?done=saved")
	kari.save(service, kari.get(service).form(t), "link", "https://skogen.example/ny").leads(t, service+"?done=saved")
	fields := g.part(apiSite + signedCookie)
	fields["exemption"].(map[string]any)["reviewer"] = "ombudet"
	read[api.Saved](t, g.putPart(apiSite+signedCookie, fields))
	told(2)
	if got := g.call(http.MethodPost, apiSite+"/publish", "{}", "If-Match", g.get(apiDraft).header.Get("ETag")); got.status != http.StatusOK && got.status != http.StatusCreated {
		t.Errorf("it is not published: %d %s", got.status, got.body)
	}
	kari.get(cookie).shows(t, 200, notYet)
	h.wait(24 * time.Hour) // nothing is saved, and what was kept of the draft is of yesterday
	told(0)
	if strings.Contains(h.loggedIn(kari.id, "again").get(cookie).body, notYet) {
		t.Error("the page tells of it on its day")
	}
}
