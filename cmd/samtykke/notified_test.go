package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A server tells of a gap by itself, and ends although the webhook hangs.
func TestServerNotifies(t *testing.T) {
	told := make(chan string, 10)
	hangs := make(chan struct{})
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var message struct{ Kind, Text string }
		_ = json.NewDecoder(r.Body).Decode(&message)
		told <- message.Kind + " " + message.Text
		<-hangs
	}))
	defer receiver.Close()
	defer close(hangs)
	h := newHouse(t, map[string]any{
		"notify.webhook.url": receiver.URL, "notify.webhook.key": strings.Repeat("k", 32), "notify.language": config.NotifyLanguage("en"),
	})
	storagetest.Publish(t.Context(), t, h.store, "skogen")
	now := time.Now()
	h.clock = func() time.Time { return now }
	gap := consent.Tally{Site: "skogen", Day: consent.CountsEnd(now).AddDate(0, 0, -1), Shown: 400, Decided: 300, Acknowledged: 300}
	if err := h.store.AddTallies(t.Context(), []consent.Tally{gap}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	ready := make(chan struct{})
	go func() { ended <- h.serve(ctx, func() { close(ready) }) }()
	<-ready
	select {
	case text := <-told:
		if !strings.HasPrefix(text, "gap ") || !strings.Contains(text, "The Test Municipality") {
			t.Errorf("%q", text)
		}
	case err := <-ended:
		t.Fatal(err)
	case <-time.After(30 * time.Second):
		t.Fatal("nobody was told")
	}
	if page := fetch(t, "http://"+h.debug.Addr().String()+"/readyz"); page == "" {
		t.Error("the server waits for the webhook")
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Error("the server does not end while the webhook hangs")
	}
}
