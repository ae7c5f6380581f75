package web

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestEveryPageIsParsed looks at each page of the administration, which the program
// parses when somebody asks for it.
func TestEveryPageIsParsed(t *testing.T) {
	for name, page := range adminPages {
		if page().Lookup(name) == nil || page().Lookup("layout.html") == nil {
			t.Errorf("%s is not there, or not its layout", name)
		}
	}
	if len(adminPages) < 40 {
		t.Errorf("there are %d pages", len(adminPages))
	}
}

func TestTextsAreCompleteInEveryLanguage(t *testing.T) {
	nb, _ := WordsIn(consent.Bokmaal)
	hole := regexp.MustCompile(`\{\w+\}`)
	for _, lang := range Languages {
		texts, in := WordsIn(lang)
		if in != lang {
			t.Fatalf("asked for %s, got %s", lang, in)
		}
		for key, text := range nb {
			if strings.TrimSpace(texts[key]) == "" {
				t.Errorf("%s lacks %q", lang, key)
			}
			for _, name := range hole.FindAllString(text, -1) {
				if !strings.Contains(texts[key], name) {
					t.Errorf("%s: %q does not mention %s", lang, key, name)
				}
			}
		}
		for key := range texts {
			if nb[key] == "" {
				t.Errorf("%s has %q, which bokmål has not", lang, key)
			}
		}
		if months := strings.Fields(texts["months"]); len(months) != 12 {
			t.Errorf("%s has %d months", lang, len(months))
		}
	}
}

// TestLongWordsSayWhereTheyBreak: a narrow screen holds about this many letters, and a
// browser knows no syllables of northern Sami.
func TestLongWordsSayWhereTheyBreak(t *testing.T) {
	long := regexp.MustCompile(`\p{L}{26,}`)
	for lang, texts := range words() {
		for key, text := range texts {
			if word := long.FindString(text); word != "" {
				t.Errorf("%s: %q has %q without a soft hyphen where its parts meet", lang, key, word)
			}
		}
	}
}

func TestEveryTextIsUsed(t *testing.T) {
	var sources strings.Builder
	for _, pattern := range []string{"*.go", "template/*.html", "../visitor/declaration*.go", "../visitor/me_page.go", "../../banner/me/*.ts"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(data)
		}
	}
	composed := regexp.MustCompile(`^(error_|term_|controller_|dpo_|authority_|asked_|me_say_ground_)`)
	for key := range words()[consent.Bokmaal] {
		if !composed.MatchString(key) && !strings.Contains(sources.String(), strings.TrimPrefix(key, saidByMe)) {
			t.Errorf("nothing shows %q", key)
		}
	}
}

func TestDatesInWords(t *testing.T) {
	moment := time.Date(2026, time.November, 22, 23, 30, 0, 0, time.FixedZone("Oslo", 3600))
	for lang, want := range map[consent.Language]string{
		consent.Bokmaal:      "22. november 2026 kl. 23.30 norsk tid (UTC+1)",
		consent.Nynorsk:      "22. november 2026 kl. 23.30 norsk tid (UTC+1)",
		consent.NorthernSami: "skábmamánu 22. b. 2026 dii. 23.30 Norgga áigi (UTC+1)",
		consent.English:      "22 November 2026 at 23:30 CET (UTC+1)",
	} {
		texts, _ := WordsIn(lang)
		if got := texts.Clock(moment); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
	texts, _ := WordsIn(consent.Bokmaal)
	if got := texts.Clock(moment.AddDate(0, 7, 8)); got != "1. juli 2027 kl. 00.30 norsk tid (UTC+2)" {
		t.Errorf("in summer: %q", got)
	}
	if got := texts.Date("soon"); got != "soon" {
		t.Errorf("what is no date: got %q", got)
	}
}

func TestErrorPagesSayWhatToDo(t *testing.T) {
	for _, lang := range Languages {
		for _, status := range []int{400, http.StatusNotFound, http.StatusTooManyRequests, 500, http.StatusServiceUnavailable} {
			page, err := NewErrorPage(status, lang).Render()
			if err != nil {
				t.Fatal(err)
			}
			text := string(page)
			if !strings.Contains(text, `<html lang="`+string(lang)+`">`) || strings.Contains(text, "<h1></h1>") || strings.Contains(text, `"lede"></p>`) {
				t.Errorf("%d in %s:\n%s", status, lang, text)
			}
		}
	}
	page, err := NewErrorPage(http.StatusNotFound, "pl").Render()
	if err != nil || !strings.Contains(string(page), `<html lang="en">`) || !strings.Contains(string(page), "We cannot find the page") {
		t.Errorf("a language we lack: %v\n%s", err, page)
	}
}

func TestThePolicyAllowsOurStyleAndNothingElse(t *testing.T) {
	page, err := NewErrorPage(http.StatusNotFound, consent.English).Render()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "<style>")
	inside, _, _ := strings.Cut(rest, "</style>")
	if !strings.Contains(Policy, "'sha256-"+digest(inside)+"'") {
		t.Error("the policy does not allow the style sheet as it is sent")
	}
	for _, loose := range []string{"unsafe", "*", "http:", "script-src", "https:"} {
		if strings.Contains(Policy, loose) {
			t.Errorf("the policy holds %q", loose)
		}
	}
}

// A list says the zone once. In the hour that clocks run twice, each moment says it.
func TestExactHere(t *testing.T) {
	nb, _ := WordsIn(consent.Bokmaal)
	for moment, want := range map[string]string{
		"2026-03-01T23:30:05Z": "2. mars 2026 kl. 00.30.05",
		"2026-10-25T00:30:00Z": "25. oktober 2026 kl. 02.30.00 norsk tid (UTC+2)",
		"2026-10-25T01:30:00Z": "25. oktober 2026 kl. 02.30.00 norsk tid (UTC+1)",
		"2026-10-25T02:30:00Z": "25. oktober 2026 kl. 03.30.00",
	} {
		at, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := nb.ExactHere(at); got != want {
			t.Errorf("%s is %q, want %q", moment, got, want)
		}
	}
}
