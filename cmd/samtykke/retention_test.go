package main_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
)

// TestRetention: what is older than the notice says goes by itself when a server
// runs, and by a command; what is younger stays, and the ledger holds.
func TestRetention(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	young := newPost(exampleBundle(t), "accept_all", true)
	decide(t, server, young)
	i.old(t, 1)
	if said := must(t, "log", "expire", "gjerdrum", "--data", i.data); !strings.Contains(said, "would go") {
		t.Errorf("without --yes it says %q", said)
	}
	if said := must(t, "log", "expire", "gjerdrum", "--yes", "--data", i.data); !strings.Contains(said, "1 decisions") {
		t.Errorf("with --yes it says %q", said)
	}
	if said := must(t, "log", "expire", "gjerdrum", "--data", i.data); !strings.Contains(said, "Nothing is older") {
		t.Errorf("afterwards it says %q", said)
	}
	i.old(t, 2)
	i.old(t, 3)
	if n := len(i.exported(t)); n != 3 {
		t.Fatalf("%d decisions are there before the server looks, want 3", n)
	}
	server = restart(t, i, server)
	for end := time.Now().Add(patience); len(i.exported(t)) != 1; <-time.After(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a running server keeps what is too old")
		}
	}
	if left := i.exported(t); left[0].ID != young.ID {
		t.Errorf("the wrong one is left: %+v", left)
	}
	must(t, "log", "verify", "--data", i.data)
	decide(t, server, newPost(exampleBundle(t), "reject_all", false))
}

// old stores a decision of three years ago.
func (i installation) old(t *testing.T, n byte) {
	t.Helper()
	settings, err := config.Load("", nil, map[string]any{"storage.sqlite.path": filepath.Join(i.data, "samtykke.db")})
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.OpenShared(t.Context(), settings, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Append(t.Context(), &consent.Decision{
		ID: oldID(n), Site: "gjerdrum", Visitor: consent.VisitorKey{n}, Notice: 1, Bundle: consent.BundleID(exampleBundle(t)),
		Language: consent.Bokmaal, Method: consent.RejectAll, Layer: consent.LayerFirst, State: consent.StateRefused,
		Time: time.Now().AddDate(-3, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// oldID is its id.
func oldID(n byte) consent.DecisionID { return consent.DecisionID{n, 6: 0x70, 8: 0x80} }

// restart stops a server and starts another.
func restart(t *testing.T, i installation, server *running) *running {
	t.Helper()
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("the server ended with %d", code)
	}
	return i.start(t)
}
