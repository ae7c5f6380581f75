package storagetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testActChanges holds that an act tells what it changed, from what to what.
func testActChanges(t *testing.T, open Opener) {
	store := open(t)
	acting := func(organisation consent.OrganisationID) context.Context {
		return consent.WithAct(t.Context(), consent.Act{Time: Morning, Account: 7, Organisation: organisation, Action: "some.thing"})
	}
	draft := Draft("skogen")
	must(t, store.SaveDraft(acting("kommunen"), draft, Morning))
	kari, err := store.AddAccount(t.Context(), &consent.Account{
		Email: "kari@example.no", Name: "Kari", Language: consent.Bokmaal, Created: Morning,
		Memberships: []consent.Membership{{Organisation: draft.Organisation.ID, Role: consent.RoleEditor}},
	})
	must(t, err)
	key := &consent.APIKey{ID: "abcdefghijkl", Organisation: draft.Organisation.ID, Name: "The console", Scopes: []consent.Scope{consent.ScopeAudit}, Maker: kari, Created: Morning, Expires: Morning.AddDate(0, 1, 0)}
	for name, c := range map[string]struct {
		do   func(context.Context) error
		want string
	}{
		"a draft": {func(ctx context.Context) error {
			other := Draft("skogen")
			other.Site.Validity = "P3M"
			return store.ReplaceDraft(ctx, &other, 1, Morning)
		}, "site.validity: " + string(draft.Site.Validity) + " -> P3M"},
		"an organisation": {func(ctx context.Context) error {
			return store.ChangeOrganisation(ctx, consent.Organisation{ID: draft.Organisation.ID, Name: "Fjellet", Number: draft.Organisation.Number})
		}, "name: " + draft.Organisation.Name + " -> Fjellet"},
		"a second factor": {func(ctx context.Context) error {
			return store.SetNeedsFactor(ctx, draft.Organisation.ID, true)
		}, "second_factor: no -> yes"},
		"two people": {func(ctx context.Context) error {
			return store.SetTwoRule(ctx, draft.Organisation.ID, consent.TwoRule{On: true, Since: Morning}, consent.TwoRule{})
		}, "two_people: no -> yes"},
		"how often services are reviewed": {func(ctx context.Context) error {
			return store.SetReviewInterval(ctx, "skogen", 6, consent.UsualReviewInterval)
		}, "review_months: 12 -> 6"},
		"a role": {func(ctx context.Context) error {
			return store.SetRole(ctx, kari, draft.Organisation.ID, consent.RoleAuditor)
		}, "role: editor -> auditor"},
		"a key": {
			func(ctx context.Context) error { return store.AddAPIKey(ctx, key) },
			"scopes:  -> " + string(consent.ScopeAudit) + "; expires:  -> " + key.Expires.UTC().Format("2006-01-02T15:04:05Z") + "; name:  -> The console",
		},
		"recipients, whose addresses are nobody's to read": {func(ctx context.Context) error {
			return store.SetRecipients(ctx, &consent.Recipients{Organisation: draft.Organisation.ID, Language: consent.Nynorsk, Addresses: []string{"ola@example.no"}})
		}, "addresses.added:  -> 1; language: nb -> nn"},
		"a name": {func(ctx context.Context) error {
			return store.SetProfile(ctx, kari, "Ola", consent.Bokmaal)
		}, "name: Kari -> Ola"},
	} {
		t.Run(name, func(t *testing.T) {
			must(t, c.do(acting("kommunen")))
			if acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: "kommunen", Limit: 1}); err != nil || acts[0].ChangesHash.IsZero() {
				t.Errorf("no hash is kept of what was changed: %v", err)
			}
			if got := lastChanges(t, store, "kommunen"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("another name is told where the person is", func(t *testing.T) {
		must(t, store.SetProfile(acting(""), kari, "Nina", consent.Bokmaal))
		for _, trail := range []consent.OrganisationID{"", draft.Organisation.ID} {
			if got := lastChanges(t, store, trail); got != "name: Ola -> Nina" {
				t.Errorf("the trail of %q has %q", trail, got)
			}
		}
	})
	t.Run("the audit finds nothing wrong", func(t *testing.T) {
		found, err := store.AuditTrails(t.Context(), draft.Organisation.ID)
		must(t, err)
		for _, audit := range found {
			if audit.Fault.Code != "" {
				t.Error(audit.Fault.Why)
			}
		}
	})
}

// lastChanges says what the last act of a trail changed.
func lastChanges(t *testing.T, store consent.Store, trail consent.OrganisationID) string {
	t.Helper()
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: trail, Limit: 1})
	must(t, err)
	told := make([]string, 0, len(acts[0].Changes))
	for _, c := range acts[0].Changes {
		told = append(told, fmt.Sprintf("%s: %s -> %s", c.Field, c.Was, c.Is))
	}
	return strings.Join(told, "; ")
}
