package main

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

// checkActs refuses what no trail tells of: acts and ways of doing them.
func checkActs(act string, by consent.Doer) error {
	if by != "" && !slices.Contains(consent.Doers, by) {
		return misusef("--by %q is no way; write person, key, command, program or stranger", by)
	}
	return checkAct(act)
}

// checkAct refuses an act that no trail tells of: an empty answer would look like "never".
// It names those that begin alike, or some.
func checkAct(act string) error {
	all := admin.Actions()
	if act == "" || admin.KnowsAct(act) {
		return nil
	}
	group, _, _ := strings.Cut(act, ".")
	alike := slices.DeleteFunc(slices.Clone(all), func(a string) bool { return !strings.HasPrefix(a, group+".") })
	if len(alike) == 0 {
		alike = []string{"log.export", "member.role", "notice.publish", "site.add"}
	}
	return misusef("--act %q is no act; there are %d, such as %s", act, len(all), join(alike))
}
