package main_test

import (
	"strings"
	"testing"
)

// peerBugs are faults that were published of other consent platforms and concern what
// a visitor meets, each with the tests that keep it out of here.
var peerBugs = map[string]string{
	"CVE-2023-36827, files by their path":                        "TestUnknownAddresses",
	"CVE-2023-47114, markup in exports":                          "TestInertCell TestHostileTextsAreText",
	"CVE-2025-57816, limits by the proxy's address":              "TestLimitBehindProxies",
	"CVE-2025-31475, prototypes changed by texts":                "TestKeyNamedProtoIsAKey TestHostilePages",
	"CVE-2025-31476, links that are scripts":                     "TestValidateOrganisationAndSite TestCasesC",
	"CVE-2025-31138, a theme that is a style sheet":              "TestValidateLook",
	"CVE-2025-48939, elements named like document.currentScript": "TestHostilePages",
	"CVE-2026-22809, expressions that hang":                      "TestExpressionThatCouldHangABrowserIsRefused",
	"CVE-2022-44727, a hostile answer cookie":                    "TestCasesA banner/test/store.test.ts",
	"CVE-2022-0445, all consents deleted at once":                "TestMethods",
	"texts of the banner that run as script":                     "TestHostileTextStaysText TestAnyTextSurvivesTheCompiler",
	"posts that fill the table":                                  "TestDayCountsWhatIsStored TestLimitBehindProxies",
	"the site's own script held back by a scan":                  "TestAutomaticGating",
	"a script that comes broken, late or never":                  "TestScriptFaults TestCasesCWithoutAnswer",
}

// TestPeerBugs shows that each has tests that exist.
func TestPeerBugs(t *testing.T) {
	tests := everyTest(t)
	for bug, where := range peerBugs {
		for _, name := range strings.Fields(where) {
			if _, there := tests[name]; !there {
				t.Errorf("%s: there is no test %s", bug, name)
			}
		}
	}
}
