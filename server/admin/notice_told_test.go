package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// The page of a notice tells, folded, what each service keeps and for how long, and who
// has signed what needs no consent. The page that visitors had is one step away.
func TestANoticeTellsOfItsCookies(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Categories = append([]consent.Category{{
			Key: consent.Necessary, Name: consent.Text{consent.Bokmaal: "Nødvendig", consent.English: "Necessary"}, Purpose: consent.Text{consent.Bokmaal: "Må til", consent.English: "Needed"},
		}}, d.Categories...)
		s := &d.Services[0]
		s.Category = consent.Necessary
		s.Basis, s.Ask = consent.BasisNecessary, consent.AskNever
		s.Cookies = []consent.Cookie{
			{
				Pattern: consent.Pattern{Name: "_økt.", Match: consent.MatchPrefix}, Kind: consent.KindLocal, Party: consent.FirstParty, Status: consent.StatusActive,
				Purpose: consent.Text{consent.Bokmaal: "Husker", consent.English: "Remembers"}, Lifetime: consent.Lifetimes{Declared: "P1Y", Observed: "P2Y"},
				Exemption: &consent.Exemption{
					Ground: consent.ExemptRequested, Reason: consent.Text{consent.Bokmaal: "Innlogging <b>krever</b> den.", consent.English: "Logging in needs it."},
					When: consent.Text{consent.Bokmaal: "Bare på Min side.", consent.English: "Only on My page."}, Reviewer: "personvernombudet", Reviewed: "2026-02-03",
				},
			},
		}
	})
	number := h.publish(t).Number
	page := fmt.Sprintf("/sites/skogen/notices/%d", number)
	vera := h.member("vera@example.no", consent.RoleViewer, skogen)
	got := vera.get(page)
	got.follows(t, fmt.Sprintf(`href="https://samtykke.example/skogen/notices/%d/cookies"`, number), "Én informasjonskapsel · én begrunnelse",
		"_økt.", "og alt som begynner slik · lokalt lager", "Oppgitt: 1 år.", "Målt på nettstedet: 2 år.",
		"Trenger ikke samtykke:", "Innlogging &lt;b&gt;krever&lt;/b&gt; den.", "Bare på Min side.", "Vurdert av", "personvernombudet", "3. februar 2026")
	if strings.Contains(got.body, "Tjenestene 1") {
		t.Error("a short notice is said to go on")
	}
}

// A long notice is listed a page at a time, each service once, and what has services on
// another page is not said to have none.
func TestALongNoticeIsPaged(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) {
		pattern := d.Services[0]
		for i := len(d.Services); i < 250; i++ {
			pattern.Key, pattern.Name = consent.ServiceKey(fmt.Sprintf("long-%d", i)), consent.Text{consent.Bokmaal: fmt.Sprintf("Tjeneste nr. %d!", i), consent.English: fmt.Sprintf("Service no. %d!", i)}
			d.Services = append(d.Services, pattern)
		}
	})
	page := fmt.Sprintf("/sites/skogen/notices/%d", h.publish(t).Number)
	vera := h.member("vera@example.no", consent.RoleViewer, skogen)
	var listed strings.Builder
	none := 0
	for n, says := range []string{"Tjenestene 1–100 av 250.", "Tjenestene 101–200 av 250.", "Tjenestene 201–250 av 250."} {
		got := vera.get(fmt.Sprintf("%s?page=%d", page, n+1))
		got.shows(t, http.StatusOK, says)
		if whole := strings.Contains(got.body, "Legg tilbake som kladd") && strings.Contains(got.body, "Hvem blir spurt?"); whole != (n == 0) {
			t.Errorf("page %d tells all else: %v", n+1, whole)
		}
		_, told, _ := strings.Cut(got.body, `id="told"`)
		told, _, _ = strings.Cut(told, "</section>")
		listed.WriteString(told)
		none += strings.Count(told, "Ingen tjenester.")
		for to, link := range map[int]string{n: `rel="prev"`, n + 2: `rel="next"`} {
			if want := to >= 1 && to <= 3; strings.Contains(told, link) != want || strings.Contains(told, fmt.Sprintf(`href="%s?page=%d#told" %s`, page, to, link)) != want {
				t.Errorf("page %d: the way to page %d is there: %v", n+1, to, !want)
			}
		}
	}
	all := listed.String()
	for i := 3; i < 250; i++ {
		if got := strings.Count(all, fmt.Sprintf(`scope="row">Tjeneste nr. %d!<`, i)); got != 1 {
			t.Errorf("service %d stands there %d times", i, got)
		}
	}
	if rows := strings.Count(all, `scope="row"`); rows != 250 || none > 1 {
		t.Errorf("%d services are listed, and %d categories have none", rows, none)
	}
	for _, odd := range []string{"?page=99", "?page=-1", "?page=x", "?page=9223372036854775807"} {
		vera.get(page+odd).shows(t, http.StatusOK, "av 250.")
	}
}
