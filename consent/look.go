package consent

import (
	"math"
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
	switch {
	case !ok:
		v.fault("site.look.accent", "malformed_colour", strconv.Quote(l.Accent)+" is not a colour.", "Write it as #rrggbb, such as #1f5a3c.")
	case contrast(accent, 1) < 3:
		v.warn("site.look.accent", "weak_colour", "Buttons of this colour hardly stand out from a white page.",
			"Choose a darker one: 3:1 is what WCAG 1.4.11 asks for.")
	}
	if l.Radius < 0 || l.Radius > 16 {
		v.fault("site.look.radius", "radius", "Corners cannot have a radius of "+strconv.Itoa(l.Radius)+".", "Write 0 to 16 (CSS pixels).")
	}
}
