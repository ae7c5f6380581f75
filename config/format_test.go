package config

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

// TestTextsAreWrittenInTheOrderOfTheSite keeps files pleasant to read.
func TestTextsAreWrittenInTheOrderOfTheSite(t *testing.T) {
	draft, _ := gjerdrum(t)
	file, err := FormatSite(draft)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  languages: [nb, nn, en]\n",
		"      nb: Statistikk\n      nn: Statistikk\n      en: Statistics\n",
		"  number: \"864949762\"\n",
		"    cookies:\n      - pattern:\n          name: nmstat\n          match: exact\n          any_case: true\n",
	} {
		if !strings.Contains(string(file), want) {
			t.Errorf("not in the file: %q", want)
		}
	}
}

// TestEveryCharacterSurvives holds for what YAML's plain styles lose.
func TestEveryCharacterSurvives(t *testing.T) {
	for _, text := range awkward {
		draft := &consent.Draft{Organisation: consent.Organisation{Name: text}}
		file, err := FormatSite(draft)
		if err != nil {
			t.Fatal(err)
		}
		if have, _, err := ParseSite(file); err != nil || have.Organisation.Name != text {
			t.Errorf("%q became %q, %v, in\n%s", text, have.Organisation.Name, err, file)
		}
	}
	if _, err := FormatSite(&consent.Draft{Organisation: consent.Organisation{Name: "\xff"}}); consent.KindOf(err) != consent.Invalid {
		t.Errorf("text that is not UTF-8: %v", err)
	}
}

// TestWhatIsWrittenIsReadBack holds for every draft whose texts are UTF-8.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var draft consent.Draft
		fill(t, reflect.ValueOf(&draft).Elem(), "draft")
		file, err := FormatSite(&draft)
		if err != nil {
			t.Fatal(err)
		}
		have, _, err := ParseSite(file)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		if draft.Site.Retention == "" {
			draft.Site.Retention = consent.UsualRetention(draft.Site.Validity)
		}
		if !reflect.DeepEqual(have, &draft) {
			t.Fatalf("have %#v\nwant %#v\n%s", have, &draft, file)
		}
	})
}

// fill draws a value: any text, any number, absent, empty and full lists.
func fill(t *rapid.T, into reflect.Value, name string) {
	switch into.Kind() {
	case reflect.Struct:
		for i := range into.NumField() {
			fill(t, into.Field(i), into.Type().Field(i).Name)
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, name) {
			into.Set(reflect.New(into.Type().Elem()))
			fill(t, into.Elem(), name)
		}
	case reflect.Slice:
		if size := rapid.IntRange(-1, 2).Draw(t, name); size >= 0 {
			into.Set(reflect.MakeSlice(into.Type(), size, size))
			for i := range size {
				fill(t, into.Index(i), name)
			}
		}
	case reflect.Map:
		if size := rapid.IntRange(-1, 2).Draw(t, name); size >= 0 {
			into.Set(reflect.MakeMap(into.Type()))
			for range size {
				key, value := reflect.New(into.Type().Key()).Elem(), reflect.New(into.Type().Elem()).Elem()
				fill(t, key, name)
				fill(t, value, name)
				into.SetMapIndex(key, value)
			}
		}
	case reflect.String:
		if into.Type() == reflect.TypeFor[consent.Lifetime]() {
			into.SetString(rapid.SampledFrom([]string{"", "session", "P1Y", "PT17M", "P1000D"}).Draw(t, name))
			return
		}
		into.SetString(anyText().Draw(t, name))
	case reflect.Int:
		into.SetInt(int64(rapid.Int().Draw(t, name)))
	case reflect.Bool:
		into.SetBool(rapid.Bool().Draw(t, name))
	default:
		t.Fatalf("no way to draw a %s", into.Type())
	}
}

// awkward are texts that YAML takes for something else, or writes so that
// something is lost.
var awkward = []string{
	"", " ", "~", "null", "NO", "yes", "true", "12", "1e3", "0x1f", "2026-11-22", "<<", "=", "- a", "a: b", "a #b", "#", "*a", "&a", "!a",
	"%", "@", "`", "'", "\"", "|", ">", "? a", "[", "{", "\t", "\t\n", "\n\t", "a\n", "\na", "a\n\nb\n", " a", "a ", " \n", "\r", "\r\n",
	"\u0085", "\u2028", "\u2029", "\ufeff", "\x00", "\x7f", "\ufffd", "\U0001f600", "æøå",
}

// anyText draws any text, often an awkward one.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.SampledFrom(awkward))
}

// FuzzParseSite holds for every file: it is answered, and what has no fault is
// written and read back as it is.
func FuzzParseSite(f *testing.F) {
	data, err := os.ReadFile("../examples/gjerdrum/site.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	for end := 0; end < len(data); end += 1 + len(data)/50 {
		f.Add(data[:end])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		draft, problems, err := ParseSite(data)
		if err != nil {
			if consent.KindOf(err) != consent.Invalid || draft != nil || problems != nil {
				t.Fatal(err)
			}
			return
		}
		file, err := FormatSite(draft)
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := ParseSite(file)
		if err != nil || !reflect.DeepEqual(again, draft) {
			t.Fatalf("%v\n%s", err, file)
		}
	})
}
