package storagetest

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testOrganisations holds that a number is asked for in the write, and that an organisation
// is made with its administrator or not at all.
func testOrganisations(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	id, err := store.AddAccount(ctx, &consent.Account{Email: "first@example.no", Name: "First", Language: consent.Bokmaal, Created: Morning})
	must(t, err)
	made := func(id consent.OrganisationID, by consent.AccountID) consent.NewOrganisation {
		return consent.NewOrganisation{Organisation: consent.Organisation{ID: id, Name: "Fjorden", Number: "974761076"}, Administrator: by}
	}
	acting := consent.WithAct(ctx, consent.Act{Time: Morning, Account: id, Action: "organisation.add", Object: "Fjorden"})
	wantKind(t, store.AddOrganisation(acting, made("fjorden", 4711), Morning), consent.NotFound, "unknown_organisation")
	fails := make(chan error)
	for _, at := range []consent.OrganisationID{"fjorden", "fjorden-2"} {
		go func() { fails <- store.AddOrganisation(acting, made(at, id), Morning) }()
	}
	one, other := <-fails, <-fails
	if one == nil {
		one, other = other, one
	}
	wantKind(t, one, consent.Conflict, "same_number")
	must(t, other)
	meant := made("fjorden-3", 0)
	meant.Meant = true
	must(t, store.AddOrganisation(consent.WithoutAct(ctx), meant, Morning))

	all, err := store.Organisations(ctx)
	must(t, err)
	if all = slices.DeleteFunc(all, func(o consent.Organisation) bool { return o.Name != "Fjorden" }); len(all) != 2 || all[1].ID != "fjorden-3" {
		t.Fatalf("the organisations are %+v", all)
	}
	account, err := store.Account(ctx, id)
	must(t, err)
	if len(account.Memberships) != 1 || account.Role(all[0].ID) != consent.RoleAdministrator {
		t.Errorf("the one who makes it has %+v", account.Memberships)
	}
	for trail, action := range map[consent.OrganisationID]string{"": "organisation.add", all[0].ID: "member.role"} {
		if acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: trail}); err != nil || len(acts) != 1 || acts[0].Action != action || acts[0].Account != id {
			t.Errorf("the trail of %q has %+v, %v", trail, acts, err)
		}
	}
}
