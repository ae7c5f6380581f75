package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
)

// Who takes out a whole log, or more than 500 decisions, is told once a day.
func TestBulkRead(t *testing.T) {
	i, got := mailed(t, "en")
	must(t, i.AddOrganisation(t.Context(), consent.Organisation{ID: "skogen", Name: "Skogen"}, noon))
	i.now = noon
	w := notify.New(i.options)
	act := func(account consent.AccountID, action, object string) {
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: account, Organisation: "skogen", Action: action, Object: object}))
	}
	told := func() string {
		i.now = i.now.Add(11 * time.Minute)
		w.Step(t.Context())
		return got()["Much has been read from the log"]
	}
	act(7, "api.log.read", "key=a decisions=500")
	act(8, "log.exported", "form=csv method=expiry decisions=20")
	act(9, "log.exported", "form=csv decisions=0")
	if text := told(); text != "" {
		t.Fatalf("told of what is usual: %s", text)
	}
	act(7, "log.record", "x")
	if text := told(); !strings.Contains(text, "7 (Skogen): 501 decisions") || !strings.Contains(text, "/organisations/skogen/trail") || strings.Contains(text, "8 (") {
		t.Fatalf("got %q", text)
	}
	act(8, "log.exported", "form=csv decisions=3")
	if text := told(); !strings.Contains(text, "8 (Skogen)") || strings.Contains(text, "7 (") {
		t.Fatalf("got %q", text)
	}
	if text := told(); text != "" {
		t.Fatalf("told again: %s", text)
	}
	act(0, "log.exported", "form=csv decisions=3")
	if text := told(); !strings.Contains(text, "a command on the server (Skogen): 3 decisions") {
		t.Fatalf("an export on the machine: got %q", text)
	}
	act(9, "log.exported", "form=pack broken_off")
	if text := told(); !strings.Contains(text, "9 (Skogen)") {
		t.Fatalf("an audit pack is a whole log: got %q", text)
	}
}
