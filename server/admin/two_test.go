package admin_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The rule that two people publish is not ended by one.
func TestTwoPeopleEndTheRule(t *testing.T) {
	h, _, ola, per := pair(t)
	const settings, two = "/organisations/skogen/settings", "/organisations/skogen/two"
	needed := func(want bool) {
		t.Helper()
		if got, err := h.store.NeedsTwo(t.Context(), skogen); err != nil || got != want {
			t.Errorf("two people are needed: %v, want %v, %v", got, want, err)
		}
	}
	page := per.get(settings)
	page.shows(t, 200, "Ingen slår dette av alene.", "Ingen kan bekrefte dette nå.")
	if strings.Contains(page.body, two+"/propose") {
		t.Error("a proposal is offered that nobody can confirm")
	}
	eva := h.member("eva@example.no", consent.RoleAdministrator, skogen)
	per.post(two+"/end").shows(t, 409, "Noen andre har endret dette i mellomtiden.")
	per.get(settings).shows(t, 200, "Dette kan bekreftes av: Kari Nordmann.", "Foreslå å slutte å kreve to personer")
	per.post(two+"/propose").leads(t, settings+"?done=two_proposed")
	per.post(two+"/propose").shows(t, 409)
	needed(true)
	ola.post(two+"/end").shows(t, 403)
	per.post(two+"/end").shows(t, 403, "Du har foreslått dette selv. En annen administrator må bekrefte det.")
	per.get(settings).shows(t, 200, "Per foreslo", "Trekk forslaget", "Dette kan bekreftes av: Kari Nordmann.")
	per.post(two+"/keep").leads(t, settings+"?done=two_kept")
	eva.post(two+"/end").shows(t, 409)
	needed(true)

	per.post(two+"/propose").leads(t, settings+"?done=two_proposed")
	eva.get(settings).shows(t, 200, "Per foreslo", "Bekreft, og slutt å kreve to personer", "Behold kravet")
	eva.post(two+"/end").leads(t, settings+"?done=two_ended")
	needed(false)
	eva.get("/organisations/skogen/trail").shows(t, 200, "Foreslo å slutte å kreve to personer", "Avslo eller trakk forslaget", "Bekreftet at det ikke lenger kreves to personer")
	eva.post(two).leads(t, settings+"?done=saved")
	needed(true)

	// A proposal falls with the role of who made it.
	per.post(two+"/propose").leads(t, settings+"?done=two_proposed")
	must(t, h.store.SetRole(t.Context(), per.id, skogen, consent.RolePublisher))
	eva.post(two+"/end").shows(t, 409)
	needed(true)
}

// invites lets somebody in as an administrator would.
func (p *person) invites(t *testing.T, email string, role consent.AccountRole) consent.AccountID {
	t.Helper()
	return p.invitesTo(t, skogen, email, role)
}

func (p *person) invitesTo(t *testing.T, organisation consent.OrganisationID, email string, role consent.AccountRole) consent.AccountID {
	t.Helper()
	id := consent.InvitationID(consent.HashOf([]byte(string(organisation) + email)))
	must(t, p.store.AddInvitation(t.Context(), &consent.Invitation{ID: id, Organisation: organisation, Email: email, Role: role, Maker: p.id, Expires: p.clock().Add(time.Hour)}))
	account, err := p.store.AccountOf(t.Context(), email)
	if consent.KindOf(err) == consent.NotFound {
		account, err = &consent.Account{Email: email, Language: consent.Bokmaal, Created: p.clock()}, nil
	}
	must(t, err)
	who, err := p.store.TakeInvitation(t.Context(), id, account, p.clock())
	must(t, err)
	return who
}

// Whom somebody let in is not the second person for their draft.
func TestNobodyMakesTheirSecondPerson(t *testing.T) {
	h, kari, ola, per := pair(t)
	per.edits(t, rounder)
	h.member("dukke@example.no", consent.RolePublisher, havet)
	puppet := h.loggedIn(per.invites(t, "dukke@example.no", consent.RolePublisher), "puppet")
	kari.proposes(t)
	page := puppet.get("/sites/skogen/publish")
	page.shows(t, 200, "Du og en som har foreslått eller endret kladden, regnes som én person her", "Dette kan godkjennes av: Ola.")
	puppet.post("/sites/skogen/publish/approve", "plan", page.plan(t)).shows(t, 403, "regnes som én person her")

	// Nor is who was let in by them, or who had a new password from them.
	puppet.invites(t, "dukke2@example.no", consent.RolePublisher)
	link := &consent.Link{ID: consent.LinkID{7}, Account: ola.id, Expires: h.clock().Add(time.Hour), Maker: per.id}
	must(t, h.store.AddLink(t.Context(), link))
	_, err := h.store.RedeemLink(t.Context(), link.ID, "", h.clock())
	must(t, err)
	page = kari.get("/sites/skogen/publish")
	page.shows(t, 200, "Ingen kan godkjenne dette:", "Tre ting hjelper")

	// One notice to which another agreed does not make them somebody.
	h.wait(time.Hour)
	h.publish(t)
	per.edits(t, rounder)
	per = h.loggedIn(per.id, "again")
	per.proposes(t)
	per.get("/sites/skogen/publish").shows(t, 200, "Ingen kan godkjenne dette:")

	// After that notice and 30 days everybody is somebody.
	h.wait(31 * 24 * time.Hour)
	per = h.loggedIn(per.id, "and again")
	per.get("/sites/skogen/publish").shows(t, 200, "Dette kan godkjennes av: dukke2@example.no, Kari Nordmann, Ola.")
}

// Whoever runs another organisation makes nobody here one person with another by inviting
// both: what they invite are people who had accounts before.
func TestAnotherOrganisationPutsNobodyTogether(t *testing.T) {
	h, kari, ola, per := pair(t)
	siv := h.member("siv@example.no", consent.RoleAdministrator, havet)
	for _, who := range []*person{kari, ola, per} {
		siv.invitesTo(t, havet, who.email, consent.RoleViewer)
	}
	kari, ola, per = h.loggedIn(kari.id, "kari again"), h.loggedIn(ola.id, "ola again"), h.loggedIn(per.id, "per again")
	kari.proposes(t)
	page := ola.get("/sites/skogen/publish")
	page.shows(t, 200, "Dette kan godkjennes av: Ola, Per.")
	ola.post("/sites/skogen/publish/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
	per.post("/organisations/skogen/two/propose").leads(t, "/organisations/skogen/settings?done=two_proposed")
}

// Whoever is alone hears whom to let in before two are asked for. Then the next notice
// is published from the pages.
func TestTwoPeopleBegin(t *testing.T) {
	h := open(t)
	const settings, two, publish = "/organisations/skogen/settings", "/organisations/skogen/two", "/sites/skogen/publish"
	per := h.member("per@example.no", consent.RoleAdministrator, skogen)
	page := per.get(settings)
	page.shows(t, 200, "Bare én person kan publisere her.", "Gi rollene til dem som skal godkjenne, før dere krever to. Den som inviteres etterpå, regnes som samme person")
	if strings.Contains(page.body, `action="`+two+`"`) {
		t.Error("somebody alone is offered to ask for two")
	}
	per.post(two).shows(t, 409)

	before := h.loggedIn(per.invites(t, "ola@example.no", consent.RolePublisher), "ola")
	h.wait(time.Minute)
	per = h.loggedIn(per.id, "again")
	per.post(two).leads(t, settings+"?done=saved")
	after := h.loggedIn(per.invites(t, "eva@example.no", consent.RolePublisher), "eva")
	per.edits(t, rounder)
	per.proposes(t)
	page = after.get(publish)
	after.post(publish+"/approve", "plan", page.plan(t)).shows(t, 403, "regnes som én person her")
	page = before.get(publish)
	before.post(publish+"/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/2?done=publish")
}

// A puppet does not end the rule, either.
func TestNobodyMakesWhoEndsTheRule(t *testing.T) {
	h, _, _, per := pair(t)
	const settings, two = "/organisations/skogen/settings", "/organisations/skogen/two"
	h.member("dukke@example.no", consent.RoleAdministrator, havet)
	puppet := h.loggedIn(per.invites(t, "dukke@example.no", consent.RoleAdministrator), "puppet")
	per.get(settings).shows(t, 200, "Ingen kan bekrefte dette nå.")
	per.post(two+"/propose").leads(t, settings+"?done=two_proposed")
	puppet.get(settings).shows(t, 200, "Du og den som foreslo dette, regnes som én person")
	puppet.post(two+"/end").shows(t, 403, "Du og den som foreslo dette, regnes som én person")
	puppet.post(two+"/keep").leads(t, settings+"?done=two_kept")
	puppet.post(two+"/propose").leads(t, settings+"?done=two_proposed")
	per.post(two+"/end").shows(t, 403, "regnes som én person")
	h.wait(31 * 24 * time.Hour)
	h.loggedIn(per.id, "again").post(two+"/end").leads(t, settings+"?done=two_ended")
}
