package main

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/server/admin"
)

// checkAct refuses an act that no trail tells of: an empty answer would look like "never".
// It names those that begin alike, or some.
func checkAct(act string) error {
	all := admin.Actions()
	if act == "" || slices.Contains(all, act) {
		return nil
	}
	group, _, _ := strings.Cut(act, ".")
	alike := slices.DeleteFunc(slices.Clone(all), func(a string) bool { return !strings.HasPrefix(a, group+".") })
	if len(alike) == 0 {
		alike = []string{"log.export", "member.role", "notice.publish", "site.add"}
	}
	return misusef("--act %q is no act; there are %d, such as %s", act, len(all), join(alike))
}
