package main

import (
	"maps"
	"slices"

	"github.com/samtykke/samtykke/server/export"
)

// stamp is RFC 3339 to the millisecond, in every output alike.
const stamp = export.Stamp

func sortedKeys[K ~string, V any](from map[K]V) []K { return slices.Sorted(maps.Keys(from)) }
