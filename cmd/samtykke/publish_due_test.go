package main_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// What came due while the server was down is published when it starts, and visitors
// get it.
func TestServePublishesWhatIsDue(t *testing.T) {
	i := newInstallation(t)
	if done := i.edit(t, "accent: \"#14532d\"", "accent: \"#7f1d1d\""); done.code != 0 {
		t.Fatal(done.err)
	}
	i.due(t, time.Now().Add(-time.Hour))
	server := i.start(t)
	for end := time.Now().Add(patience); !strings.Contains(fetch(t, server.url+"/gjerdrum.js"), "7f1d1d"); <-time.After(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("visitors never get what was due")
		}
	}
}

// due has the draft published at a time.
func (i installation) due(t *testing.T, at time.Time) {
	t.Helper()
	store := i.open(t)
	ola, err := store.AddAccount(t.Context(), &consent.Account{Email: "ola@example.no", Language: consent.Bokmaal, Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	draft, revision, err := store.DraftAt(t.Context(), "gjerdrum")
	if err != nil {
		t.Fatal(err)
	}
	if err := store.SetRole(t.Context(), ola, draft.Organisation.ID, consent.RolePublisher); err != nil {
		t.Fatal(err)
	}
	plan := &consent.Plan{Site: "gjerdrum", State: consent.PlanScheduled, Revision: revision, Proposer: ola, Proposed: at.Add(-time.Hour), Due: at}
	if err := store.SetPlan(t.Context(), plan, 0); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}
