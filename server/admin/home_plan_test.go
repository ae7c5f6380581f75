package admin_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/publishing"
)

// Who can answer a proposal sees on the first page that it waits, and nobody else does;
// who made it sees there that it was sent back.
func TestWhereAPersonBeginsSaysWhatWaits(t *testing.T) {
	h, kari, ola, per := pair(t)
	elsewhere := h.member("havet@example.no", consent.RolePublisher, havet)
	const waits, back = `<a href="/sites/skogen/publish#answer">Venter på deg</a>`, `<a href="/sites/skogen/publish">Forslaget ditt er sendt tilbake</a>`
	says := func(text string, who ...*person) {
		t.Helper()
		for _, each := range []*person{kari, ola, per, elsewhere} {
			if got, want := strings.Contains(each.get("/").body, text), slices.Contains(who, each); got != want {
				t.Errorf("%s is told %q: %t", each.email, text, got)
			}
		}
	}
	says(waits)
	per.edits(t, rounder) // so it is his change, too
	kari.proposes(t)
	says(waits, ola)
	ola.get("/organisations/skogen").shows(t, http.StatusOK, waits)
	ola.get("/sites/skogen").shows(t, http.StatusOK, "<strong>Venter på deg</strong>. Kari foreslo", `<a class="button" href="/sites/skogen/publish#answer">Svar på forslaget</a>`)
	if shown := ola.get("/sites/skogen").body; strings.Contains(shown, "Dette kan godkjennes av") || strings.Contains(shown, "Se over og ") {
		t.Error("who can approve is told who can")
	}
	kari.get("/sites/skogen").shows(t, http.StatusOK, "Dette kan godkjennes av: Ola.", "Se over og ")
	says(back)

	ola.post("/sites/skogen/publish/return", "plan", ola.get("/sites/skogen/publish").plan(t), "reason", "Mangler nynorsk").leads(t, "/sites/skogen/publish?done=plan_return")
	says(waits)
	says(back, kari)
	kari.get("/sites/skogen").shows(t, http.StatusOK, "Ola sendte forslaget ditt tilbake.", "<blockquote>Mangler nynorsk</blockquote>")

	kari.proposes(t)
	kari.post("/sites/skogen/publish/return", "plan", kari.get("/sites/skogen/publish").plan(t)).leads(t, "/sites/skogen/publish?done=plan_return")
	says(back) // what one takes back is not sent back
	kari.proposes(t)
	h.redraft(t, rounder)
	says(waits) // nothing comes of it any more
}

// What a key proposed before two people were asked for waits for nobody's approval: who can
// end it is told that, and nobody that it waits for them.
func TestAStuckProposalSaysWhatToDo(t *testing.T) {
	h, kari, ola, per := pair(t)
	const waits, stuck = "Venter på deg", `<a href="/sites/skogen/publish#answer">Forslaget kan ikke godkjennes. Send det tilbake`
	vera := h.member("vera@example.no", consent.RoleViewer, skogen)
	h.two(t, skogen, false)
	karis := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	read[api.Planned](t, karis.seen(apiPlan+"/propose", apiDraft, "{}"))
	ola.get("/").shows(t, http.StatusOK, waits)
	h.two(t, skogen, true)
	for _, each := range []*person{kari, ola, per, vera} {
		page := each.get("/").body
		if got, want := strings.Contains(page, stuck), each != vera; got != want || strings.Contains(page, waits) {
			t.Errorf("%s is told that the proposal is stuck: %t, and that it waits for them: %t", each.email, got, strings.Contains(page, waits))
		}
	}
	kari.post("/sites/skogen/publish/return", "plan", kari.get("/sites/skogen/publish").plan(t)).leads(t, "/sites/skogen/publish?done=plan_return")
	kari.proposes(t)
	if page := ola.get("/").body; strings.Contains(page, stuck) || !strings.Contains(page, waits) {
		t.Error("what was proposed anew by hand does not wait")
	}
}

// What a proposal does is said before it is made: when it is published, and that nobody
// may agree to it.
func TestAProposalIsExplainedBefore(t *testing.T) {
	h, kari, ola, per := pair(t)
	const nobody = `id="nobody"`
	kari.get("/sites/skogen/publish").shows(t, http.StatusOK, `<label for="when-now">Når det blir godkjent</label>`)
	for _, each := range []*person{ola, per} {
		if strings.Contains(each.get("/sites/skogen/publish").body, nobody) {
			t.Error("nobody is said to be there, and there is somebody")
		}
	}
	ola.edits(t, rounder)
	per.edits(t, rounder)
	page := kari.get("/sites/skogen/publish")
	page.shows(t, http.StatusOK, nobody, "Ingen kan godkjenne dette")
	if strings.Index(page.body, nobody) > strings.Index(page.body, "Foreslå publisering</button>") {
		t.Error("it is told after the button")
	}
	h.two(t, skogen, false)
	ola.get("/sites/skogen/publish").shows(t, http.StatusOK, `<label for="when-now">Nå</label>`)
	kari.proposes(t) // and where two people are not required, no requirement is said to be in the way
	for _, path := range []string{"/sites/skogen", "/sites/skogen/publish"} {
		page := ola.get(path)
		page.shows(t, http.StatusOK, "Ingen andre kan godkjenne dette, og det trengs ikke", "kan publisere alene på siden Publisering")
		if strings.Contains(page.body, "Tre ting hjelper") {
			t.Errorf("%s tells to end a requirement that is not there", path)
		}
	}
}

// counted is a store that counts what is read of plans.
type counted struct {
	consent.Store
	read int
}

func (c *counted) Proposals(ctx context.Context) ([]consent.Proposal, error) {
	c.read++
	return c.Store.Proposals(ctx)
}

func (c *counted) TwoRule(ctx context.Context, of consent.OrganisationID) (consent.TwoRule, error) {
	c.read++
	return c.Store.TwoRule(ctx, of)
}

func (c *counted) LetInSince(ctx context.Context, organisation consent.OrganisationID, from time.Time) ([]consent.LetIn, error) {
	c.read++
	return c.Store.LetInSince(ctx, organisation, from)
}

func (c *counted) Savers(ctx context.Context, site consent.SiteKey) ([]consent.AccountID, error) {
	c.read++
	return c.Store.Savers(ctx, site)
}

func (c *counted) Site(ctx context.Context, site consent.SiteKey) (consent.SiteEntry, error) {
	c.read++
	return c.Store.Site(ctx, site)
}

// However many sites have proposals, they are read at once.
func TestWhatWaitsAtManySitesIsReadAtOnce(t *testing.T) {
	h := open(t)
	kari, ola := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("ola@example.no", consent.RolePublisher, skogen)
	const sites = 40
	for n := range sites {
		draft, err := h.store.Draft(t.Context(), "skogen")
		must(t, err)
		draft.Site.Key = consent.SiteKey("skog" + strconv.Itoa(n))
		must(t, h.store.ReplaceDraft(t.Context(), draft, 0, h.clock()))
		must(t, h.store.SetPlan(t.Context(), &consent.Plan{Site: draft.Site.Key, State: consent.PlanProposed, Revision: 1, Proposer: kari.id, Proposed: h.clock()}, 0))
	}
	account, err := h.store.Account(t.Context(), ola.id)
	must(t, err)
	store := &counted{Store: h.store}
	begin := time.Now()
	waits, err := publishing.New(store, consent.Shipped(), h.clock, h.log()).Awaiting(t.Context(), account)
	t.Logf("read in %s", time.Since(begin))
	must(t, err)
	if len(waits) != sites || store.read > 3 {
		t.Errorf("%d sites of %d wait, with %d reads", len(waits), sites, store.read)
	}
}

// A draft that is to be published later says so where a person begins, until it falls; of
// sites of others nothing is said.
func TestWhereAPersonBeginsSaysWhatIsPlanned(t *testing.T) {
	h, kari, ola, _ := pair(t)
	h.two(t, skogen, false)
	elsewhere := h.member("havet@example.no", consent.RolePublisher, havet)
	const due = `<a href="/sites/skogen/publish">Kladden publiseres 4. mars 2026`
	says := func(want bool) {
		t.Helper()
		for _, page := range []string{"/", "/organisations/skogen"} {
			if got := strings.Contains(kari.get(page).body, due); got != want {
				t.Errorf("%s says that something is planned: %t", page, got)
			}
		}
	}
	says(false)
	ola.schedules(t, 48*time.Hour)
	says(true)
	if strings.Contains(elsewhere.get("/").body, "Kladden publiseres") {
		t.Error("somebody elsewhere is told of it")
	}
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Ny teller")
	says(false)
}
