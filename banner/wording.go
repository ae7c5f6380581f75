package banner

import (
	"encoding/json"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// wording is a text in the languages in use. In JSON it is one string where all
// languages say the same, so that a name is sent once.
type wording map[consent.Language]string

// wordingOf gives the text in exactly the languages in use.
func wordingOf(text consent.Text, languages []consent.Language) wording {
	if len(text) == 0 {
		return nil
	}
	words := make(wording, len(languages))
	for _, lang := range languages {
		words[lang], _ = text.In(lang)
	}
	return words
}

// IsZero says that there is nothing to say.
func (w wording) IsZero() bool { return len(w) == 0 }

// MarshalJSON writes one string where all languages say the same.
func (w wording) MarshalJSON() ([]byte, error) {
	var only string
	first := true
	for _, text := range w {
		if !first && text != only {
			return json.Marshal(map[consent.Language]string(w))
		}
		only, first = text, false
	}
	return json.Marshal(only)
}

var and = map[consent.Language]string{
	consent.Bokmaal: " og ", consent.Nynorsk: " og ", consent.NorthernSami: " ja ", consent.English: " and ",
}

// list joins names as a sentence does.
func list(names []string, lang consent.Language) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	joint, ok := and[lang]
	if !ok {
		joint = ", "
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + joint + names[last]
}
