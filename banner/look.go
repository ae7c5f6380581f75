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

// panelLook dresses the panel; its buttons are dressed as those of the banner.
func panelLook(l consent.Look) string {
	_, radius := valuesOf(l)
	return fmt.Sprintf("dialog{border-radius:%dpx}%s", radius, checkboxLook(l))
}

// codeLook keeps names of cookies, receipts and keys as they are where all around
// them goes from right to left.
func codeLook(lang consent.Language) string {
	if lang.Direction() != "rtl" {
		return ""
	}
	return "code,input{direction:ltr;unicode-bidi:isolate}"
}

// valuesOf gives the site's values. What is no colour or no radius gets a value
// that is, so no site file can add a rule of its own.
func valuesOf(l consent.Look) (accent string, radius int) {
	if !hexColour.MatchString(l.Accent) {
		return defaultAccent, min(max(l.Radius, 0), 16)
	}
	return l.Accent, min(max(l.Radius, 0), 16)
}

// buttonLook dresses the buttons of banner and placeholders, all of them alike.
func buttonLook(l consent.Look) string {
	accent, radius := valuesOf(l)
	return fmt.Sprintf("button{background:%s;color:%s;border-radius:%dpx}", accent, readableOn(accent), radius)
}

// placeLook dresses placeholders.
func placeLook(l consent.Look) string {
	_, radius := valuesOf(l)
	return fmt.Sprintf("%s.place{border-radius:%dpx}", buttonLook(l), radius)
}

func checkboxLook(l consent.Look) string {
	accent, _ := valuesOf(l)
	return "input{accent-color:" + accent + "}"
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
