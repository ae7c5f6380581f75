package consent

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"
)

// TestEveryLanguageSaysTheSameThings: every file has the texts of bokmål, with
// the same names to fill in, and the forms of number that its language has.
func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	model := Shipped()[Bokmaal]
	for lang, translation := range Shipped() {
		for section, texts := range translation.sections() {
			want := map[string]string{}
			for key, text := range model.sections()[section] {
				if !ofNumber(key) {
					want[key] = text
				}
			}
			for key, text := range texts {
				if section == "words" && ofNumber(key) {
					continue
				}
				if !slices.Equal(Slots(text), Slots(want[key])) {
					t.Errorf("%s: %s.%s fills in %q, bokmål %q", lang, section, key, Slots(text), Slots(want[key]))
				}
				if strings.TrimSpace(text) == "" || text != strings.TrimSpace(text) && !strings.HasPrefix(want[key], " ") {
					t.Errorf("%s: %s.%s is %q", lang, section, key, text)
				}
				if strings.ContainsFunc(text, isHidden) {
					t.Errorf("%s: %s.%s holds what nobody sees", lang, section, key)
				}
			}
			if got, want := textKeys(texts), textKeys(want); !slices.Equal(got, want) {
				t.Errorf("%s has the %s texts\n%q, bokmål has\n%q", lang, section, got, want)
			}
		}
	}
}

// textKeys gives the keys of texts, without those of numbers.
func textKeys(texts map[string]string) []string {
	keys := slices.Sorted(maps.Keys(texts))
	return slices.DeleteFunc(keys, ofNumber)
}

var unitKey = regexp.MustCompile(`^(` + strings.Join(units[:], "|") + `)_(zero|one|two|few|many|other)$`)

func ofNumber(key string) bool { return unitKey.MatchString(key) }

func TestNumbersHaveEveryFormOfTheLanguage(t *testing.T) {
	for lang, translation := range Shipped() {
		var want []string
		for n := range int64(200) {
			for _, unit := range units {
				want = append(want, unit+"_"+lang.pluralForm(n))
			}
		}
		slices.Sort(want)
		want = slices.Compact(want)
		got := slices.DeleteFunc(slices.Sorted(maps.Keys(translation.Words)), func(key string) bool { return !ofNumber(key) })
		if !slices.Equal(got, want) {
			t.Errorf("%s has the numbers %q, and should have %q", lang, got, want)
		}
		for _, key := range got {
			if text := translation.Words[key]; len(Slots(text)) > 1 || strings.Contains(strings.ReplaceAll(text, "{n}", ""), "{") {
				t.Errorf("%s: %s is %q", lang, key, text)
			}
		}
	}
}

// alike are texts that other languages have in common with English, and rightly so.
var alike = []string{"open", "kind_cookie", "refused", "contacts"}

// TestNothingIsLeftInEnglish: what says the same as English has been forgotten.
func TestNothingIsLeftInEnglish(t *testing.T) {
	english := Shipped()[English]
	for lang, translation := range Shipped() {
		if lang == English {
			continue
		}
		for section, texts := range translation.sections() {
			for key, text := range texts {
				same := !ofNumber(key) && text == english.sections()[section][key] && strings.ContainsFunc(slot.ReplaceAllString(text, ""), unicode.IsLetter)
				if same && !slices.Contains(alike, key) {
					t.Errorf("%s: %s.%s is %q, as in English", lang, section, key, text)
				}
			}
		}
	}
}

// TestReviewIsAskedFor: all but those that a native wrote wait for a reader.
func TestReviewIsAskedFor(t *testing.T) {
	for lang, translation := range Shipped() {
		waits := lang != Bokmaal && lang != Nynorsk && lang != English
		if waits != (translation.Review != "") {
			t.Errorf("%s says %q of its review", lang, translation.Review)
		}
	}
}

// TestLanguagesAreWhatTheyAreCalled: every tag is the usual one, every language has
// a name, and those that are written from right to left are known as such.
func TestLanguagesAreWhatTheyAreCalled(t *testing.T) {
	names := map[string]Language{}
	for lang, translation := range Shipped() {
		if other := names[translation.Name]; translation.Name == "" || other != "" {
			t.Errorf("%s is called %q, like %q", lang, translation.Name, other)
		}
		names[translation.Name] = lang
		tag, err := language.Parse(string(lang))
		if err != nil || tag.String() != string(lang) {
			t.Errorf("%s is the tag %s: %v", lang, tag, err)
		}
		script, _ := tag.Script()
		if (script.String() == "Arab") != (lang.Direction() == "rtl") {
			t.Errorf("%s in %s is written %s", lang, script, lang.Direction())
		}
	}
}

func TestCorrections(t *testing.T) {
	ours := Shipped()[NorthernSami]
	corrected, problems := ours.Corrected([]byte(`{"_review": "", "banner": {"privacy": "Persovdnasuodjalus"}, "words": {"year_one": "{n} jahki."}}`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := corrected.Banner["privacy"]; got != "Persovdnasuodjalus" || corrected.Banner["open"] != ours.Banner["open"] {
		t.Errorf("corrected to %q", got)
	}
	if got := corrected.Lifetime("P1Y"); got != "1 jahki." {
		t.Errorf("a year is %q", got)
	}
	if ours.Banner["privacy"] == corrected.Banner["privacy"] || ours.Sum() == corrected.Sum() {
		t.Error("our own texts were changed, or nothing tells the two apart")
	}
}

func TestFaultyCorrections(t *testing.T) {
	for file, want := range map[string]string{
		`{"banner": {"acept_one": "Juo"}}`:                          "banner.acept_one unknown_text",
		`{"words": {"accept_one": "Juo"}}`:                          "words.accept_one unknown_text",
		`{"banner": {"accept_one": " "}}`:                           "banner.accept_one missing_text",
		`{"banner": {"details": "Gii?"}}`:                           "banner.details missing_slot",
		`{"banner": {"details": "{recipients} {recipients}"}}`:      "banner.details missing_slot",
		`{"panel": {"close": "Gidde {name}"}}`:                      "panel.close missing_slot",
		`{"panel": {"close": "Gid\nde"}}`:                           "panel.close hidden_character",
		`{"panel": {"close": "` + strings.Repeat("x", 1001) + `"}}`: "panel.close too_long",
		`{"name": "a\u202eb"}`:                                      "name hidden_character",
		`{"baner": {}}`:                                             " malformed_texts",
		`{"banner": {"accept_one": ["Juo"]}}`:                       " malformed_texts",
		`samtykke`:                                                  " malformed_texts",
	} {
		_, problems := Shipped()[NorthernSami].Corrected([]byte(file))
		if len(problems) != 1 || problems[0].Path+" "+problems[0].Code != want || problems[0].Severity != Fault {
			t.Errorf("%s: %v, want %s", file, problems, want)
		}
	}
}

func TestListsAreWrittenAsTheLanguageDoes(t *testing.T) {
	for lang, want := range map[Language]string{Bokmaal: "a, b og c", NorthernSami: "a, b ja c", English: "a, b and c"} {
		if got := Shipped().In(lang).List([]string{"a", "b", "c"}); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if got := Shipped().In(Bokmaal).List(nil); got != "" {
		t.Errorf("nothing is %q", got)
	}
	if got := Shipped().In("pl").List([]string{"{next}", "b"}); !strings.HasPrefix(got, "{next}") {
		t.Errorf("a name is taken for a place: %q", got)
	}
}

// sections are the parts of a Translation by the names that its file has.
func (t *Translation) sections() map[string]map[string]string {
	return map[string]map[string]string{"banner": t.Banner, "panel": t.Panel, "words": t.Words}
}
