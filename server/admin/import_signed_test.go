package admin_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// sign has a reason signed by cookies of the first service, _s0 and so on.
func sign(d *consent.Draft, cookies int, reviewer string) {
	for n := range cookies {
		c := d.Services[0].Cookies[0]
		c.Pattern.Name = fmt.Sprintf("_s%d", n)
		c.Exemption = &consent.Exemption{Ground: consent.ExemptRequested, Reason: consent.Text{consent.Bokmaal: "Trengs."}, Reviewer: reviewer, Reviewed: "2026-01-02"}
		d.Services[0].Cookies = append(d.Services[0].Cookies, c)
	}
}

// What somebody has signed may have been assessed of another site. Before a file is saved
// it is told who signed what, and when; what the draft has so is not told again.
func TestImportTellsOfSignatures(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen, havet)
	was := *h.draft()
	was.Services = slices.Clone(was.Services)
	h.edit(func(d *consent.Draft) { sign(d, 7, "IT i en annen kommune") })
	file := kari.get("/sites/skogen/export/inventory.json").body
	if same := kari.post(importPath, "content", file); same.status != 200 || strings.Contains(same.body, "signerte") {
		t.Errorf("status %d, or what the draft has is told of", same.status)
	}
	h.edit(func(d *consent.Draft) { d.Services = was.Services })
	page := kari.post(importPath, "content", file)
	page.shows(t, 200, "7 signerte begrunnelser er ikke i kladden fra før.", "_s0 (Telleren): vurdert av IT i en annen kommune, 2. januar 2026", "_s4 (Telleren)",
		"<details><summary>Se 2 til</summary><ul><li>_s5 (Telleren)", "_s6 (Telleren)")
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	want := api.SignedReason{Service: "counter", Cookie: "_s0", Reviewer: "IT i en annen kommune", Reviewed: "2026-01-02"}
	if said := read[api.Imported](t, g.reads(file, "check", "yes")); len(said.Signed) != 7 || said.Signed[0] != want || said.SignedMore != 0 {
		t.Errorf("a program is told of %+v", said.Signed)
	}
	h.edit(func(d *consent.Draft) { sign(d, 7, "Personvernombudet") })
	if said := read[api.Imported](t, g.reads(file, "check", "yes")); len(said.Signed) != 7 {
		t.Errorf("signatures of others than the draft's: %+v", said.Signed)
	}
	h.edit(func(d *consent.Draft) { d.Services = was.Services; sign(d, 6, "IT i en annen kommune") })
	kari.post(importPath, "content", file).shows(t, 200, "Én signert begrunnelse er ikke i kladden fra før.", "_s6 (Telleren)")
	if said := read[api.Imported](t, g.reads("service,name\ncounter,_ny\n", "check", "yes")); said.Signed == nil || len(said.Signed) != 0 {
		t.Errorf("a table without signatures brings %+v", said.Signed)
	}
}

// What is left out is behind a fold, and never one alone: it takes the place of the line
// that would tell of it.
func TestImportLeavesOutNoSignatureAlone(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	was := *h.draft()
	was.Services = slices.Clone(was.Services)
	for _, c := range []struct {
		signed, named int
		more          string
	}{{6, 6, ""}, {7, 7, "Se 2 til"}, {201, 201, "Se 196 til"}, {202, 200, "Se 197 til"}} {
		h.edit(func(d *consent.Draft) { sign(d, c.signed, "IT") })
		file := kari.get("/sites/skogen/export/inventory.json").body
		h.edit(func(d *consent.Draft) { d.Services = was.Services })
		page := kari.post(importPath, "content", file)
		_, list, _ := strings.Cut(page.body, "signerte begrunnelser er ikke i kladden")
		list, _, _ = strings.Cut(list, "</div>")
		if named := strings.Count(list, ": vurdert av IT"); page.status != 200 || named != c.named {
			t.Errorf("of %d signatures %d are named, want %d", c.signed, named, c.named)
		}
		if folded := strings.Contains(list, "<summary>"); folded != (c.more != "") || !strings.Contains(list, c.more) || strings.Contains(list, "… og 2 til.") != (c.named < c.signed) {
			t.Errorf("%d signatures: %s", c.signed, list)
		}
	}
}

// The link to add a cookie is below all that the service has, so the message leads there.
func TestAnotherCookieIsAddedFromTheMessage(t *testing.T) {
	h := open(t)
	kari, reader := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("rita@example.no", consent.RoleViewer, skogen)
	const link = `<a href="` + counterPage + `/new-cookie">Legg til en til</a></p>`
	kari.get(counterPage+"?done=cookie_added").shows(t, 200, "Informasjonskapselen er lagt til. "+link)
	for name, got := range map[string]answer{
		"another message": kari.get(counterPage + "?done=saved"), "no message": kari.get(counterPage),
		"another page": kari.get("/sites/skogen/inventory?done=cookie_added"), "a reader": reader.get(counterPage + "?done=cookie_added"),
	} {
		if got.status != 200 || strings.Contains(got.body, "Legg til en til") {
			t.Errorf("%s: status %d, or there is such a link", name, got.status)
		}
	}
}
