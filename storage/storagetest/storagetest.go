// Package storagetest is the one suite that every engine passes, bare and
// through the cache. It knows the ports in consent and nothing of any engine.
package storagetest

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Opener opens a new, empty store and closes it when the test ends.
type Opener func(t *testing.T) consent.Store

// Run holds a store against everything that the ports promise.
func Run(t *testing.T, open Opener) {
	t.Helper()
	for _, suite := range []struct {
		name string
		run  func(*testing.T, Opener)
	}{
		{"Sites", testSites},
		{"Notices", testNotices},
		{"Bundles", testBundles},
		{"Append", testAppend},
		{"Read", testRead},
		{"Paging", testPaging},
		{"Visitors", testVisitors},
		{"Erase", testErase},
		{"Findings", testFindings},
		{"Model", testModel},
		{"Closing", testClosing},
	} {
		t.Run(suite.name, func(t *testing.T) { suite.run(t, open) })
	}
}
