package banner

import (
	"encoding/json"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

var shippedLanguages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami, consent.English}

var slot = regexp.MustCompile(`\{[a-z_]+\}`)

func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	for _, file := range []string{"", "panel."} {
		model, err := readTexts(consent.Bokmaal, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range shippedLanguages[1:] {
			texts, err := readTexts(lang, file)
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range slices.Sorted(maps.Keys(model)) {
				want, got := slot.FindAllString(model[key], -1), slot.FindAllString(texts[key], -1)
				slices.Sort(want)
				slices.Sort(got)
				if strings.TrimSpace(texts[key]) == "" && model[key] != "" {
					t.Errorf("%s%s lacks %q", file, lang, key)
				} else if !slices.Equal(want, got) {
					t.Errorf("%s%s fills %v in %q, not %v", file, lang, got, key, want)
				}
			}
			for key := range texts {
				if _, known := model[key]; !known {
					t.Errorf("%s%s has %q, which bokmål has not", file, lang, key)
				}
			}
		}
	}
}

// What waits for a native reader says so in the file, and only there.
func TestSamiTextsWaitForReview(t *testing.T) {
	for _, name := range []string{"text/se.json", "text/panel.se.json"} {
		data, err := fs.ReadFile(sources, name)
		if err != nil {
			t.Fatal(err)
		}
		texts := map[string]string{}
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
		if texts[reviewKey] == "" {
			t.Errorf("%s does not say that it waits for review", name)
		}
	}
	texts, err := readTexts(consent.NorthernSami, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, leaked := texts[reviewKey]; leaked {
		t.Error("visitors get the note to reviewers")
	}
}

// Only the site's own question is asked, in its own words.
func TestOneQuestionIsAskedInOneWay(t *testing.T) {
	notice := gjerdrum(t)
	texts, err := firstTexts(&notice.Draft)
	if err != nil {
		t.Fatal(err)
	}
	nb := texts[consent.Bokmaal]
	if nb["heading"] != "Kan vi måle hvordan nettsidene brukes?" || nb["purpose"] == "" || nb["save"] != "" {
		t.Errorf("one question is asked as %q", nb)
	}
	if !strings.Contains(nb["intro"], "Gjerdrum kommune") || strings.Contains(nb["details"], "{") {
		t.Errorf("the controller and the number of recipients are missing: %q, %q", nb["intro"], nb["details"])
	}
	draft := notice.Draft
	draft.Services = slices.Clone(draft.Services)
	for i := range draft.Services {
		if draft.Services[i].Ask == consent.AskInPlace {
			draft.Services[i].Ask = consent.AskBanner
		}
	}
	if texts, err = firstTexts(&draft); err != nil {
		t.Fatal(err)
	}
	nb = texts[consent.Bokmaal]
	if nb["heading"] != "Hva kan vi lagre på enheten din?" || nb["save"] == "" || nb["purpose_marketing"] == "" || nb["purpose"] != "" {
		t.Errorf("several questions are asked as %q", nb)
	}
}

func TestSiteMayUseItsOwnWords(t *testing.T) {
	notice := gjerdrum(t)
	draft := notice.Draft
	draft.Site.Wording = map[string]consent.Text{"accept_one": {"nb": "Gjerne"}, "unheard_of": {"nb": "x"}}
	texts, err := firstTexts(&draft)
	if err != nil {
		t.Fatal(err)
	}
	if got := texts[consent.Bokmaal]["accept"]; got != "Gjerne" {
		t.Errorf("bokmål says %q", got)
	}
	if got := texts[consent.Nynorsk]["accept"]; got != "Ja, eg godtek" {
		t.Errorf("nynorsk, which has no wording of its own, says %q", got)
	}
	if _, ok := texts[consent.Bokmaal]["unheard_of"]; ok {
		t.Error("a text that nothing shows is sent to every visitor")
	}
}

func TestSiteWithoutQuestionsSendsNone(t *testing.T) {
	notice := gjerdrum(t)
	draft := notice.Draft
	draft.Services = slices.Clone(draft.Services)
	for i := range draft.Services {
		if len(draft.Services[i].Refs()) > 0 && draft.Services[i].Ask != consent.AskNever {
			draft.Services[i].Ask = consent.AskInPlace
		}
	}
	texts, err := firstTexts(&draft)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"heading", "intro", "accept", "reject", "purpose", "privacy_at"} {
		if texts[consent.Bokmaal][key] != "" {
			t.Errorf("%s is sent to every visitor", key)
		}
	}
	if texts[consent.Bokmaal]["open"] == "" {
		t.Error("there is no way back")
	}
}

// TestWordableTextsAreShown keeps the rules for a site's own wording and the
// texts together: what may be worded is there, with what it must hold.
func TestWordableTextsAreShown(t *testing.T) {
	texts, err := readTexts(consent.Bokmaal, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range consent.Wordable() {
		if texts[key] == "" {
			t.Errorf("a site may word %s, which nothing shows", key)
		}
		delete(texts, key)
	}
	left := slices.Sorted(maps.Keys(texts))
	if want := []string{"gpc", "necessary", "place_grants", "place_on", "stays"}; !slices.Equal(left, want) {
		t.Errorf("a site may word all but %q, want all but %q", left, want)
	}
}
