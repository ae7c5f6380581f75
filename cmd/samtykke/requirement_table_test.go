package main_test

import (
	"regexp"
	"strings"
	"testing"
)

// requirements are the rows of the law's requirements that this version keeps.
const requirements = `
	A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11
	B1 B2 B3 B5
	C1 C2 C3 C4 C5 C6
	D1 D2 D4 D5
	E2
	F1 F2 F4 F6
	G2 G3
	H2 H3
	I1 I2 I3 I5 I6 I8
	K2 K6
	L1 L3
	N5 N8`

// TestRequirementTable shows that each row has a test of its name, such as
// TestA1NothingBeforeConsent: who doubts a row finds what holds it.
func TestRequirementTable(t *testing.T) {
	named := map[string]bool{}
	row := regexp.MustCompile(`^Test([A-N][0-9]+)(_|[A-Z])`)
	for name := range everyTest(t) {
		if found := row.FindStringSubmatch(name); found != nil {
			named[found[1]] = true
		}
	}
	for _, each := range strings.Fields(requirements) {
		if !named[each] {
			t.Errorf("no test is named after %s", each)
		}
	}
}
