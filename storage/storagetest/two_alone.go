package storagetest

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The rule holds in the write: whoever looked before it began publishes no notice alone, and
// gives no role that publishes with a key.
func testTwoInTheWrite(t *testing.T, open Opener) {
	t.Run("a notice", func(t *testing.T) { testNoticeAlone(t, open(t)) })
	t.Run("a role", func(t *testing.T) { testRoleByKey(t, open(t)) })
}

func twoRequired(t *testing.T, store consent.Store) {
	t.Helper()
	must(t, store.SetTwoRule(t.Context(), Draft("skogen").Organisation.ID, consent.TwoRule{On: true, Since: Morning}, consent.TwoRule{}))
}

func testNoticeAlone(t *testing.T, store consent.Store) {
	ctx := t.Context()
	plan, ola := planned(t, store)
	must(t, store.SetPlan(ctx, plan, 0))
	must(t, store.SaveAlone(ctx, "skogen", freeze(t, Draft("skogen"), 2, Morning)))
	_, err := store.Plan(ctx, "skogen")
	wantKind(t, err, consent.NotFound, "no_plan")
	wantKind(t, store.SaveAlone(ctx, "nowhere", freeze(t, Draft("skogen"), 3, Morning)), consent.NotFound, "unknown_site")

	must(t, store.SetPlan(ctx, plan, 0))
	twoRequired(t, store)
	third := freeze(t, Draft("skogen"), 3, Morning)
	wantKind(t, store.SaveAlone(ctx, "skogen", third), consent.Forbidden, "approval_needed")
	wantKind(t, store.SavePlanned(ctx, plan, third), consent.Forbidden, "approval_needed")
	if entry, err := store.CurrentNotice(ctx, "skogen"); err != nil || entry.Number != 2 {
		t.Errorf("notice %d is in force, %v", entry.Number, err)
	}
	if stands, err := store.Plan(ctx, "skogen"); err != nil || stands.ID != plan.ID {
		t.Errorf("the plan is %+v, %v", stands, err)
	}
	agreed := *plan
	agreed.Decider = ola
	must(t, store.SavePlanned(ctx, &agreed, third))
	must(t, store.SaveNotice(ctx, "skogen", freeze(t, Draft("skogen"), 4, Morning))) // a command on the machine
}

func testRoleByKey(t *testing.T, store consent.Store) {
	ctx := t.Context()
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	must(t, store.SetRole(ctx, kari, organisation, consent.RoleAdministrator))
	key := &consent.APIKey{Organisation: organisation, Name: "People", Scopes: []consent.Scope{consent.ScopePeople}, Maker: kari, Created: Morning, Expires: Morning.Add(time.Hour)}
	key.Seal([38]byte{1})
	must(t, store.AddAPIKey(ctx, key))
	gives := func(role consent.AccountRole) error {
		return store.SetRole(consent.WithPass(ctx, consent.Pass{Key: key.ID}), ola, organisation, role)
	}
	invitation := func(n byte, with consent.APIKeyID) consent.InvitationID {
		id := consent.InvitationID{n}
		must(t, store.AddInvitation(ctx, &consent.Invitation{
			ID: id, Organisation: organisation, Email: "per" + string('a'+rune(n)) + "@example.no", Role: consent.RolePublisher, Maker: kari, Key: with, Expires: Morning.Add(time.Hour),
		}))
		return id
	}
	takes := func(id consent.InvitationID) error {
		_, err := store.TakeInvitation(ctx, id, &consent.Account{Email: "per" + string('a'+rune(id[0])) + "@example.no", Language: consent.Bokmaal, Created: Morning}, Morning)
		return err
	}
	must(t, gives(consent.RolePublisher))
	must(t, takes(invitation(1, key.ID)))
	must(t, gives(consent.RoleEditor))
	byKey, byHand := invitation(2, key.ID), invitation(3, "")
	twoRequired(t, store)
	wantKind(t, gives(consent.RolePublisher), consent.Forbidden, "two_people_key")
	wantKind(t, gives(consent.RoleAdministrator), consent.Forbidden, "two_people_key")
	wantKind(t, takes(byKey), consent.Forbidden, "key_invitation")
	must(t, takes(byHand))
	must(t, gives(consent.RoleAuditor))
	must(t, store.SetRole(ctx, ola, organisation, consent.RoleAdministrator)) // by hand
	must(t, gives(consent.RolePublisher))                                     // less than there was
}
