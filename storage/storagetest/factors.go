package storagetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testFactors(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, factors := twoPeople(t, store)
	lacks := func() bool {
		got, err := store.LacksFactor(ctx, organisation, kari)
		must(t, err)
		return got
	}
	sealed := make([]byte, 60)

	t.Run("an organisation may ask for one", func(t *testing.T) {
		if lacks() {
			t.Fatal("it asks before it was set")
		}
		must(t, store.SetNeedsFactor(ctx, organisation, true))
		if needed, err := store.NeedsFactor(ctx, organisation); err != nil || !needed || !lacks() {
			t.Fatalf("needed %v, lacks %v, %v", needed, lacks(), err)
		}
	})
	t.Run("a code's step is used once, and none before it", func(t *testing.T) {
		wantKind(t, store.UseApp(ctx, kari, 10), consent.Conflict, "used_code")
		must(t, store.SetApp(ctx, kari, sealed, 10))
		wantKind(t, store.UseApp(ctx, kari, 10), consent.Conflict, "used_code")
		must(t, store.UseApp(ctx, kari, 11))
		wantKind(t, store.UseApp(ctx, kari, 11), consent.Conflict, "used_code")
		wantKind(t, store.UseApp(ctx, kari, 9), consent.Conflict, "used_code")
		wantKind(t, store.UseApp(ctx, ola, 12), consent.Conflict, "used_code")
		if got := factors(kari); !got.App || got.Step != 11 || lacks() {
			t.Fatalf("got %+v", got)
		}
	})
	t.Run("recovery codes work once, for their person", func(t *testing.T) {
		must(t, store.SetCodes(ctx, kari, []consent.CodeID{{1}, {2}, {3}}))
		wantKind(t, store.UseCode(ctx, ola, consent.CodeID{1}), consent.NotFound, "unknown_code")
		must(t, store.UseCode(ctx, kari, consent.CodeID{1}))
		wantKind(t, store.UseCode(ctx, kari, consent.CodeID{1}), consent.NotFound, "unknown_code")
		must(t, store.SetCodes(ctx, kari, []consent.CodeID{{4}, {5}}))
		wantKind(t, store.UseCode(ctx, kari, consent.CodeID{2}), consent.NotFound, "unknown_code")
		if got := factors(kari).Codes; got != 2 {
			t.Fatalf("%d codes are left", got)
		}
	})
}

func testPasskeys(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	kari, ola, factors := twoPeople(t, store)
	sealed := make([]byte, 60)
	passkey := &consent.Passkey{ID: make([]byte, 16), Account: kari, Name: "Telefon", Credential: []byte(`{}`), Added: Morning}
	must(t, store.SetApp(ctx, kari, sealed, 10))
	must(t, store.SetCodes(ctx, kari, []consent.CodeID{{4}, {5}}))

	t.Run("passkeys", func(t *testing.T) {
		must(t, store.AddPasskey(ctx, passkey))
		wantKind(t, store.AddPasskey(ctx, passkey), consent.Conflict, "known_passkey")
		wantKind(t, store.AddPasskey(ctx, &consent.Passkey{ID: make([]byte, 17), Account: kari, Credential: []byte(`{}`), Added: Morning}), consent.Invalid, "invalid_passkey")
		used := *passkey
		used.Credential, used.Used, used.Copied = []byte(`{"a":1}`), Morning.Add(time.Hour), true
		must(t, store.UsePasskey(ctx, &used))
		got, err := store.Passkey(ctx, passkey.ID)
		must(t, err)
		if string(got.Credential) != `{"a":1}` || !got.Used.Equal(used.Used) || !got.Copied || got.Account != kari || len(factors(kari).Passkeys) != 1 {
			t.Fatalf("got %+v", got)
		}
		must(t, store.DropPasskey(ctx, ola, passkey.ID)) // not theirs
		if have, err := store.HaveFactors(ctx); err != nil || !have[kari] || have[ola] {
			t.Fatalf("got %v, %v", have, err)
		}
	})
	t.Run("recovery codes go with the last factor", func(t *testing.T) {
		must(t, store.DropApp(ctx, kari))
		if got := factors(kari); got.App || got.Codes != 2 || !got.Any() {
			t.Fatalf("got %+v", got)
		}
		must(t, store.DropPasskey(ctx, kari, passkey.ID))
		if got := factors(kari); got.Codes != 0 || got.Any() {
			t.Fatalf("got %+v", got)
		}
		_, err := store.Passkey(ctx, passkey.ID)
		wantKind(t, err, consent.NotFound, "unknown_passkey")
	})
	t.Run("all of it at once, with the logins", func(t *testing.T) {
		must(t, store.SetApp(ctx, kari, sealed, 10))
		must(t, store.AddPasskey(ctx, passkey))
		must(t, store.SetCodes(ctx, kari, []consent.CodeID{{1}}))
		must(t, store.AddLogin(ctx, &consent.Login{ID: consent.LoginID{1}, Account: kari, Created: Morning, Seen: Morning, Confirmed: Morning}))
		must(t, store.DropFactors(ctx, kari))
		if got := factors(kari); got.Any() || got.Codes != 0 {
			t.Fatalf("got %+v", got)
		}
		if all, err := store.Logins(ctx, kari); err != nil || len(all) != 0 {
			t.Fatalf("still logged in: %v, %v", all, err)
		}
		if got, err := store.Account(ctx, kari); err != nil || !got.Seen.Equal(consent.DayOf(Morning).Start()) {
			t.Fatalf("last seen %v, %v, want the day of the login", got.Seen, err)
		}
		late := time.Date(2026, 3, 4, 23, 30, 0, 0, time.UTC) // the next day, as people read it
		must(t, store.AddLogin(ctx, &consent.Login{ID: consent.LoginID{77}, Account: kari, Created: late, Seen: late, Confirmed: late}))
		if got, err := store.Account(ctx, kari); err != nil || consent.DayOf(got.Seen).String() != "2026-03-05" {
			t.Fatalf("last seen %v, %v, want the Norwegian day", got.Seen, err)
		}
		must(t, store.EndLogin(ctx, kari, consent.LoginID{77}))
	})
}

// testInvitationsEnd has whoever invites lose the power to, and get it back.
func testInvitationsEnd(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	for _, id := range []consent.OrganisationID{"skogen", "havet"} {
		must(t, store.AddOrganisation(ctx, consent.NewOrganisation{Organisation: consent.Organisation{ID: id, Name: string(id)}}, Morning))
	}
	ids := make(map[string]consent.AccountID)
	for _, email := range []string{"boss@example.no", "second@example.no"} {
		id, err := store.AddAccount(ctx, &consent.Account{Email: email, Language: consent.Bokmaal, Created: Morning, Memberships: []consent.Membership{
			{Organisation: "skogen", Role: consent.RoleAdministrator}, {Organisation: "havet", Role: consent.RoleAdministrator},
		}})
		must(t, err)
		ids[email] = id
	}
	second := ids["second@example.no"]
	invite := func(n byte, by string, to consent.OrganisationID) func() bool {
		made := &consent.Invitation{ID: consent.InvitationID{n}, Organisation: to, Email: by, Role: consent.RoleViewer, Maker: ids[by], Expires: Morning.Add(time.Hour)}
		must(t, store.AddInvitation(ctx, made))
		return func() bool {
			_, err := store.Invitation(ctx, made.ID, Morning)
			if err == nil {
				must(t, store.DropInvitation(ctx, to, made.ID))
			} else {
				wantKind(t, err, consent.NotFound, "unknown_link")
			}
			return err == nil
		}
	}
	acting := consent.WithAct(ctx, consent.Act{Time: Morning, Account: ids["boss@example.no"], Organisation: "skogen", Action: "member.role", Object: "2"})
	change := func(closed bool) func() error {
		return func() error {
			return store.ChangeAccount(acting, &consent.Account{ID: second, Email: "second@example.no", Language: consent.Bokmaal, Closed: closed})
		}
	}
	role := func(role consent.AccountRole) func() error {
		return func() error { return store.SetRole(acting, second, "skogen", role) }
	}
	said := map[consent.OrganisationID]int{}
	told := func(organisation consent.OrganisationID, n byte, more bool) {
		acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: organisation, Action: consent.InvitationEnd})
		must(t, err)
		want := fmt.Sprintf("viewer %s person=%d", consent.ToldInvitation(consent.InvitationID{n}), second)
		if (len(acts) > said[organisation]) != more || more && (acts[0].Object != want || acts[0].Account != ids["boss@example.no"]) {
			t.Errorf("the trail of %s says %+v, want %s", organisation, acts, want)
		}
		said[organisation] = len(acts)
	}
	for name, c := range map[string]struct {
		lose, again func() error
		everywhere  bool
	}{
		"the role is a lesser":   {role(consent.RolePublisher), role(consent.RoleAdministrator), false},
		"the role is taken away": {role(""), role(consent.RoleAdministrator), false},
		"the account is closed":  {change(true), change(false), true},
	} {
		t.Run(name, func(t *testing.T) {
			here, elsewhere, another := invite(1, "second@example.no", "skogen"), invite(2, "second@example.no", "havet"), invite(3, "boss@example.no", "skogen")
			must(t, c.lose())
			must(t, c.again())
			if here() || elsewhere() == c.everywhere || !another() {
				t.Error("the wrong invitations are left when the power comes back")
			}
			told("skogen", 1, true)
			told("havet", 2, c.everywhere)
		})
	}
}

func testInvitations(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	boss, err := store.AddAccount(ctx, &consent.Account{
		Email: "boss@example.no", Language: consent.Bokmaal, Created: Morning,
		Memberships: []consent.Membership{{Organisation: organisation, Role: consent.RoleAdministrator}},
	})
	must(t, err)
	invite := func(n byte, email string) {
		must(t, store.AddInvitation(ctx, &consent.Invitation{
			ID: consent.InvitationID{n}, Organisation: organisation, Email: email, Role: consent.RoleEditor, Maker: boss, Expires: Morning.Add(time.Hour),
		}))
	}
	kari := &consent.Account{Email: "kari@example.no", Language: consent.Bokmaal, Created: Morning}

	t.Run("a later one takes the place of an earlier", func(t *testing.T) {
		invite(1, "kari@example.no")
		invite(2, "kari@example.no")
		_, err := store.Invitation(ctx, consent.InvitationID{1}, Morning)
		wantKind(t, err, consent.NotFound, "unknown_link")
		got, err := store.Invitation(ctx, consent.InvitationID{2}, Morning)
		must(t, err)
		if got.Role != consent.RoleEditor || got.Maker != boss || got.Email != "kari@example.no" {
			t.Fatalf("got %+v", got)
		}
		_, err = store.Invitation(ctx, consent.InvitationID{2}, Morning.Add(2*time.Hour))
		wantKind(t, err, consent.NotFound, "unknown_link")
	})
	t.Run("it makes an account once", func(t *testing.T) {
		acting := consent.WithAct(ctx, consent.Act{Time: Morning, Action: "member.join"})
		id, err := store.TakeInvitation(acting, consent.InvitationID{2}, kari, Morning)
		must(t, err)
		joinIsTold(ctx, t, store, organisation, id, fmt.Sprintf("editor %s inviter=%d", consent.ToldInvitation(consent.InvitationID{2}), boss))
		got, err := store.Account(ctx, id)
		must(t, err)
		if got.Role(organisation) != consent.RoleEditor {
			t.Fatalf("got %+v", got)
		}
		_, err = store.TakeInvitation(ctx, consent.InvitationID{2}, &consent.Account{Email: "other@example.no", Language: consent.Bokmaal, Created: Morning}, Morning)
		wantKind(t, err, consent.NotFound, "unknown_link")
		_, err = store.AccountOf(ctx, "other@example.no")
		wantKind(t, err, consent.NotFound, "unknown_account")
	})
	t.Run("an address that is taken uses nothing up", func(t *testing.T) {
		invite(3, "ola@example.no")
		_, err := store.TakeInvitation(consent.WithAct(ctx, consent.Act{Time: Morning, Action: "member.join", Object: "refused"}), consent.InvitationID{3}, kari, Morning)
		wantKind(t, err, consent.Conflict, "email_taken")
		if acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: organisation, Action: "member.join"}); err != nil || len(acts) != 1 {
			t.Errorf("the trail tells %+v of what was refused, %v", acts, err)
		}
		all, err := store.Invitations(ctx, organisation, Morning)
		must(t, err)
		if len(all) != 1 || all[0].ID != (consent.InvitationID{3}) {
			t.Fatalf("got %+v", all)
		}
		wantKind(t, store.DropInvitation(ctx, "havet", consent.InvitationID{3}), consent.Conflict, "invitation_gone") // not theirs
		_, err = store.Invitation(ctx, consent.InvitationID{3}, Morning)
		must(t, err)
		must(t, store.DropInvitation(ctx, organisation, consent.InvitationID{3}))
		wantKind(t, store.DropInvitation(ctx, organisation, consent.InvitationID{3}), consent.Conflict, "invitation_gone")
		_, err = store.Invitation(ctx, consent.InvitationID{3}, Morning)
		wantKind(t, err, consent.NotFound, "unknown_link")
	})
	t.Run("an organisation keeps an administrator", func(t *testing.T) {
		wantKind(t, store.SetRole(ctx, boss, organisation, consent.RoleEditor), consent.Conflict, "last_administrator")
		wantKind(t, store.SetRole(ctx, boss, organisation, ""), consent.Conflict, "last_administrator")
		must(t, store.SetRole(ctx, boss, organisation, consent.RoleAdministrator))
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{1}, Account: boss, Expires: Morning.Add(time.Hour), Maker: boss}))
		link, err := store.Link(ctx, consent.LinkID{1}, Morning)
		must(t, err)
		if link.Maker != boss {
			t.Fatalf("the link was made by %d", link.Maker)
		}
	})
}

// joinIsTold fails unless the trails of an organisation and of the installation tell once
// that an account joined, and how.
func joinIsTold(ctx context.Context, t *testing.T, store consent.Store, organisation consent.OrganisationID, id consent.AccountID, told string) {
	t.Helper()
	for whose, told := range map[consent.OrganisationID]string{organisation: told, "": told + " organisation=" + string(organisation)} {
		acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: whose, Action: "member.join"})
		must(t, err)
		if len(acts) != 1 || acts[0].Account != id || acts[0].Object != told {
			t.Errorf("the trail of %q tells %+v", whose, acts)
		}
	}
}

// twoPeople adds Kari and Ola, and gives what tells their factors.
func twoPeople(t *testing.T, store consent.Store) (kari, ola consent.AccountID, factors func(consent.AccountID) *consent.Factors) {
	t.Helper()
	add := func(email string) consent.AccountID {
		id, err := store.AddAccount(t.Context(), &consent.Account{Email: email, Language: consent.Bokmaal, Created: Morning})
		must(t, err)
		return id
	}
	return add("kari@example.no"), add("ola@example.no"), func(id consent.AccountID) *consent.Factors {
		got, err := store.Factors(t.Context(), id)
		must(t, err)
		return got
	}
}
