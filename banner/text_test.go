package banner

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Only the site's own question is asked, in its own words.
func TestOneQuestionIsAskedInOneWay(t *testing.T) {
	notice := gjerdrum(t)
	texts := firstTexts(&notice.Draft, consent.Shipped())
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
	texts = firstTexts(&draft, consent.Shipped())
	nb = texts[consent.Bokmaal]
	if nb["heading"] != "Hva kan vi lagre på enheten din?" || nb["save"] == "" || nb["purpose_marketing"] == "" || nb["purpose"] != "" {
		t.Errorf("several questions are asked as %q", nb)
	}
}

func TestSiteMayUseItsOwnWords(t *testing.T) {
	notice := gjerdrum(t)
	draft := notice.Draft
	draft.Site.Wording = map[string]consent.Text{"accept_one": {"nb": "Gjerne"}, "unheard_of": {"nb": "x"}}
	texts := firstTexts(&draft, consent.Shipped())
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
	texts := firstTexts(&draft, consent.Shipped())
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
	texts := maps.Clone(consent.Shipped()[consent.Bokmaal].Banner)
	for _, key := range consent.Wordable() {
		if texts[key] == "" {
			t.Errorf("a site may word %s, which nothing shows", key)
		}
		delete(texts, key)
	}
	left := slices.Sorted(maps.Keys(texts))
	if want := []string{"gpc", "necessary", "place_grants", "place_on", "shared", "stays"}; !slices.Equal(left, want) {
		t.Errorf("a site may word all but %q, want all but %q", left, want)
	}
}

// TestTextsStandByTheirPlaces: a name that the code uses and the bundler does not
// know would end the banner on every page.
func TestTextsStandByTheirPlaces(t *testing.T) {
	for _, file := range []string{"../examples/plain/site.yaml", "../examples/gjerdrum/site.yaml", "testdata/everything.yaml"} {
		main, err := measuredProgram(noticeOf(t, file), "main.ts")
		if err != nil {
			t.Fatal(err)
		}
		body, err := main.bundle()
		if err != nil {
			t.Fatal(err)
		}
		if at := bytes.Index(body, []byte("TEXTS")); at >= 0 {
			t.Errorf("%s: a text without a place: %s", file, body[at:at+30])
		}
	}
}
