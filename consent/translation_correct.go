package consent

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Corrected gives the Translation with the texts of a file over its own. The file
// has the form of ours, and may leave out what is right already. Nothing is
// corrected while the file has a fault. A Path is that in the file:
// banner.accept_one.
func (t *Translation) Corrected(file []byte) (*Translation, Problems) {
	var own Translation
	read := json.NewDecoder(bytes.NewReader(file))
	read.DisallowUnknownFields()
	if err := read.Decode(&own); err != nil {
		return nil, Problems{{
			Severity: Fault, Code: "malformed_texts", Message: "The file is no translation: " + err.Error() + ".",
			Repair: "Begin with the file that the program has: samtykke text show " + string(t.lang) + ".",
		}}
	}
	corrected := *t
	v := &review{}
	corrected.Banner = v.corrected("banner", t.Banner, own.Banner)
	corrected.Panel = v.corrected("panel", t.Panel, own.Panel)
	corrected.Words = v.corrected("words", t.Words, own.Words)
	if own.Name != "" {
		corrected.Name = own.Name
		v.line("name", own.Name, maxName)
	}
	if len(v.problems) > 0 {
		return nil, v.problems
	}
	return &corrected, nil
}

// corrected puts a section's own texts over ours, and faults those that nothing
// shows or that say something else than their place needs.
func (v *review) corrected(section string, ours, own map[string]string) map[string]string {
	texts := maps.Clone(ours)
	for _, key := range slices.Sorted(maps.Keys(own)) {
		path, text := section+"."+key, own[key]
		old, known := ours[key]
		switch {
		case !known:
			v.fault(path, "unknown_text", "There is no text "+strconv.Quote(key)+" in "+section+".", "Remove it, or write its key as the program's own file has it.")
		case strings.TrimSpace(text) == "":
			v.fault(path, "missing_text", "The text is empty.", "Write it, or leave out the line to keep ours.")
		case !slices.Equal(Slots(text), Slots(old)):
			v.fault(path, "missing_slot", "The text has other names in braces than ours: "+strconv.Quote(old)+".",
				"Write each name in braces once, as it stands there: it is filled in.")
		}
		v.line(path, text, maxPurpose)
		texts[key] = text
	}
	return texts
}

var slot = regexp.MustCompile(`\{[a-z_]*\}`)

// Slots gives the names in braces that a text is filled in at, sorted.
func Slots(text string) []string {
	slots := slot.FindAllString(text, -1)
	slices.Sort(slots)
	return slots
}
