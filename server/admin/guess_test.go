package admin_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const guessed = "guess guess guess"

// guesses has so many networks guess for somebody, all of them after the account was
// looked up for each, and gives how many of the guesses were held against the password.
func (h *house) guesses(email string, n int) (checked int) {
	h.t.Helper()
	var met, all sync.WaitGroup
	met.Add(n)
	h.mu.Lock()
	h.found = func() {
		met.Done()
		met.Wait()
	}
	h.mu.Unlock()
	answers := make(chan answer, n)
	for i := range n {
		all.Go(func() {
			guesser := &person{house: h, from: fmt.Sprintf("127.0.%d.1", 40+i)}
			answers <- guesser.post("/login", "email", email, "password", guessed)
		})
	}
	all.Wait()
	close(answers)
	h.mu.Lock()
	h.found = nil
	h.mu.Unlock()
	for got := range answers {
		got.shows(h.t, 422)
		if !strings.Contains(got.body, "Vent") {
			checked++
		}
	}
	return checked
}

// Guesses that come at once, each from a network of its own, are no more than those that
// come one after the other.
func TestGuessesAtOnceAreCounted(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	for _, email := range []string{"kari@example.no", "nobody@example.no"} {
		if checked := h.guesses(email, 8); checked != 3 {
			t.Errorf("of 8 guesses for %s at once, %d were held against the password, want 3", email, checked)
		}
		(&person{house: h, from: "127.0.60.1"}).post("/login", "email", email, "password", secret).shows(t, 422, "Vent")
	}
	h.wait(2 * time.Second)
	for i := range 5 { // a right one counts for nothing
		right := &person{house: h, from: fmt.Sprintf("127.0.61.%d", i+1)}
		right.post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
	}
}

// A browser in which somebody has logged in waits for its own failures alone, wherever it
// is and after a restart.
func TestStrangersCannotKeepADeviceOut(t *testing.T) {
	h := open(t)
	kari, ola := h.invited("kari@example.no", "once"), h.invited("ola@example.no", "twice")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	ola.post("/link/twice", "password", secret, "again", secret).leads(t, "/?done=password_first")
	n := 0
	attack := func() {
		for range 6 {
			n++
			guesser := &person{house: h, from: "127.0.1." + strconv.Itoa(n)}
			guesser.post("/login", "email", "kari@example.no", "password", guessed).shows(t, 422)
		}
	}
	at := func(device string, password string) answer {
		n++
		p := &person{house: h, device: device, from: "127.0.2." + strconv.Itoa(n)}
		return p.post("/login", "email", "kari@example.no", "password", password)
	}
	attack()
	must(t, h.admin.Shutdown(t.Context())) // with what it has noted
	h.start(nowhere, 7)
	attack()

	at("", secret).shows(t, 422, "Vent")
	at(ola.device, secret).shows(t, 422, "Vent")
	at("x"+kari.device, secret).shows(t, 422, "Vent")
	got := at(kari.device, secret)
	got.leads(t, "/")
	for _, cookie := range got.header.Values("Set-Cookie") {
		if strings.HasPrefix(cookie, deviceName) && (!strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || !strings.Contains(strings.ToLower(cookie), "secure")) {
			t.Errorf("the cookie %q", cookie)
		}
	}
	t.Run("it opens nothing", func(t *testing.T) {
		(&person{house: h, device: kari.device}).get("/account").leads(t, "/login?next=%2Faccount")
		(&person{house: h, cookie: kari.device}).get("/account").leads(t, "/login?next=%2Faccount")
	})
	t.Run("two people share a browser", func(t *testing.T) {
		shared := &person{house: h, device: ola.device}
		shared.post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
		attack()
		at(shared.device, secret).leads(t, "/")
		if !strings.Contains(shared.device, ".") {
			t.Error("Ola is not known there any more")
		}
	})
	t.Run("whoever guesses in it waits", func(t *testing.T) {
		for range 3 {
			at(kari.device, guessed).shows(t, 422, "hører ikke sammen")
		}
		at(kari.device, secret).shows(t, 422, "Vent")
		h.wait(2 * time.Second)
		at(kari.device, secret).leads(t, "/")
	})
	t.Run("it ends with the password that was chosen before", func(t *testing.T) {
		must(t, h.store.SetPassword(t.Context(), kari.id, hashOf(t, h, ola.id), consent.LoginID{}))
		attack()
		at(kari.device, secret).shows(t, 422, "Vent")
	})
}

// A login that fails is answered before it is written down, so that the answer tells
// nobody whether there is an account; and it is written down before the server ends.
func TestFailureIsWrittenDownBesideTheAnswer(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	answered := make(chan struct{})
	h.failing = func(keep func()) {
		select {
		case <-answered:
		case <-time.After(10 * time.Second):
			t.Error("the answer waits until the failure is written down")
		}
		keep()
	}
	h.stranger().post("/login", "email", "kari@example.no", "password", guessed).shows(t, http.StatusUnprocessableEntity, "hører ikke sammen")
	close(answered)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	must(t, h.admin.Shutdown(ctx))
	if !slices.Contains(h.actions(), "login.fail") {
		t.Errorf("the trail tells %v", h.actions())
	}
	if account, err := h.store.Account(t.Context(), kari.id); err != nil || account.Failures != 1 {
		t.Errorf("got %+v, %v", account, err)
	}
}
