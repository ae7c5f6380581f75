package notify_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// planned has a site of Kommunen with a draft and a plan for it.
func (i *installation) planned(t *testing.T, site consent.SiteKey, state consent.PlanState, due time.Time) *consent.Plan {
	t.Helper()
	must(t, i.SaveDraft(t.Context(), storagetest.Draft(site), i.now))
	_, revision, err := i.DraftAt(t.Context(), site)
	must(t, err)
	kari, err := i.AccountOf(t.Context(), "kari@example.no")
	if err != nil {
		kari = &consent.Account{Email: "kari@example.no", Name: "Kari \u202eNordmann", Language: consent.Nynorsk, Created: i.now}
		kari.ID, err = i.AddAccount(t.Context(), kari)
		must(t, err)
	}
	plan := &consent.Plan{Site: site, State: state, Revision: revision, Proposer: kari.ID, Proposed: i.now, Comment: "SECRET", Due: due}
	must(t, i.SetPlan(t.Context(), plan, 0))
	return plan
}

// A proposal is told at once, once more after a week, and never again; nothing is
// told of one that was decided, or whose draft is another by now.
func TestProposalWaits(t *testing.T) {
	for name, test := range map[string]struct {
		after func(*installation, *consent.Plan) error
		want  []int // days on which it is told
	}{
		"nobody looks":        {func(*installation, *consent.Plan) error { return nil }, []int{0, 8}},
		"it is sent back":     {func(i *installation, p *consent.Plan) error { return i.moved(t, p, consent.PlanReturned) }, []int{0}},
		"the draft is edited": {func(i *installation, _ *consent.Plan) error { return i.edited(t, "skogen") }, []int{0}},
	} {
		t.Run(name, func(t *testing.T) {
			i, got := mailed(t, "en")
			i.options.Admin = "https://admin.example"
			plan := i.planned(t, "skogen", consent.PlanProposed, time.Time{})
			draft, err := i.options.Store.Draft(t.Context(), "skogen")
			must(t, err)
			sum := draft.Hash().Short()
			var told []int
			for _, day := range []int{0, 1, 6, 8, 9, 20, 40, 96, 103, 104} {
				i.now = noon.AddDate(0, 0, day)
				notify.New(i.options).Step(t.Context()) // it is restarted every day
				text := got()["A draft waits for approval: The Test Municipality"]
				if text != "" {
					told = append(told, day)
					late := strings.Contains(text, "more than a week ago")
					if late != (day > 0) || !strings.Contains(text, "kari@example.no proposed it 4 March 2026") || strings.Contains(text, "Nordmann") || !strings.Contains(text, "https://admin.example/sites/skogen/publish") || !strings.Contains(text, "The checksum of the draft is "+sum+". ") || strings.Contains(text, "SECRET") {
						t.Errorf("day %d: %s", day, text)
					}
				}
				if day == 0 {
					must(t, test.after(i, plan))
				}
			}
			if !slices.Equal(told, test.want) {
				t.Errorf("told on the days %v, want %v", told, test.want)
			}
		})
	}
}

func (i *installation) moved(t *testing.T, plan *consent.Plan, to consent.PlanState) error {
	t.Helper()
	from := plan.State
	plan.State, plan.Decider, plan.Decided, plan.Reason = to, plan.Proposer, i.now, "no"
	return i.MovePlan(t.Context(), plan, from)
}

func (i *installation) edited(t *testing.T, site consent.SiteKey) error {
	t.Helper()
	return i.SaveDraft(t.Context(), storagetest.Draft(site), i.now)
}

// A draft that was not published at its time is told at once, at night too, to mail
// and webhook, with why; what somebody ended is not.
func TestScheduleFailed(t *testing.T) {
	type posted struct {
		at, signature string
		body          []byte
	}
	var hooks []posted
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		hooks = append(hooks, posted{r.Header.Get(notify.TimeHeader), r.Header.Get(notify.SignatureHeader), body})
	}))
	defer receiver.Close()
	i, got := mailed(t, "nb")
	i.now = noon.Add(13 * time.Hour) // 01:00 in Norway
	i.options.Roots = i.options.Roots.Clone()
	i.options.Roots.AddCert(receiver.Certificate())
	i.options.Settings.Webhook = config.Webhook{URL: receiver.URL, Key: config.NewSecret(key)}
	skogen := i.planned(t, "skogen", consent.PlanScheduled, i.now)
	ended := i.planned(t, "havet", consent.PlanScheduled, i.now)
	must(t, i.moved(t, ended, consent.PlanCancelled))
	w := notify.New(i.options)
	i.steps(t, w, 15)
	if letters := got(); len(letters) != 0 {
		t.Fatalf("nothing has failed: %v", letters)
	}
	skogen.State, skogen.Reason = consent.PlanFailed, "unproven"
	must(t, i.MovePlan(t.Context(), skogen, consent.PlanScheduled))
	i.steps(t, w, 11)
	letters := got()
	text := letters["En kladd ble ikke publisert til tiden: Prøvekommunen (skogen)"]
	if len(letters) != 1 || !strings.Contains(text, "5. mars 2026: nettstedet har adresser som ikke er bekreftet") || !strings.Contains(text, "/sites/skogen/publish") {
		t.Fatalf("%v", letters)
	}
	if len(hooks) != 1 {
		t.Fatalf("the webhook got %d", len(hooks))
	}
	var told struct {
		Kind, Subject string
		Time          time.Time
	}
	must(t, json.Unmarshal(hooks[0].body, &told))
	must(t, verify(key, hooks[0].at, hooks[0].signature, hooks[0].body, told.Time))
	if told.Kind != "unpublished" || told.Subject != "En kladd ble ikke publisert til tiden: Prøvekommunen (skogen)" {
		t.Errorf("%+v", told)
	}
	for range 12 {
		i.now = i.now.AddDate(0, 0, 10)
		notify.New(i.options).Step(t.Context())
		if text := got()["En kladd ble ikke publisert til tiden: Prøvekommunen"]; text != "" {
			t.Fatalf("told again on %s", i.now)
		}
	}
}

// failures are the reasons that a plan can fail for.
var failures = []string{publishing.Same, publishing.Faults, publishing.Unbuildable, publishing.Unproven, publishing.Unapproved, publishing.Unpermitted}

// Every reason that a plan fails for has words.
func TestEveryFailureHasWords(t *testing.T) {
	for _, lang := range []config.NotifyLanguage{"nb", "nn", "en"} {
		i, got := mailed(t, lang)
		for n, why := range failures {
			plan := i.planned(t, consent.SiteKey("site-"+why), consent.PlanScheduled, i.now.Add(time.Duration(n)*time.Minute))
			plan.State, plan.Reason = consent.PlanFailed, why
			must(t, i.MovePlan(t.Context(), plan, consent.PlanScheduled))
		}
		notify.New(i.options).Step(t.Context())
		for _, text := range got() {
			if strings.Contains(text, ": . ") || strings.Count(text, "/publish") != len(failures) {
				t.Errorf("%s: %s", lang, text)
			}
		}
	}
}

// That a change of the draft ended what was planned is told once, at once: to the host, to
// the list of the organisation, to the webhook and to whoever planned it, in their own
// language. Whoever ends a plan is not told of it.
func TestAPlanThatFellIsTold(t *testing.T) {
	for _, state := range []consent.PlanState{consent.PlanScheduled, consent.PlanProposed} {
		t.Run(string(state), func(t *testing.T) {
			i, got := mailed(t, "nb")
			i.options.Admin = "https://admin.example"
			i.planned(t, "skogen", state, i.now.Add(48*time.Hour))
			i.steps(t, notify.New(i.options), 1)
			got()
			must(t, i.edited(t, "skogen"))
			w := notify.New(i.options)
			i.steps(t, w, 2)
			letters := got()
			mine, theirs := letters["Ei planlagd publisering fall bort: Prøvekommunen"], letters["En planlagt publisering falt bort: Prøvekommunen"]
			if len(letters) != 2 || !strings.Contains(mine, "kari@example.no hadde") || !strings.Contains(mine, "6. mars 2026 kl. 12:00") || !strings.Contains(theirs, "6. mars 2026 kl. 12:00. https://admin.example/sites/skogen/publish") || strings.Contains(theirs, "SECRET") {
				t.Errorf("told is %v", letters)
			}
			for range 12 {
				i.now = i.now.AddDate(0, 0, 10)
				notify.New(i.options).Step(t.Context())
				if letters := got(); letters["En planlagt publisering falt bort: Prøvekommunen"] != "" || letters["Ei planlagd publisering fall bort: Prøvekommunen"] != "" {
					t.Fatalf("told again on %s", i.now)
				}
			}
		})
	}
}
