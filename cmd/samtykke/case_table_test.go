package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// caseTable says where each numbered case of a consent banner is tested. Beside
// a name of a test stands the case in it, where it has several. What begins
// with "later:" waits for the feature that it is about.
var caseTable = map[int]string{
	1: "TestCasesA", 2: "TestCasesA", 3: "TestCasesA banner/test/store.test.ts", 4: "TestCasesA", 5: "TestCasesA", 6: "TestCasesA", 7: "TestCasesA",
	8: "TestCasesA banner/test/store.test.ts", 9: "TestCasesA TestCasesAOnHTTPS", 10: "TestSameOrigin TestValidateOrganisationAndSite",
	11: "TestSameOrigin", 12: "TestCasesA TestCasesAOnHTTPS", 13: "banner/test/store.test.ts", 14: "TestCasesA",

	15: "TestCasesB", 16: "TestCasesB", 17: "TestCasesB", 18: "TestCasesB", 19: "TestCasesB", 20: "TestCasesB", 21: "TestCasesB banner/test/panel-choice.test.ts",
	22: "TestCasesB TestJudgeRefuses", 23: "TestCasesB", 24: "TestCasesB", 25: "TestCasesB", 26: "TestCasesB",

	27: "TestCasesC", 28: "TestCasesC", 29: "TestCasesC", 30: "TestCasesC", 31: "TestCasesC", 32: "TestCasesC", 33: "TestCasesC", 34: "TestCasesC", 35: "TestCasesC",
	36: "TestCasesC", 37: "TestCasesC", 38: "TestCasesC", 39: "TestCasesC", 40: "TestCasesCWithoutAnswer", 41: "TestCasesCWithoutAnswer", 42: "TestCasesC",
	43: "TestCasesC", 44: "TestCasesC",

	45: "TestCasesD", 46: "TestCasesD", 47: "TestCasesD", 48: "TestCasesD", 49: "TestCasesD", 50: "TestCasesD", 51: "TestCasesD", 52: "TestCasesD", 53: "TestCasesD",

	54: "TestCasesE TestI6PatternsMatchWhatTheyDeclare", 55: "TestCasesE", 56: "TestCasesE", 57: "TestCasesE", 58: "TestCasesE", 59: "TestCasesE", 60: "TestCasesE", 61: "TestCasesE",

	62: "TestCasesF TestE2MaterialChangesAskAgain", 63: "TestCasesF TestE2MaterialChangesAskAgain TestSameButSpelling", 64: "TestCasesF", 65: "TestCasesF",

	66: "TestVendorSignals", 67: "TestVendorSignals", 68: "TestVendorSignals", 69: "TestVendorSignals", 70: "TestVendorSignals", 71: "TestNoVendorSignals", 72: "TestVendorSignals",

	73: "TestAxeBanner", 74: "TestK2KeyboardReachesEverything", 75: "TestPlacements75", 76: "TestK2KeyboardReachesEverything",
	77: "TestAxeBanner", 78: "TestCasesH TestQuestionFits", 79: "TestCasesH TestAxeBanner",
	80: "TestCasesH", 81: "TestRightToLeft81 TestLeftToRightOnAnArabicPage", 82: "TestB2ButtonsHaveEqualWeight",
	83: "TestCasesH", 84: "TestCasesH",

	85: "TestMatchLanguage banner/test/language.test.ts", 86: "TestMatchLanguage banner/test/language.test.ts", 87: "TestLanguagesOfAPage", 88: "TestLanguagesOfAPage",

	89: "TestCasesJ TestSameDecisionAtOnce", 90: "TestCasesJ banner/test/queue.test.ts", 91: "TestCasesJ", 92: "TestCasesJ",
	93: "TestClockOfTheBrowserIsAHint", 94: "TestScript TestHostilePosts TestErrorsRepeatNothing", 95: "TestOrigins TestAllowsOrigin TestParseOriginRefuses",
	96: "TestScript", 97: "TestLimitBehindProxies TestNothingOfTheRequestIsKept", 98: "TestSitesDoNotMix TestOneSiteCannotUseAnothersBundle",
	99: "TestStoredAsJudged TestJudge", 100: "TestPermalinkIsTheSameForEver TestEarlierNoticeStillJudges",

	101: "TestN8PageInterface", 102: "TestN8PageInterface", 103: "TestN8PageInterface", 104: "TestCasesChange",
	105: "TestNoLayoutShift", 106: "TestSizesKeepToTheirBudgets", 107: "TestCasesC", 108: "TestCasesC TestA9LateContentIsHeldBack", 109: "TestCasesC TestA9LateContentIsHeldBack",
	110: "TestCasesC",
}

// TestCaseTable shows that no case is silently missing, and that every test that
// the table names exists. A browser test must hold the case by its number.
func TestCaseTable(t *testing.T) {
	tests := everyTest(t)
	wantLoosened(t, tests)
	for number := 1; number <= 110; number++ {
		where := caseTable[number]
		if where == "" {
			t.Errorf("case %d is nowhere", number)
		}
		if strings.HasPrefix(where, "later: ") {
			continue
		}
		for _, name := range strings.Fields(where) {
			row := regexp.MustCompile(fmt.Sprintf(`\{%d, "|"%d |[Cc]ases? [\d, and]*\b%d\b`, number, number, number))
			body, there := tests[name]
			numbered := strings.HasPrefix(name, "TestCases") && name != "TestCasesAOnHTTPS"
			if !there || numbered && !row.MatchString(body) {
				t.Errorf("case %d is not in %s", number, name)
			}
		}
	}
}

// everyTest gives the body of every Go test in the tree by its name, and every
// file of TypeScript tests by its path.
func everyTest(t *testing.T) map[string]string {
	t.Helper()
	tests, declared := map[string]string{}, regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := filepath.WalkDir("../..", func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, ".test.ts") {
			return nil
		}
		text, err := os.ReadFile(path)
		tests[strings.TrimPrefix(filepath.ToSlash(path), "../../")] = string(text)
		for _, name := range declared.FindAllStringSubmatch(string(text), -1) {
			_, body, _ := strings.Cut(string(text), "func "+name[1]+"(")
			tests[name[1]], _, _ = strings.Cut(body, "\n}\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tests
}
