package storagetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// A key ends with the right of its maker, is told of in its organisation's trail, and
// does not wake when the right comes back.
func testAPIKeysEnd(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	for _, id := range []consent.AccountID{kari, ola} {
		must(t, store.SetRole(ctx, id, organisation, consent.RoleAdministrator))
	}
	add := keyAdder(t, store, organisation, "Archive")
	lives := func(key *consent.APIKey) bool {
		t.Helper()
		_, err := store.APIKeyOf(ctx, key.Hash)
		if err != nil {
			wantKind(t, err, consent.NotFound, "unknown_key")
		}
		return err == nil
	}
	for name, each := range losses(t, store, kari, ola) {
		t.Run(name, func(t *testing.T) {
			read, log, theirs := add(kari, consent.ScopeRead), add(kari, consent.ScopeRead, consent.ScopeLog), add(ola, consent.ScopeLog)
			must(t, each.lose())
			must(t, each.again())
			if lives(log) || lives(read) != each.keepsRead || !lives(theirs) {
				t.Errorf("of the keys live: log %t, read %t, another's %t", lives(log), lives(read), lives(theirs))
			}
			acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: organisation, Action: consent.KeyEnd})
			must(t, err)
			told := func(key *consent.APIKey) bool {
				return slices.ContainsFunc(acts, func(act consent.ActEntry) bool {
					return act.Object == fmt.Sprint(key.ID, " ", key.Name) && act.Account == ola && act.Time.Equal(Morning)
				})
			}
			if !told(log) || told(read) == each.keepsRead || told(theirs) {
				t.Errorf("the trail says %+v", acts)
			}
		})
	}
	audits, err := store.AuditTrails(ctx, organisation)
	must(t, err)
	for _, audit := range audits {
		if audit.Fault.Code != "" {
			t.Errorf("the trail does not hold: %s", audit.Fault.Why)
		}
	}
}

// testOperatorKeysEnd checks that a key that only an operator may make ends when its maker
// is one no more, in every organisation, and that no other does.
func testOperatorKeysEnd(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	must(t, store.SetRole(ctx, kari, organisation, consent.RoleAdministrator))
	acting := consent.WithAct(ctx, consent.Act{Time: Morning, Account: ola, Action: "account.operator", Object: "1"})
	change := func(id consent.AccountID, how func(*consent.Account)) {
		t.Helper()
		account, err := store.Account(ctx, id)
		must(t, err)
		how(account)
		must(t, store.ChangeAccount(acting, account))
	}
	begin, end := func(a *consent.Account) { a.Operator = true }, func(a *consent.Account) { a.Operator = false }
	change(ola, begin)
	add := keyAdder(t, store, organisation, "Watch")
	wants := func(key *consent.APIKey, lives bool) {
		t.Helper()
		if _, err := store.APIKeyOf(ctx, key.Hash); (err == nil) != lives {
			t.Errorf("the key for %v: got %v, want that it lives %t", key.Scopes, err, lives)
		}
	}
	early := add(kari, consent.ScopeInstallation) // before she is one: it must not wake
	change(kari, begin)
	wants(early, false)
	watching, reading, theirs := add(kari, consent.ScopeRead, consent.ScopeInstallation), add(kari, consent.ScopeAudit), add(ola, consent.ScopeInstallation)
	change(kari, func(a *consent.Account) { a.Name = "Kari N." })
	wants(watching, true)
	change(kari, end)
	change(kari, begin)
	for key, lives := range map[*consent.APIKey]bool{watching: false, reading: true, theirs: true} {
		wants(key, lives)
	}
	acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: organisation, Action: consent.KeyEnd})
	must(t, err)
	if len(acts) != 2 || acts[0].Object != fmt.Sprint(watching.ID, " Watch") || acts[0].Account != ola {
		t.Errorf("the trail says %+v", acts)
	}
}

// loss is how a maker loses the right to a key, and gets it back.
type loss struct {
	lose, again func() error
	keepsRead   bool
}

// losses are all that there are, by the hand of another.
func losses(t *testing.T, store consent.Store, kari, ola consent.AccountID) map[string]loss {
	t.Helper()
	ctx, organisation := t.Context(), Draft("skogen").Organisation.ID
	acting := consent.WithAct(ctx, consent.Act{Time: Morning, Account: ola, Action: "account.something", Object: "1"})
	set := func(role consent.AccountRole) func() error {
		return func() error { return store.SetRole(acting, kari, organisation, role) }
	}
	person, err := store.Account(ctx, kari)
	must(t, err)
	shut := func(closed bool) func() error {
		return func() error {
			changed := *person
			changed.Closed = closed
			return store.ChangeAccount(acting, &changed)
		}
	}
	link := func() error {
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{9}, Account: kari, Expires: Morning.Add(time.Hour)}))
		_, err := store.RedeemLink(acting, consent.LinkID{9}, "$argon2id$y", Morning)
		return err
	}
	provider := func() error {
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{9}, Account: kari, Expires: Morning.Add(time.Hour)}))
		_, err := store.RedeemLinkAs(acting, consent.LinkID{9}, &consent.Identity{Issuer: "https://id.example.no", Subject: "k", Added: Morning}, Morning)
		return err
	}
	invite := func() error {
		must(t, store.AddInvitation(ctx, &consent.Invitation{ID: consent.InvitationID{9}, Organisation: organisation, Email: person.Email, Role: consent.RoleViewer, Maker: ola, Expires: Morning.Add(time.Hour)}))
		_, err := store.TakeInvitation(acting, consent.InvitationID{9}, person, Morning)
		return err
	}
	return map[string]loss{
		"the role is taken away": {set(""), set(consent.RoleAdministrator), false},
		"the role is a lesser":   {set(consent.RoleViewer), set(consent.RoleAdministrator), true},
		"an invitation to less":  {invite, set(consent.RoleAdministrator), true},
		"the account is closed":  {shut(true), shut(false), false},
		"all are ended":          {func() error { return store.EndAPIKeys(acting, kari) }, func() error { return nil }, false},
		"a link":                 {link, func() error { return nil }, false},
		"a link to a provider":   {provider, func() error { return nil }, false},
	}
}

// keyAdder gives what adds keys of one name, each with a secret of its own.
func keyAdder(t *testing.T, store consent.Store, organisation consent.OrganisationID, name string) func(maker consent.AccountID, scopes ...consent.Scope) *consent.APIKey {
	made := byte(0)
	return func(maker consent.AccountID, scopes ...consent.Scope) *consent.APIKey {
		t.Helper()
		made++
		key := &consent.APIKey{Organisation: organisation, Name: name, Scopes: scopes, Maker: maker, Created: Morning, Expires: Morning.Add(time.Hour)}
		key.Seal([38]byte{made})
		must(t, store.AddAPIKey(t.Context(), key))
		return key
	}
}
