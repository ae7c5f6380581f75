package storagetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testDraftRevisions(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	draft := Draft("skogen")
	must(t, store.ReplaceDraft(ctx, &draft, 0, Morning))
	wantKind(t, store.ReplaceDraft(ctx, &draft, 0, Morning), consent.Conflict, "draft_changed")
	_, read, err := store.DraftAt(ctx, "skogen")
	must(t, err)

	t.Run("the second of two editors is told, and overwrites nothing", func(t *testing.T) {
		first, second := draft, draft
		first.Site.Heading, second.Site.Heading = 3, 4
		must(t, store.ReplaceDraft(ctx, &first, read, Morning.Add(time.Minute)))
		wantKind(t, store.ReplaceDraft(ctx, &second, read, Morning.Add(time.Minute)), consent.Conflict, "draft_changed")
		kept, revision, err := store.DraftAt(ctx, "skogen")
		must(t, err)
		if kept.Site.Heading != 3 || revision == read {
			t.Fatalf("kept heading %d at revision %d, want the first editor's, at another than %d", kept.Site.Heading, revision, read)
		}
	})
	t.Run("an imported site file is a revision, too", func(t *testing.T) {
		_, before, err := store.DraftAt(ctx, "skogen")
		must(t, err)
		must(t, store.SaveDraft(ctx, draft, Morning))
		wantKind(t, store.ReplaceDraft(ctx, &draft, before, Morning), consent.Conflict, "draft_changed")
	})
	wantKind(t, store.ReplaceDraft(ctx, new(Draft("havet")), 7, Morning), consent.Conflict, "draft_changed")
}

func testDraftsTogether(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	skogen, havet := Draft("skogen"), Draft("havet")
	must(t, store.ReplaceDraft(ctx, &skogen, 0, Morning))
	must(t, store.ReplaceDraft(ctx, &havet, 0, Morning))
	change := func(draft *consent.Draft, was consent.DraftRevision, action string) consent.DraftChange {
		act := consent.Act{Time: Morning, Account: 7, Organisation: draft.Organisation.ID, Site: draft.Site.Key, Action: action}
		return consent.DraftChange{Draft: draft, Was: was, Act: act}
	}
	kept := func(revision consent.DraftRevision, heading, acts int) {
		t.Helper()
		for _, site := range []consent.SiteKey{"skogen", "havet"} {
			draft, at, err := store.DraftAt(ctx, site)
			must(t, err)
			if at != revision || draft.Site.Heading != heading {
				t.Errorf("the draft of %s has heading %d at revision %d, want %d at %d", site, draft.Site.Heading, at, heading, revision)
			}
		}
		written, err := store.Acts(ctx, consent.TrailQuery{Organisation: skogen.Organisation.ID})
		must(t, err)
		if len(written) != acts {
			t.Errorf("the trail has %d acts, want %d: %+v", len(written), acts, written)
		}
		found, err := store.AuditTrails(ctx, skogen.Organisation.ID)
		must(t, err)
		for _, trail := range found {
			if trail.Fault.Code != "" {
				t.Errorf("the audit finds %+v", trail)
			}
		}
	}
	must(t, store.RecordAct(ctx, change(&skogen, 0, "draft.look").Act))
	heading := skogen.Site.Heading
	skogen.Site.Heading, havet.Site.Heading = 4, 4

	t.Run("when a later one is another by now, nothing is written", func(t *testing.T) {
		changes := []consent.DraftChange{change(&skogen, 1, "draft.service.send"), change(&havet, 7, "draft.service.send")}
		wantKind(t, store.ReplaceDrafts(ctx, changes, Morning), consent.Conflict, "draft_changed")
		kept(1, heading, 1)
	})
	t.Run("when a later act cannot be recorded, nothing is written", func(t *testing.T) {
		changes := []consent.DraftChange{change(&skogen, 1, "draft.service.send"), change(&havet, 1, "")}
		if err := store.ReplaceDrafts(ctx, changes, Morning); err == nil {
			t.Error("an act that does nothing was recorded")
		}
		kept(1, heading, 1)
	})
	t.Run("when all can be, all are", func(t *testing.T) {
		changes := []consent.DraftChange{change(&skogen, 1, "draft.service.send"), change(&havet, 1, "draft.service.send")}
		must(t, store.ReplaceDrafts(ctx, changes, Morning))
		kept(2, 4, 3)
	})
}

func testAccounts(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	wantKind(t, store.AddOrganisation(ctx, consent.NewOrganisation{Organisation: consent.Organisation{ID: organisation, Name: "Once more"}}, Morning), consent.Conflict, "organisation_exists")
	wantKind(t, store.AddOrganisation(ctx, consent.NewOrganisation{Organisation: consent.Organisation{ID: "Å", Name: "Å"}}, Morning), consent.Invalid, "invalid_organisation")
	must(t, store.AddOrganisation(ctx, consent.NewOrganisation{Organisation: consent.Organisation{ID: "havet", Name: "Havet"}}, Morning))

	kari := &consent.Account{
		Email: "kari@example.no", Name: "Kari", Language: consent.Nynorsk, Created: Morning,
		Memberships: []consent.Membership{{Organisation: organisation, Role: consent.RoleEditor}},
	}
	id, err := store.AddAccount(ctx, kari)
	must(t, err)
	_, err = store.AddAccount(ctx, kari)
	wantKind(t, err, consent.Conflict, "email_taken")
	_, err = store.AccountOf(ctx, "ola@example.no")
	wantKind(t, err, consent.NotFound, "unknown_account")

	t.Run("an unknown organisation leaves no account", func(t *testing.T) {
		_, err := store.AddAccount(ctx, &consent.Account{
			Email: "per@example.no", Language: consent.Bokmaal, Created: Morning,
			Memberships: []consent.Membership{{Organisation: "nowhere", Role: consent.RoleEditor}},
		})
		wantKind(t, err, consent.NotFound, "unknown_organisation")
		_, err = store.AccountOf(ctx, "per@example.no")
		wantKind(t, err, consent.NotFound, "unknown_account")
	})
	t.Run("roles", func(t *testing.T) {
		must(t, store.SetRole(ctx, id, "havet", consent.RoleAuditor))
		must(t, store.SetRole(ctx, id, organisation, consent.RolePublisher))
		got, err := store.AccountOf(ctx, "kari@example.no")
		must(t, err)
		if got.Role("havet") != consent.RoleAuditor || got.Role(organisation) != consent.RolePublisher || got.Language != consent.Nynorsk {
			t.Fatalf("got %+v", got)
		}
		must(t, store.SetRole(ctx, id, "havet", ""))
		all, err := store.Accounts(ctx)
		must(t, err)
		if len(all) != 1 || all[0].Role("havet") != "" || all[0].Role(organisation) != consent.RolePublisher {
			t.Fatalf("got %+v", all)
		}
	})
	t.Run("failures are counted until a login succeeds", func(t *testing.T) {
		must(t, store.LoginFailed(ctx, id, Morning, Morning.Add(-time.Minute)))
		must(t, store.LoginFailed(ctx, id, Morning.Add(time.Minute), Morning.Add(time.Second))) // the one before is forgotten
		must(t, store.LoginFailed(ctx, id, Morning.Add(2*time.Minute), Morning.Add(time.Minute)))
		got, err := store.Account(ctx, id)
		must(t, err)
		if got.Failures != 2 || !got.Retry.Equal(Morning.Add(2*time.Minute)) {
			t.Fatalf("got %d failures until %s", got.Failures, got.Retry)
		}
		must(t, store.LoginSucceeded(ctx, id, "", "$argon2id$new"))
		got, err = store.Account(ctx, id)
		must(t, err)
		if got.Failures != 0 || got.Password != "$argon2id$new" {
			t.Fatalf("got %+v", got)
		}
		must(t, store.LoginSucceeded(ctx, id, "$argon2id$new", ""))
		must(t, store.LoginSucceeded(ctx, id, "$argon2id$old", "$argon2id$old anew")) // it was changed meanwhile
		if got, err = store.Account(ctx, id); err != nil || got.Password != "$argon2id$new" {
			t.Fatalf("got %+v, %v", got, err)
		}
	})

	old, err := store.AddAccount(ctx, &consent.Account{Email: "Old.Name@Example.no", Name: "Old", Language: consent.English, Created: Morning})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := store.AccountOf(ctx, "old.name@example.no"); err != nil || got.ID != old {
		t.Errorf("an address that was stored as it was written is not found: %v, %v", got, err)
	}
}

// isNeeded checks that the last operator, who is the last administrator of an
// organisation too, stays, and has somebody else take both over.
func isNeeded(ctx context.Context, t *testing.T, store consent.Store, last *consent.Account) {
	t.Helper()
	must(t, store.AddOrganisation(ctx, consent.NewOrganisation{Organisation: consent.Organisation{ID: "skogen", Name: "Skogen", Number: "864949762"}}, Morning))
	must(t, store.SetRole(ctx, last.ID, "skogen", consent.RoleAdministrator))
	closed := *last
	closed.Closed, closed.Operator = true, true
	must(t, store.ChangeAccount(ctx, &consent.Account{ID: last.ID, Email: last.Email, Language: last.Language, Operator: true}))
	wantKind(t, store.ChangeAccount(ctx, &closed), consent.Conflict, "last_operator")
	next := &consent.Account{Email: "next@example.no", Language: consent.Bokmaal, Created: Morning, Operator: true}
	id, err := store.AddAccount(ctx, next)
	must(t, err)
	wantKind(t, store.ChangeAccount(ctx, &closed), consent.Conflict, "last_administrator")
	must(t, store.SetRole(ctx, id, "skogen", consent.RoleAdministrator))
}

// opened sets up every other way into an account, and gives a check that none is left.
func opened(ctx context.Context, t *testing.T, store consent.Store, id consent.AccountID) (isShut func()) {
	t.Helper()
	must(t, store.SetApp(ctx, id, make([]byte, 60), 1))
	must(t, store.SetCodes(ctx, id, []consent.CodeID{{1}}))
	must(t, store.AddPasskey(ctx, &consent.Passkey{ID: make([]byte, 16), Account: id, Name: "x", Credential: []byte("{}"), Added: Morning}))
	must(t, store.SetIdentity(ctx, &consent.Identity{Issuer: "https://one.example", Subject: "x", Account: id, Added: Morning}))
	return func() {
		t.Helper()
		if f, err := store.Factors(ctx, id); err != nil || f.Any() || f.Codes > 0 {
			t.Fatalf("left: %+v, %v", f, err)
		}
		_, err := store.IdentityOf(ctx, id, "https://one.example")
		wantKind(t, err, consent.NotFound, "unknown_identity")
	}
}

// isNamed gives a login a name, as nobody but its account can, and only one that can be read.
func isNamed(ctx context.Context, t *testing.T, store consent.Store, l *consent.Login) {
	t.Helper()
	must(t, store.NameLogin(ctx, l.Account, l.ID, "Pulten på jobb"))
	wantKind(t, store.NameLogin(ctx, l.Account+1, l.ID, "another's"), consent.NotFound, "unknown_login")
	wantKind(t, store.NameLogin(ctx, l.Account, l.ID, strings.Repeat("å", consent.MaxLoginName+1)), consent.Invalid, "long_login_name")
	wantKind(t, store.NameLogin(ctx, l.Account, l.ID, "a\u202eb"), consent.Invalid, "hidden_character")
	if named, err := store.Login(ctx, l.ID); err != nil || named.Name != "Pulten på jobb" {
		t.Errorf("got %+v, %v", named, err)
	}
}

// endsLogins ends the second login of an account and spares the first, then ends that, too;
// another account's goes on.
func endsLogins(ctx context.Context, t *testing.T, store consent.Store, kept, gone *consent.Login) {
	ola, err := store.AddAccount(ctx, &consent.Account{Email: "ola@example.no", Language: consent.Bokmaal, Created: Morning})
	must(t, err)
	another := &consent.Login{ID: consent.LoginID{8}, Account: ola, Created: Morning, Seen: Morning, Confirmed: Morning}
	must(t, store.AddLogin(ctx, another))
	must(t, store.EndLogins(ctx, kept.Account, kept.ID))
	_, err = store.Login(ctx, gone.ID)
	wantKind(t, err, consent.NotFound, "unknown_login")
	must(t, store.EndLogins(ctx, ola+1, consent.LoginID{}))
	for _, there := range []*consent.Login{kept, another} {
		_, err = store.Login(ctx, there.ID)
		must(t, err)
	}
	must(t, store.EndLogins(ctx, kept.Account, consent.LoginID{}))
	_, err = store.Login(ctx, kept.ID)
	wantKind(t, err, consent.NotFound, "unknown_login")
}

func testLogins(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	person := &consent.Account{Email: "kari@example.no", Language: consent.Bokmaal, Created: Morning}
	id, err := store.AddAccount(ctx, person)
	must(t, err)
	person.ID = id
	login := func(n byte) *consent.Login {
		l := &consent.Login{ID: consent.LoginID{n}, Account: id, Created: Morning, Seen: Morning, Confirmed: Morning}
		must(t, store.AddLogin(ctx, l))
		return l
	}
	here, there := login(1), login(2)

	t.Run("a new password ends all but the one that sets it", func(t *testing.T) {
		must(t, store.SetPassword(ctx, id, "$argon2id$x", here.ID))
		_, err := store.Login(ctx, there.ID)
		wantKind(t, err, consent.NotFound, "unknown_login")
		_, err = store.Login(ctx, here.ID)
		must(t, err)
	})
	t.Run("those that are over are removed", func(t *testing.T) {
		must(t, store.TouchLogin(ctx, here.ID, Morning.Add(20*time.Minute), Morning))
		login(3)
		must(t, store.EndOldLogins(ctx, Morning.Add(40*time.Minute)))
		all, err := store.Logins(ctx, id)
		must(t, err)
		if len(all) != 1 || all[0].ID != here.ID {
			t.Fatalf("got %+v, want the one that was seen lately", all)
		}
		must(t, store.TouchLogin(ctx, here.ID, Morning.Add(13*time.Hour), Morning))
		must(t, store.EndOldLogins(ctx, Morning.Add(13*time.Hour)))
		_, err = store.Login(ctx, here.ID)
		wantKind(t, err, consent.NotFound, "unknown_login")
	})
	t.Run("another account's is not ended", func(t *testing.T) {
		kept := login(4)
		isNamed(ctx, t, store, kept)
		must(t, store.EndLogin(ctx, id+1, kept.ID))
		_, err := store.Login(ctx, kept.ID)
		must(t, err)
		must(t, store.EndLogin(ctx, id, kept.ID))
		_, err = store.Login(ctx, kept.ID)
		wantKind(t, err, consent.NotFound, "unknown_login")
	})
	t.Run("all of the account are ended but one", func(t *testing.T) { endsLogins(ctx, t, store, login(6), login(7)) })
	t.Run("a link is used once, and ends what opened the account", func(t *testing.T) {
		login(5)
		isShut := opened(ctx, t, store, id)
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{8}, Account: id, Expires: Morning.Add(time.Hour)}))
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{9}, Account: id, Expires: Morning.Add(time.Hour)}))
		_, err := store.Link(ctx, consent.LinkID{8}, Morning) // the later one took its place
		wantKind(t, err, consent.NotFound, "unknown_link")
		_, err = store.Link(ctx, consent.LinkID{9}, Morning.Add(2*time.Hour))
		wantKind(t, err, consent.NotFound, "unknown_link")
		got, err := store.RedeemLink(ctx, consent.LinkID{9}, "$argon2id$y", Morning)
		must(t, err)
		if got != id {
			t.Fatalf("got account %d, want %d", got, id)
		}
		_, err = store.RedeemLink(ctx, consent.LinkID{9}, "$argon2id$z", Morning)
		wantKind(t, err, consent.NotFound, "unknown_link")
		if all, err := store.Logins(ctx, id); err != nil || len(all) != 0 {
			t.Fatalf("still logged in: %v, %v", all, err)
		}
		isShut()
	})
	t.Run("closing ends everything", func(t *testing.T) {
		login(6)
		isNeeded(ctx, t, store, person)
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{7}, Account: id, Expires: Morning.Add(time.Hour)}))
		person.Closed = true
		must(t, store.ChangeAccount(ctx, person))
		_, err := store.Link(ctx, consent.LinkID{7}, Morning)
		wantKind(t, err, consent.NotFound, "unknown_link")
		if all, err := store.Logins(ctx, id); err != nil || len(all) != 0 {
			t.Fatalf("still logged in: %v, %v", all, err)
		}
	})
}
