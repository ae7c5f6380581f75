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

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/notify"
)

// posted has everything happen that is told, and gives what the webhook is posted, by kind.
func posted(t *testing.T) map[string][]byte {
	t.Helper()
	told := map[string][]byte{}
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var of struct{ Kind string }
		if err != nil || json.Unmarshal(body, &of) != nil {
			t.Error(err, string(body))
		}
		told[of.Kind] = body
	}))
	t.Cleanup(receiver.Close)
	roots := receiver.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs //nolint:forcetypeassert // that is what it is
	i := install(t, config.Notify{Language: "en", Webhook: config.Webhook{URL: receiver.URL, Key: config.NewSecret(key)}}, roots)
	i.now = noon.AddDate(0, 0, 4) // a Sunday
	published := i.troubled(t, "skogen", "Forest", 4_111)
	must(t, i.SetReview(t.Context(), "skogen", consent.Review{Service: "counter", Due: consent.DayOf(i.now) + 3}, consent.Review{}))
	for n := range 60 {
		d := published.Decision(20 + n)
		d.Time = i.now.AddDate(0, 0, -2).Add(time.Duration(n) * time.Minute)
		_, err := i.Append(t.Context(), d)
		must(t, err)
	}
	must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: 1, Organisation: "skogen", Action: "organisation.recipients", Changes: []consent.FieldChange{{Field: "addresses.added", Is: "2"}}}))
	must(t, i.SaveClock(t.Context(), consent.Clock{Last: i.now, From: i.now.AddDate(0, 0, -10), Since: i.now}))
	must(t, i.Close())
	tamper(t, i.path, "DELETE FROM decision WHERE rowid = (SELECT max(rowid) FROM decision)")
	i.Store = open(t, i.path)
	i.restart()
	notify.Test(t.Context(), i.options)
	w := notify.New(i.options)
	for range 24 * 6 {
		w.Step(t.Context())
		i.audits.Step(t.Context())
		i.now = i.now.Add(10 * time.Minute)
	}
	plan, err := i.Plan(t.Context(), "skogen")
	must(t, err)
	timed := &consent.Plan{Site: "skogen", State: consent.PlanScheduled, Revision: plan.Revision, Proposer: plan.Proposer, Proposed: i.now, Due: i.now}
	must(t, i.SetPlan(t.Context(), timed, plan.ID))
	timed.State, timed.Reason = consent.PlanFailed, "unproven"
	must(t, i.MovePlan(t.Context(), timed, consent.PlanScheduled))
	i.steps(t, notify.New(i.options), 1)
	draft, revision, err := i.DraftAt(t.Context(), "skogen")
	must(t, err)
	must(t, i.SetPlan(t.Context(), &consent.Plan{Site: "skogen", State: consent.PlanScheduled, Revision: revision, Proposer: plan.Proposer, Proposed: i.now, Due: i.now.Add(time.Hour)}, timed.ID))
	must(t, i.SaveDraft(t.Context(), *draft, i.now))
	i.steps(t, notify.New(i.options), 1)
	return told
}

// Whatever the webhook is posted is as the OpenAPI document says of its kind, leads to the
// page where somebody acts, and names nobody where programs read.
func TestWebhookIsAsDocumented(t *testing.T) {
	a, err := api.New(api.Options{})
	must(t, err)
	document, err := openapi3.NewLoader().LoadFromData(a.Document())
	must(t, err)
	told := posted(t)
	for kind := range notify.Shapes {
		body, known := told[kind]
		if !known {
			t.Errorf("%s is not told", kind)
			continue
		}
		schema := document.Webhooks[kind].Post.RequestBody.Value.Content["application/json"].Schema.Value
		var value struct {
			Items []map[string]any
		}
		var whole any
		must(t, json.Unmarshal(body, &whole))
		must(t, json.Unmarshal(body, &value))
		if err := schema.VisitJSON(whole); err != nil {
			t.Errorf("%s is not as the document says: %.400s\n%.1500s", kind, err, body)
		}
		if len(value.Items) == 0 && kind != "test" {
			t.Errorf("%s has no items: %.600s", kind, body)
		}
		for _, item := range value.Items {
			text, err := json.Marshal(item)
			must(t, err)
			link, _ := item["link"].(string)
			if slices.Contains(notify.Shapes[kind].Fields, "link") && !strings.HasPrefix(link, "https://admin.example/") || strings.Contains(string(text), "Nordmann") {
				t.Errorf("%s: %s", kind, text)
			}
		}
		if list, _ := whole.(map[string]any)["items"].([]any); len(list) > 0 {
			list[0].(map[string]any)["name"] = "Forest Nordmann" //nolint:forcetypeassert // it was read as one
			if schema.VisitJSON(whole) == nil {
				t.Errorf("the document of %s allows any field", kind)
			}
		}
	}
}
