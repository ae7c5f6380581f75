package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"github.com/samtykke/samtykke/config"
)

// The headers of a signed request.
const (
	TimeHeader      = "Samtykke-Time"      // seconds since 1970
	SignatureHeader = "Samtykke-Signature" // "v1=" and hexadecimal HMAC-SHA256 of time, full stop and body
)

// maxAnswer is how much of a webhook's answer is read, in bytes.
const maxAnswer = 64 << 10

// Sign gives the signature of a request.
func Sign(key, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(at + "."))
	mac.Write(body)
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

// hook is the webhook.
type hook struct {
	config.Webhook

	client *http.Client
}

func newHook(settings config.Webhook, roots *x509.CertPool) *hook {
	return &hook{Webhook: settings, client: &http.Client{
		Timeout:       sendWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:     (&net.Dialer{Timeout: dialWithin}).DialContext,
			TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, TLSHandshakeTimeout: dialWithin,
			ResponseHeaderTimeout: sendWithin / 2, MaxResponseHeaderBytes: maxAnswer, DisableKeepAlives: true,
		},
	}}
}

func (h *hook) name() string { return "webhook:" + h.URL }
func (h *hook) by() string   { return "webhook" }

// label names the host alone: the rest of such an address is often a secret.
func (h *hook) label() string {
	parsed, err := url.Parse(h.URL)
	if err != nil {
		return "webhook"
	}
	return "webhook at " + parsed.Host
}

// send posts the message, signed with the time at which it goes out.
func (h *hook) send(ctx context.Context, m *Message) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	at := strconv.FormatInt(m.Time.Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Samtykke")
	request.Header.Set(TimeHeader, at)
	request.Header.Set(SignatureHeader, Sign(h.Key.Reveal(), at, body))
	answer, err := h.client.Do(request)
	if err != nil {
		if failed, ok := err.(*url.Error); ok { //nolint:errorlint // what Do gives is this type, and it names the address
			err = failed.Err
		}
		return failure("webhook_unreachable", "The "+h.label()+" cannot be reached. Look at notify.webhook.url, its certificate, and whether a firewall is between.", err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	switch answer.StatusCode / 100 {
	case 2:
		return nil
	case 3:
		return failure("webhook_redirected", "The "+h.label()+" redirects ("+answer.Status+"), and that is not followed. Write the address where it ends into notify.webhook.url.", nil)
	default:
		return failure("webhook_refused", "The "+h.label()+" answered "+answer.Status+". Its log says why; a signature that is not taken means another notify.webhook.key.", nil)
	}
}
