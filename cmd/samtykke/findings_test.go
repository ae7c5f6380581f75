package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The verb shows no number below 5, and no time of day.
func TestFindingsVerb(t *testing.T) {
	h := newHouse(t, map[string]any{})
	storagetest.Publish(t.Context(), t, h.store, "skogen")
	now := time.Date(2026, time.November, 26, 13, 47, 11, 0, time.UTC)
	found := []consent.Finding{
		{Site: "skogen", Day: consent.MidnightOf(now), Kind: consent.FoundStuck, Name: "film/_film", Count: 3, Last: now},
		{Site: "skogen", Day: consent.MidnightOf(now), Kind: consent.FoundUnknown, Name: "statistics/x", Count: 71, Last: now},
	}
	if err := h.store.AddFindings(t.Context(), found); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{}, {"--json"}} {
		var out bytes.Buffer
		args = append([]string{"findings", "skogen", "--data", filepath.Dir(h.settings.Storage.SQLite.Path)}, args...)
		code := run(context.WithoutCancel(t.Context()), args, &terminal{out: &out, err: &out, clock: time.Now})
		said := strings.ReplaceAll(out.String(), `\u003c`, "<")
		if code != exitDone || !strings.Contains(said, "< 5") || !strings.Contains(said, "71") || !strings.Contains(said, "film/_film") {
			t.Errorf("%d %q", code, said)
		}
		if strings.Contains(said, "13:47") || strings.Contains(said, " 3 ") || strings.Contains(said, ":3") {
			t.Errorf("it shows how few, or when: %q", said)
		}
	}
}
