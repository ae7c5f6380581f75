package admin

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Setting is one field of the page of settings.
type Setting struct {
	Part    string   `json:"part"` // of the page, which is saved together
	Name    string   `json:"name"`
	Value   string   `json:"value"` // as people write it
	Label   string   `json:"label"`
	Choices []string `json:"choices"` // what it can be; empty for anything
}

// mostChoices is of how many choices somebody reads a list.
const mostChoices = 8

// Settings gives the fields of the page of settings, with what a draft says.
func (m Machine) Settings(ctx context.Context, draft *consent.Draft) []Setting {
	r := m.request(ctx)
	var all []Setting
	for _, part := range settingsParts {
		for _, c := range part.controls(r, draft) {
			base, _, _ := strings.Cut(c.name, ".")
			s := Setting{Part: part.key, Name: c.name, Value: c.get(draft), Label: r.say("settings_" + base), Choices: []string{}}
			if c.lang != "" {
				s.Label += " (" + r.languageLabel(c.lang) + ")"
			}
			if c.kind == "check" {
				s.Value, s.Choices = checkWord(s.Value == "true"), []string{"yes", "no"}
			}
			for _, o := range c.options {
				if len(c.options) <= mostChoices && o.Value != "" {
					s.Choices = append(s.Choices, o.Value)
				}
			}
			all = append(all, s)
		}
	}
	return all
}

// ReviewSetting is the name of how often services are to be looked at. It is beside the
// draft, and set by itself.
const ReviewSetting = "review_months"

// ReviewSetting gives how often the services of a site are to be looked at.
func (m Machine) ReviewSetting(ctx context.Context, site consent.SiteKey) (Setting, error) {
	every, err := m.Store.ReviewInterval(ctx, site)
	said := Setting{Part: "review", Name: ReviewSetting, Value: strconv.Itoa(int(every)), Label: m.request(ctx).say("settings_review_months")}
	for _, each := range consent.ReviewIntervals {
		said.Choices = append(said.Choices, strconv.Itoa(int(each)))
	}
	return said, err
}

func checkWord(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}

// SetSettings puts values into a draft by the names of their fields, as the page does, and
// gives what cannot be read, by name. Languages come first: texts go by them.
func (m Machine) SetSettings(ctx context.Context, draft *consent.Draft, values map[string]string) map[string]string {
	r, faults := m.request(ctx), map[string]string{}
	left := maps.Clone(values)
	take := func(c control) {
		value, given := left[c.name]
		if !given {
			return
		}
		delete(left, c.name)
		if fault := r.fillIn(c, value); fault != "" {
			faults[c.name] = fault
			return
		}
		maps.Copy(faults, r.apply([]control{c}, draft))
		if faults[c.name] == r.say("error_text_no_choice") && len(c.options) > 0 {
			faults[c.name] = r.choicesTold(c)
		}
	}
	take(r.languageControl())
	for _, part := range settingsParts {
		for _, c := range part.controls(r, draft) {
			take(c)
		}
	}
	for name := range left {
		faults[name] = r.say("error_text_no_choice")
	}
	return faults
}

// choicesTold says that a value is none of a control, and which there are.
func (r *request) choicesTold(c control) string {
	values := make([]string, 0, len(c.options))
	for _, o := range c.options {
		if o.Value != "" {
			values = append(values, o.Value)
		}
	}
	return r.say("error_text_no_choice") + " " + r.say("choices_told", "values", r.sentence(values))
}

// fillIn puts a value into the form as a browser sends it, and says what is wrong with it.
func (r *request) fillIn(c control, value string) string {
	switch c.kind {
	case "checks":
		tags := strings.Fields(strings.ReplaceAll(value, ",", " "))
		known := func(tag string) bool {
			return slices.ContainsFunc(c.options, func(o option) bool { return o.Value == tag })
		}
		for _, tag := range tags {
			if !known(tag) {
				return r.choicesTold(c)
			}
		}
		r.form[c.name] = tags
	case "check":
		delete(r.form, c.name)
		if value == "yes" {
			r.form.Set(c.name, "true")
		} else if value != "no" {
			return r.say("error_text_no_choice")
		}
	default:
		r.form.Set(c.name, value)
	}
	return ""
}
