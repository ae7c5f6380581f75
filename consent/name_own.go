package consent

import (
	"regexp"
	"strings"
)

// ownNames are what the program and accounts without a name are called in a trail, in
// every language.
var ownNames = regexp.MustCompile(`^(samtykke|programmet|the program|en kommando på serveren|ein kommando på tenaren|a command on the server|(konto|account) \d+)$`)

// IsOwnName says whether a name is one that the program uses for itself: a person of
// that name would pass for it.
func IsOwnName(name string) bool {
	return ownNames.MatchString(strings.Trim(strings.Join(strings.Fields(strings.ToLower(name)), " "), ".,:;-_!*'\" "))
}
