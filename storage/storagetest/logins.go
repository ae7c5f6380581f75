package storagetest

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// testLoginsOvertaken has what somebody logs in with change between its check and the
// login.
func testLoginsOvertaken(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	id, err := store.AddAccount(ctx, &consent.Account{Email: "kari@example.no", Language: consent.Bokmaal, Created: Morning, Password: phc("old")})
	must(t, err)
	other, err := store.AddAccount(ctx, &consent.Account{Email: "ola@example.no", Language: consent.Bokmaal, Created: Morning, Password: phc("his")})
	must(t, err)
	key, at := []byte("0123456789abcdef"), &consent.Identity{Issuer: "https://one.example", Subject: "kari", Account: id, Added: Morning}
	setUp := func() {
		t.Helper()
		must(t, store.AddPasskey(ctx, &consent.Passkey{ID: key, Account: id, Name: "x", Credential: []byte("{}"), Added: Morning}))
		must(t, store.SetIdentity(ctx, at))
	}
	setUp()
	n := byte(0)
	enter := func(account consent.AccountID, shown consent.Shown) error {
		n++
		return store.AddLogin(ctx, &consent.Login{ID: consent.LoginID{n}, Account: account, Created: Morning, Seen: Morning, Confirmed: Morning, Shown: shown})
	}
	ways := map[string]consent.Shown{
		"the password": {Password: phc("old")}, "a passkey": {Passkey: key}, "the provider": {Identity: at},
		"the password and a passkey": {Password: phc("old"), Passkey: key},
	}
	each := func(check func(t *testing.T, err error)) {
		for way, shown := range ways {
			t.Run("with "+way, func(t *testing.T) { check(t, enter(id, shown)) })
		}
	}
	refused := func(t *testing.T, err error) {
		t.Helper()
		wantKind(t, err, consent.Conflict, "login_overtaken")
		if all, err := store.Logins(ctx, id); err != nil || len(all) != 0 {
			t.Errorf("logged in: %v, %v", all, err)
		}
	}

	t.Run("what is still so lets in, and what is another's does not", func(t *testing.T) {
		must(t, store.LoginFailed(ctx, id, Morning.Add(time.Minute), Morning))
		each(func(t *testing.T, err error) { must(t, err) })
		if got, err := store.Account(ctx, id); err != nil || got.Failures != 0 || !got.Seen.Equal(consent.DayOf(Morning).Start()) {
			t.Errorf("got %+v, %v", got, err)
		}
		for way, shown := range ways {
			if err := enter(other, shown); consent.KindOf(err) != consent.Conflict {
				t.Errorf("%s of Kari lets Ola in: %v", way, err)
			}
		}
	})
	t.Run("a closed account", func(t *testing.T) {
		kari := &consent.Account{ID: id, Email: "kari@example.no", Language: consent.Bokmaal, Closed: true}
		must(t, store.ChangeAccount(ctx, kari))
		each(refused)
		kari.Closed = false
		must(t, store.ChangeAccount(ctx, kari))
	})
	t.Run("a one-time link", func(t *testing.T) {
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{9}, Account: id, Expires: Morning.Add(time.Hour)}))
		_, err := store.RedeemLink(ctx, consent.LinkID{9}, "$argon2id$new", Morning)
		must(t, err)
		each(refused)
		setUp()
	})
	t.Run("a password that costs more is kept with the login, and no old one comes back", func(t *testing.T) {
		must(t, enter(id, consent.Shown{Password: phc("new"), Fresh: phc("fresh")}))
		wantKind(t, enter(id, consent.Shown{Password: phc("new"), Fresh: phc("again")}), consent.Conflict, "login_overtaken")
		if got, err := store.Account(ctx, id); err != nil || got.Password != "$argon2id$fresh" {
			t.Errorf("the password is %q, %v", got.Password, err)
		}
	})
	t.Run("a password that was chosen anew ends one in flight, and a link that was taken away its provider's", func(t *testing.T) {
		must(t, store.SetPassword(ctx, id, "$argon2id$chosen", consent.LoginID{}))
		refused(t, enter(id, consent.Shown{Password: phc("fresh")}))
		must(t, store.DropIdentity(ctx, id, at.Issuer, consent.LoginID{}))
		refused(t, enter(id, consent.Shown{Identity: at}))
		must(t, store.DropFactors(ctx, id))
		refused(t, enter(id, consent.Shown{Passkey: key}))
	})
}

// phc is a hash as the store sees one: a text.
func phc(of string) string { return "$argon2id$" + of }

// testLoginsEndWithRoles has a role change: a login from before it has none of the new one.
func testLoginsEndWithRoles(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	must(t, store.SetRole(ctx, ola, organisation, consent.RoleAdministrator))
	person, err := store.Account(ctx, kari)
	must(t, err)
	operates := func(yes bool) func() error {
		return func() error {
			person.Operator = yes
			return store.ChangeAccount(ctx, person)
		}
	}
	role := func(role consent.AccountRole) func() error {
		return func() error { return store.SetRole(ctx, kari, organisation, role) }
	}
	joins := func() error {
		must(t, store.AddInvitation(ctx, &consent.Invitation{ID: consent.InvitationID{9}, Organisation: organisation, Email: person.Email, Role: consent.RoleViewer, Maker: ola, Expires: Morning.Add(time.Hour)}))
		_, err := store.TakeInvitation(ctx, consent.InvitationID{9}, person, Morning)
		return err
	}
	_, err = store.AddAccount(ctx, &consent.Account{Email: "operator@example.no", Operator: true, Language: consent.Bokmaal, Created: Morning})
	must(t, err)
	for i, each := range []struct {
		change func() error
		ends   bool
	}{
		{role(consent.RoleEditor), true},
		{role(consent.RoleEditor), false},
		{role(consent.RoleAdministrator), true},
		{role(""), true},
		{joins, true},
		{operates(true), true},
		{operates(true), false},
		{operates(false), true},
	} {
		theirs, anothers := consent.LoginID{1, byte(i)}, consent.LoginID{2, byte(i)}
		for id, whose := range map[consent.LoginID]consent.AccountID{theirs: kari, anothers: ola} {
			must(t, store.AddLogin(ctx, &consent.Login{ID: id, Account: whose, Created: Morning, Seen: Morning, Confirmed: Morning}))
		}
		must(t, each.change())
		if _, err := store.Login(ctx, theirs); (err == nil) == each.ends {
			t.Errorf("change %d: the login from before gives %v", i, err)
		}
		_, err := store.Login(ctx, anothers)
		must(t, err)
	}
}

// testLoginRenewed has a person change a role of their own: the login that does it stays
// until it gets another id, and others end at once.
func testLoginRenewed(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, err := store.AddAccount(ctx, &consent.Account{Email: "kari@example.no", Language: consent.Bokmaal, Created: Morning})
	must(t, err)
	acting, other, next := consent.LoginID{1}, consent.LoginID{2}, consent.LoginID{3}
	for _, id := range []consent.LoginID{acting, other} {
		must(t, store.AddLogin(ctx, &consent.Login{ID: id, Account: kari, Created: Morning, Seen: Morning, Confirmed: Morning}))
	}
	must(t, store.NameLogin(ctx, kari, acting, "Pulten"))
	passing := consent.WithPass(ctx, consent.Pass{Login: acting})
	must(t, store.SetRole(passing, kari, organisation, consent.RoleEditor))
	must(t, store.RenewLogin(passing, acting, next))
	wantKind(t, store.RenewLogin(passing, acting, consent.LoginID{4}), consent.Forbidden, "pass_ended")
	wantKind(t, store.RenewLogin(ctx, acting, consent.LoginID{4}), consent.Forbidden, "pass_ended")
	left, err := store.Logins(ctx, kari)
	must(t, err)
	if len(left) != 1 || left[0].ID != next || left[0].Name != "Pulten" {
		t.Errorf("these are left: %+v", left)
	}
}
