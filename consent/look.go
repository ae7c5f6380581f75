package consent

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
)

// The two colours of text on a button.
const (
	white = "#ffffff"
	black = "#000000"
)

// ButtonText gives the colour of text on a button of the accent colour: white
// or black, whichever stands out more. One of the two always reaches 4.58:1, so
// WCAG 1.4.3 (4.5:1) holds for every accent. An accent that is no colour gets
// white.
func (l Look) ButtonText() string {
	accent, ok := luminance(l.Accent)
	if ok && contrast(accent, 0) > contrast(accent, 1) {
		return black
	}
	return white
}

// luminance gives the relative luminance of #rrggbb as WCAG 2 defines it.
func luminance(colour string) (float64, bool) {
	if len(colour) != 7 || colour[0] != '#' || !isLowerHex(lowerASCII(colour[1:])) {
		return 0, false
	}
	total := 0.0
	for i, weight := range [...]float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return 0, false
		}
		part := float64(n) / 255
		if part <= 0.04045 {
			part /= 12.92
		} else {
			part = math.Pow((part+0.055)/1.055, 2.4)
		}
		total += weight * part
	}
	return total, true
}

// contrast gives the ratio of two luminances, 1 to 21.
func contrast(a, b float64) float64 {
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

func (v *review) look(l *Look) {
	accent, ok := luminance(l.Accent)
	if !ok {
		v.colour("site.look.accent", l.Accent)
	}
	if l.Radius < 0 || l.Radius > 16 {
		v.fault("site.look.radius", "radius", "Corners cannot have a radius of "+strconv.Itoa(l.Radius)+".", "Write 0 to 16 (CSS pixels).")
	}
	if l.Width != 0 && (l.Width < 20 || l.Width > 80) {
		v.fault("site.look.width", "width", "The question cannot be "+strconv.Itoa(l.Width)+" letters wide.", "Write 20 to 80, or leave it out.")
	}
	if l.Font != "" && !fontList.MatchString(l.Font) {
		v.fault("site.look.font", "font", quoted(l.Font)+" is no list of fonts.",
			"Write their names, with commas between them and without quotation marks, such as Inter, sans-serif.")
	}
	ground := v.ground("site.look", l.Background, l.Text, 1)
	if ok {
		v.standsOut("site.look.accent", accent, ground)
	}
	v.darkLook(l)
	v.placement(l.Placement)
	v.logo(l.Logo)
}

// fontList is a list of names without anything that a style sheet could mistake.
var fontList = regexp.MustCompile(`^\pL[\pL\d -]*(, ?\pL[\pL\d -]*){0,7}$`)

// darkPage is the luminance of the darkest page that browsers make by themselves.
const darkPage = 0.006

func (v *review) darkLook(l *Look) {
	if l.Dark == nil {
		return
	}
	colour := cmp.Or(l.Dark.Accent, l.Accent)
	if l.Dark.Accent != "" {
		v.colour("site.look.dark.accent", l.Dark.Accent)
	}
	otherwise := darkPage
	if own, ok := luminance(l.Background); ok {
		otherwise = own
	}
	ground := v.ground("site.look.dark", l.Dark.Background, l.Dark.Text, otherwise)
	if accent, ok := luminance(colour); ok {
		v.standsOut("site.look.dark.accent", accent, ground)
	}
}

// colour faults what is none, and gives its luminance.
func (v *review) colour(path, colour string) (float64, bool) {
	light, ok := luminance(colour)
	if !ok {
		v.fault(path, "malformed_colour", quoted(colour)+" is not a colour.", "Write it as #rrggbb, such as #1f5a3c.")
	}
	return light, ok
}

// ground faults colours of text and background that cannot be told apart, and
// gives the luminance of the background: that of the page where neither is set.
func (v *review) ground(path, background, text string, page float64) float64 {
	if background == "" && text == "" {
		return page
	}
	if background == "" || text == "" {
		v.fault(path, "half_colours", "Only one of background and text has a colour of its own.",
			"Set both, or neither: the browser's own colour beside yours may not be readable.")
		return page
	}
	behind, known := v.colour(path+".background", background)
	letters, readable := v.colour(path+".text", text)
	if known && readable && contrast(behind, letters) < 4.5 {
		v.fault(path+".text", "unreadable", "The text has a contrast of "+strconv.FormatFloat(math.Floor(contrast(behind, letters)*10)/10, 'f', 1, 64)+":1 to its background.",
			"Choose colours further apart: WCAG 1.4.3 asks for 4.5:1.")
	}
	if !known {
		return page
	}
	return behind
}

// standsOut warns of buttons that are hard to find on their background.
func (v *review) standsOut(path string, accent, ground float64) {
	if contrast(accent, ground) >= 3 {
		return
	}
	where, repair := "a white page", "Choose a darker one"
	switch {
	case ground < 0.18:
		where, repair = "a dark page", "Choose a lighter one"
	case ground < 1:
		where = "their background"
	}
	v.warn(path, "weak_colour", "Buttons of this colour hardly stand out from "+where+".", repair+": 3:1 is what WCAG 1.4.11 asks for.")
}

// placement warns of what the national pattern advises against.
func (v *review) placement(p Placement) {
	const path, repair = "site.look.placement", "Leave it out, so that the question stands at the top of the page. Otherwise try your pages with the Tab key, enlarged to 400 % too."
	switch p {
	case "", PlacementTop:
	case PlacementBottom, PlacementCorner:
		v.warn(path, "covers_page", "The question lies over the page and may hide what has focus (WCAG 2.2, 2.4.11 Focus Not Obscured). "+
			"The national pattern advises against dialogs that are not modal, because they cover content. The banner keeps what has focus clear of the question as far as the page can be scrolled.", repair)
	case PlacementDialog:
		v.warn(path, "stops_page", "The question comes between visitors and the page, and takes focus from it before they have done anything (WCAG 2.2, 2.4.3 Focus Order). "+
			"The national pattern advises against modal dialogs, because they force a choice. This one can be closed without an answer, which is no consent, and asks again on the next page.", repair)
	default:
		oneOf(v, path, p, PlacementTop, PlacementBottom, PlacementCorner, PlacementDialog)
	}
}
