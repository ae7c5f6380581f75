package main

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/publishing"
)

// planDesk is what a verb about the plan of a site works at.
type planDesk struct {
	store     consent.Store
	publisher *publishing.Publisher
	site      consent.SiteEntry
	t         *terminal
	again     string // the flags of a command that is told
}

// openPlans opens the database for a verb about the plan of a site. The caller closes the
// store.
func (a access) openPlans(ctx context.Context, t *terminal, key consent.SiteKey) (*planDesk, error) {
	settings, said, err := a.spoken(t)
	if err != nil {
		return nil, err
	}
	store, err := a.openWith(ctx, t, settings)
	if err != nil {
		return nil, err
	}
	d := &planDesk{store: store, t: t, again: a.again(), publisher: publishing.New(store, said, t.clock, slog.New(slog.DiscardHandler))}
	d.publisher.ProvenOrigins = settings.Admin.Origins == config.OriginsProven
	if _, err = known(ctx, store, key); err == nil {
		d.site, err = store.Site(ctx, key)
	}
	if err != nil {
		closing(store, &err)
		return nil, err
	}
	return d, nil
}

// telling has the trail know what is done with a plan, in whose name, and for what time.
func (d *planDesk) telling(ctx context.Context, action string, who consent.AccountID, due time.Time, reason string) context.Context {
	object := "person=" + strconv.FormatInt(int64(who), 10)
	if !due.IsZero() {
		object += " due=" + consent.InNorway(due).Format("2006-01-02T15:04")
	}
	return tells(ctx, d.t, consent.Act{Organisation: d.site.Organisation, Site: d.site.Key, Action: action, Object: object, Reason: reason})
}

// proposed gives a proposal that fits, or says that there is none.
func (d *planDesk) proposed(ctx context.Context, fits func(*consent.Plan) bool) (*consent.Plan, error) {
	plan, err := d.publisher.Plan(ctx, d.site.Key)
	if err == nil && (!fits(plan) || plan.State != consent.PlanProposed) {
		err = consent.Errorf(consent.NotFound, "no_plan", "No proposal to publish the draft of %s waits. Make one with: samtykke notice propose %s --maker EMAIL", d.site.Key, d.site.Key)
	}
	return plan, err
}

// mayAgree gives the addresses of those who may agree to a proposal.
func (d *planDesk) mayAgree(ctx context.Context, plan *consent.Plan) ([]string, error) {
	second, err := d.publisher.Second(ctx, plan)
	if err != nil {
		return nil, err
	}
	all, err := d.store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	emails := []string{}
	for _, account := range second.Among(all, d.site.Organisation) {
		emails = append(emails, account.Email)
	}
	return emails, nil
}

type noticePlanCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object."`
}

// Help says what may be planned.
func (c *noticePlanCmd) Help() string {
	return `A draft is proposed to a second person, or is to be published at a time, or both. Once somebody changes the draft, nothing comes of it. What was planned stays to be seen until the next publication.

Example:

  samtykke notice plan gjerdrum`
}

// plannedObject is a plan as the API has it, with who may agree.
type plannedObject struct {
	api.Planned
	MayAgree []string `json:"may_agree"`
}

// Run shows the plan, and for whom it waits.
func (c *noticePlanCmd) Run(ctx context.Context, t *terminal) (err error) {
	d, err := c.openPlans(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(d.store, &err)
	plan, err := d.publisher.Plan(ctx, c.Site)
	if err != nil {
		return err
	}
	two, err := d.store.NeedsTwo(ctx, d.site.Organisation)
	if err != nil {
		return err
	}
	agree := []string{}
	if plan.Waits() && plan.State == consent.PlanProposed {
		if agree, err = d.mayAgree(ctx, plan); err != nil {
			return err
		}
	}
	if c.JSON {
		said, err := api.PlanOf(ctx, d.store, plan)
		if err != nil {
			return err
		}
		return json.NewEncoder(t.out).Encode(plannedObject{api.Planned{TwoPeople: two, Plan: said}, agree})
	}
	if two {
		t.say("In %s nobody publishes alone.", d.site.Organisation)
	}
	if plan == nil {
		t.say("Nothing is planned for the draft of %s.", c.Site)
		return nil
	}
	return d.show(ctx, plan, agree)
}

// planWords say how far a plan has come.
var planWords = map[consent.PlanState]string{
	consent.PlanProposed: "proposed", consent.PlanReturned: "sent back", consent.PlanScheduled: "to be published",
	consent.PlanCancelled: "cancelled", consent.PlanFailed: "not published",
}

// failedWords say why a plan could not be carried out.
var failedWords = map[string]string{
	publishing.Same: "the draft said what the notice in force said", publishing.Faults: "the draft had faults",
	publishing.Unbuildable: "no banner could be built of the draft", publishing.Unproven: "it names origins whose control is not shown",
	publishing.Unapproved: "by then nobody published alone here", publishing.Unpermitted: "whoever answers for it may not publish any more",
}

// reasonWords say why somebody ended a plan, or why it failed.
func reasonWords(plan *consent.Plan) string {
	if plan.State == consent.PlanFailed {
		return cmp.Or(failedWords[plan.Reason], plan.Reason)
	}
	return plan.Reason
}

func (d *planDesk) show(ctx context.Context, plan *consent.Plan, agree []string) error {
	emails, err := emailsOf(ctx, d.store)
	if err != nil {
		return err
	}
	state := capital(planWords[plan.State])
	if plan.Lapsed() {
		state += ", but the draft was changed since: nothing comes of it"
	}
	d.t.say("%s. Made by %s at %s.", state, orDash(emails[plan.Proposer]), whenShown(plan.Proposed))
	if !plan.Due.IsZero() {
		d.t.say("  time     %s", whenShown(plan.Due))
	}
	if err := d.showDraft(ctx, plan); err != nil {
		return err
	}
	if plan.Comment != "" {
		d.t.say("  comment  %s", printable(strings.Join(strings.Fields(plan.Comment), " ")))
	}
	if plan.Decider != 0 {
		d.t.say("  decided  %s, %s", orDash(emails[plan.Decider]), whenShown(plan.Decided))
	}
	if reason := reasonWords(plan); reason != "" {
		d.t.say("  reason   %s", printable(reason))
	}
	if plan.Waits() && plan.State == consent.PlanProposed {
		d.sayWhoAgrees(agree)
	}
	return nil
}

// showDraft says which draft a plan is about, as long as that is the one that there is.
func (d *planDesk) showDraft(ctx context.Context, plan *consent.Plan) error {
	draft, revision, err := d.store.DraftAt(ctx, plan.Site)
	if err == nil && revision == plan.Revision {
		d.t.say("  draft    %s", draft.Hash())
	}
	return err
}

// nobodyAgrees says that a proposal waits for nobody.
const nobodyAgrees = "Nobody may agree to it: give somebody else the role, with: samtykke account role EMAIL %s publisher%s"

// remarkNobody warns whoever proposes that nothing comes of it as it is.
func (d *planDesk) remarkNobody() { d.t.remark(nobodyAgrees, d.site.Organisation, d.again) }

// sayWhoAgrees says for whom a proposal waits.
func (d *planDesk) sayWhoAgrees(agree []string) {
	if len(agree) == 0 {
		d.t.say(nobodyAgrees, d.site.Organisation, d.again)
		return
	}
	d.t.say("May agree to it: %s. In the name of one: samtykke notice approve %s --by EMAIL --draft SHA-256%s", join(agree), d.site.Key, d.again)
}
