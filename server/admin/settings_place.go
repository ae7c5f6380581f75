package admin

import (
	"cmp"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// settingsLink leads to a field of the settings with what is wrong there.
type settingsLink struct{ URL, Label, Text string }

// settingsPlace is where the field of the settings stands that a path of a problem is
// about, or the part that it belongs to.
func (r *request) settingsPlace(draft *consent.Draft, path string) string {
	for _, part := range settingsParts {
		controls := part.controls(r, draft)
		if i := controlOf(controls, path); i >= 0 {
			return r.settingsPath(part.key) + "#" + part.key + "-" + controlID(controls[i])
		}
	}
	if part, _, _ := strings.Cut(path, "."); part == "contacts" {
		return r.settingsPath(part)
	}
	return r.settingsPath("site")
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

// missing leads to what keeps a part from being published. A link within the page that
// is shown names its place alone: it must not open the page anew, without what is written.
func (f *settingsForm) missing(here bool) []settingsLink {
	var all []settingsLink
	for _, field := range f.Fields {
		for _, fault := range field.Faults {
			label, url := field.Label, "#"+f.Key+"-"+field.ID
			if field.Lang != "" {
				label += " (" + field.LangName + ")"
			}
			if !here {
				url = f.Action + url
			}
			all = append(all, settingsLink{url, label, fault.Text})
		}
	}
	return all
}

// add adds a part to the navigation. What is missing is told to those who can mend it.
func (p *settingsPage) add(r *request, shown, key string, missing []settingsLink) {
	tab := settingsTab{AdminLink: web.AdminLink{Text: cmp.Or(r.words["settings_tab_"+key], r.say("settings_part_"+key)), URL: r.settingsPath(key), Current: key == shown}}
	if r.may(consent.MayEdit) {
		tab.Faults = len(missing)
		p.Missing = append(p.Missing, missing...)
	}
	p.Parts = append(p.Parts, tab)
}
