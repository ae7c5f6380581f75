package main_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// get fetches from a server without any browser.
func fetchBytes(t *testing.T, address string) []byte {
	t.Helper()
	response, err := localClient.Get(loopback(address))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", address, response.Status, err)
	}
	return body
}

// TestI1InventorySurvivesTheProgram imports, exports, imports again: 29 rows,
// each with everything that the law asks for, under (service, pattern).
func TestI1InventorySurvivesTheProgram(t *testing.T) {
	i := newInstallation(t)
	first := must(t, "site", "export", "gjerdrum", "--data", i.data)
	path := filepath.Join(t.TempDir(), "again.yaml")
	if err := os.WriteFile(path, []byte(first), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "site", "import", path, "--data", i.data)
	if second := must(t, "site", "export", "gjerdrum", "--data", i.data); second != first {
		t.Error("a site file changes on the way through the program")
	}
	type declared struct {
		Services []struct {
			Key, Category string
			Basis         string   `json:"legal_basis"`
			Data          []string `json:"data_categories"`
			Provider      struct{ Name, Missing string }
			Cookies       []struct {
				Name, Kind, Party, Category, Purpose, Status string
				Lifetime                                     struct{ Declared, Vendor *struct{ ISO, Words string } }
				Exemption                                    *struct{ Ground, Reason, Reviewer, Reviewed string }
			}
		}
	}
	var told declared
	server := i.start(t)
	if err := json.Unmarshal(fetchBytes(t, server.url+"/gjerdrum/cookies.json"), &told); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, service := range told.Services {
		if service.Provider.Name == "" && service.Provider.Missing == "" {
			t.Errorf("%s names no company, and does not say so", service.Key)
		}
		if service.Basis == "" || len(service.Data) == 0 { // I2
			t.Errorf("%s states no legal basis or no categories of data", service.Key)
		}
		for _, cookie := range service.Cookies {
			key := service.Key + " " + cookie.Name
			if seen[key] || cookie.Kind == "" || cookie.Party == "" || cookie.Purpose == "" || cookie.Status == "" {
				t.Errorf("%s is there twice, or lacks something: %+v", key, cookie)
			}
			seen[key] = true
			for what, lifetime := range map[string]*struct{ ISO, Words string }{"declared": cookie.Lifetime.Declared, "vendor": cookie.Lifetime.Vendor} { // I3
				if lifetime != nil && (!consent.Lifetime(lifetime.ISO).Valid() || lifetime.Words == "") {
					t.Errorf("%s: the %s lifetime is %+v", key, what, lifetime)
				}
			}
			if cookie.Lifetime.Declared == nil && cookie.Status != "residual" {
				t.Errorf("%s has no lifetime", key)
			}
			if e := cookie.Exemption; cookie.Category == "necessary" && (e == nil || e.Ground == "" || e.Reason == "" || e.Reviewer == "" || e.Reviewed == "") { // I5
				t.Errorf("%s is necessary without a signed reason: %+v", key, e)
			}
		}
	}
	if len(seen) != 29 || len(told.Services) != 11 {
		t.Errorf("%d rows of %d services", len(seen), len(told.Services))
	}
}

// TestUnfinishedInventoryIsNotPublished: what each rule demands is taken away,
// and the program must refuse at the import or at the publishing.
func TestUnfinishedInventoryIsNotPublished(t *testing.T) {
	i := newInstallation(t)
	original, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	for rule, change := range map[string][2]string{
		"C3 legitimate interest":     {"    legal_basis: consent\n", "    legal_basis: legitimate_interests\n"},
		"I2 no legal basis":          {"    legal_basis: consent\n", ""},
		"I2 no categories of data":   {"    data_categories:\n      - nb: IP-adresse (slettes", "    x-removed:\n      - nb: IP-adresse (slettes"},
		"I3 no readable lifetime":    {"          declared: P2Y", "          declared: so long as we like"},
		"I5 no reason":               {"          ground: requested\n", ""},
		"I5 no reviewer":             {"          reviewer: Nettredaktør i Gjerdrum kommune\n", ""},
		"I5 no date":                 {"          reviewed: 2026-11-22\n", ""},
		"I1 no purpose":              {"          nb: Teller besøk og kjenner igjen samme nettleser over tid, slik at kommunen ser hvordan sidene brukes.\n", ""},
		"I1 no company, untold":      {"      missing:\n        nb: Kommunen må oppgi hvilket selskap som leverer billettløsningen.\n        nn: Kommunen må oppgi kva selskap som leverer billettløysinga.\n        en: The municipality must state which company supplies the ticket system.\n", ""},
		"L1 a text without nynorsk":  {"      nn: Tel besøk og viser kva sider som blir brukte, slik at kommunen kan gjere nettstaden betre.\n", ""},
		"I7 statistics as necessary": {"        category: necessary\n        purpose:\n          nb: Skulle skille", "        category: statistics\n        purpose:\n          nb: Skulle skille"},
	} {
		t.Run(rule, func(t *testing.T) {
			changed := strings.Replace(string(original), change[0], change[1], 1)
			if changed == string(original) {
				t.Fatalf("the example does not hold %q", change[0])
			}
			path := filepath.Join(t.TempDir(), "site.yaml")
			if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
				t.Fatal(err)
			}
			if done := invoke(t, "site", "import", path, "--data", i.data); done.code != 0 {
				return
			}
			if done := invoke(t, "notice", "publish", "--no-pictures", "gjerdrum", "--data", i.data); done.code == 0 {
				t.Errorf("it was published")
			}
		})
	}
}

// TestI8DeclarationIsPageAndData: the page stands without script, and each
// version keeps its address and its bytes when the next one is published.
func TestI8DeclarationIsPageAndData(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	base := server.url + "/gjerdrum/"
	page := string(fetchBytes(t, base+"cookies?lang=nn"))
	for _, want := range []string{`lang="nn"`, "nmstat", "fbsr_", "Kari-guid", "Siteimprove A/S", "/personvern", "notices/1/cookies", "cookies.json", "cookies.csv"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "<script") || strings.Count(page, "<code>") < 29 {
		t.Errorf("the page needs script, or does not hold every row (%d)", strings.Count(page, "<code>"))
	}
	permanent := []string{"notices/1/cookies?lang=nb", "notices/1/cookies.json", "notices/1/cookies.csv"}
	before := map[string]string{}
	for _, address := range permanent {
		before[address] = string(fetchBytes(t, base+address))
	}
	if done := i.edit(t, "nb: Teller besøk og kjenner igjen", "nb: Teller alle besøk og kjenner igjen"); done.code != 0 {
		t.Fatalf("%+v", done)
	}
	must(t, "notice", "publish", "--no-pictures", "gjerdrum", "--data", i.data)
	if !strings.Contains(string(fetchBytes(t, base+"notices/2/cookies?lang=nb")), "Teller alle besøk") {
		t.Error("the second version is not published")
	}
	for _, address := range permanent {
		if string(fetchBytes(t, base+address)) != before[address] {
			t.Errorf("%s has changed", address)
		}
	}
}

// TestL1EveryTextInBothForms compares the keys of all texts.
func TestL1EveryTextInBothForms(t *testing.T) {
	for _, family := range []struct{ path, section string }{
		{"../../consent/translation/%.json", "banner"}, {"../../consent/translation/%.json", "panel"}, {"../../server/web/text/%.json", ""},
	} {
		first := textsIn(t, family.path, "nb", family.section)
		for _, language := range []string{"nb", "nn", "en", "se"} {
			texts := textsIn(t, family.path, language, family.section)
			for key := range first {
				if text, isText := texts[key].(string); texts[key] == nil || isText && strings.TrimSpace(text) == "" {
					t.Errorf("%s in %s lacks %q", family.path, language, key)
				}
			}
			for key := range texts {
				// "_review" says that a native reader has yet to see the texts.
				if _, there := first[key]; !there && key != "_review" {
					t.Errorf("%s in %s alone has %q", family.path, language, key)
				}
			}
		}
	}
}

// textsIn reads a file of texts, or a section of one.
func textsIn(t *testing.T, path, language, section string) map[string]any {
	t.Helper()
	var texts map[string]any
	if err := json.Unmarshal([]byte(readFile(t, strings.ReplaceAll(path, "%", language))), &texts); err != nil {
		t.Fatalf("%s in %s: %v", path, language, err)
	}
	if section != "" {
		texts, _ = texts[section].(map[string]any)
	}
	if len(texts) == 0 {
		t.Fatalf("%s in %s has no texts", path, language)
	}
	return texts
}
