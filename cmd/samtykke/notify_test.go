package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// The verb says what came of a message, and fails when one did not get out.
func TestNotifyVerb(t *testing.T) {
	status := http.StatusOK
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer receiver.Close()
	key := strings.Repeat("k", 32)
	run := func(environ ...string) (int, string) {
		t.Helper()
		var out bytes.Buffer
		code := run(t.Context(), []string{"notify", "test"}, &terminal{out: &out, err: &out, clock: time.Now, environ: environ})
		return code, out.String()
	}
	hook := []string{"SAMTYKKE_NOTIFY_WEBHOOK_URL=" + receiver.URL + "/s3cret", "SAMTYKKE_NOTIFY_WEBHOOK_KEY=" + key}
	if code, said := run(); code != exitFailure || !strings.Contains(said, "notify.mail.server") {
		t.Errorf("nobody to tell: %d %s", code, said)
	}
	if code, said := run(hook[0]); code != exitFailure || !strings.Contains(said, "openssl rand") {
		t.Errorf("half a set-up: %d %s", code, said)
	}
	if code, said := run(hook...); code != exitDone || !strings.Contains(said, ": sent.") || strings.Contains(said, "s3cret") {
		t.Errorf("%d %s", code, said)
	}
	status = http.StatusForbidden
	dead := []string{"SAMTYKKE_NOTIFY_MAIL_SERVER=127.0.0.1:1", "SAMTYKKE_NOTIFY_MAIL_FROM=a@kommunen.example", "SAMTYKKE_NOTIFY_TO=b@kommunen.example"}
	code, said := run(append(dead, hook...)...)
	if code != exitFailure || !strings.Contains(said, "b@kommunen.example (127.0.0.1:1): NOT sent.") || !strings.Contains(said, "answered 403") || strings.Contains(said, key) {
		t.Errorf("%d %s", code, said)
	}
}
