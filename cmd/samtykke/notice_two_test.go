package main_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// planned is what a verb says of a plan.
type planned struct {
	TwoPeople bool     `json:"two_people"`
	MayAgree  []string `json:"may_agree"`
	Plan      *struct {
		State, Comment, Reason string
		Waits                  bool
	}
}

// twoPeople has four accounts, and an organisation in which nobody publishes alone.
func twoPeople(t *testing.T) installation {
	t.Helper()
	i := newInstallation(t)
	for _, each := range []string{"kari=editor", "ola=publisher", "eva=publisher", "per=viewer"} {
		name, role, _ := strings.Cut(each, "=")
		must(t, "account", "add", name+"@example.no", "--role", "gjerdrum="+role, "--data", i.data)
	}
	store := i.open(t)
	defer store.Close()
	was, err := store.TwoRule(t.Context(), "gjerdrum")
	if err == nil {
		err = store.SetTwoRule(t.Context(), "gjerdrum", consent.TwoRule{On: true, Since: time.Now()}, was)
	}
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// A draft is proposed to those who may agree, and to nobody else; it goes back, and is
// published when one of them agrees.
func TestProposalsOnTheMachine(t *testing.T) {
	i := twoPeople(t)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	propose := func(who string, flags ...string) []string {
		return append([]string{"notice", "propose", "gjerdrum", "--maker", who + "@example.no"}, flags...)
	}
	by := func(verb, who string, flags ...string) []string {
		return append([]string{"notice", verb, "gjerdrum", "--by", who + "@example.no"}, flags...)
	}
	i.refused(t, 1, "per@example.no may not change drafts in gjerdrum", propose("per")...)
	i.refused(t, 2, "write the hour", propose("ola", "--due", "2100-01-01")...)
	i.refused(t, 1, "has passed", propose("ola", "--due", "2020-01-01T08:00")...)
	i.refused(t, 1, "No proposal", by("approve", "eva")...)
	var said planned
	read(t, must(t, append(propose("ola", "--comment", "Julesida", "--json"), "--data", i.data)...), &said)
	if want := []string{"eva@example.no"}; !slices.Equal(said.MayAgree, want) || !said.TwoPeople || said.Plan.State != "proposed" {
		t.Errorf("may agree: %q, want %q; %+v", said.MayAgree, want, said)
	}
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "May agree to it: eva@example.no.") || !strings.Contains(shown, "Julesida") || !strings.Contains(shown, "nobody publishes alone") {
		t.Errorf("got %s", shown)
	}
	i.refused(t, 1, "notice plan gjerdrum", propose("kari")...)
	i.refused(t, 1, "own proposal. Somebody else has to agree. May agree: eva@example.no.", by("approve", "ola")...)
	i.refused(t, 1, "kari@example.no may not publish in gjerdrum", by("approve", "kari")...)
	i.refused(t, 1, "Only those who publish", by("return", "kari", "--reason", "x")...)
	i.refused(t, 2, "--reason", by("return", "eva")...)
	i.refused(t, 2, "--reason", by("return", "eva", "--reason", "\u3164\u2800")...)
	must(t, append(by("return", "eva", "--reason", "Kartet mangler"), "--data", i.data)...)
	read(t, must(t, "notice", "plan", "gjerdrum", "--json", "--data", i.data), &said)
	if said.Plan.State != "returned" || said.Plan.Reason != "Kartet mangler" || len(said.MayAgree) != 0 {
		t.Errorf("got %+v", said)
	}
	must(t, append(propose("kari"), "--data", i.data)...)
	if taken := must(t, append(by("return", "kari"), "--data", i.data)...); !strings.Contains(taken, "taken back") {
		t.Errorf("got %s", taken)
	}
	due := time.Now().UTC().Add(2 * time.Hour).Truncate(time.Minute)
	must(t, append(propose("kari", "--due", consent.InNorway(due).Format("2006-01-02T15:04")), "--data", i.data)...)
	if later := must(t, append(by("approve", "ola"), "--data", i.data)...); !strings.Contains(later, consent.InNorway(due).Format("2006-01-02 15:04:05 MST")) {
		t.Errorf("got %s", later)
	}
	must(t, "notice", "unschedule", "gjerdrum", "--data", i.data)
	must(t, append(propose("kari"), "--data", i.data)...)
	var back struct {
		Taken bool `json:"taken_back"`
	}
	read(t, must(t, append(by("return", "eva", "--reason", "Vent", "--json"), "--data", i.data)...), &back)
	if back.Taken {
		t.Error("what was sent back is said to be taken back")
	}
	must(t, append(propose("kari"), "--data", i.data)...)
	var done struct {
		Notice int
		New    bool
	}
	read(t, must(t, append(by("approve", "ola", "--no-pictures", "--json"), "--data", i.data)...), &done)
	if done.Notice != 2 || !done.New {
		t.Errorf("published is %+v", done)
	}
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "Nothing is planned") {
		t.Errorf("got %s", shown)
	}
	at := " due=" + consent.InNorway(due).Format("2006-01-02T15:04")
	want := []string{
		"publish.propose person=2 draft=HASH", "publish.return person=3 plan=returned account=2", "publish.propose person=1 draft=HASH", "publish.return person=1 plan=withdrawn",
		"publish.propose person=1" + at + " draft=HASH", "publish.approve person=2 draft=HASH" + at, "publish.cancel plan=cancelled account=1" + at, "publish.propose person=1 draft=HASH", "publish.return person=3 plan=returned account=1",
		"publish.propose person=1 draft=HASH", "publish.approve person=2 draft=HASH notice=2",
	}
	if got := ofDraft(i.told(t, "gjerdrum", "publish")); !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// In somebody's name a command agrees to nothing but the draft that is named, and the plan
// names the one that there is.
func TestAnApprovalOnTheMachineNamesItsDraft(t *testing.T) {
	i := twoPeople(t)
	propose := []string{"notice", "propose", "gjerdrum", "--maker", "kari@example.no"}
	approve := func(sum string) []string {
		return []string{"notice", "approve", "gjerdrum", "--by", "ola@example.no", "--no-pictures", "--draft", sum}
	}
	named := func() string {
		t.Helper()
		shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data)
		found := planDraft.FindStringSubmatch(shown)
		if found == nil {
			t.Fatalf("the plan names no draft:\n%s", shown)
		}
		return found[1]
	}
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	must(t, append(propose, "--data", i.data)...)
	old := named()
	if want := i.draft(t).Hash().String(); old != want {
		t.Errorf("the plan names %s, want %s", old, want)
	}
	i.edit(t, "nb: Gjerdrum kommune", "nb: Andre Gjerdrum")
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); planDraft.MatchString(shown) {
		t.Errorf("a plan that fell names a draft:\n%s", shown)
	}
	must(t, append(propose, "--comment", "Julekveld\nkjem", "--data", i.data)...)
	sum := named()
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "  comment  Julekveld kjem\n") {
		t.Errorf("the comment of two lines is %s", shown)
	}
	for _, other := range []string{old, strings.Repeat("0", 64)} {
		i.refused(t, 1, "nothing was agreed to", approve(other)...)
	}
	for _, none := range []string{sum[:16], "", strings.ToUpper(sum)} {
		i.refused(t, 2, "lower-case hexadecimal", approve(none)...)
	}
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "Proposed. ") {
		t.Errorf("got %s", shown)
	}
	if said := must(t, append(approve(sum), "--data", i.data)...); !strings.Contains(said, "Published notice 2") {
		t.Errorf("got %s", said)
	}
	i.saysWhoMade(t)
}

// saysWhoMade asks who made two notices: one that two people published, in whose names
// commands did it, and the first, which a command published.
func (i installation) saysWhoMade(t *testing.T) {
	t.Helper()
	var made []string
	for line := range strings.Lines(must(t, "notice", "list", "gjerdrum", "--json", "--data", i.data)) {
		var said struct {
			MadeBy     json.RawMessage `json:"made_by"`
			ApprovedBy json.RawMessage `json:"approved_by"`
			Comment    string
		}
		read(t, line, &said)
		made = append(made, string(said.MadeBy)+string(said.ApprovedBy)+said.Comment)
	}
	want := []string{
		`{"account":"kari@example.no","key":false,"command":true}{"account":"ola@example.no","key":false,"command":true}` + "Julekveld\nkjem",
		`{"account":null,"key":false,"command":true}null`,
	}
	if !slices.Equal(made, want) {
		t.Errorf("got %q, want %q", made, want)
	}
	if shown := must(t, "notice", "list", "gjerdrum", "--data", i.data); !regexp.MustCompile(`kari@example.no \(command\) +ola@example.no \(command\) +[0-9a-f]{64} +Julekveld kjem`).MatchString(shown) {
		t.Errorf("got %s", shown)
	}
	shown := must(t, "notice", "show", "gjerdrum", "--data", i.data)
	if !regexp.MustCompile(`(?s)Proposed by +kari@example.no \(command\)\n.*Approved by +ola@example.no \(command\), 2.*Comment +Julekveld kjem\n`).MatchString(shown) {
		t.Errorf("got %s", shown)
	}
	if said := must(t, "notice", "show", "gjerdrum", "--json", "--data", i.data); strings.Contains(said, "example.no") || strings.Contains(said, "Julekveld") {
		t.Errorf("the notice itself names who made it:\n%s", said)
	}
}

// What was published on the machine where somebody has to agree says that nobody did; what
// was published before that says nothing of it.
func TestNoticesThatNobodyApprovedOnTheMachine(t *testing.T) {
	i := twoPeople(t)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	must(t, "notice", "publish", "gjerdrum", "--no-pictures", "--data", i.data)
	list := must(t, "notice", "list", "gjerdrum", "--data", i.data)
	if !regexp.MustCompile(`(?m)^ +2 .* command +nobody +[0-9a-f]{64}`).MatchString(list) || strings.Count(list, "nobody") != 1 {
		t.Errorf("the list says\n%s", list)
	}
	if shown := must(t, "notice", "show", "gjerdrum", "2", "--data", i.data); !regexp.MustCompile(`(?m)^Approved by +nobody$`).MatchString(shown) {
		t.Errorf("notice 2 says\n%s", shown)
	}
	if shown := must(t, "notice", "show", "gjerdrum", "1", "--data", i.data); strings.Contains(shown, "Approved by") {
		t.Errorf("notice 1 says\n%s", shown)
	}
	for line := range strings.Lines(must(t, "notice", "list", "gjerdrum", "--json", "--data", i.data)) {
		var said struct {
			Notice     int
			Unapproved bool
		}
		if read(t, line, &said); said.Unapproved != (said.Notice == 2) {
			t.Errorf("got %s", line)
		}
	}
}

// A command that renames an organisation says which plans lapsed by that.
func TestARenameOnTheMachineSaysWhatLapsed(t *testing.T) {
	i := twoPeople(t)
	i.edit(t, "nb: Gjerdrum kommune", "nb: Nye Gjerdrum")
	must(t, "notice", "propose", "gjerdrum", "--maker", "kari@example.no", "--data", i.data)
	for _, want := range []bool{true, false} { // the second time nothing is left to lapse
		done := invoke(t, "organisation", "change", "gjerdrum", "--name", "Gjerdrum "+map[bool]string{true: "bygd", false: "kommune"}[want], "--data", i.data)
		if got := strings.Contains(done.err, "The proposal to publish the draft of gjerdrum lapsed"); done.code != 0 || got != want {
			t.Errorf("it says that a plan lapsed: %t, want %t: %s%s", got, want, done.out, done.err)
		}
	}
}

var planDraft = regexp.MustCompile(`(?m)^  draft    ([0-9a-f]{64})$`)

// What says the same as the notice in force is planned by nobody, and why a plan failed
// stands there in words.
func TestAnUnchangedDraftIsNotPlannedOnTheMachine(t *testing.T) {
	i := twoPeople(t)
	due := time.Now().UTC().Add(2 * time.Hour).Truncate(time.Minute)
	for _, flags := range [][]string{nil, {"--due", consent.InNorway(due).Format("2006-01-02T15:04")}} {
		i.refused(t, 1, "says what the notice in force says", append([]string{"notice", "propose", "gjerdrum", "--maker", "kari@example.no"}, flags...)...)
	}
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "Nothing is planned") {
		t.Errorf("got %s", shown)
	}
	store := i.open(t)
	_, revision, err := store.DraftAt(t.Context(), "gjerdrum")
	failed := &consent.Plan{Site: "gjerdrum", State: consent.PlanScheduled, Revision: revision, Proposer: 1, Proposed: time.Now(), Due: due}
	if err := errors.Join(err, store.SetPlan(t.Context(), failed, 0)); err != nil {
		t.Fatal(err)
	}
	failed.State, failed.Reason = consent.PlanFailed, publishing.Same
	if err := errors.Join(store.MovePlan(t.Context(), failed, consent.PlanScheduled), store.Close()); err != nil {
		t.Fatal(err)
	}
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "reason   the draft said what the notice in force said\n") {
		t.Errorf("got %s", shown)
	}
}

// A draft with faults is proposed to nobody.
func TestFaultyDraftIsNotProposedOnTheMachine(t *testing.T) {
	i := twoPeople(t)
	draft := i.draft(t)
	draft.Contacts.Controller.Name = nil
	i.save(t, draft)
	i.refused(t, 1, "Nothing was proposed.", "notice", "propose", "gjerdrum", "--maker", "kari@example.no")
	if shown := must(t, "notice", "plan", "gjerdrum", "--data", i.data); !strings.Contains(shown, "Nothing is planned") {
		t.Errorf("got %s", shown)
	}
}

var hashOfDraft = regexp.MustCompile(`draft=[0-9a-f]{64}`)

// ofDraft leaves out which draft acts are about, and keeps that they tell it.
func ofDraft(acts []string) []string {
	for i := range acts {
		acts[i] = hashOfDraft.ReplaceAllString(acts[i], "draft=HASH")
	}
	return acts
}
