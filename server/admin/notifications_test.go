package admin_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Who administers an organisation says who is told. Nobody else sees the addresses,
// and neither the trail nor the log has one.
func TestRecipients(t *testing.T) {
	h := open(t)
	var tried []string
	h.admin.Try = func(_ context.Context, addresses []string, lang consent.Language) []error {
		tried = append(slices.Clone(addresses), string(lang))
		all := make([]error, len(addresses))
		all[0] = consent.Errorf(consent.Unavailable, "mail_recipient", "nothing for %s", addresses[0])
		all[1] = consent.Errorf(consent.Unavailable, "mail_login", "nothing for %s", addresses[1])
		return all
	}
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	const path = "/organisations/skogen/notifications"
	was := func() string { return wasField.FindStringSubmatch(kari.get(path).body)[1] }
	kari.get(path).shows(t, 200, "Hvem som får varsler")
	kari.post(path+"/try").shows(t, 409, "Det står ingen på listen")

	for text, want := range map[string]string{
		strings.Repeat("x@example.no\n", 1) + strings.Repeat("y", 255) + "@example.no": "Adresse nummer 2 ",
		"a@b.no\r\nBcc: evil@example.no":                                               "Adresse nummer 2 ",
		`"Kari" <kari@example.no>`:                                                     "Adresse nummer 1 ",
		"<script>alert(1)</script>":                                                    "Adresse nummer 1 ",
		"\u202ekari@example.no":                                                        "Adresse nummer 1 ",
		"kari@examp\u0142e.no":                                                         "Adresse nummer 1 ",
		strings.Repeat("a", 100_000):                                                   "Adresse nummer 1 ",
		"1@a.no " + strings.Join(numbered(20), "@a.no, "):                              "Listen har 21 adresser. Det er plass til 20.",
	} {
		got := kari.post(path, "addresses", text, "language", "nn", "was", was())
		got.shows(t, 422, want, `<option value="nn" selected>`, `aria-invalid="true"`)
		if strings.Contains(got.body, "<script>alert") {
			t.Error("a script is in the page")
		}
	}
	kari.post(path, "addresses", "a@example.no", "language", "se", "was", was()).shows(t, 422)
	before := was()
	kari.post(path, "addresses", "c@skogen.example; A@skogen.example\nb@skogen.example, a@SKOGEN.example", "language", "nn", "was", before).leads(t, path+"?done=recipients")
	kari.get(path).shows(t, 200, "A@skogen.example\nb@skogen.example\nc@skogen.example</textarea>", `<option value="nn" selected>`, "alle 3 på listen")
	kari.post(path, "addresses", "d@skogen.example", "language", "nb", "was", before).shows(t, 409, "<bdi>b@skogen.example</bdi>", "d@skogen.example</textarea>", "Lagre mitt likevel")
	all, err := h.store.Recipients(t.Context())
	must(t, err)
	for _, each := range all {
		if each.Organisation == skogen && len(each.Addresses) != 3 || each.Organisation == havet && len(each.Addresses) != 0 {
			t.Errorf("%+v", each)
		}
	}

	kari.post(path+"/try").shows(t, 200, "tar ikke imot noe for denne adressen", "svarer ikke som den skal", "Sendt.")
	if !slices.Equal(tried, []string{"A@skogen.example", "b@skogen.example", "c@skogen.example", "nn"}) {
		t.Errorf("a message went to %q", tried)
	}
	tried = nil
	if kari.post(path+"/try").shows(t, 429, "Vent noen minutter"); tried != nil {
		t.Error("a second message went out at once")
	}
	h.wait(5 * time.Minute)
	const unsaved = "Det du har skrevet i listen, er ikke lagret."
	form := kari.get(path).formOf(t, path)
	if got := kari.save(path+"/try", form); tried == nil || strings.Contains(got.body, unsaved) {
		t.Error("no message goes out any more, or what nobody has written is not saved")
	}
	written := kari.save(path+"/try", form, "addresses", "ny@skogen.example")
	written.shows(t, 429, unsaved, "ny@skogen.example</textarea>")
	kari.post(path, "addresses", "d@skogen.example", "language", "nn", "was", was()).leads(t, path+"?done=recipients")
	kari.save(path, written.formOf(t, path)).shows(t, 409, "ny@skogen.example</textarea>")

	trail := kari.get("/organisations/skogen/trail")
	trail.shows(t, 200, "Endret hvem som får varsler", "3 på listen", "Sendte en prøvemelding")
	for _, role := range consent.Roles {
		p := h.member(string(role)+"@example.no", role, skogen)
		pages := []string{"/organisations/skogen", "/organisations/skogen/settings", "/organisations/skogen/people", "/organisations/skogen/trail", path}
		for _, page := range pages {
			if body := p.get(page).body; strings.Contains(body, "c@skogen.example") && (page != path || !role.May(consent.MayAudit)) {
				t.Errorf("a %s sees addresses at %s", role, page)
			}
		}
	}
	h.member("per@example.no", consent.RoleAdministrator, havet).get("/organisations/havet/notifications").shows(t, 200, "></textarea>")
	if strings.Contains(trail.body+h.said.String(), "skogen.example") {
		t.Errorf("an address is in the trail or the log: %s", h.said.String())
	}
	h.admin.Try = nil
	if body := kari.get(path).body; !strings.Contains(body, "ikke satt opp til å sende e-post") || strings.Contains(body, "/try") {
		t.Error("the page does not say that nothing is sent")
	}
}

func numbered(n int) []string {
	all := make([]string, n+1)
	for i := range all {
		all[i] = "b" + string(rune('a'+i))
	}
	all[n] = ""
	return all
}
