package notify_test

import (
	"crypto/hmac"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
)

// A webhook is told once, with a signature over time and body that its key
// alone makes, and is believed for five minutes.
func TestWebhook(t *testing.T) {
	type call struct {
		at, signature string
		body          []byte
	}
	var calls []call
	status := http.StatusNoContent
	elsewhere := 0
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/elsewhere" {
			elsewhere++
			return
		}
		body, _ := io.ReadAll(r.Body)
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %v", r.Method, r.Header)
		}
		calls = append(calls, call{r.Header.Get(notify.TimeHeader), r.Header.Get(notify.SignatureHeader), body})
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	defer receiver.Close()
	roots := receiver.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs //nolint:forcetypeassert // that is what it is
	i := install(t, config.Notify{Language: "nb", Webhook: config.Webhook{URL: receiver.URL + "/hooks/s3cret", Key: config.NewSecret(key)}}, roots)
	i.broken(t, "skogen", "Forest")
	w := notify.New(i.options)
	for _, status = range []int{http.StatusFound, http.StatusInternalServerError, http.StatusNoContent} {
		i.steps(t, w, 10)
	}
	i.steps(t, notify.New(i.options), 30)
	if len(calls) < 3 || elsewhere != 0 {
		t.Fatalf("%d calls, %d after a redirect", len(calls), elsewhere)
	}
	var ids []string
	for _, each := range calls {
		var told struct{ ID, Kind, Language, Subject, Text string }
		must(t, json.Unmarshal(each.body, &told))
		ids = append(ids, told.ID)
		if told.Kind != "gap" || told.Language != "nb" || !strings.Contains(told.Subject, "Beslutninger mangler: Prøvekommunen") || !strings.Contains(told.Text, ": flere hundre beslutninger nådde") || strings.Contains(told.Text, "300") {
			t.Errorf("%+v", told)
		}
	}
	last := calls[len(calls)-1]
	if ids[0] != ids[len(ids)-1] {
		t.Errorf("what is sent again has another id: %v", ids)
	}
	sent := func() time.Time {
		var told struct{ Time time.Time }
		must(t, json.Unmarshal(last.body, &told))
		return told.Time
	}()
	altered := []byte(strings.Replace(string(last.body), "gap", "gop", 1))
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"as it is":        {verify(key, last.at, last.signature, last.body, sent.Add(time.Minute)), ""},
		"another body":    {verify(key, last.at, last.signature, altered, sent), "bad_signature"},
		"another time":    {verify(key, last.at+"0", last.signature, last.body, sent), "bad_signature"},
		"another key":     {verify(key+"k", last.at, last.signature, last.body, sent), "bad_signature"},
		"no signature":    {verify(key, last.at, "", last.body, sent), "bad_signature"},
		"played again":    {verify(key, last.at, last.signature, last.body, sent.Add(6*time.Minute)), "replayed"},
		"of a time ahead": {verify(key, last.at, last.signature, last.body, sent.Add(-6*time.Minute)), "replayed"},
	} {
		if consent.CodeOf(test.err) != test.want {
			t.Errorf("%s: %v", name, test.err)
		}
	}
	if said := i.said.String(); strings.Count(said, "did not get out") != 1 || strings.Contains(said, "s3cret") || strings.Contains(said, key) {
		t.Errorf("%s", said)
	}
	i.options.Roots = nil
	if told := notify.Test(t.Context(), i.options)[0]; consent.CodeOf(told.Err) != "webhook_unreachable" || strings.Contains(told.To+told.Err.Error(), "s3cret") {
		t.Errorf("%+v", told)
	}
}

// replayWindow is how old a request may be that a receiver still takes.
const replayWindow = 5 * time.Minute

// verify says why a request is not to be believed, as a receiver should.
func verify(key, at, signature string, body []byte, now time.Time) error {
	if !hmac.Equal([]byte(notify.Sign(key, at, body)), []byte(signature)) {
		return consent.Errorf(consent.Forbidden, "bad_signature", "The signature is not that of the key.")
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if age := now.Sub(time.Unix(seconds, 0)); err != nil || age.Abs() > replayWindow {
		return consent.Errorf(consent.Forbidden, "replayed", "The request is too old to be the first. Compare both clocks.")
	}
	return nil
}
