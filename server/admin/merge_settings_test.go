package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// settingsOf gives a form of the settings as a browser would send it.
func (a answer) settingsOf(t *testing.T, part string) url.Values {
	t.Helper()
	for _, form := range readForms(t, "/sites/skogen/settings/"+part, a.body) {
		if strings.HasSuffix(form.action, "/settings/"+part) {
			return form.filled
		}
	}
	t.Fatalf("no form for %s (status %d)", part, a.status)
	return nil
}

func TestSettingsAreMerged(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const look, manner, site = "/sites/skogen/settings/look", "/sites/skogen/settings/manner", "/sites/skogen/settings/site"
	his := ola.get(look)
	kari.save(look, kari.get(look).settingsOf(t, "look"), "accent", "#101010", "radius", "8").leads(t, look+"?done=saved")
	ola.told(t, ola.save(look, his.settingsOf(t, "look"), "width", "600"), look+"?done=saved", " og ")
	if l := h.draft().Site.Look; l.Accent != "#101010" || l.Radius != 8 || l.Width != 600 {
		t.Errorf("got %+v", l)
	}
	his = ola.get(look)
	kari.save(look, kari.get(look).settingsOf(t, "look"), "accent", "#202020", "radius", "9").leads(t, look+"?done=saved")
	got := ola.save(look, his.settingsOf(t, "look"), "accent", "#303030")
	got.conflicts(t, "#202020", "#303030", "Endret av Kari Nordmann, ", "blir beholdt uansett", "->9<")
	got.shows(t, 409, "<strong>#202020</strong>", "Lagre mitt likevel")
	ola.save(look, got.settingsOf(t, "look")).leads(t, look+"?done=saved")
	if l := h.draft().Site.Look; l.Accent != "#303030" || l.Radius != 9 {
		t.Errorf("got %+v", l)
	}

	h.edit(func(d *consent.Draft) { d.Site.PolicyMode = true })
	his, hers := ola.get(manner), kari.get(manner).settingsOf(t, "manner")
	hers.Del("policy_mode")
	kari.save(manner, hers).leads(t, manner+"?done=saved")
	ola.told(t, ola.save(manner, his.settingsOf(t, "manner"), "same_origin", "true"), manner+"?done=saved")
	if s := h.draft().Site; s.PolicyMode || !s.SameOrigin {
		t.Errorf("a box: %+v", s)
	}
	his, hers = ola.get(manner), kari.get(manner).settingsOf(t, "manner")
	unticked := his.settingsOf(t, "manner")
	unticked.Del("same_origin")
	kari.save(manner, hers, "policy_mode", "true").leads(t, manner+"?done=saved")
	ola.told(t, ola.save(manner, unticked), manner+"?done=saved")
	if s := h.draft().Site; !s.PolicyMode || s.SameOrigin {
		t.Errorf("his box: %+v", s)
	}

	h.edit(func(d *consent.Draft) { d.Site.Languages = []consent.Language{consent.English, consent.Bokmaal} }) // the page has another order
	his, hers = ola.get(site), kari.get(site).settingsOf(t, "site")
	hers["languages"] = append(hers["languages"], "nn")
	kari.save(site, hers).leads(t, site+"?done=saved")
	ola.told(t, ola.save(site, his.settingsOf(t, "site"), "name.nb", "Olas sted"), site+"?done=saved")
	if s := h.draft().Site; len(s.Languages) != 3 || s.Name[consent.Bokmaal] != "Olas sted" {
		t.Errorf("got %+v", s)
	}
	his, hers = ola.get(site), kari.get(site).settingsOf(t, "site")
	hers["languages"] = []string{"nb", "en"}
	kari.tells(t, kari.save(site, hers), site+"?done=saved", "Nynorsk er fjernet.")
	ola.told(t, ola.save(site, his.settingsOf(t, "site"), "name.nn", "Ola skriv nynorsk"), site+"?done=saved", "Nettstedet har ikke nynorsk lenger.")
	if s := h.draft().Site; len(s.Languages) != 2 || s.Name[consent.Nynorsk] != "Ola skriv nynorsk" {
		t.Errorf("got %+v", s)
	}
}

// A form that is sent after the login has ended is merged when it is sent at last.
func TestKeptFormsAreMerged(t *testing.T) {
	h := open(t)
	kari := h.colleague("Kari Nordmann", "kari@example.no")
	ola := h.owner("ola@example.no")
	must(t, h.store.SetRole(t.Context(), ola.id, "skogen", consent.RoleEditor))
	ola.speaks(t, consent.Bokmaal)
	his := ola.get(counterPage).form(t)
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Karis navn").leads(t, counterPage+"?done=saved")
	h.wait(time.Hour)
	page := ola.save(counterPage, his, "hosts", "ola.example")
	page.shows(t, http.StatusUnauthorized, "er tatt vare på")
	offered := ola.again(page)
	kari = h.colleague("Kari Nordmann", "kari2@example.no")
	kari.save(counterPage, kari.get(counterPage).form(t), "link", "https://kari.example/").leads(t, counterPage+"?done=saved")
	ola.told(t, ola.post(counterPage, "resumed", hidden(t, offered.body, "resumed")), counterPage+"?done=saved")
	if s := h.draft().Service("counter"); s.Name[consent.Bokmaal] != "Karis navn" || s.Link != "https://kari.example/" || s.Hosts[0] != "ola.example" {
		t.Errorf("got %+v", s)
	}
}

// An address in the settings is read as people write it, and what cannot be a link is told
// of at its field.
func TestAddressInTheSettings(t *testing.T) {
	h := open(t)
	kari, _ := h.pair()
	const site = "/sites/skogen/settings/site"
	kari.save(site, kari.get(site).settingsOf(t, "site"), "privacy.nb", "kommune.no/personvern").leads(t, site+"?done=saved")
	if got := h.draft().Site.Privacy[consent.Bokmaal]; got != "https://kommune.no/personvern" {
		t.Errorf("got %q", got)
	}
	kari.save(site, kari.get(site).settingsOf(t, "site"), "privacy.nb", "personvern.html").shows(t, 422, "«personvern.html» kan ikke være en lenke. Skriv en full adresse", `value="personvern.html"`)
	h.edit(func(d *consent.Draft) { d.Site.Privacy = consent.Text{consent.Bokmaal: "personvern"} }) // from before
	kari.save(site, kari.get(site).settingsOf(t, "site"), "name.nb", "Skogen").leads(t, site+"?done=saved")
}
