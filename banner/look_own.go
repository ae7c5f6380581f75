package banner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// A site's own look is written after a style sheet, for what the sheet leaves to
// the browser and the page. A site that has set nothing adds nothing.

// ownFont has the font in a root's host, from which everything in it inherits.
func ownFont(l consent.Look) string {
	if l.Font == "" {
		return ""
	}
	var names []string
	for name := range strings.SplitSeq(l.Font, ",") {
		name = strings.TrimSpace(name)
		if strings.ContainsAny(name, "\"\\\n;{}") {
			return ""
		}
		if !slices.Contains(genericFonts, name) {
			name = `"` + name + `"`
		}
		names = append(names, name)
	}
	return ":host{font-family:" + strings.Join(names, ",") + "}"
}

// genericFonts are names of fonts that browsers know without quotation marks.
var genericFonts = strings.Fields("serif sans-serif monospace cursive system-ui ui-serif ui-sans-serif ui-rounded ui-monospace")

// ownColours gives the elements the colours of a ground and of the text on it.
func ownColours(l consent.Look, elements string) string {
	dark := darkOf(l)
	rule := byScheme("background", l.Background, dark.Background, "Canvas", important) + byScheme("color", l.Text, dark.Text, "CanvasText", "")
	if rule == "" {
		return ""
	}
	return elements + "{" + rule + "}:focus-visible,:host(:focus-visible){" + byScheme("outline-color", l.Text, dark.Text, "CanvasText", important) + "}"
}

// important holds against the page's own style sheet, as the sheet's rules do.
const important = "!important"

// darkAccent gives buttons and checkboxes their colour on dark pages.
func darkAccent(l consent.Look) string {
	dark := darkOf(l)
	if !hexColour.MatchString(dark.Accent) {
		return ""
	}
	accent, _ := valuesOf(l)
	return fmt.Sprintf("button:not(.link){%s%s}input{%s}",
		byScheme("background", accent, dark.Accent, "", ""), byScheme("color", readableOn(accent), readableOn(dark.Accent), "", ""),
		byScheme("accent-color", accent, dark.Accent, "", ""))
}

func darkOf(l consent.Look) consent.DarkLook {
	if l.Dark == nil {
		return consent.DarkLook{}
	}
	return *l.Dark
}

// byScheme declares a colour for light pages and one for dark ones; without one
// for the dark, that of the light holds on both. Browsers that are older than
// light-dark() keep to the first.
func byScheme(property, light, dark, unset, ending string) string {
	light, dark = colourOr(light), colourOr(dark)
	if light == "" && dark == "" {
		return ""
	}
	light = cmp.Or(light, unset)
	declared := property + ":" + light + ending + ";"
	if dark == "" || dark == light {
		return declared
	}
	return declared + property + ":light-dark(" + light + "," + dark + ")" + ending + ";"
}

// colourOr gives a colour, or nothing for what is none.
func colourOr(text string) string {
	if text == "#fff" || text == "#000" || hexColour.MatchString(text) {
		return text
	}
	return ""
}

// placed says whether the question stands over the page.
func placed(l consent.Look) bool {
	return l.Placement != "" && l.Placement != consent.PlacementTop
}

// placeSheets are the style sheets of each placement.
var placeSheets = map[consent.Placement][]string{
	consent.PlacementBottom: {"src/over.css"},
	consent.PlacementCorner: {"src/over.css", "src/corner.css"},
	consent.PlacementDialog: {"src/ask.css"},
}

// mainFinish is what the main file's style sheet ends with.
func mainFinish(l consent.Look) (string, error) {
	var finish strings.Builder
	_, radius := valuesOf(l)
	for _, name := range placeSheets[l.Placement] {
		sheet, err := sources.ReadFile(name)
		if err != nil {
			return "", err
		}
		finish.Write(sheet)
	}
	ground := ":host"
	switch l.Placement { //nolint:exhaustive // the others have no corners
	case consent.PlacementCorner:
		fmt.Fprintf(&finish, "@media (min-width:40rem){:host([data-over]){border-radius:%dpx}}", radius)
	case consent.PlacementDialog:
		fmt.Fprintf(&finish, ".ask{border-radius:%dpx}", radius)
	}
	if placed(l) {
		ground += ",.ask,.buttons"
	}
	if l.Logo != nil {
		finish.WriteString("svg{display:block;height:3em;max-width:100%;margin-top:1em}")
	}
	finish.WriteString(ownWidth(l))
	return finish.String() + ownFont(l) + ownColours(l, ground) + darkAccent(l), nil
}

func ownWidth(l consent.Look) string {
	if l.Width == 0 {
		return ""
	}
	switch l.Placement {
	case consent.PlacementCorner:
		return fmt.Sprintf("@media (min-height:30rem) and (min-width:40rem){:host([data-over]){width:%dem!important}}", l.Width)
	case consent.PlacementDialog:
		return fmt.Sprintf(".ask{width:%dem}", l.Width)
	default:
		return fmt.Sprintf("section,[role=status]{max-width:%dem}", l.Width)
	}
}
