package consent

import (
	"maps"
	"slices"
	"strings"
)

// wordable are the banner's fixed texts that a Site may word itself, each with
// what it must hold: who asks, how many companies receive data, and whose
// content it is (GDPR art. 4(11) and 13). The others tell what must be told, as
// that one may change one's mind, and are not to be lost.
var wordable = map[string]string{
	"heading_one": "", "heading_functional": "", "heading_statistics": "", "heading_marketing": "", "heading_many": "",
	"intro_one": "{controller}", "intro_many": "{controller}", "details": "{recipients}",
	"accept_one": "", "reject_one": "", "save_many": "", "accept_many": "", "reject_many": "",
	"declaration": "", "privacy": "", "open": "", "withdraw": "", "saved": "", "withdrawn": "",
	"place_text": "{to}", "place_once": "", "place_always": "{name}", "place_link": "",
}

// Wordable gives the keys of the texts that a Site may word itself, sorted.
func Wordable() []string { return slices.Sorted(maps.Keys(wordable)) }

// wording faults texts of the site's own that nothing would show, and such that
// have lost what they must say.
func (v *review) wording(own map[string]Text) {
	for _, key := range slices.Sorted(maps.Keys(own)) {
		path := "site.wording." + key
		slot, known := wordable[key]
		if !known {
			v.fault(path, "unknown_text", "There is no text "+quoted(key)+" that a site may word itself.",
				"Use one of "+strings.Join(Wordable(), ", ")+".")
			continue
		}
		v.text(path, own[key], maxPurpose)
		for _, lang := range v.languages {
			if text := own[key][lang]; text != "" && !strings.Contains(text, slot) {
				v.fault(path+"."+string(lang), "missing_slot", "The text does not hold "+slot+".", "Put "+slot+" where the banner is to fill it in.")
			}
		}
	}
}
