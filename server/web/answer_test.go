package web

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// TestAnswerTextsAreCompleteAndUsed: the three languages say the same, with the
// same {names}, and a page shows every text.
func TestAnswerTextsAreCompleteAndUsed(t *testing.T) {
	// What the values of the vocabulary are called is looked up by their names.
	composed := []string{
		"given", "partly_given", "refused", "withdrawn", "expired", "accept_all", "reject_all", "save", "withdraw",
		"placeholder_once", "placeholder_always", "signal", "api", "expiry", "first", "second", "placeholder", "page",
		"skew_ahead_one", "skew_behind_one", "lang_nb", "lang_nn", "lang_se", "lang_en", "previous_none", "visitor_none",
		"frozen_asked", "frozen_accuracy", "frozen_unlawful", "frozen_claim", "frozen_objection",
	}
	completeAndUsed(t, "answer_", AnswerWordsIn, composed, "template/answer.html", "said.go", "../answer/*.go")
	if _, in := AnswerWordsIn("se"); in != consent.Bokmaal {
		t.Errorf("a site in Northern Sami is answered in %s", in)
	}
}

// One second is no seconds, in any language.
func TestSkewOfOneSecond(t *testing.T) {
	for lang, says := range map[consent.Language][4]string{
		consent.Bokmaal: {"1 sekund foran serverens", "1 sekund etter serverens", "2 sekunder foran serverens", "Som serverens"},
		consent.Nynorsk: {"1 sekund framfor tenaren", "1 sekund etter tenaren", "2 sekund framfor tenaren", "Som på tenaren"},
		consent.English: {"1 second ahead of the server’s", "1 second behind the server’s", "2 seconds ahead of the server’s", "As the server’s"},
	} {
		words, _ := AnswerWordsIn(lang)
		for i, seconds := range []int64{1, -1, 2, 0} {
			if said := words.Skew(seconds); said != says[i] {
				t.Errorf("%s: %d is %q, want %q", lang, seconds, said, says[i])
			}
		}
	}
}

// TestRecordTextsAreCompleteAndUsed says the same of the record of processing
// activities.
func TestRecordTextsAreCompleteAndUsed(t *testing.T) {
	completeAndUsed(t, "record_", RecordWordsIn, nil, "template/record.html", "../processing/*.go")
}

func completeAndUsed(t *testing.T, prefix string, wordsIn func(consent.Language) (Words, consent.Language), composed []string, patterns ...string) {
	t.Helper()
	hole := regexp.MustCompile(`\{\w+\}`)
	sources := sourcesOf(t, patterns)
	nb, _ := wordsIn(consent.Bokmaal)
	for _, lang := range AnswerLanguages {
		texts, in := wordsIn(lang)
		if in != lang {
			t.Fatalf("asked for %s, got %s", lang, in)
		}
		if want, have := slices.Sorted(maps.Keys(nb)), slices.Sorted(maps.Keys(texts)); !slices.Equal(want, have) {
			t.Errorf("%s and nb have different texts", lang)
		}
		for key, text := range texts {
			short, own := strings.CutPrefix(key, prefix)
			if !own {
				continue
			}
			if want, have := hole.FindAllString(nb[key], -1), hole.FindAllString(text, -1); strings.TrimSpace(text) == "" || !slices.Equal(want, have) {
				t.Errorf("%s: %s is %q, in nb %q", lang, key, text, nb[key])
			}
			right := strings.HasPrefix(short, "right_")
			if !right && !slices.Contains(composed, short) && !strings.Contains(sources, key) && !strings.Contains(sources, `"`+short+`"`) {
				t.Errorf("nothing shows %s", key)
			}
		}
	}
}

// sourcesOf reads what may name a text.
func sourcesOf(t *testing.T, patterns []string) string {
	t.Helper()
	var sources strings.Builder
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(text)
		}
	}
	return sources.String()
}
