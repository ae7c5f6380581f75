package main_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Addresses come and go in the draft, and nothing that would be a fault does.
func TestOriginsOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	was := i.draft(t).Site.Origins
	i.refused(t, 1, "The sites are: gjerdrum.", "origin", "add", "havet", "https://a.example")
	i.refused(t, 1, "The sites are: gjerdrum.", "origin", "list", "havet")
	for _, wrong := range []string{"http://a.example", "https://a.example/path", "https://b.example:99999", " ", "ftp://a.example"} {
		i.refused(t, 1, "1 fault. Nothing was saved.", "origin", "add", "gjerdrum", wrong)
	}
	i.refused(t, 1, "There are: "+was[0], "origin", "remove", "gjerdrum", "https://a.example")
	if got := i.draft(t).Site.Origins; !slices.Equal(got, was) {
		t.Fatalf("what was refused is in the draft: %q", got)
	}
	if said := must(t, "origin", "add", "gjerdrum", "Bibliotek.gjerdrum.kommune.no/", "--data", i.data); !strings.Contains(said, "origin list gjerdrum") {
		t.Errorf("got %s", said)
	}
	if said := must(t, "origin", "add", "gjerdrum", "https://bibliotek.gjerdrum.kommune.no", "--data", i.data); !strings.Contains(said, "already") {
		t.Errorf("got %s", said)
	}
	if got, want := i.draft(t).Site.Origins, append(slices.Clone(was), "https://bibliotek.gjerdrum.kommune.no"); !slices.Equal(got, want) {
		t.Errorf("the draft has %q, want %q", got, want)
	}
	for _, origin := range was {
		must(t, "origin", "remove", "gjerdrum", origin, "--data", i.data)
	}
	i.refused(t, 1, "no origin", "origin", "remove", "gjerdrum", "https://bibliotek.gjerdrum.kommune.no")
	want := []string{"origin.add https://bibliotek.gjerdrum.kommune.no"}
	for _, origin := range was {
		want = append(want, "origin.remove "+origin)
	}
	if got := i.told(t, "gjerdrum", "origin"); !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// A draft that is faulty already takes a change that is not about its faults.
func TestOldFaultsKeepNothingFromBeingChanged(t *testing.T) {
	i := newInstallation(t)
	draft := i.draft(t)
	draft.Contacts.Controller.Name = nil
	if len(draft.Validate().Faults()) == 0 {
		t.Fatal("the draft has no fault")
	}
	i.save(t, draft)
	must(t, "origin", "add", "gjerdrum", "https://a.gjerdrum.kommune.no", "--data", i.data)
	i.refused(t, 1, "1 fault. Nothing was saved.", "origin", "add", "gjerdrum", "ftp://a.example")
}

// draft gives the draft of the example.
func (i installation) draft(t *testing.T) *consent.Draft {
	t.Helper()
	return i.draftOf(t, "gjerdrum")
}

func (i installation) draftOf(t *testing.T, site consent.SiteKey) *consent.Draft {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	draft, err := store.Draft(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

// save saves a draft, faults or not.
func (i installation) save(t *testing.T, draft *consent.Draft) {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	if err := store.SaveDraft(t.Context(), *draft, time.Now()); err != nil {
		t.Fatal(err)
	}
}
