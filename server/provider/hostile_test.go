package provider_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/server/provider"
)

// hostile is a provider that does what a test wants, which no real one does.
type hostile struct {
	*httptest.Server

	t      *testing.T
	secret string
	rsa    *rsa.PrivateKey
	ec     *ecdsa.PrivateKey

	mu sync.Mutex
	// What it does from now on.
	discovery func(map[string]any)
	claims    func(map[string]any)
	sign      func(payload string) string
	token     http.HandlerFunc
	keys      http.HandlerFunc
	down      bool
	asked     []string // for
	posted    []map[string]string
	nonce     string
	now       time.Time
}

const clientSecret = "the secret of the client"

func newHostile(t *testing.T) *hostile {
	t.Helper()
	h := &hostile{t: t, secret: clientSecret, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	var err error
	if h.rsa, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		t.Fatal(err)
	}
	if h.ec, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

// open makes a Provider that believes it.
func (h *hostile) open(t *testing.T, require ...string) *provider.Provider {
	t.Helper()
	return provider.New(provider.Options{
		Issuer: h.URL, ClientID: "samtykke", ClientSecret: h.secret, Return: "https://samtykke.example/login/return",
		Require: require, Clock: h.clock, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
}

func (h *hostile) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hostile) wait(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// ServeHTTP answers for the provider.
func (h *hostile) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, r.URL.Path)
	if h.down {
		http.Error(w, "<b>raw words of the provider</b>", http.StatusServiceUnavailable)
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		about := map[string]any{
			"issuer": h.URL, "authorization_endpoint": h.URL + "/auth", "token_endpoint": h.URL + "/token", "jwks_uri": h.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256", "ES256", "HS256", "none"},
		}
		if h.discovery != nil {
			h.discovery(about)
		}
		h.say(w, about)
	case "/keys":
		if h.keys != nil {
			h.keys(w, r)
			return
		}
		h.say(w, map[string]any{"keys": []any{
			map[string]any{"kty": "RSA", "kid": "r", "n": b64(h.rsa.N.Bytes()), "e": b64(big.NewInt(int64(h.rsa.E)).Bytes())},
			ecKey(h.t, h.ec),
		}})
	case "/token":
		h.answerCode(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (h *hostile) answerCode(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	posted := map[string]string{}
	for name := range r.PostForm {
		posted[name] = r.PostForm.Get(name)
	}
	posted["user"], posted["password"], _ = r.BasicAuth()
	h.posted = append(h.posted, posted)
	if h.token != nil {
		h.token(w, r)
		return
	}
	claims := map[string]any{
		"iss": h.URL, "sub": "kari", "aud": "samtykke", "nonce": h.nonce, "iat": h.now.Unix(), "exp": h.now.Add(time.Hour).Unix(),
		"tid": "the-tenant", "oid": "the-object", "email": "boss@example.no", "groups": []string{"others", "samtykke"},
	}
	if h.claims != nil {
		h.claims(claims)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		h.t.Error(err)
	}
	sign := h.sign
	if sign == nil {
		sign = h.rs256
	}
	h.say(w, map[string]any{"access_token": "canary-access", "token_type": "Bearer", "id_token": sign(string(payload))})
}

func (h *hostile) say(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(what); err != nil {
		h.t.Error(err)
	}
}

func (h *hostile) rs256(payload string) string {
	text := unsigned(`{"alg":"RS256","kid":"r"}`, payload)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, h.rsa, crypto.SHA256, sum[:])
	if err != nil {
		h.t.Error(err)
	}
	return text + "." + b64(signature)
}

func (h *hostile) es256(payload string) string {
	text := unsigned(`{"alg":"ES256","kid":"e"}`, payload)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, h.ec, sum[:])
	if err != nil {
		h.t.Error(err)
	}
	return text + "." + b64(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
}

// hs256 signs with what a client knows, too.
func (h *hostile) hs256(key []byte) func(string) string {
	return func(payload string) string {
		text := unsigned(`{"alg":"HS256","kid":"r"}`, payload)
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(text))
		return text + "." + b64(mac.Sum(nil))
	}
}

// tampered is signed, and changed afterwards.
func (h *hostile) tampered(payload string) string {
	parts := strings.Split(h.rs256(payload), ".")
	parts[1] = b64([]byte(strings.Replace(payload, `"sub":"kari"`, `"sub":"boss"`, 1)))
	return strings.Join(parts, ".")
}

func unsigned(header, payload string) string { return b64([]byte(header)) + "." + b64([]byte(payload)) }

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func ecKey(t *testing.T, key *ecdsa.PrivateKey) map[string]any {
	t.Helper()
	point, err := key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		t.Error(err)
		return nil
	}
	return map[string]any{"kty": "EC", "crv": "P-256", "kid": "e", "x": b64(point[1:33]), "y": b64(point[33:])}
}
