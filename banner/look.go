package banner

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// The look of a site that has chosen none.
const defaultAccent = "#1a4f8b"

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// look gives the site's values as custom properties. Anything but a colour and
// a number is left out, so no site file can add a rule of its own.
func look(l consent.Look) string {
	accent := l.Accent
	if !hexColour.MatchString(accent) {
		accent = defaultAccent
	}
	return fmt.Sprintf(":host{--accent:%s;--on-accent:%s;--radius:%dpx}", accent, readableOn(accent), min(max(l.Radius, 0), 16))
}

// readableOn gives white or black, whichever stands out more (WCAG 2.2, 1.4.3).
func readableOn(colour string) string {
	light := luminance(colour)
	if 1.05/(light+0.05) >= (light+0.05)/0.05 {
		return "#fff"
	}
	return "#000"
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(colour string) float64 {
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	total := 0.0
	for i, weight := range weights {
		channel, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return 0
		}
		c := float64(channel) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		total += weight * c
	}
	return total
}
