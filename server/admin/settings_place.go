package admin

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// settingsAnchor leads to the field of the settings that a path of a problem is about,
// or to the form that it belongs to. "" is none.
func (r *request) settingsAnchor(draft *consent.Draft, path string) string {
	for _, part := range settingsParts {
		controls := part.controls(r, draft)
		if i := controlOf(controls, path); i >= 0 {
			return "#" + part.key + "-" + controlID(controls[i])
		}
	}
	if part, _, _ := strings.Cut(path, "."); part == "site" || part == "contacts" {
		return "#" + part
	}
	return ""
}

// controlOf finds the control that a problem's path is about. What is about several,
// as a contact that nobody can reach is, stands at the first that mends it.
func controlOf(controls []control, path string) int {
	for i, c := range controls {
		if aboutControl(path, c) {
			return i
		}
	}
	for i, c := range controls {
		if c.path == path || c.lang == "" && strings.HasPrefix(c.path, path+".") {
			return i
		}
	}
	return -1
}

// controlID is the id of a field within its form.
func controlID(c control) string { return strings.ReplaceAll(c.name, ".", "-") }

// missing leads to what keeps the settings from being published.
func (p *settingsPage) missing() []wrongLink {
	var all []wrongLink
	for _, part := range p.Parts {
		for _, field := range part.Fields {
			for _, fault := range field.Faults {
				label := field.Label
				if field.Lang != "" {
					label += " (" + field.LangName + ")"
				}
				all = append(all, wrongLink{part.Key + "-" + field.ID, label, fault.Text})
			}
		}
	}
	return all
}
