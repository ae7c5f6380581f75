package gjerdrum_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// walk is a visitor who follows redirects with the cookies of one path.
func walk(t *testing.T, replica http.Handler, method, path string, cookies []*http.Cookie, fields string) (page string, kept []*http.Cookie) {
	t.Helper()
	answer := ask(t, replica, method, gjerdrum.Municipality, path, fill(fields), carry(cookies...))
	kept = append(slices.Clone(cookies), answer.Cookies...)
	for answer.Status == http.StatusSeeOther {
		answer = ask(t, replica, "GET", gjerdrum.Municipality, answer.Header.Get("Location"), carry(kept...))
	}
	return answer.Body, kept
}

// Without any consent the form, the login and the ticket order work to their end.
func TestNecessaryThingsWork(t *testing.T) {
	replica := world()

	page, form := walk(t, replica, "POST", "/skjema/start?sprak=nn", nil, "")
	if !strings.Contains(page, "Kva gjeld førespurnaden?") {
		t.Error("the form does not start in the language that was picked")
	}
	if page, _ = walk(t, replica, "POST", "/skjema/1", form, ""); !strings.Contains(page, "Velg ett av temaene") {
		t.Error("a form without a topic goes on")
	}
	if page, _ = walk(t, replica, "POST", "/skjema/1", form, "tema=2"); !strings.Contains(page, `name="sak"`) {
		t.Error("the form does not reach its second step")
	}
	if page, _ = walk(t, replica, "POST", "/skjema/2", form, "sak=Hullet+i+veien"); !strings.Contains(page, "Referanse: <b>") || strings.Contains(page, "Hullet") {
		t.Error("the form gives no receipt, or repeats what was written")
	}

	page, login := walk(t, replica, "POST", "/minside/logg-inn", nil, "")
	if !strings.Contains(page, "Sakene dine") {
		t.Error("the login does not log in")
	}
	out := ask(t, replica, "POST", gjerdrum.Municipality, "/minside/logg-ut", carry(login...))
	if gone := out.Cookies; len(gone) != 1 || gone[0].MaxAge >= 0 || gone[0].Path != "/minside" {
		t.Errorf("the log-out leaves its cookie: %v", gone)
	}
	if page, _ = walk(t, replica, "GET", "/minside", login, ""); strings.Contains(page, "Sakene dine") {
		t.Error("the old session still opens My page")
	}

	if page, _ = walk(t, replica, "POST", "/minside/logg-inn?sprak=en", nil, ""); !strings.Contains(page, "Your cases") {
		t.Error("the login does not log in in English")
	}

	english, kept := walk(t, replica, "POST", "/billetter/bestilling?sprak=en", nil, "arrangement=kino")
	if !strings.Contains(english, "Family cinema") {
		t.Error("the order does not start in English")
	}
	if page, _ = walk(t, replica, "POST", "/billetter/kvittering?sprak=en", kept, "antall=1"); !strings.Contains(page, "1 ticket, 95 kroner") {
		t.Error("the order does not end in English")
	}

	page, order := walk(t, replica, "POST", "/billetter/bestilling", nil, "arrangement=kino")
	if !strings.Contains(page, "Familiekino") || !slices.Contains(names(order), "PHPSESSID") {
		t.Error("the order does not start")
	}
	if page, _ = walk(t, replica, "POST", "/billetter/kvittering", order, "antall=3"); !strings.Contains(page, "3 billetter, 285 kroner") {
		t.Error("the order does not end in a receipt")
	}
}

func TestStepsNeedTheirSession(t *testing.T) {
	replica := world()
	for _, path := range []string{"/skjema/1", "/skjema/2", "/billetter/bestilling"} {
		if answer := ask(t, replica, "GET", gjerdrum.Municipality, path); answer.Status != http.StatusSeeOther {
			t.Errorf("%s opens without a session: %d", path, answer.Status)
		}
	}
	if answer := ask(t, replica, "POST", gjerdrum.Municipality, "/billetter/bestilling", fill("arrangement=%3Cb%3E")); len(answer.Cookies) > 0 {
		t.Error("an unknown event starts an order")
	}
}

// Clicks that the visitor has let the page remember are counted, never shown.
func TestFeedbackTakesClicksAlong(t *testing.T) {
	replica := world()
	page, _ := walk(t, replica, "POST", "/tilbakemelding", []*http.Cookie{{Name: "SSP-Fantdu", Value: "12-40.200-310."}}, "fant=nei")
	if !strings.Contains(page, "2 klikk ble sendt med") || strings.Contains(page, "12-40") {
		t.Error("the clicks were not counted")
	}
	if page, _ = walk(t, replica, "POST", "/tilbakemelding", nil, "fant=ja"); !strings.Contains(page, "Ingen klikk") {
		t.Error("clicks without any memory of them")
	}
}

// The log shows third parties' requests and cookies, until it is reset.
func TestRequestsAreSeen(t *testing.T) {
	replica := world()
	ask(t, replica, "GET", gjerdrum.Municipality, "/video")
	ask(t, replica, "GET", gjerdrum.Video, "/embed/sortering")
	ask(t, replica, "GET", gjerdrum.Video, "/embed/sortering?v=1")
	ask(t, replica, "GET", gjerdrum.Map, "/kart.svg", carry(&http.Cookie{Name: "wooTracker", Value: "x"}, &http.Cookie{Name: "stranger", Value: "x"}))
	got := seen(t, replica)
	if len(got.Requests) != 2 || got.Requests[0].Path != "/embed/sortering" || got.Requests[0].Count != 2 || got.Requests[1].Host != gjerdrum.Map {
		t.Errorf("requests seen: %+v", got.Requests)
	}
	if len(got.Cookies) != 1 || got.Cookies[0].Host != gjerdrum.Map || got.Cookies[0].Name != "wooTracker" {
		t.Errorf("cookies seen: %+v", got.Cookies)
	}
	ask(t, replica, "POST", gjerdrum.Municipality, "/_demo/reset")
	if got = seen(t, replica); len(got.Requests)+len(got.Cookies) > 0 {
		t.Errorf("after the reset: %+v", got)
	}
}

type log struct {
	Requests []struct {
		Host, Path string
		Count      int
	}
	Cookies []struct{ Host, Name string }
}

func seen(t *testing.T, replica http.Handler) log {
	t.Helper()
	var got log
	if err := json.Unmarshal([]byte(ask(t, replica, "GET", gjerdrum.Municipality, "/_demo/requests").Body), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestLeftOversArePlanted(t *testing.T) {
	replica := world()
	answer := ask(t, replica, "POST", gjerdrum.Municipality, "/_demo/plant")
	if got := names(answer.Cookies); answer.Header.Get("Location") != "/" || len(got) != 3 {
		t.Errorf("planted %v", got)
	}
	page := ask(t, replica, "GET", gjerdrum.Municipality, "/", carry(answer.Cookies...), carry(&http.Cookie{Name: "samtykke-gjerdrum", Value: "1"})).Body
	if !strings.Contains(page, `data-residual="G_ENABLED_IDPS fbm_1046731288 fbsr_1046731288 "`) {
		t.Error("the box is not told what came with the page")
	}
}

func TestHostsAreToldApart(t *testing.T) {
	replica := world()
	for host, want := range map[string]int{
		"KOMMUNE.localhost": http.StatusOK, "127.0.0.1": http.StatusFound, "localhost": http.StatusFound,
		"kommune.localhost.example.no": http.StatusMisdirectedRequest, "example.no": http.StatusMisdirectedRequest,
	} {
		if got := ask(t, replica, "GET", host, "/").Status; got != want {
			t.Errorf("%s: %d, want %d", host, got, want)
		}
	}
	if got := ask(t, replica, "GET", "localhost", "/").Header.Get("Location"); got != "http://kommune.localhost:8090/" {
		t.Errorf("localhost leads to %s", got)
	}
	if got := ask(t, replica, "POST", gjerdrum.Analytics, "/collect").Status; got != http.StatusMethodNotAllowed {
		t.Errorf("a stand-in takes a POST: %d", got)
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	replica := world()
	for _, path := range []string{"/skjema/start", "/minside/logg-inn", "/billetter/bestilling", "/_demo/plant", "/_demo/reset"} {
		answer := ask(t, replica, "POST", gjerdrum.Municipality, path, func(r *http.Request) {
			r.Header.Set("Origin", "http://elsewhere.localhost")
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		})
		if answer.Status != http.StatusForbidden || len(answer.Cookies) > 0 {
			t.Errorf("%s takes another site's form: %d", path, answer.Status)
		}
	}
}

func TestForDemo(t *testing.T) {
	site := draft(t)
	if !slices.Equal(site.Site.Origins, []string{"http://kommune.localhost:8090"}) {
		t.Errorf("origins %v", site.Site.Origins)
	}
	for _, language := range site.Site.Languages {
		for _, address := range []string{site.Site.Declaration[language], site.Site.Privacy[language], site.Site.Withdrawal[language], site.Site.Rights[language]} {
			path := strings.TrimPrefix(address, "http://kommune.localhost:8090")
			page := ask(t, world(), "GET", gjerdrum.Municipality, strings.TrimSuffix(path, "#samtykke"))
			if path == address || !strings.Contains(page.Body, `<html lang="`+string(language)+`">`) {
				t.Errorf("the banner in %s leads to %q, which is no page in that language", language, address)
			}
		}
	}
	hosts := map[string]bool{}
	for i := range site.Services {
		for _, host := range site.Services[i].Hosts {
			hosts[host] = true
		}
	}
	for _, row := range gjerdrum.Rows {
		if row.Host != gjerdrum.Municipality && !hosts[row.Host] {
			t.Errorf("no service declares %s", row.Host)
		}
	}
}
