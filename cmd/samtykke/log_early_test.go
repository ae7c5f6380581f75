package main_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/storage/storagetest"
)

// What an audit warns of is counted in the sentence that says that the ledger holds, and
// for scripts; it is no fault.
func TestVerifyIsNoCalmerThanItsWarnings(t *testing.T) {
	i := newInstallation(t)
	store := i.open(t)
	site := storagetest.Publish(t.Context(), t, store, "skogen")
	for n := range 3 {
		d := site.Decision(n)
		d.Time = site.Notice.Published.Add(time.Duration(-n) * time.Hour)
		if _, err := store.Append(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	said := must(t, "log", "verify", "skogen", "--data", i.data)
	for _, want := range []string{"The ledger holds, with 1 warning, told below: every one of 3 leaves", "Dated too early: ", "this is the first of 2 decisions"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	var found struct {
		Holds    bool
		Warnings int
	}
	if err := json.Unmarshal([]byte(must(t, "log", "verify", "skogen", "--json", "--data", i.data)), &found); err != nil || !found.Holds || found.Warnings != 1 {
		t.Errorf("a script reads %+v, %v", found, err)
	}
}
