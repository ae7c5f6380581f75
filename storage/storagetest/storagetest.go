// Package storagetest is the one suite that every engine passes, bare and
// through the cache. It knows the ports in consent and nothing of any engine.
package storagetest

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Opener opens a new, empty store and closes it when the test ends. Whatever
// stands behind several stores in earnest, such as a Redis, stands behind all
// that it opens.
type Opener func(t *testing.T) consent.Store

// Run holds a store against everything that the ports promise.
func Run(t *testing.T, open Opener) {
	t.Helper()
	for _, suite := range []struct {
		name string
		run  func(*testing.T, Opener)
	}{
		{"Sites", testSites},
		{"DraftRevisions", testDraftRevisions},
		{"DraftsTogether", testDraftsTogether},
		{"Accounts", testAccounts},
		{"Organisations", testOrganisations},
		{"Logins", testLogins},
		{"LoginsOvertaken", testLoginsOvertaken},
		{"Pass", testPass},
		{"RecoveryEndsWhatWasMade", testRecoveryEndsWhatWasMade},
		{"LoginsEndWithRoles", testLoginsEndWithRoles},
		{"LoginRenewed", testLoginRenewed},
		{"Trail", testTrail},
		{"TrailUnchanged", testTrailUnchanged},
		{"ActChanges", testActChanges},
		{"Factors", testFactors},
		{"Passkeys", testPasskeys},
		{"Invitations", testInvitations},
		{"InvitationsEnd", testInvitationsEnd},
		{"InvitationsOfKeys", testInvitationsOfKeys},
		{"Identities", testIdentities},
		{"LinkedIdentities", testLinkedIdentities},
		{"APIKeys", testAPIKeys},
		{"APIKeysEnd", testAPIKeysEnd},
		{"OperatorKeysEnd", testOperatorKeysEnd},
		{"Catalogues", testCatalogues},
		{"Plans", testPlans},
		{"TwoPeople", testTwoPeople},
		{"TwoInTheWrite", testTwoInTheWrite},
		{"Savers", testSavers},
		{"LetIn", testLetIn},
		{"Recipients", testRecipients},
		{"Reviews", testReviews},
		{"ReviewsTogether", testReviewsTogether},
		{"ReviewInterval", testReviewInterval},
		{"Repeats", testRepeats},
		{"Notices", testNotices},
		{"Bundles", testBundles},
		{"Screenshots", testScreenshots},
		{"Rebuilt", testRebuilt},
		{"Append", testAppend},
		{"Read", testRead},
		{"Paging", testPaging},
		{"Visitors", testVisitors},
		{"Erase", testErase},
		{"Expire", testExpire},
		{"Drop", testDrop},
		{"Restrict", testRestrict},
		{"Subjects", testSubjects},
		{"Published", testPublishedStays},
		{"Findings", testFindings},
		{"Requests", testRequests},
		{"Tallies", testTallies},
		{"Clock", testClock},
		{"OriginProofs", testOriginProofs},
		{"Figures", testFigures},
		{"Refusals", testRefusals},
		{"Model", testModel},
		{"Closing", testClosing},
	} {
		t.Run(suite.name, func(t *testing.T) { suite.run(t, open) })
	}
}
