package admin_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// agrees posts a form and answers the question that comes first: it says what goes
// and what stays, keeps what the form has said, and has done nothing.
func (p *person) agrees(path string, pairs ...string) answer {
	p.t.Helper()
	asked := p.post(path, pairs...)
	asked.shows(p.t, http.StatusOK, "<h1>", `<button class="danger">`, `name="agreed" value="yes"`, `action="`+path+`"`)
	for i := 0; i+1 < len(pairs); i += 2 {
		asked.shows(p.t, http.StatusOK, `name="`+pairs[i]+`" value="`+html.EscapeString(pairs[i+1])+`"`)
	}
	return p.post(path, append(pairs, "agreed", "yes")...)
}

// lightly are the actions that ask nothing, by what makes a question needless.
var lightly = map[string]string{
	"saves what stands in a form that can be saved again": `account.change login.name draft.keeping.save draft.settings.save organisation.change organisation.factor
		organisation.recipients organisation.two.begin organisation.two.end service.review.date service.review.done site.review member.role account.operator factor.app password.choose
		draft.service.save draft.cookie.save draft.category.save draft.texts.save`,
	"adds": `catalogue.import draft.service.add draft.cookie.add draft.category.add draft.service.copy draft.service.send draft.service.take factor.passkey
		identity.link key.make login.begin login.confirm member.invite member.join member.link account.link account.open log.freeze organisation.add
		request.add site.add site.import publish.propose organisation.two.propose`,
	"looks":                         "log.find log.verify log.export trail.export request.answer organisation.recipients.try origin.check",
	"is asked by a page of its own": "draft.service.remove draft.cookie.remove draft.category.remove log.erase draft.import notice.publish publish.approve request.close request.extend",
	"can be done again":             "login.end login.others publish.return publish.cancel organisation.two.keep",
}

// What a single press would take away for good is asked about first.
func TestNothingGoesUnasked(t *testing.T) {
	h := open(t)
	why := map[string]string{}
	for reason, actions := range lightly {
		for action := range strings.FieldsSeq(actions) {
			why[action] = reason
		}
	}
	there := map[string]bool{}
	for _, e := range h.admin.Entries() {
		there[e.Action] = true
		if e.Method == http.MethodGet || e.Action == "" || e.Asks == (why[e.Action] == "") {
			continue
		}
		t.Errorf("%s %s (%s) asks: %v, and the list of what asks nothing says %q", e.Method, e.Path, e.Action, e.Asks, why[e.Action])
	}
	for action := range why {
		if !there[action] {
			t.Errorf("no route is %q: take it off the list of what asks nothing", action)
		}
	}
}

// A question changes nothing, names what it is about, and is answered once.
func TestQuestions(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	other := h.member("<b>other@example.no", consent.RoleEditor, skogen)
	must(t, h.store.SetProfile(t.Context(), other.id, `Per <script>`, consent.Bokmaal))
	remove := other.of(skogen) + "/remove"
	boss.post(remove).shows(t, http.StatusOK, "Per &lt;script&gt;", "Dette forsvinner", "Dette blir", "Skogen kommune", `href="`+other.of(skogen)+`"`)
	if other.account(t).Role(skogen) == "" {
		t.Error("the question alone has removed somebody")
	}
	boss.post("/organisations/skogen/people/999/remove").shows(t, http.StatusNotFound)
	boss.agrees(remove).leads(t, "/organisations/skogen/people?done=removed")
	if other.account(t).Role(skogen) != "" {
		t.Error("the answer has removed nobody")
	}
	boss.post(remove).shows(t, http.StatusNotFound)

	boss.post("/organisations/skogen/people", "email", "late@example.no", "role", "viewer").shows(t, http.StatusOK)
	withdraw := regexp.MustCompile(`/organisations/skogen/invitations/\w+/withdraw`).FindString(boss.get("/organisations/skogen/people").body)
	boss.post(withdraw).shows(t, http.StatusOK, "late@example.no")
	boss.get("/organisations/skogen/people").shows(t, http.StatusOK, withdraw)
	boss.agrees(withdraw).leads(t, "/organisations/skogen/people?done=uninvited")

	must(t, h.store.AddPasskey(t.Context(), &consent.Passkey{ID: make([]byte, 16), Account: boss.id, Name: "Telefon \u202e", Credential: []byte(`{"id":"AAAAAAAAAAAAAAAAAAAAAA=="}`), Added: h.clock()}))
	passkey := regexp.MustCompile(`/account/passkeys/\w+/remove`).FindString(boss.get("/account/factors").body)
	boss.post(passkey).shows(t, http.StatusOK, "Telefon", "eneste andre trinn", "<dd>Innloggingen hos Entra. Nøkkelen ligger på enheten")
	must(t, h.store.SetCodes(t.Context(), boss.id, []consent.CodeID{{1}}))
	boss.post("/account/codes").shows(t, http.StatusOK, "<dd>Innloggingen hos Entra og passnøkkelen. De nye")
	boss.post(passkey).shows(t, http.StatusOK, "Gjenopprettingskodene slutter også å virke.", "<dd>Innloggingen hos Entra. Nøkkelen")
	must(t, h.store.AddPasskey(t.Context(), &consent.Passkey{ID: []byte("another passkey!"), Account: boss.id, Name: "Nettbrett", Credential: []byte(`{"id":"YW5vdGhlciBwYXNza2V5IQ=="}`), Added: h.clock()}))
	if two := boss.post(passkey); strings.Contains(two.body, "eneste andre trinn") || !strings.Contains(two.body, "<dd>Innloggingen hos Entra, den andre passnøkkelen og gjenopprettingskodene.") {
		t.Errorf("with another passkey it says: %s", two.body)
	}
	must(t, h.store.DropPasskey(t.Context(), boss.id, []byte("another passkey!")))
	boss.get("/account/factors").shows(t, http.StatusOK, passkey)
	boss.agrees(passkey).leads(t, "/account/factors?done=factor_removed")

	path := "/sites/skogen/log/" + storagetest.ID(1).String()
	h.logged(t)
	boss.post(path+"/freeze", "ground", "claim", "reason", "Sak 2026/1").leads(t, path+"?done=log_freeze")
	boss.post(path+"/release", "all", "yes", "reason", "Sak 2026/3").shows(t, http.StatusOK, `name="all" value="yes"`)
	boss.get(path).shows(t, http.StatusOK, path+"/release")
	boss.agrees(path+"/release", "all", "yes", "reason", "Sak 2026/3").leads(t, path+"?done=log_release")
}
