package admin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// What an act does not tell field by field is on the page, in the file and in the API by
// kind and place, so that nobody hides a service that got other hosts.
func TestTrailTellsOfWhichKindAndWhereTheRestIs(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	var changes []consent.FieldChange
	for n, field := range []string{"legal_basis", "category", "exemption", "recipients", "provider.name", "provider.transfer", "retention", "ask", "purpose.nb", "name.nb", "status"} {
		changes = append(changes, consent.FieldChange{Field: fmt.Sprintf("services.decoy%d.%s", n, field), Was: "a", Is: "b"})
	}
	for _, host := range []string{"a.example", "b.example"} {
		changes = append(changes, consent.FieldChange{Field: "services.first.hosts." + host, Is: host})
	}
	for _, host := range []string{"evil.example", "worse.example"} {
		changes = append(changes, consent.FieldChange{Field: "services.hidden.hosts." + host, Is: host})
	}
	act := consent.Act{Time: h.clock(), Account: auditor.id, Organisation: skogen, Site: "skogen", Action: "draft.import"}
	must(t, act.Changing(changes...))
	must(t, h.store.RecordAct(t.Context(), act))
	const query = "/trail?action=draft.import"
	auditor.get("/organisations/skogen"+query).shows(t, 200, "Tjenesten first, verter</bdi> <code>services.first.hosts</code>: lagt til <bdi>a.example, b.example</bdi>",
		"og 4 felter til<ul>", "<li><bdi>Verter: 2 felter (Tjenesten hidden)</bdi></li>", "<li><bdi>Navn, tekster og annet: 2 felter (Tjenesten decoy9, Tjenesten decoy10)</bdi></li>")
	page := read[api.Acts](t, auditor.program(t, consent.ScopeAudit).get(api.Base+query))
	if len(page.Acts) != 1 || len(page.Acts[0].Rest) != 2 || fmt.Sprint(page.Acts[0].Rest[0]) != "{hosts 2 [services.hidden] 0}" || page.Acts[0].More != 4 {
		t.Errorf("a program reads %+v", page.Acts)
	}
	rows := auditor.post("/organisations/skogen/trail/export", "action", "draft.import").taken(t)
	if want := "\n… hosts 2: services.hidden\n… other 2: services.decoy9 services.decoy10"; len(rows) != 2 || !strings.Contains(rows[1][11], want) {
		t.Errorf("the file says %q", rows)
	}
}
