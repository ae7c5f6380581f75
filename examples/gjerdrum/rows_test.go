package gjerdrum_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// The table and the site file say the same of each of the 29 cookies.
func TestRowsMatchTheInventory(t *testing.T) {
	site := draft(t)
	var rows []gjerdrum.Row
	for i := range site.Services {
		service := &site.Services[i]
		for j := range service.Cookies {
			cookie := &service.Cookies[j]
			at := slices.IndexFunc(gjerdrum.Rows, func(row gjerdrum.Row) bool {
				return row.Service == service.Key && row.Pattern == cookie.Pattern.Name
			})
			if at < 0 {
				t.Errorf("%s %s has no row", service.Key, cookie.Pattern.Name)
				continue
			}
			row := gjerdrum.Rows[at]
			rows = append(rows, row)
			compare(t, row, cookie)
		}
	}
	if len(rows) != 29 || !slices.Equal(rows, gjerdrum.Rows) {
		t.Errorf("%d rows of %d, not the 29 in the order of the site file", len(rows), len(gjerdrum.Rows))
	}
}

// english are words that no Norwegian sentence has.
var english = regexp.MustCompile(`(?i)\b(the|of|and|is|by|needs|listed|confidence|declared|statement)\b`)

// Who keeps the inventory reads its notes and reasons in bokmål.
func TestNotesAreNorwegian(t *testing.T) {
	site := draft(t)
	notes := 0
	look := func(where string, all ...string) {
		t.Helper()
		for _, note := range all {
			if notes++; english.MatchString(note) {
				t.Errorf("%s has an English note: %s", where, note)
			}
		}
	}
	for i := range site.Services {
		service := &site.Services[i]
		look(string(service.Key), service.Notes...)
		for j := range service.Cookies {
			look(string(service.Key)+" "+service.Cookies[j].Pattern.Name, append(service.Cookies[j].Notes, service.Cookies[j].Reason)...)
		}
	}
	if notes < 150 {
		t.Errorf("the inventory has %d notes", notes)
	}
}

func compare(t *testing.T, row gjerdrum.Row, cookie *consent.Cookie) {
	t.Helper()
	name := fmt.Sprint(row.Service, " ", row.Pattern)
	if !cookie.Pattern.Matches(row.Cookie) {
		t.Errorf("%s: the pattern does not match %s", name, row.Cookie)
	}
	if row.HTTPOnly != cookie.HTTPOnly {
		t.Errorf("%s: HttpOnly is %v, declared %v", name, row.HTTPOnly, cookie.HTTPOnly)
	}
	if first := row.Host == gjerdrum.Municipality; first != (cookie.Party == consent.FirstParty) {
		t.Errorf("%s: kept by %s, declared %s party", name, row.Host, cookie.Party)
	}
	if row.Obsolete != (cookie.Status == consent.StatusObsolete) {
		t.Errorf("%s: obsolete is %v, declared %s", name, row.Obsolete, cookie.Status)
	}
	if planted := row.Action == gjerdrum.Planted; planted != (cookie.Status == consent.StatusResidual) {
		t.Errorf("%s: %s, declared %s", name, row.Action, cookie.Status)
	}
	lifetime := cookie.Lifetime.Vendor
	if lifetime == "" {
		lifetime = cookie.Lifetime.Declared
	}
	if lifetime == "" {
		return // nobody knows how long the old login's cookie lives
	}
	if lifetime == consent.Session {
		if row.Age != 0 {
			t.Errorf("%s: lives %s, the vendor's value is the session", name, row.Age)
		}
		return
	}
	// Years and months have no fixed length: two per cent are nobody's fault.
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	want := lifetime.After(start).Sub(start)
	if off := (row.Age - want).Abs(); off > want/50 {
		t.Errorf("%s: lives %s, the vendor's value is %s", name, row.Age, lifetime)
	}
}

// Every row with an answer is written by exactly that answer, as the vendor
// writes it, and by no other.
func TestRowsAreWrittenByTheirAnswers(t *testing.T) {
	replica := world()
	written := map[string][]string{}
	for _, row := range gjerdrum.Rows {
		if row.Answer != "" {
			written[row.Host+row.Answer] = append(written[row.Host+row.Answer], row.Cookie)
		}
	}
	for _, row := range gjerdrum.Rows {
		if row.Answer == "" {
			continue
		}
		method, change := "GET", fill("arrangement=julekonsert")
		if row.Press != "" {
			method = "POST"
		}
		answer := ask(t, replica, method, row.Host, row.Answer, change)
		got := slices.DeleteFunc(names(answer.Cookies), func(name string) bool { return name == "AWSALB" })
		if want := written[row.Host+row.Answer]; !slices.Equal(got, want) {
			t.Errorf("%s%s writes %v, want %v", row.Host, row.Answer, got, want)
		}
		for _, cookie := range answer.Cookies {
			if cookie.Name == row.Cookie {
				checkCookie(t, row, cookie)
			}
		}
	}
}

func checkCookie(t *testing.T, row gjerdrum.Row, cookie *http.Cookie) {
	t.Helper()
	if cookie.MaxAge != int(row.Age/time.Second) || !cookie.Expires.IsZero() || cookie.HttpOnly != row.HTTPOnly || cookie.Path != row.Path {
		t.Errorf("%s: written as %s, want %+v", row.Cookie, cookie, row)
	}
	foreign := row.Host != gjerdrum.Municipality
	if cookie.Secure != foreign || cookie.Partitioned != foreign || foreign != (cookie.SameSite == http.SameSiteNoneMode) {
		t.Errorf("%s: written as %s; another site's frame needs Secure, SameSite=None and Partitioned", row.Cookie, cookie)
	}
	if (cookie.Domain != "") != row.Domain {
		t.Errorf("%s: domain %q, want the whole domain: %v", row.Cookie, cookie.Domain, row.Domain)
	}
}

// The scripts of each service name the cookies that they write, with the ages
// of the table; whether a browser then keeps them is for the browser tests.
func TestRowsAreWrittenByTheirScripts(t *testing.T) {
	replica := world()
	scripts := map[consent.ServiceKey][2]string{
		"siteimprove-analytics": {gjerdrum.Siteimprove, "/js/siteanalyze_000.js"},
		"billettlosning":        {gjerdrum.Analytics, "/analytics.js"},
		"kommunekart":           {gjerdrum.Analytics, "/analytics.js"},
		"kommune-tv":            {gjerdrum.Analytics, "/analytics.js"},
		"kommune-kari":          {gjerdrum.Chat, "/kari"},
		"skjema":                {gjerdrum.Municipality, "/skjema"},
		"publisering":           {gjerdrum.Municipality, "/tilbakemelding"},
	}
	for _, row := range gjerdrum.Rows {
		if row.Answer != "" {
			continue
		}
		at := scripts[row.Service]
		if row.Cookie == "wooTracker" {
			at = [2]string{gjerdrum.Woopra, "/w.js"}
		}
		source := ask(t, replica, "GET", at[0], at[1]).Body
		entry := fmt.Sprintf("%q:%d", row.Cookie, int(row.Age/time.Second))
		session := "document.cookie = '" + row.Cookie + "=' + "
		if !strings.Contains(source, entry) && !strings.Contains(source, session) {
			t.Errorf("%s%s does not write %s for %s", at[0], at[1], row.Cookie, row.Age)
		}
	}
}

// Without the old versions nothing obsolete is written any more.
func TestObsoleteRowsCanBeLeftOut(t *testing.T) {
	today := gjerdrum.New(gjerdrum.Options{Script: script, Port: port})
	for _, row := range gjerdrum.Rows {
		if !row.Obsolete {
			continue
		}
		for _, path := range []string{row.Answer, "/analytics.js"} {
			answer := ask(t, today, "GET", row.Host, path)
			if slices.Contains(names(answer.Cookies), row.Cookie) {
				t.Errorf("%s%s still writes %s", row.Host, path, row.Cookie)
			}
		}
	}
	if source := ask(t, today, "GET", gjerdrum.Analytics, "/analytics.js").Body; strings.Contains(source, `"_gid"`) || !strings.Contains(source, `"_ga"`) {
		t.Error("the analytics script does not write _ga alone")
	}
}

// A visitor who only looks is given nothing by the municipality but what its
// publishing system and its ticket shop write on their own pages.
func TestLookingStoresNothing(t *testing.T) {
	replica := world()
	allowed := map[string][]string{
		"/billetter":      {"__cfduid"},
		"/tilbakemelding": {"ASP.NET_SessionId"},
		"/":               {"G_ENABLED_IDPS", "fbm_1046731288", "fbsr_1046731288"},
	}
	for path := range everyPage {
		plain, _, _ := strings.Cut(path, "?")
		if got := names(ask(t, replica, "GET", gjerdrum.Municipality, path).Cookies); !slices.Equal(got, append([]string{}, allowed[plain]...)) {
			t.Errorf("%s writes %v, want %v", path, got, allowed[plain])
		}
	}
	if got := ask(t, replica, "GET", gjerdrum.Municipality, "/", carry(&http.Cookie{Name: "samtykke-gjerdrum", Value: "1"})).Cookies; len(got) > 0 {
		t.Errorf("the front page plants %v on someone who has answered", names(got))
	}
}
