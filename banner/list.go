package banner

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

var and = map[consent.Language]string{
	consent.Bokmaal: " og ", consent.Nynorsk: " og ", consent.NorthernSami: " ja ", consent.English: " and ",
}

// list joins names as a sentence does.
func list(names []string, lang consent.Language) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	joint, ok := and[lang]
	if !ok {
		joint = ", "
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + joint + names[last]
}
