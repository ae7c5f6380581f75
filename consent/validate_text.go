package consent

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest texts, in characters.
const (
	maxName    = 200
	maxPurpose = 1000
	maxAddress = 2000
)

// text faults a Text that lacks an enabled language: there is no silent
// fallback (B3, L1), since nobody consents to what they could not read.
func (v *review) text(path string, text Text, longest int) {
	v.textIn(path, text, longest, v.languages)
}

// detail is text that tells of one cookie among many. In the Site's first language
// and those of PageLanguages it is as needed as any; in others it may be lacking,
// and is then shown in another, and marked as such.
func (v *review) detail(path string, text Text) {
	var needed []Language
	for i, lang := range v.languages {
		switch {
		case i == 0 || slices.Contains(PageLanguages, lang):
			needed = append(needed, lang)
		case strings.TrimSpace(text[lang]) == "":
			v.lent[lang]++
		}
	}
	v.textIn(path, text, maxPurpose, needed)
}

// lending warns of the details that are shown in another language.
func (v *review) lending() {
	for _, lang := range v.languages {
		if n := v.lent[lang]; n > 0 {
			v.warn("site.languages", "lent_text", strconv.Itoa(n)+" texts about single cookies are not in "+lang.named()+", and are shown in "+v.languages[0].named()+" there.",
				"Write them in that language too, so that its readers understand what they agree to.")
		}
	}
}

func (v *review) textIn(path string, text Text, longest int, needed []Language) {
	for _, lang := range needed {
		if strings.TrimSpace(text[lang]) == "" {
			v.fault(path+"."+string(lang), "missing_text", "The text is missing in "+lang.named()+".",
				"Write it in every language of the site, or take the language off site.languages.")
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(text)) {
		if !lang.Known() {
			v.warn(path+"."+string(lang), "unknown_language", "There is no language "+quoted(string(lang))+", so nobody sees this text.",
				knownLanguages())
		}
		v.line(path+"."+string(lang), text[lang], longest)
	}
}

// optionalText is text that may be left out, but not in some languages only.
func (v *review) optionalText(path string, text Text) {
	if v.says(text) {
		v.text(path, text, maxPurpose)
	}
}

// says tells whether anything of a text is meant for the Site's readers: what is kept of
// languages that went alone is as if left out. A language that there is not is a mistake.
func (v *review) says(text Text) bool {
	for lang := range text {
		if !lang.Known() || slices.Contains(v.languages, lang) {
			return true
		}
	}
	return false
}

// required faults a line that is missing.
func (v *review) required(path, line string, longest int) {
	if strings.TrimSpace(line) == "" {
		v.fault(path, "missing", "This must be stated.", "Write it, or remove what it belongs to.")
		return
	}
	v.line(path, line, longest)
}

// line faults a text that is too long for its place, or that holds characters
// that nobody sees, or nothing else: they break tables and can turn a text around.
func (v *review) line(path, line string, longest int) {
	if n := utf8.RuneCountInString(line); n > longest {
		v.fault(path, "too_long", "The text has "+strconv.Itoa(n)+" characters.", "Shorten it to "+strconv.Itoa(longest)+".")
	}
	if !utf8.ValidString(line) || strings.ContainsFunc(line, isHidden) || strings.TrimSpace(line) != "" && !IsSeen(line) {
		v.hidden(path)
	}
}

func (v *review) hidden(path string) {
	v.fault(path, "hidden_character", "The text holds a line break, a control character or a character that nobody sees.",
		"Write it again as one line of plain text.")
}

// isHidden holds for controls, line separators and what changes the direction
// of writing. The joiners and the soft hyphen are ordinary spelling.
func isHidden(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7f: // most of every text
		return false
	case unicode.IsControl(r), r == utf8.RuneError, r == '\u2028', r == '\u2029', r == '\ufeff':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f', r == '\u061c':
		return true
	}
	return r >= 0xe0000 && r <= 0xe007f // tags
}
