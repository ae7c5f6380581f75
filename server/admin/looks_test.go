package admin_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Who reads on the pages stands in the trail as who reads through the API: once an
// hour, with how many decisions were seen.
func TestTrailTellsOfReadingOnPages(t *testing.T) {
	h := open(t)
	entries := h.decide(t, "skogen", 0, 120)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	const path = "/sites/skogen/log"
	says := func(step string, want ...string) {
		t.Helper()
		var told []string
		for _, act := range h.acts {
			if act.Account != auditor.id || act.Organisation != skogen || act.Site != "skogen" {
				t.Errorf("%s: an act of %+v", step, act)
			}
			told = append(told, strings.TrimSpace(act.Action+" "+act.Object))
		}
		if got := strings.Join(told, ", "); got != strings.Join(want, ", ") {
			t.Errorf("%s: the trail is told %q, want %q", step, got, want)
		}
		h.acts = nil
	}
	page := auditor.get(path)
	says("the first page", "log.read decisions=50")
	for range 2 {
		_, older, _ := strings.Cut(page.body, `href="`+path+"?before=")
		number, _, _ := strings.Cut(older, `"`)
		page = auditor.get(path + "?before=" + number)
		page.shows(t, http.StatusOK)
		auditor.get(path).shows(t, http.StatusOK)
	}
	says("paging on")
	auditor.get(path+"?method=accept_al").shows(t, http.StatusUnprocessableEntity)
	says("a page that shows none")
	id := entries[0].ID.String()
	for range 2 {
		auditor.get(path + "/" + id)
		auditor.get("/sites/skogen/requests").shows(t, http.StatusOK)
	}
	h.wait(20 * time.Minute)
	auditor.get(path).shows(t, http.StatusOK)
	says("one decision, and the register", "log.decision "+id, "request.list")
	h.wait(25 * time.Minute)
	auditor.get(path).shows(t, http.StatusOK)
	h.wait(15 * time.Minute)
	auditor.get(path).shows(t, http.StatusOK)
	says("after an hour", "log.read decisions=70", "log.read decisions=50")

	h.unlooked = errors.New("the disk is full")
	h.wait(20 * time.Minute)
	for _, address := range []string{path + "?language=nb", path + "/" + id, "/sites/skogen/requests"} {
		if got := auditor.get(address); got.status != http.StatusInternalServerError || strings.Contains(got.body, id) {
			t.Errorf("%s is shown, and nobody knows: %d", address, got.status)
		}
	}
	h.unlooked = nil
}

// What is read with a fresh login stands in the trail when the page is answered, also
// when the same account has just read the same with another login.
func TestEachLoginIsToldOf(t *testing.T) {
	h := open(t)
	h.logged(t)
	first := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for n, reader := range []*person{first, h.loggedIn(first.id, "again")} {
		reader.get("/sites/skogen/log").shows(t, 200)
		if told := strings.Count(actions(h), "log.read"); told != n+1 {
			t.Fatalf("after the page was answered to login %d, the trail has %d readings", n+1, told)
		}
	}
}

// actions gives what was looked at, in order.
func actions(h *house) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []string
	for i := range h.acts {
		all = append(all, h.acts[i].Action)
	}
	return strings.Join(all, " ")
}
