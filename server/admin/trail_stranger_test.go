package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Nothing that is done on a page without being logged in passes for a command on the server.
func TestWhoIsNotLoggedInGivesNoCommand(t *testing.T) {
	h := open(t)
	found := 0
	for _, e := range h.admin.Entries() {
		if !e.Everybody || e.Action == "" {
			continue
		}
		found++
		if act := (consent.Act{Action: e.Action}); act.By() != consent.ByStranger {
			t.Errorf("%s %s, of which nobody is known, is told as by %s", e.Method, e.Path, act.By())
		}
	}
	if found < 6 {
		t.Errorf("%d posts are for everybody", found)
	}
}

// Acts from before they named an account read as what they were, on the page, in the file,
// through the API and by the filter, and not as commands.
func TestTrailTellsOfStrangers(t *testing.T) {
	h := open(t)
	ruler := h.ruling(t, "ruler@example.no")
	for _, action := range []string{"login.begin", "member.join", "password.choose"} {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Action: action}))
	}
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Action: "account.add", Object: "7"}))
	page := ruler.get("/trail?by=stranger")
	page.shows(t, http.StatusOK, `<bdi>Somebody who was not logged in</bdi> <span class="tag">Not logged in</span>`, `<option value="stranger" selected>On the pages, without being logged in</option>`)
	if n := strings.Count(page.body, "<bdi>Somebody who was not logged in</bdi>"); n != 3 || strings.Contains(page.body, "A command on the server</bdi>") {
		t.Errorf("the page tells of %d strangers", n)
	}
	if got := ruler.get("/trail?by=command").body; !strings.Contains(got, "A command on the server</bdi>") || strings.Contains(got, "<bdi>Somebody") {
		t.Error("the filter takes strangers for commands")
	}
	read := read[api.Acts](t, ruler.program(t, consent.ScopeInstallation).get(apiInstallation+"?by=stranger"))
	if len(read.Acts) != 3 || read.Acts[0].By != consent.ByStranger || read.Acts[0].Account != nil {
		t.Errorf("a program reads %+v", read.Acts)
	}
	rows := ruler.post("/trail/export", "by", "stranger").taken(t)
	if len(rows) != 4 || rows[1][4] != "Somebody who was not logged in" || rows[1][13] != "stranger" {
		t.Errorf("the file says %q", rows)
	}
}

// A login in two steps is that of its account from the first on, and says with what it was:
// whoever looks for a stolen recovery code sees where one was used.
func TestTrailTellsWithWhatSomebodyLoggedIn(t *testing.T) {
	h := open(t)
	_, key, codes := h.withApp()
	ruler := h.ruling(t, "chief@example.no")
	h.wait(time.Minute)
	h.halfway().post("/login/second", "code", "000000").shows(t, http.StatusUnprocessableEntity)
	h.wait(time.Hour)
	h.halfway().post("/login/second", "code", h.code(key, 0)).leads(t, "/")
	kari := h.halfway()
	kari.post("/login/second", "code", codes[3]).leads(t, "/")
	h.wait(20 * time.Minute)
	kari.post("/confirm", "code", codes[4], "next", "/").leads(t, "/")
	account, err := h.store.AccountOf(t.Context(), kariEmail)
	must(t, err)
	told := h.actsOf("")
	for _, want := range []string{`login.begin "means=app"`, `login "means=app"`, `login.begin "means=code"`, `login "means=code"`, `login.confirm "means=code"`, `login "means=password"`} {
		if want += fmt.Sprintf(` at "" by %d`, account.ID); !strings.Contains(told, want) {
			t.Errorf("the trail lacks %s:\n%s", want, told)
		}
	}
	if strings.Contains(told, "by 0") || strings.Contains(told, codes[3]) {
		t.Errorf("the trail names nobody, or a code:\n%s", told)
	}
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: account.ID, Action: "login"})) // from before it was told
	ruler = h.loggedIn(ruler.id, "ruler later")
	ruler.get("/trail?action=login").shows(t, http.StatusOK, "<td>Logged in with a password and a recovery code</td>", "<td>Logged in with a password and a code from the app</td>", "<td>Logged in</td>")
	ruler.get("/trail?action=login.confirm").shows(t, http.StatusOK, `Confirmed who they are <bdi class="quiet">With: a recovery code</bdi>`)
	rows := ruler.post("/trail/export", "action", "login").taken(t)
	if last := rows[2]; last[6] != "Logged in with a password and a recovery code" || last[7] != "means=code" || last[8] != "" {
		t.Errorf("the file says %q", rows)
	}
}
