package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
)

const (
	signAnew     = "Teksten er endret siden den ble vurdert."
	signedOther  = "gjelder en annen tekst enn den som står her nå."
	neverChecked = "Følger deg fra side til side."
)

// signedHouse has a notice in force with a necessary cookie, signed a week ago.
func signedHouse(t *testing.T) (h *house, pia *person, cookie string) {
	t.Helper()
	h = open(t)
	publishingFixtures(t, h)
	signedFixtures(t, h, consent.DayOf(h.clock())-7)
	h.publish(t)
	return h, h.member("pia@example.no", consent.RolePublisher, skogen), "/sites/skogen/services/counter/cookies/" + admin.AddressName("_kept")
}

// Whoever rewrites why a cookie is necessary is asked who has assessed that, and keeps
// what they wrote. Saving twice does not get round it.
func TestARewrittenReasonIsSignedAnew(t *testing.T) {
	h, pia, cookie := signedHouse(t)
	today := consent.DayOf(h.clock())
	saved := "/sites/skogen/services/counter?done=saved"
	write := func(pairs ...string) answer { return pia.save(cookie, pia.get(cookie).form(t), pairs...) }
	for _, rewriting := range [][]string{
		{"exemption.reason.nb", neverChecked},
		{"exemption.reason.en", "Follows you."},
		{"exemption.when.nb", "Alltid."},
		{"exemption.ground", "transmission"},
	} {
		got := write(rewriting...)
		got.shows(t, 422, signAnew, `href="#exemption.reviewer"`, `href="#exemption.reviewed"`)
		if rewriting[1] != "transmission" && !strings.Contains(got.body, rewriting[1]) {
			t.Errorf("%s: what was written is gone", rewriting[0])
		}
	}
	write("exemption.reason.nb", neverChecked, "exemption.reviewed", (today-1).String()).leads(t, saved)
	write("exemption.reviewed", (today-7).String()).shows(t, 422, signAnew)
	write("exemption.reason.nb", "Enda en.").shows(t, 422, signAnew)
	write("exemption.reason.nb", "Holder deg innlogget.", "exemption.reviewed", (today-7).String()).leads(t, saved)
	write("exemption.reason.nb", neverChecked, "exemption.reviewed", today.String()).leads(t, saved)
	h.publish(t)
}

// The page of all texts has no place for a signature, so it leaves alone what has one.
func TestTheTextsPageLeavesWhatIsSigned(t *testing.T) {
	h, pia, _ := signedHouse(t)
	page := "/sites/skogen/texts?q=" + url.QueryEscape("Holder deg innlogget.")
	form, before := pia.get(page).form(t), h.draft().Hash()
	pia.save(page, form, "text.0.nb", neverChecked).shows(t, 422, "Denne teksten er vurdert og signert.", neverChecked)
	if h.draft().Hash() != before {
		t.Error("it was saved")
	}
}

// A program is refused with the place; what a file brings is told before it is saved, and
// is not published, proposed or planned.
func TestNoProgramOrFileKeepsASignature(t *testing.T) {
	h, pia, cookie := signedHouse(t)
	g := pia.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopePublish)
	before := h.draft().Hash()
	stale := func(got answer) {
		t.Helper()
		told := got.problem(t, http.StatusUnprocessableEntity, "faults")
		if len(told.Faults) != 1 || told.Faults[0].Code != "stale_signature" || told.Faults[0].Path != "services.counter.cookies._kept.exemption.reviewed" {
			t.Errorf("got %+v", told.Faults)
		}
	}
	fields := g.part(apiSite + signedCookie)
	fields["exemption"].(map[string]any)["reason"].(map[string]any)["nb"] = neverChecked
	stale(g.putPart(apiSite+signedCookie, fields))
	whole := g.get(apiDraft)
	rewritten := strings.ReplaceAll(whole.body, "Holder deg innlogget.", neverChecked)
	stale(g.call(http.MethodPut, apiDraft, rewritten, "If-Match", whole.header.Get("ETag")))
	if h.draft().Hash() != before {
		t.Fatal("what was refused is saved")
	}
	made := read[api.Imported](t, g.reads(rewritten))
	if !made.Saved || made.Blocks != 1 || made.Blocked[0].Code != "stale_signature" {
		t.Errorf("got %+v", made)
	}
	said := read[api.Checked](t, g.get(apiDraft+"/problems"))
	if said.Sound || len(said.Faults) != 1 || said.Faults[0].Code != "stale_signature" {
		t.Errorf("got %+v", said)
	}
	page := pia.get("/sites/skogen/publish")
	page.shows(t, 200, signedOther, `href="`+cookie+`#exemption.reviewed"`)
	pia.get(cookie).shows(t, 200, "En annen tekst ble vurdert denne dagen.")
	stale(g.call(http.MethodPost, apiSite+"/publish", "{}", "If-Match", g.get(apiDraft).header.Get("ETag")))
	pia.save(cookie, pia.get(cookie).form(t), "purpose.nb", "Husker deg.").leads(t, "/sites/skogen/services/counter?done=saved")
	pia.save(cookie, pia.get(cookie).form(t), "exemption.reviewer", "personvernombud og jurist").leads(t, "/sites/skogen/services/counter?done=saved")
	if said := read[api.Checked](t, g.get(apiDraft+"/problems")); !said.Sound {
		t.Errorf("got %+v", said)
	}
	h.publish(t)
}

// A plan may put another notice in force than the draft says, and the draft stays as it is:
// its signatures are compared with that one from then on.
func TestSignaturesAreThoseOfTheNoticeInForce(t *testing.T) {
	h, pia, cookie := signedHouse(t)
	g := pia.program(t, consent.ScopeRead, consent.ScopeEdit)
	old := h.draft()
	anew := (consent.DayOf(h.clock()) - 1).String()
	pia.save(cookie, pia.get(cookie).form(t), "exemption.reason.nb", neverChecked, "exemption.reviewed", anew).leads(t, "/sites/skogen/services/counter?done=saved")
	h.publish(t)
	if made := read[api.Imported](t, g.reads(strings.ReplaceAll(g.get(apiDraft).body, neverChecked, "Enda en."))); !made.Saved {
		t.Fatalf("got %+v", made)
	}
	const fault = "Én feil må rettes før kladden kan publiseres."
	pia.get("/sites/skogen").shows(t, 200, fault)
	_, err := banner.Publish(t.Context(), h.store, old, consent.Shipped(), h.clock)
	must(t, err)
	if page := pia.get("/sites/skogen"); strings.Contains(page.body, fault) {
		t.Error("the draft is still compared with the notice before")
	}
}

// Whoever publishes or approves reads why a cookie is necessary and who signed that, whole
// and in each language: where an exemption is new, where its cookie is, and its service.
func TestPublishTellsWhoSigned(t *testing.T) {
	long := strings.Repeat("Holder deg innlogget mens du fyller ut. ", 9)
	h := open(t)
	publishingFixtures(t, h)
	both, short := consent.Text{consent.Bokmaal: long, consent.English: "Keeps you logged in."}, consent.Text{consent.Bokmaal: "Trengs", consent.English: "Needed"}
	day := consent.DayOf(h.clock()).String()
	h.redraft(t, func(d *consent.Draft) {
		d.Categories = append(d.Categories, consent.Category{Key: consent.Necessary, Name: short, Purpose: short})
	})
	h.publish(t)
	signed := func(name, reviewer string) consent.Cookie {
		c := h.draft().Services[0].Cookies[0]
		c.Pattern.Name, c.Category = name, consent.Necessary
		c.Exemption = &consent.Exemption{Ground: consent.ExemptRequested, Reason: both, Reviewer: reviewer, Reviewed: day}
		return c
	}
	first := h.draft().Services[0].Cookies[0].Pattern.Name
	h.redraft(t, func(d *consent.Draft) {
		s := &d.Services[0]
		s.Cookies[0] = signed(first, "ombudet")
		s.Cookies = append(s.Cookies, signed("_new", "juristen"))
		other := newcomer("zz", "only.example")
		other.Cookies = append(other.Cookies, signed("_theirs", "rådgiveren"))
		d.Services = append(d.Services, other)
	})
	page := h.member("kari@example.no", consent.RolePublisher, skogen).get("/sites/skogen/publish")
	whole := strings.TrimSpace(long)
	page.shows(t, 200, "<ins>ombudet</ins>", "<ins>juristen</ins>", "<ins>rådgiveren</ins>", "_theirs: ")
	for _, said := range []string{whole, "Keeps you logged in.", day} {
		if n := strings.Count(page.body, said); n < 3 {
			t.Errorf("%q is said %d times, want one for each cookie", said, n)
		}
	}
}
