package storage_test

import (
	"log/slog"
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
