package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// A freeze ends for a reason, which the trail keeps; before that the person must be told
// (GDPR art. 18(3)), and the register does not ask to freeze anew what was ended.
func TestAFreezeEndsForAReason(t *testing.T) {
	h := open(t)
	h.wait(2 * time.Hour)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	entry := h.decideAs(t, "skogen", 0, token(1))
	path := "/sites/skogen/log/" + entry.ID.String()
	asked := kari.asks(t, "restriction", &entry)
	kari.post(path+"/freeze", "ground", "asked", "reason", "Sak 2026/1").leads(t, path+"?done=log_freeze")
	kari.post(asked+"/close", "outcome", "granted").leads(t, asked+"?done=request_close")
	kari.get(path).shows(t, http.StatusOK, "artikkel 18 nr. 3", `id="release-reason"`)
	for reason, says := range map[string]string{"": "Skriv hvorfor", "Sak \u202e1": "som ingen ser"} {
		for _, yes := range []string{"", "yes"} {
			kari.post(path+"/release", "reason", reason, "agreed", yes).shows(t, http.StatusUnprocessableEntity, `href="#release-reason"`, `id="release-reason-wrong"`, says)
		}
	}
	kari.post(path+"/release", "reason", "Sak 2026/9").shows(t, http.StatusOK, "artikkel 18 nr. 3", `name="reason" value="Sak 2026/9"`)
	if _, err := h.store.Restricted(t.Context(), "skogen", entry.ID); err != nil {
		t.Errorf("it is frozen no more without anybody having agreed: %v", err)
	}
	kari.agrees(path+"/release", "reason", "Sak 2026/9").leads(t, path+"?done=log_release")
	kari.get("/organisations/skogen/trail").shows(t, http.StatusOK, "Sak 2026/9")
	closed := kari.get(asked)
	closed.shows(t, http.StatusOK, "Beslutningen er ikke fryst lenger, fordi frysingen er opphevet.")
	if strings.Contains(closed.body, "Frys beslutningen") || strings.Contains(closed.body, "Det som skal gjøres") {
		t.Error("the register asks to freeze what was ended")
	}
}

// An extension that the person was told of in time is entered later, and no other; and no
// request is older than the rights by which it asks.
func TestAnExtensionIsEnteredLate(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	for _, received := range []string{"1999-01-01", "2018-07-19"} {
		kari.post("/sites/skogen/requests/new", "kind", "access", "channel", "letter", "received", received).shows(t, http.StatusUnprocessableEntity, `id="received-wrong"`, "siden 20. juli 2018")
	}
	g := kari.program(t, consent.Scopes...)
	g.post(apiSite+"/requests", map[string]any{"kind": "access", "channel": "letter", "received": "2018-07-19"}).faultsAt(t, "received")
	for n, told := range []string{"2026-02-11", "2026-02-10"} { // the day after the time was up, and its last
		added := kari.post("/sites/skogen/requests/new", "kind", "access", "channel", "letter", "received", "2026-01-10")
		path, _, _ := strings.Cut(added.header.Get("Location"), "?")
		kari.get(path).shows(t, http.StatusOK, "Forleng fristen", "Fristen gikk ut 10. februar 2026", `name="on" type="date" value="" max="2026-02-10" required`)
		got := kari.post(path+"/extend", "ground", "number", "on", told)
		if n == 0 {
			got.shows(t, http.StatusConflict, "Dagen er etter fristen", `href="#told"`, `id="told-wrong"`, `value="2026-02-11" max="2026-02-10"`)
			kari.post(path+"/extend", "ground", "number", "on", "").shows(t, http.StatusConflict, `id="told-wrong"`)
			continue
		}
		got.leads(t, path+"?done=request_extend")
		kari.get(path).shows(t, http.StatusOK, "10. april 2026", ">Forlenget</span>")
	}
}
