package consent

import "testing"

func TestTextFallsBackToTheNearestLanguage(t *testing.T) {
	both := Text{Bokmaal: "hei", English: "hello"}
	for _, c := range []struct {
		text     Text
		lang     Language
		then     []Language
		want     string
		wantLang Language
	}{
		{both, Bokmaal, nil, "hei", Bokmaal},
		{both, "nb-no", nil, "hei", Bokmaal},
		{both, "no", nil, "hei", Bokmaal},
		{both, Nynorsk, nil, "hei", Bokmaal},
		{both, NorthernSami, nil, "hei", Bokmaal},
		{both, "en-gb", nil, "hello", English},
		{both, "pl", []Language{Bokmaal}, "hei", Bokmaal},
		{both, "pl", nil, "hello", English},
		{Text{Nynorsk: "hei"}, Bokmaal, nil, "hei", Nynorsk},
		{Text{Bokmaal: "", English: "hello"}, Bokmaal, nil, "hello", English},
		{Text{}, Bokmaal, nil, "", ""},
	} {
		text, in := c.text.In(c.lang, c.then...)
		if text != c.want || in != c.wantLang {
			t.Errorf("%v in %q: got %q in %q, want %q in %q", c.text, c.lang, text, in, c.want, c.wantLang)
		}
	}
}

func TestNearestLanguage(t *testing.T) {
	offered := []Language{Nynorsk, Bokmaal}
	for lang, want := range map[Language]Language{
		Bokmaal: Bokmaal, "nb-no": Bokmaal, "no": Bokmaal, NorthernSami: Bokmaal, "pl": Nynorsk, "": Nynorsk,
	} {
		if got := lang.Nearest(offered); got != want {
			t.Errorf("nearest to %q: got %q, want %q", lang, got, want)
		}
	}
	if got := English.Nearest(nil); got != Bokmaal {
		t.Errorf("nothing offered: got %q", got)
	}
}

func TestEveryWordComesInEveryLanguage(t *testing.T) {
	languages := []Language{Bokmaal, Nynorsk, NorthernSami, English}
	check := func(value string, words Text) {
		for _, lang := range languages {
			if words[lang] == "" {
				t.Errorf("%s has no words in %s", value, lang)
			}
		}
	}
	for value, words := range basisWords {
		check(string(value), words)
	}
	for value, words := range exemptWords {
		check(string(value), words)
	}
	for code, names := range countryNames {
		for _, name := range names {
			if name == "" {
				t.Errorf("%s lacks a name", code)
			}
		}
	}
}

func TestUnknownValuesAreShownAsTheyAre(t *testing.T) {
	if got := CountryName("XX", Bokmaal); got != "XX" {
		t.Errorf("country: got %q", got)
	}
	if got := StorageKind("tape").Words(English); got != "tape" {
		t.Errorf("kind: got %q", got)
	}
	if got := CountryName("NO", Nynorsk); got != "Noreg" {
		t.Errorf("nynorsk: got %q", got)
	}
}
