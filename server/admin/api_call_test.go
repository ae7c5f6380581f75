package admin_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// program is a program with a key.
type program struct {
	*house
	t      *testing.T
	key    *consent.APIKey
	secret string // "" for none
}

// program gives a key of Skogen that holds for a year, with a secret of its own.
func (p *person) program(t *testing.T, scopes ...consent.Scope) *program {
	t.Helper()
	secret := "smt_" + consent.HashOf([]byte(fmt.Sprint(t.Name(), p.email, scopes))).String()
	hash := consent.HashOf([]byte(secret))
	key := &consent.APIKey{
		ID: consent.APIKeyID(hash.String()[:12]), Hash: hash, Organisation: skogen, Name: "Program", Scopes: scopes, Maker: p.id,
		Created: p.clock(), Expires: p.clock().AddDate(1, 0, 0),
	}
	must(t, p.store.AddAPIKey(t.Context(), key))
	return &program{house: p.house, t: t, key: key, secret: secret}
}

// call asks the API. Whatever it answers must be as its document says.
func (g *program) call(method, path, body string, headers ...string) answer {
	g.t.Helper()
	request, err := http.NewRequestWithContext(g.t.Context(), method, g.url+path, strings.NewReader(body))
	must(g.t, err)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if g.secret != "" {
		request.Header.Set("Authorization", "Bearer "+g.secret)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := client.Do(request)
	must(g.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(g.t, err)
	got := answer{response.StatusCode, response.Header, string(text)}
	for _, name := range []string{"Set-Cookie", "Access-Control-Allow-Origin"} {
		if got.header.Get(name) != "" {
			g.t.Errorf("%s %s sends %s", method, path, name)
		}
	}
	request.Body = io.NopCloser(strings.NewReader(body))
	g.promised(request, got)
	return got
}

func (g *program) get(path string, headers ...string) answer {
	g.t.Helper()
	return g.call(http.MethodGet, path, "", headers...)
}

// problem fails unless the answer is a problem of a code.
func (a answer) problem(t *testing.T, status int, code string) api.Problem {
	t.Helper()
	var told api.Problem
	if err := json.Unmarshal([]byte(a.body), &told); err != nil || a.status != status || told.Code != api.Code(code) || told.Status != status {
		t.Fatalf("got status %d, want %d %q:\n%.2000s", a.status, status, code, a.body)
	}
	if a.header.Get("Content-Type") != "application/problem+json" || told.Title == "" || told.Detail == "" {
		t.Errorf("got %+v (%s)", told, a.header.Get("Content-Type"))
	}
	checkHelp(t, &told)
	return told
}

// read reads what was answered.
func read[T any](t *testing.T, a answer) T {
	t.Helper()
	var value T
	decoder := json.NewDecoder(bytes.NewReader([]byte(a.body)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil || a.status >= 300 {
		t.Fatalf("got status %d (%v):\n%.2000s", a.status, err, a.body)
	}
	return value
}

// announce sends the head of a request alone, that says how long its body would be.
func (g *program) announce(path string, length int) answer {
	g.t.Helper()
	conn, err := (&net.Dialer{}).DialContext(g.t.Context(), "tcp", strings.TrimPrefix(g.url, "http://"))
	must(g.t, err)
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "PUT %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, g.secret, length)
	must(g.t, err)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	must(g.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(g.t, err)
	return answer{response.StatusCode, response.Header, string(text)}
}
