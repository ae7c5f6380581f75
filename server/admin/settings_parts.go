package admin

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// settingsPart is one form of the settings, on a page of its own: what is saved together.
type settingsPart struct {
	key      string // in addresses. Its name is the text settings_part_KEY
	controls func(*request, *consent.Draft) []control
}

// reviewPart is the part after them, which is not about the draft.
const reviewPart = "review"

// settingsParts are those about the draft, in order.
var settingsParts = []settingsPart{
	{"site", siteControls},
	{"contacts", contactControls},
	{"keeping", keepingControls},
	{"look", lookControls},
	{"manner", mannerControls},
}

// settingsPartOf finds a part by its key.
func settingsPartOf(key string) (settingsPart, error) {
	for _, part := range settingsParts {
		if part.key == key {
			return part, nil
		}
	}
	return settingsPart{}, errNoPage()
}

// siteControls ask what the site is.
func siteControls(r *request, draft *consent.Draft) []control {
	langs := draft.Site.Languages
	return slices.Concat(
		[]control{lineList("origins", "site.origins", func(d *consent.Draft) *[]string { return &d.Site.Origins }), r.languageControl()},
		texts(langs, "name", "text", "site.name", func(d *consent.Draft) *consent.Text { return &d.Site.Name }),
		texts(langs, "privacy", "url", "site.privacy_statement", func(d *consent.Draft) *consent.Text { return &d.Site.Privacy }),
		texts(langs, "declaration", "url", "site.declaration", func(d *consent.Draft) *consent.Text { return &d.Site.Declaration }),
	)
}

// languageControl asks for the languages. The first in the order of the list stays
// the default one, if it is still there.
func (r *request) languageControl() control {
	c := control{
		name: "languages", kind: "checks", path: "site.languages",
		get: func(d *consent.Draft) string {
			tags := make([]string, len(d.Site.Languages))
			for i, lang := range d.Site.Languages {
				tags[i] = string(lang)
			}
			return strings.Join(tags, " ")
		},
		set: func(d *consent.Draft, value string) error {
			var kept []consent.Language
			wanted := strings.Fields(value)
			for _, lang := range d.Site.Languages {
				if slices.Contains(wanted, string(lang)) {
					kept = append(kept, lang)
				}
			}
			for _, tag := range wanted {
				if lang := consent.Language(tag); lang.Known() && !slices.Contains(kept, lang) {
					kept = append(kept, lang)
				}
			}
			d.Site.Languages = kept
			return nil
		},
	}
	first := []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami, consent.English}
	for _, lang := range append(first, r.languages()...) {
		known := func(o option) bool { return o.Value == string(lang) }
		if !slices.ContainsFunc(c.options, known) {
			c.options = append(c.options, option{Value: string(lang), Label: r.languageLabel(lang)})
		}
	}
	return c
}

// contactControls ask who can be reached how.
func contactControls(_ *request, draft *consent.Draft) []control {
	var all []control
	for _, who := range []struct {
		name, path string
		at         func(*consent.Draft) *consent.Contact
	}{
		{"controller", "contacts.controller", func(d *consent.Draft) *consent.Contact { return &d.Contacts.Controller }},
		{"dpo", "contacts.data_protection_officer", func(d *consent.Draft) *consent.Contact { return &d.Contacts.DPO }},
		{"authority", "contacts.supervisory_authority", func(d *consent.Draft) *consent.Contact { return &d.Contacts.Authority }},
	} {
		all = append(all, texts(draft.Site.Languages, who.name, "text", who.path+".name", func(d *consent.Draft) *consent.Text { return &who.at(d).Name })...)
		all = append(all, beside(who.name+" channels",
			line(who.name+"_email", "email", who.path+".email", func(d *consent.Draft) *string { return &who.at(d).Email }),
			line(who.name+"_phone", "text", who.path+".phone", func(d *consent.Draft) *string { return &who.at(d).Phone }),
			line(who.name+"_address", "text", who.path+".address", func(d *consent.Draft) *string { return &who.at(d).Address }),
			line(who.name+"_url", "url", who.path+".url", func(d *consent.Draft) *string { return &who.at(d).URL }),
		)...)
	}
	return all
}

// keepingControls ask how long an answer holds and is kept.
func keepingControls(r *request, _ *consent.Draft) []control {
	return append(beside("times",
		lifetime("validity", "site.validity", r.lang, func(d *consent.Draft) *consent.Lifetime { return &d.Site.Validity }),
		lifetime("retention", "site.retention", r.lang, func(d *consent.Draft) *consent.Lifetime { return &d.Site.Retention }),
	), choose("refusals", "site.refusals", func(d *consent.Draft) *consent.Refusals { return &d.Site.Refusals }, "", consent.RefusalsKeep, consent.RefusalsCount))
}

// mannerControls ask how the banner works on the site's pages.
func mannerControls(_ *request, _ *consent.Draft) []control {
	return []control{
		check("policy_mode", "site.policy_mode", func(d *consent.Draft) *bool { return &d.Site.PolicyMode }),
		check("same_origin", "site.same_origin", func(d *consent.Draft) *bool { return &d.Site.SameOrigin }),
		check("automatic_gating", "site.automatic_gating", func(d *consent.Draft) *bool { return &d.Site.AutomaticGating }),
		line("cookie_domain", "text", "site.cookie_domain", func(d *consent.Draft) *string { return &d.Site.CookieDomain }),
	}
}
