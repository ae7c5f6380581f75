package storage_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A command publishes while the server runs, and a second server is refused.
func TestOpen(t *testing.T) {
	cfg, err := config.Load("", nil, map[string]any{"storage.sqlite.path": filepath.Join(t.TempDir(), "samtykke.db")})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	server, err := storage.Open(t.Context(), cfg, time.Now, log)
	if err != nil {
		t.Fatal(err)
	}
	command, err := storage.OpenShared(t.Context(), cfg, time.Now, log)
	if err != nil {
		t.Fatal(err)
	}
	site := storagetest.Publish(t.Context(), t, command, "skogen")
	if err := command.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Append(t.Context(), site.Decision(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(t.Context(), cfg, time.Now, log); err == nil || !strings.Contains(err.Error(), "another samtykke server") {
		t.Errorf("a second server got %v", err)
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
}

// A server whose key is gone says so when it starts, and not at the first decision.
// A command opens all the same: one of them makes the new key.
func TestOpenWithoutTheKey(t *testing.T) {
	folder := t.TempDir()
	cfg, err := config.Load("", nil, map[string]any{"storage.sqlite.path": filepath.Join(folder, "samtykke.db")})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	opened := func() error {
		server, err := storage.Open(t.Context(), cfg, time.Now, log)
		if err != nil {
			return err
		}
		return server.Close()
	}
	command, err := storage.OpenShared(t.Context(), cfg, time.Now, log)
	if err != nil {
		t.Fatal(err)
	}
	decision := storagetest.Publish(t.Context(), t, command, "skogen").Decision(1)
	if _, err := command.Append(t.Context(), decision); err != nil {
		t.Fatal(err)
	}
	if err := command.Close(); err != nil {
		t.Fatal(err)
	}
	if err := opened(); err != nil {
		t.Fatal(err)
	}
	keys, err := filepath.Glob(filepath.Join(folder, "keys", "skogen-*.key"))
	if err != nil || len(keys) != 1 {
		t.Fatal(keys, err)
	}
	if err := os.Remove(keys[0]); err != nil {
		t.Fatal(err)
	}
	if err := opened(); err == nil || !strings.Contains(err.Error(), "samtykke log rotate skogen makes a new one") {
		t.Errorf("a server without its key starts: %v", err)
	}
	if command, err = storage.OpenShared(t.Context(), cfg, time.Now, log); err != nil {
		t.Fatal(err)
	}
	if _, err := command.Rotate(t.Context(), "skogen", decision.Time); err != nil {
		t.Fatal(err)
	}
	if err := command.Close(); err != nil {
		t.Fatal(err)
	}
	if err := opened(); err != nil {
		t.Errorf("with a new key: %v", err)
	}
}
