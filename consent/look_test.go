package consent

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestButtonTextCanAlwaysBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accent := fmt.Sprintf("#%06x", rapid.IntRange(0, 0xffffff).Draw(t, "accent"))
		text := Look{Accent: accent}.ButtonText()
		a, okA := luminance(accent)
		b, okB := luminance(text)
		if !okA || !okB || contrast(a, b) < 4.5 {
			t.Fatalf("%s on %s has %.2f:1", text, accent, contrast(a, b))
		}
	})
	for accent, want := range map[string]string{"#000000": white, "#1f5a3c": white, "#ffffff": black, "#FFDD00": black, "#777777": black, "nonsense": white} {
		if got := (Look{Accent: accent}).ButtonText(); got != want {
			t.Errorf("text on %s is %s", accent, got)
		}
	}
}

func TestContrast(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.00}} {
		a, _ := luminance(tt.a)
		b, _ := luminance(tt.b)
		if got := contrast(a, b); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("%s on %s has %.2f:1, want %.2f:1", tt.a, tt.b, got, tt.want)
		}
	}
	for _, bad := range []string{"", "#fff", "1f5a3c", "#1f5a3", "#1f5a3cc", "#gggggg", "red", "#12345é", "rgb(0,0,0)", "#1f5a3c;"} {
		if _, ok := luminance(bad); ok {
			t.Errorf("%q is a colour", bad)
		}
	}
}

// dressed is a change of the look.
func dressed(change func(l *Look)) func(*Draft) {
	return func(d *Draft) { change(&d.Site.Look) }
}

func TestValidateLook(t *testing.T) {
	drawn := func(svg string) func(*Draft) {
		return dressed(func(l *Look) { l.Logo = &Logo{SVG: svg} })
	}
	check(t, Fault, []rule{
		{"placement that is none", dressed(func(l *Look) { l.Placement = "left" }), "site.look.placement", "unknown_value"},
		{"narrow", dressed(func(l *Look) { l.Width = 19 }), "site.look.width", "width"},
		{"font with a rule in it", dressed(func(l *Look) { l.Font = "Inter;}body{display:none" }), "site.look.font", "font"},
		{"font in quotation marks", dressed(func(l *Look) { l.Font = `"Inter"` }), "site.look.font", "font"},
		{"text without a background", dressed(func(l *Look) { l.Text = "#000000" }), "site.look", "half_colours"},
		{"text of 4.4:1", dressed(func(l *Look) { l.Background, l.Text = "#ffffff", "#787878" }), "site.look.text", "unreadable"},
		{"dark text of 4.4:1", dressed(func(l *Look) { l.Dark = &DarkLook{Accent: "#99ccff", Background: "#000000", Text: "#707070"} }), "site.look.dark.text", "unreadable"},
		{"dark background that is no colour", dressed(func(l *Look) { l.Dark = &DarkLook{Accent: "#99ccff", Background: "url(//a)", Text: "#ffffff"} }), "site.look.dark.background", "malformed_colour"},
		{"dark accent that is no colour", dressed(func(l *Look) { l.Dark = &DarkLook{Accent: "red"} }), "site.look.dark.accent", "malformed_colour"},
		{"logo's text in one language", dressed(func(l *Look) {
			l.Logo = &Logo{SVG: `<svg viewBox="0 0 1 1"/>`, Text: Text{Bokmaal: "Logo", English: "Logo"}}
		}), "site.look.logo.text.nn", "missing_text"},
		{"logo that is nothing", drawn(" "), "site.look.logo.svg", "logo"},
		{"logo without a viewBox", drawn(`<svg width="9" height="9"/>`), "site.look.logo.svg", "logo"},
		{"logo with a script", drawn(`<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>`), "site.look.logo.svg", "logo"},
		{"logo that listens", drawn(`<svg viewBox="0 0 1 1" onload="alert(1)"/>`), "site.look.logo.svg", "logo"},
		{"logo that listens in its style", drawn(`<svg viewBox="0 0 1 1" style="onload:alert(1)"/>`), "site.look.logo.svg", "logo"},
		{"logo with a picture from elsewhere", drawn(`<svg viewBox="0 0 1 1"><image href="https://a.example/b.png"/></svg>`), "site.look.logo.svg", "logo"},
		{"logo with a fill from elsewhere", drawn(`<svg viewBox="0 0 1 1"><path d="" fill="URL(https://a.example/b.svg)"/></svg>`), "site.look.logo.svg", "logo"},
		{"logo with something after it", drawn(`<svg viewBox="0 0 1 1"/><svg/>`), "site.look.logo.svg", "logo"},
		{"logo that is not closed", drawn(`<svg viewBox="0 0 1 1"><g>`), "site.look.logo.svg", "logo"},
		{"logo of many groups", drawn(`<svg viewBox="0 0 1 1">` + strings.Repeat("<g>", 20) + strings.Repeat("</g>", 20) + `</svg>`), "site.look.logo.svg", "logo"},
		{"logo of much", drawn(`<svg viewBox="0 0 1 1"><path d="` + strings.Repeat("1", 9000) + `"/></svg>`), "site.look.logo.svg", "logo"},
	})
	check(t, Warning, []rule{
		{"at the bottom", dressed(func(l *Look) { l.Placement = PlacementBottom }), "site.look.placement", "covers_page"},
		{"in the corner", dressed(func(l *Look) { l.Placement = PlacementCorner }), "site.look.placement", "covers_page"},
		{"as a dialog", dressed(func(l *Look) { l.Placement = PlacementDialog }), "site.look.placement", "stops_page"},
		{"accent near its background", dressed(func(l *Look) { l.Background, l.Text = l.Accent, "#ffffff" }), "site.look.accent", "weak_colour"},
		{"accent that is dark on dark pages", dressed(func(l *Look) { l.Dark = &DarkLook{Accent: "#003300"} }), "site.look.dark.accent", "weak_colour"},
	})
}

// TestDrawing: what drawing programs add is left out, and what they say of style
// becomes attributes, which no policy of a page refuses.
func TestDrawing(t *testing.T) {
	logo := Logo{SVG: `<?xml version="1.0"?><!DOCTYPE svg><!-- drawn --><svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://i.example" width="9mm" viewBox="0 0 9 9" i:version="1">
<title>Shield</title><metadata><a b="c"/></metadata><g id="layer" style="fill:#123456; stroke: none;"><path d="M0 0h9"/></g></svg>`}
	got, err := logo.Drawing()
	if err != nil {
		t.Fatal(err)
	}
	want := &Shape{Name: "svg", Attributes: map[string]string{"viewBox": "0 0 9 9"}, Shapes: []Shape{{
		Name: "g", Attributes: map[string]string{"fill": "#123456", "stroke": "none"},
		Shapes: []Shape{{Name: "path", Attributes: map[string]string{"d": "M0 0h9"}}},
	}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("draws %+v", got)
	}
}
