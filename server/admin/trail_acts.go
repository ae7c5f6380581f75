package admin

import (
	"slices"

	"github.com/samtykke/samtykke/server/api"
)

// Actions gives every action that a trail may tell of, in order.
func Actions() []string {
	all := append([]string{exportEnd}, furtherActs...)
	for _, route := range (&Admin{}).table() {
		if route.action != "" {
			all = append(all, route.action)
		}
	}
	all = append(all, api.Actions()...)
	slices.Sort(all)
	return slices.Compact(all)
}

// exportEnd is what an export through the API ends with.
const exportEnd = "api.log.exported"
