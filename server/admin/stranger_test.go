package admin_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Whoever shares a network with people and guesses for others, or for nobody, makes
// newcomers of that network wait, and nobody who has logged in there before.
func TestNeighboursKeepNobodyOut(t *testing.T) {
	h := open(t)
	_, _, codes := h.withApp()
	ola := h.invited("ola@example.no", "once")
	ola.post("/link/once", "password", secret, "again", secret)
	guess := func(email string) {
		for range 12 {
			if got := h.stranger().post("/login", "email", email, "password", "guess guess guess"); got.status != http.StatusUnprocessableEntity {
				t.Fatalf("a guess was answered with %d", got.status)
			}
			h.wait(time.Second)
		}
	}
	guess("nobody@nowhere.example")
	h.stranger().post("/login", "email", "ola@example.no", "password", secret).leads(t, "/")
	h.stranger().post("/login", "email", "new@example.no", "password", secret).shows(t, http.StatusUnprocessableEntity, "Vent")
	half := h.halfway()
	half.post("/login/second", "code", codes[1]).leads(t, "/")

	t.Run("elsewhere somebody guesses for a person, who has shown the password at home", func(t *testing.T) {
		h.wait(time.Hour)
		half := h.halfway()
		for i := range 6 {
			elsewhere := &person{house: h, from: fmt.Sprintf("127.0.3.%d", i+1)}
			elsewhere.post("/login", "email", kariEmail, "password", "guess guess guess")
		}
		half.post("/login/second", "code", codes[0]).leads(t, "/")
	})
	t.Run("who guesses for a person from their own network waits", func(t *testing.T) {
		guess("ola@example.no")
		h.stranger().post("/login", "email", "ola@example.no", "password", secret).shows(t, http.StatusUnprocessableEntity, "Vent")
		h.wait(accountsWait)
		h.stranger().post("/login", "email", "ola@example.no", "password", secret).leads(t, "/")
	})
}

// accountsWait is the longest that an account waits.
const accountsWait = 31 * time.Second

// answered sends the head of a request without its body, and gives what is answered to
// that alone.
func (h *house) answered(head ...string) answer {
	h.t.Helper()
	return h.answeredTo("", head...)
}

// answeredTo sends the beginning of a body, too.
func (h *house) answeredTo(body string, head ...string) answer {
	h.t.Helper()
	conn, err := (&net.Dialer{}).DialContext(h.t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
	must(h.t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, strings.Join(head, "\r\n")+"\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\r\n"+body)
	must(h.t, err)
	must(h.t, conn.SetReadDeadline(time.Now().Add(10*time.Second))) // the server waits for twenty
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		h.t.Fatalf("%s: the server goes on reading: %v", head[0], err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(h.t, err)
	return answer{response.StatusCode, response.Header, string(text)}
}

// Of a stranger little is read: what they send fills no memory, whatever else they say.
func TestLittleIsReadOfStrangers(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const form, long = "Content-Type: application/x-www-form-urlencoded", "Content-Length: 300000"
	for _, who := range []string{"Accept: text/html", "Cookie: __Host-samtykke-admin=of-nobody"} {
		got := h.answered("POST /login HTTP/1.1", form, long, "Accept-Language: nb", who)
		got.shows(t, http.StatusUnprocessableEntity, "Logg inn først.")
	}
	h.answeredTo("493e0\r\n", "POST /login HTTP/1.1", form, "Transfer-Encoding: chunked", "Accept-Language: nb").shows(t, http.StatusUnprocessableEntity, "Logg inn først.")
	for _, who := range []string{"Accept: */*", "Authorization: Bearer smt_of_nobody"} {
		code := map[bool]string{true: "unknown_key", false: "key_needed"}[strings.HasPrefix(who, "Auth")]
		h.answered("PUT "+apiDraft+" HTTP/1.1", "Content-Type: application/json", long, who).problem(t, http.StatusUnauthorized, code)
	}
	h.stranger().post("/login", "email", strings.Repeat("x", 200<<10), "password", "x").shows(t, http.StatusUnprocessableEntity, "hører ikke sammen")
	kari.post(importPath, "content", "# "+strings.Repeat("x", 400<<10)).shows(t, http.StatusUnprocessableEntity)
	was := "Cookie: " + cookieName + "=" + kari.cookie
	kari.post("/logout")
	h.answered("POST "+importPath+" HTTP/1.1", form, long, "Accept-Language: nb", was).shows(t, http.StatusUnprocessableEntity, "Logg inn først.")
}

// One person sends eight long bodies at a time, however they come: what they begin to send
// beyond that is not read, and they are told to wait. Short forms and others go on.
func TestOnePersonFillsNoMemory(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	key := kari.program(t, consent.ScopeRead)
	ola := h.member("ola@example.no", consent.RoleEditor, skogen)
	form := "# " + strings.Repeat("x", 300<<10)
	for n := range 8 {
		if got := kari.post("/account", "name", form); got.status != http.StatusUnprocessableEntity {
			t.Fatalf("long form %d was answered with %d", n+1, got.status)
		}
	}
	const long, typed = "Content-Length: 300000", "Content-Type: application/x-www-form-urlencoded"
	login := "Cookie: " + cookieName + "=" + kari.cookie
	for range 2 {
		got := h.answered("POST /account HTTP/1.1", typed, long, "Accept-Language: nb", login)
		got.shows(t, http.StatusTooManyRequests, "vent 20 sekunder")
		if got.header.Get("Retry-After") != "20" {
			t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
		}
	}
	h.answered("PUT "+apiDraft+" HTTP/1.1", "Content-Type: application/json", long, "Authorization: Bearer "+key.secret).problem(t, http.StatusTooManyRequests, "too_many")
	kari.post("/language", "language", "nn")
	ola.post(importPath, "content", form).shows(t, http.StatusUnprocessableEntity)
	h.wait(20 * time.Second)
	kari.post("/account", "name", form).shows(t, http.StatusUnprocessableEntity)
	h.answered("POST /account HTTP/1.1", typed, "Content-Length: 5000000", "Accept-Language: nb", login).shows(t, http.StatusUnprocessableEntity, "for stort")
}
