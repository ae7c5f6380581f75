package admin

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// openedControls is what the form of a part of the settings carries of what is stored.
func (r *request) openedControls(part string, controls []control, draft *consent.Draft) string {
	return r.openedText(r.settingsPath(part), r.controlFields(controls, draft))
}

// controlFields gives the fields of such a form: as they were sent, and as they are stored.
func (r *request) controlFields(controls []control, draft *consent.Draft) []mergeField {
	fields := make([]mergeField, len(controls))
	for i, c := range controls {
		base, _, _ := strings.Cut(c.name, ".")
		f := mergeField{name: c.name, kind: c.kind, label: r.say("settings_" + base), unit: c.name, mine: r.value(c), theirs: c.get(draft)}
		if c.lang != "" {
			f.label += " (" + r.languageLabel(c.lang) + ")"
		}
		if c.kind == "select" && !slices.ContainsFunc(c.options, func(o option) bool { return o.Value == f.theirs }) {
			f.theirs = c.options[0].Value // as a browser has it
		}
		fields[i] = f
	}
	return fields
}

// controlPath gives what acts call a control.
func controlPath(controls []control, name string) string {
	i := slices.IndexFunc(controls, func(c control) bool { return c.name == name })
	if controls[i].lang != "" {
		return controls[i].path + "." + string(controls[i].lang)
	}
	return controls[i].path
}

// settingSpoken gives the value of a setting as a person reads it.
func (r *request) settingSpoken(fields []shown, f *mergeField, value string) string {
	if f.kind == aCheck {
		if alike(f.kind, value) == "" {
			return r.say("no")
		}
		return r.say("yes")
	}
	var said []string
	if i := slices.IndexFunc(fields, func(s shown) bool { return s.Name == f.name }); i >= 0 {
		for _, o := range fields[i].Options {
			if o.Value == value || f.kind == "checks" && slices.Contains(strings.Fields(value), o.Value) {
				said = append(said, o.Label)
			}
		}
	}
	switch {
	case len(said) > 0:
		return strings.Join(said, ", ")
	case value == "":
		return r.say("inventory_empty")
	}
	return value
}
