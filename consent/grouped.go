package consent

import "strconv"

// Grouped writes a number in groups of three digits as the language does: with a
// comma between them in English, and else with a narrow space that no line breaks at.
func (lang Language) Grouped(n int64) string {
	text, between := strconv.FormatInt(n, 10), "\u202f"
	if lang == English {
		between = ","
	}
	for at := len(text) - 3; at > 0 && text[at-1] != '-'; at -= 3 {
		text = text[:at] + between + text[at:]
	}
	return text
}
