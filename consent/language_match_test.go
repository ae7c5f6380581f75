package consent

import "testing"

func TestMatchLanguage(t *testing.T) {
	all := []Language{Bokmaal, Nynorsk, NorthernSami, English}
	more := []Language{English, Bokmaal, "de", "ar", "fa", "sma"}
	for _, tt := range []struct {
		enabled []Language
		tags    []string
		want    Language
	}{
		{all, []string{"nb"}, Bokmaal},
		{all, []string{"nb-NO"}, Bokmaal},
		{all, []string{"no"}, Bokmaal},
		{all, []string{"no-NO"}, Bokmaal},
		{all, []string{"nn-NO"}, Nynorsk},
		{all, []string{"NN_no"}, Nynorsk},
		{all, []string{"se"}, NorthernSami},
		{all, []string{"se-NO"}, NorthernSami},
		{all, []string{"sme"}, NorthernSami},
		{all, []string{"en-GB"}, English},
		{all, []string{"en-Latn-US"}, English},
		{all, []string{"de", "fr-FR", "en"}, English},
		{all, []string{"de"}, Bokmaal},
		{all, nil, Bokmaal},
		{all, []string{""}, Bokmaal},
		{all, []string{"*", "-", "nn"}, Nynorsk},
		{[]Language{Bokmaal, English}, []string{"nn"}, Bokmaal},
		{[]Language{Bokmaal, English}, []string{"se"}, Bokmaal},
		{[]Language{Bokmaal, English}, []string{"sma"}, Bokmaal},
		{[]Language{English, Bokmaal}, []string{"nn", "en"}, Bokmaal},
		{[]Language{Nynorsk, English}, []string{"nb-NO", "en"}, Nynorsk},
		{[]Language{Nynorsk, English}, []string{"fr"}, Nynorsk},
		{nil, []string{"fr"}, Bokmaal},
		{more, []string{"de-CH", "en"}, "de"},
		{more, []string{"deu"}, "de"},
		{more, []string{"arb-SA"}, "ar"},
		{more, []string{"ar-IQ"}, "ar"},
		{more, []string{"prs"}, "fa"},
		{more, []string{"fa-AF"}, "fa"},
		{more, []string{"sma"}, "sma"},
		{more, []string{"smj"}, Bokmaal},
		{more, []string{"da-DK", "en"}, Bokmaal},
		{more, []string{"sv-FI", "de"}, Bokmaal},
		{[]Language{English, "sv", Bokmaal}, []string{"sv-FI", "en"}, "sv"},
		{more, []string{"zh-Hant-TW", "uk-UA"}, English},
	} {
		if got := MatchLanguage(tt.enabled, tt.tags...); got != tt.want {
			t.Errorf("MatchLanguage(%v, %q) = %q, want %q", tt.enabled, tt.tags, got, tt.want)
		}
	}
}
