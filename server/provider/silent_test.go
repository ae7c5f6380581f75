package provider_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/server/provider"
)

// A provider that tells no keys, or breaks off, is down: nobody is told that what it
// sent is not to be believed, which nobody knows.
func TestProviderDoesNotAnswerWhole(t *testing.T) {
	breaksOff := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte(`{"keys":[`))
	}
	silent := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	fails := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "raw words", http.StatusBadGateway) }
	for name, test := range map[string]struct {
		arrange func(*hostile)
		said    string
	}{
		"the keys break off":      {func(h *hostile) { h.keys = breaksOff }, "asked_for=keys"},
		"the keys fail":           {func(h *hostile) { h.keys = fails }, "asked_for=keys"},
		"the token breaks off":    {func(h *hostile) { h.token = breaksOff }, "asked_for=token"},
		"the keys do not come":    {func(h *hostile) { h.keys = silent }, `asked_for=keys reason="no answer in time"`},
		"the token does not come": {func(h *hostile) { h.token = silent }, `asked_for=token reason="no answer in time"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHostile(t)
			test.arrange(h)
			var told bytes.Buffer
			p := provider.New(provider.Options{Issuer: h.URL, ClientID: "samtykke", ClientSecret: h.secret, Clock: h.clock, Log: slog.New(slog.NewTextHandler(&told, nil))})
			got, err := h.login(t, p, false, nil)
			wantCode(t, got, err, "provider_down")
			if said := told.String(); !strings.Contains(said, test.said) || strings.Contains(said, "token_not_theirs") || strings.Contains(said, "raw") {
				t.Errorf("the log says %s", said)
			}
		})
	}
}
