package admin

import (
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// lookControls ask how the banner is dressed.
func lookControls(_ *request, draft *consent.Draft) []control {
	return slices.Concat(beside("place",
		choose("placement", "site.look.placement", func(d *consent.Draft) *consent.Placement { return &d.Site.Look.Placement },
			"", consent.PlacementTop, consent.PlacementBottom, consent.PlacementCorner, consent.PlacementDialog),
		wholeNumber("heading", "site.heading_level", func(d *consent.Draft) *int { return &d.Site.Heading }),
	), beside("colours",
		line("accent", "text", "site.look.accent", func(d *consent.Draft) *string { return &d.Site.Look.Accent }),
		line("background", "text", "site.look.background", func(d *consent.Draft) *string { return &d.Site.Look.Background }),
		line("ink", "text", "site.look.text", func(d *consent.Draft) *string { return &d.Site.Look.Text }),
	), beside("dark colours",
		darkColour("accent_dark", "site.look.dark.accent", func(l *consent.DarkLook) *string { return &l.Accent }),
		darkColour("background_dark", "site.look.dark.background", func(l *consent.DarkLook) *string { return &l.Background }),
		darkColour("ink_dark", "site.look.dark.text", func(l *consent.DarkLook) *string { return &l.Text }),
	), beside("shape",
		wholeNumber("radius", "site.look.radius", func(d *consent.Draft) *int { return &d.Site.Look.Radius }),
		wholeNumber("width", "site.look.width", func(d *consent.Draft) *int { return &d.Site.Look.Width }),
		line("font", "text", "site.look.font", func(d *consent.Draft) *string { return &d.Site.Look.Font }),
	), logoControls(draft.Site.Languages))
}

// darkColour asks for a colour of dark pages. A look without any has no part about them.
func darkColour(name, path string, at func(*consent.DarkLook) *string) control {
	return control{
		name: name, kind: "text", path: path,
		get: func(d *consent.Draft) string {
			if d.Site.Look.Dark == nil {
				return ""
			}
			return *at(d.Site.Look.Dark)
		},
		set: func(d *consent.Draft, value string) error {
			dark := consent.DarkLook{} // a new one: the draft that this was read of keeps its own
			if d.Site.Look.Dark != nil {
				dark = *d.Site.Look.Dark
			}
			*at(&dark) = value
			d.Site.Look.Dark = &dark
			if dark == (consent.DarkLook{}) {
				d.Site.Look.Dark = nil
			}
			return nil
		},
	}
}

// logoControls ask for the logo and what it says.
func logoControls(languages []consent.Language) []control {
	at := func(d *consent.Draft) consent.Logo {
		if d.Site.Look.Logo == nil {
			return consent.Logo{}
		}
		return *d.Site.Look.Logo
	}
	keep := func(d *consent.Draft, logo consent.Logo) error {
		d.Site.Look.Logo = &logo
		if logo.SVG == "" && len(logo.Text) == 0 {
			d.Site.Look.Logo = nil
		}
		return nil
	}
	all := make([]control, 0, 1+len(languages))
	all = append(all, control{
		name: "logo", kind: "area", path: "site.look.logo.svg",
		get: func(d *consent.Draft) string { return at(d).SVG },
		set: func(d *consent.Draft, value string) error {
			logo := at(d)
			logo.SVG = value
			return keep(d, logo)
		},
	})
	for _, lang := range languages {
		all = append(all, control{
			name: "logo_text." + string(lang), kind: "text", path: "site.look.logo.text", lang: lang, row: "logo text",
			get: func(d *consent.Draft) string { return at(d).Text[lang] },
			set: func(d *consent.Draft, value string) error {
				logo := at(d)
				logo.Text = maps.Clone(logo.Text)
				if value == "" {
					delete(logo.Text, lang)
				} else {
					if logo.Text == nil {
						logo.Text = consent.Text{}
					}
					logo.Text[lang] = value
				}
				return keep(d, logo)
			},
		})
	}
	return all
}
