package admin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

var shownLink = regexp.MustCompile(`<code id="link">http://localhost:\d+(/\w+/[\w-]+)</code>`)

// link gives the path of the link that a page shows.
func (a answer) link(t *testing.T) string {
	t.Helper()
	found := shownLink.FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("the page (%d) shows no link:\n%s", a.status, a.body)
	}
	return found[1]
}

// of gives the path of a member's page.
func (p *person) of(organisation consent.OrganisationID) string {
	return fmt.Sprintf("/organisations/%s/people/%d", organisation, p.id)
}

func (p *person) account(t *testing.T) *consent.Account {
	t.Helper()
	account, err := p.store.Account(t.Context(), p.id)
	must(t, err)
	return account
}

func TestInvitation(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	mine := h.member("mine@example.no", consent.RoleEditor, skogen)
	other := h.member("other@example.no", consent.RoleEditor, havet)
	const people = "/organisations/skogen/people"

	t.Run("a newcomer makes an account, once", func(t *testing.T) {
		made := boss.post(people, "email", " New@Example.no ", "role", "editor")
		made.shows(t, 200, "new@example.no")
		link := made.link(t)
		boss.get(people).shows(t, 200, "new@example.no")
		if strings.Contains(boss.get(people).body, link) {
			t.Error("the link is shown a second time")
		}
		fresh := h.stranger()
		fresh.get(link).shows(t, 200, "Skogen kommune")
		fresh.post(link, "name", "", "password", secret, "again", secret).shows(t, 422)
		fresh.post(link, "name", "Ny", "password", "short", "again", "short").shows(t, 422)
		fresh.post(link, "name", "Ny", "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
		fresh.get("/organisations/skogen").shows(t, 200)
		h.stranger().get(link).shows(t, 404)
		h.stranger().post(link, "name", "Ny", "password", secret, "again", secret).shows(t, 404)
	})
	t.Run("what is told does not depend on accounts elsewhere", func(t *testing.T) {
		told := func(email string) string {
			got := boss.post(people, "email", email, "role", "editor")
			got.shows(t, 200)
			note, _, _ := strings.Cut(got.body, "<table") // after it is who was invited before
			return regexp.MustCompile(`/invitation/[\w-]+`).ReplaceAllString(strings.ReplaceAll(note, email, "E"), "L")
		}
		if known, unknown := told("other@example.no"), told("nobody@example.no"); known != unknown {
			t.Errorf("the two pages differ in more than the address and the link:\n%s\n%s", known, unknown)
		}
		boss.post(people, "email", "mine@example.no", "role", "editor").shows(t, 422, "mine@example.no")
	})
	t.Run("nor does the page of the link tell who has one", func(t *testing.T) {
		told := func(email string) string {
			link := boss.post(people, "email", email, "role", "editor").link(t)
			got := h.stranger().get(link)
			got.shows(t, 200, `name="password"`, "/login?next=")
			short := h.stranger().post(link, "name", "Thief", "password", "short", "again", "short")
			short.shows(t, 422)
			return regexp.MustCompile(`(/|%2F)invitation(/|%2F)[\w-]+`).ReplaceAllString(strings.ReplaceAll(got.body+short.body, email, "E"), "L")
		}
		if known, unknown := told("other@example.no"), told("nobody@example.no"); known != unknown {
			t.Errorf("the pages differ in more than the address and the link:\n%s\n%s", known, unknown)
		}
	})
	t.Run("an account elsewhere joins only when its person takes it up", func(t *testing.T) {
		link := boss.post(people, "email", "other@example.no", "role", "publisher").link(t)
		if other.account(t).Role(skogen) != "" {
			t.Fatal("an invitation alone makes a member")
		}
		h.stranger().get(link).shows(t, 200, "/login?next=%2Finvitation%2F")
		h.stranger().post(link, "name", "Thief", "password", secret, "again", secret).shows(t, 422, "Logg inn i stedet")
		mine.post(link).shows(t, 403)
		if other.account(t).Role(skogen) != "" || mine.account(t).Role(skogen) != consent.RoleEditor {
			t.Fatal("somebody else took the invitation up")
		}
		other.ask(http.MethodPost, link, map[string][]string{}).shows(t, 403) // without the token of a form
		other.get(link).shows(t, 200)
		other.post(link).leads(t, "/organisations/skogen?done=joined")
		if got := other.account(t); got.Role(skogen) != consent.RolePublisher || got.Role(havet) != consent.RoleEditor {
			t.Fatalf("got %+v", got.Memberships)
		}
		other.post(link).shows(t, 404)
	})
	t.Run("a later invitation takes the place of an earlier one, and ends", func(t *testing.T) {
		first := boss.post(people, "email", "late@example.no", "role", "editor").link(t)
		second := boss.post(people, "email", "late@example.no", "role", "viewer").link(t)
		h.stranger().get(first).shows(t, 404)
		h.stranger().get(second).shows(t, 200)
		found := regexp.MustCompile(`action="(/organisations/skogen/invitations/\w+/withdraw)"><input[^>]*><button class="secondary">[^<]*<span class="unseen"> late@`).FindStringSubmatch(boss.get(people).body)
		boss.agrees(found[1]).leads(t, people+"?done=uninvited")
		h.stranger().get(second).shows(t, 404)
		third := boss.post(people, "email", "late@example.no", "role", "viewer").link(t)
		h.wait(consent.LinkLasts + time.Minute)
		h.stranger().get(third).shows(t, 404)
		h.stranger().post(third, "name", "x", "password", secret, "again", secret).shows(t, 404)
	})
	t.Run("it ends with the power of whoever made it", func(t *testing.T) {
		boss, second := h.member("boss2@example.no", consent.RoleAdministrator, skogen), h.member("boss3@example.no", consent.RoleAdministrator, skogen)
		link := second.post(people, "email", "backdoor@example.no", "role", "administrator").link(t)
		h.stranger().get(link).shows(t, 200)
		boss.post(second.of(skogen)+"/role", "role", "viewer").leads(t, people+"?done=role")
		h.stranger().get(link).shows(t, 404)
		h.stranger().post(link, "name", "x", "password", secret, "again", secret).shows(t, 404)
		boss.post(second.of(skogen)+"/role", "role", "administrator").leads(t, people+"?done=role")
		h.stranger().get(link).shows(t, 404)
	})
}

// An administrator of one organisation gets hold of nobody of another.
func TestTakeOver(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	h.member("boss2@example.no", consent.RoleAdministrator, skogen)
	theirs := h.member("theirs@example.no", consent.RoleViewer, havet)
	both := h.member("both@example.no", consent.RoleViewer, skogen, havet)
	mine := h.member("mine@example.no", consent.RoleViewer, skogen)
	ruler := h.operator("ruler@example.no")
	must(t, h.store.SetRole(t.Context(), ruler.id, skogen, consent.RoleViewer))
	ruler = h.loggedIn(ruler.id, "ruler again")
	tries := []string{"/link", "/factor", "/role", "/remove"}

	for _, try := range tries {
		boss.post(theirs.of(skogen)+try, "role", "viewer").shows(t, 404)
		boss.post(theirs.of(havet)+try, "role", "viewer").shows(t, 404)
		boss.post(boss.of(havet)+try, "role", "administrator").shows(t, 404)
	}
	boss.get(theirs.of(skogen)).shows(t, 404)
	for _, victim := range []*person{both, ruler} {
		must(t, h.store.SetApp(t.Context(), victim.id, make([]byte, 60), 1))
		for _, try := range tries[:2] {
			boss.post(victim.of(skogen)+try).shows(t, 403)
		}
		if factors, err := h.store.Factors(t.Context(), victim.id); err != nil || !factors.App {
			t.Error("the second factor is gone")
		}
		boss.get(victim.of(skogen)).shows(t, 200)
	}
	boss.post(boss.of(skogen)+"/link").shows(t, 403)
	for _, path := range []string{"/link", "/factor", "/close", "/operator"} {
		boss.post(fmt.Sprintf("/people/%d%s", theirs.id, path), "operator", "yes").shows(t, 404)
	}

	t.Run("a link ends when its person joins somebody else", func(t *testing.T) {
		link := boss.post(mine.of(skogen) + "/link").link(t)
		h.stranger().get(link).shows(t, 200, "mine@example.no")
		must(t, h.store.SetRole(t.Context(), mine.id, havet, consent.RoleViewer))
		h.stranger().get(link).shows(t, 404)
		h.stranger().post(link, "password", secret, "again", secret).shows(t, 404)
		if mine.account(t).Password != "" {
			t.Fatal("the password was set")
		}
		must(t, h.store.SetRole(t.Context(), mine.id, havet, ""))
	})
	t.Run("a link ends when its person becomes an operator", func(t *testing.T) {
		link := boss.post(mine.of(skogen) + "/link").link(t)
		ruler.post(fmt.Sprintf("/people/%d/operator", mine.id), "operator", "yes").leads(t, fmt.Sprintf("/people/%d?done=saved", mine.id))
		h.stranger().post(link, "password", secret, "again", secret).shows(t, 404)
		ruler.post(fmt.Sprintf("/people/%d/operator", mine.id), "operator", "no")
	})
	t.Run("a link ends when its maker administers no more", func(t *testing.T) {
		link := boss.post(mine.of(skogen) + "/link").link(t)
		must(t, h.store.SetRole(t.Context(), boss.id, skogen, consent.RoleEditor))
		h.stranger().post(link, "password", secret, "again", secret).shows(t, 404)
		must(t, h.store.SetRole(t.Context(), boss.id, skogen, consent.RoleAdministrator))
		boss = h.loggedIn(boss.id, "boss again")
	})
	t.Run("it works where it should, once", func(t *testing.T) {
		before := h.loggedIn(mine.id, "mine again").cookie
		link := boss.post(mine.of(skogen) + "/link").link(t)
		fresh := h.stranger()
		fresh.post(link, "password", secret, "again", secret).leads(t, "/?done=password_first")
		fresh.get("/organisations/skogen").shows(t, 200)
		(&person{house: h, cookie: before}).get("/").leads(t, "/login?next=%2F")
		h.stranger().get(link).shows(t, 404)
		link = ruler.post(fmt.Sprintf("/people/%d/link", theirs.id)).link(t)
		h.stranger().get(link).shows(t, 200, "theirs@example.no")
	})
	t.Run("an account made in another's name gains nothing", func(t *testing.T) {
		link := boss.post("/organisations/skogen/people", "email", "victim@example.no", "role", "viewer").link(t)
		thief := h.stranger() // is boss
		thief.post(link, "name", "Victim", "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
		sea := h.member("sea@example.no", consent.RoleAdministrator, havet)
		sea.post("/organisations/havet/people", "email", "victim@example.no", "role", "administrator").link(t)
		thief.get("/organisations/havet").shows(t, 404)
	})
}

// Whatever two accounts are: who may reset another can enter nothing afterwards that
// they did not administer before.
func TestResetGivesNothing(t *testing.T) {
	organisations := []consent.OrganisationID{"a", "b", "c"}
	some := func(t *rapid.T, id consent.AccountID, name string) *consent.Account {
		account := &consent.Account{ID: id, Operator: rapid.Bool().Draw(t, name+" operator"), Closed: rapid.IntRange(0, 9).Draw(t, name+" closed") == 0}
		for _, o := range organisations {
			if role := rapid.SampledFrom(append([]consent.AccountRole{""}, consent.Roles...)).Draw(t, name+" in "+string(o)); role != "" {
				account.Memberships = append(account.Memberships, consent.Membership{Organisation: o, Role: role})
			}
		}
		return account
	}
	rapid.Check(t, func(t *rapid.T) {
		one, other := some(t, 1, "one"), some(t, 2, "other")
		if !one.MayReset(other) {
			if one.Operator && !one.Closed {
				t.Fatal("an operator may not")
			}
			return
		}
		if one.Closed || other.Operator && !one.Operator {
			t.Fatal("a closed account, or one that is no operator's, gets an operator's")
		}
		for _, o := range organisations {
			for _, permission := range []consent.Permission{consent.MaySee, consent.MayEdit, consent.MayPublish, consent.MayRead, consent.MayAudit, consent.MayAdminister} {
				if !one.Operator && other.Role(o).May(permission) && !one.Role(o).May(permission) {
					t.Fatalf("gains %s in %s", permission, o)
				}
			}
		}
	})
}

// Every role tries to give every role, and to change who has every role.
func TestNobodyGivesMoreThanTheyHave(t *testing.T) {
	h := open(t)
	h.member("boss@example.no", consent.RoleAdministrator, skogen)
	for _, own := range consent.Roles {
		for _, from := range consent.Roles {
			actor := h.member(string(own)+"-to-"+string(from)+"@example.no", own, skogen) // who has a limit of their own
			victim := h.member(string(own)+"-"+string(from)+"@example.no", from, skogen)
			for _, to := range append([]consent.AccountRole{"", "owner"}, consent.Roles...) {
				must(t, h.store.SetRole(t.Context(), victim.id, skogen, from))
				got := actor.post(victim.of(skogen)+"/role", "role", string(to))
				want := from
				if own == consent.RoleAdministrator && own.Covers(from) && own.Covers(to) && to != "owner" {
					want = to
				}
				if now := victim.account(t).Role(skogen); now != want {
					t.Errorf("a %s made a %s %q (%d), want %q", own, from, now, got.status, want)
				}
				if got := actor.post("/organisations/skogen/people", "email", "x@example.no", "role", string(to)); (got.status == 200) != (want == to && own == consent.RoleAdministrator) {
					t.Errorf("a %s invites a %q: %d", own, to, got.status)
				}
			}
			if own != consent.RoleAdministrator {
				if got := actor.post(victim.of(skogen) + "/remove"); got.status != 403 || victim.account(t).Role(skogen) == "" {
					t.Errorf("a %s removes a %s: %d", own, from, got.status)
				}
			}
		}
	}
}

func TestLastAdministrator(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.post(boss.of(skogen)+"/role", "role", "editor").shows(t, 409, "minst én administrator")
	boss.agrees(boss.of(skogen)+"/remove").shows(t, 409, "minst én administrator")
	closed := h.member("closed@example.no", consent.RoleAdministrator, skogen)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: closed.id, Email: closed.email, Language: consent.English, Closed: true}))
	boss.agrees(boss.of(skogen)+"/remove").shows(t, 409) // who is closed counts for nothing
	second := h.member("second@example.no", consent.RoleAdministrator, skogen)
	boss.post(boss.of(skogen)+"/role", "role", "editor").leads(t, "/?done=role")
	second.agrees(second.of(skogen)+"/remove").shows(t, 409)
	second.agrees(boss.of(skogen)+"/remove").leads(t, "/organisations/skogen/people?done=removed")
	h.loggedIn(boss.id, "boss again").get("/organisations/skogen").shows(t, 404)
}

func TestOperators(t *testing.T) {
	h := open(t)
	ruler := h.operator("ruler@example.no")
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	path := func(p *person) string { return fmt.Sprintf("/people/%d", p.id) }
	ruler.get("/people").shows(t, 200, "kari@example.no", path(kari))
	kari.get("/people").shows(t, 404)
	ruler.agrees(path(kari)+"/close").leads(t, path(kari)+"?done=closed")
	kari.get("/").leads(t, "/login?next=%2F")
	ruler.post(path(kari)+"/open").leads(t, path(kari)+"?done=opened")
	for _, own := range []string{"/close", "/operator", "/link", "/factor"} {
		ruler.post(path(ruler)+own, "operator", "no").shows(t, 403)
	}
	if got := ruler.account(t); got.Closed || !got.Operator {
		t.Fatal("an operator closed themselves out")
	}
	ruler.get("/people/none").shows(t, 404)
	ruler.get("/people/12345").shows(t, 404)
}

// The last operator stays, and so does the last administrator of an organisation.
func TestTheLastStay(t *testing.T) {
	h := open(t)
	ruler := h.operator("ruler@example.no")
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	path := fmt.Sprintf("/people/%d", boss.id)
	ruler.agrees(path+"/close").shows(t, 409, "Skogen kommune would have no administrator", "samtykke account add EMAIL --role skogen=administrator", `action="`+path+`/close"`)
	if acts := h.actsOf(skogen); strings.Contains(acts, "account.close") {
		t.Errorf("the organisation was told of what did not happen:\n%s", acts)
	}
	second := h.member("second@example.no", consent.RoleAdministrator, skogen)
	ruler.agrees(path+"/close").leads(t, path+"?done=closed")
	ruler.agrees(fmt.Sprintf("/people/%d/close", second.id)).shows(t, 409)
	ruler.post(path+"/open").leads(t, path+"?done=opened")

	// Two operators who end each other at the same time: the later one stays.
	other := h.operator("other@example.no")
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: ruler.id, Email: ruler.email, Language: consent.English, Operator: true}))
	ruler.post(fmt.Sprintf("/people/%d/operator", other.id), "operator", "no").leads(t, fmt.Sprintf("/people/%d?done=saved", other.id))
	for _, changed := range []consent.Account{
		{ID: ruler.id, Email: ruler.email, Language: consent.English},
		{ID: ruler.id, Email: ruler.email, Language: consent.English, Operator: true, Closed: true},
	} {
		if err := h.store.ChangeAccount(t.Context(), &changed); consent.KindOf(err) != consent.Conflict || !strings.Contains(err.Error(), "no operator") {
			t.Errorf("%+v: %v", changed, err)
		}
	}
}

func TestOrganisations(t *testing.T) {
	h := open(t)
	ruler := h.operator("ruler@example.no")
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	kari.get("/organisations/new").shows(t, 404)
	kari.post("/organisations/new", "name", "X", "number", "864947762").shows(t, 404)
	for name, form := range map[string][]string{
		`href="#number"`: {"name", "Fjellet", "number", "864949763"},
		`href="#name"`:   {"name", " ", "number", "864949762", "id", "x"},
		`href="#id"`:     {"name", "Fjellet", "number", "864949762", "id", "A b"},
	} {
		ruler.post("/organisations/new", form...).shows(t, 422, name, `aria-invalid="true"`)
	}
	ruler.post("/organisations/new", "name", "Fjellet", "number", "864949762", "id", "skogen").shows(t, 422, `href="#id"`)
	ruler.post("/organisations/new", "name", "New", "number", "864949762").shows(t, 422, `href="#id"`)
	ruler.post("/organisations/new", "name", "Øvre Årdal <script>", "number", "864 949 762").leads(t, "/organisations/ovre-ardal-script?done=saved")
	// once more is a mistake more often than not
	ruler.post("/organisations/new", "name", "Øvre Årdal <script>", "number", "864949762").shows(t, 422, `href="#number"`, "Øvre Årdal &lt;script&gt; (ovre-ardal-script)", `name="meant"`)
	if all, err := h.store.Organisations(t.Context()); err != nil || slices.ContainsFunc(all, func(o consent.Organisation) bool { return o.ID == "ovre-ardal-script-2" }) {
		t.Errorf("there are %v (%v)", all, err)
	}
	ruler.post("/organisations/new", "name", "Øvre Årdal <script>", "number", "864949762", "meant", "yes").leads(t, "/organisations/ovre-ardal-script-2?done=saved")
	ruler.get("/organisations/ovre-ardal-script/settings").shows(t, 200, "Øvre Årdal &lt;script&gt;")
	ruler.get("/organisations/skogen").shows(t, 404) // running the place opens nothing

	t.Run("the drafts take a new name along", func(t *testing.T) {
		was := hidden(t, kari.get("/organisations/skogen/settings").body, "was")
		kari.post("/organisations/skogen/settings", "was", was, "name", "Nye Skogen", "number", "864949762").leads(t, "/organisations/skogen/settings?done=organisation")
		draft, err := h.store.Draft(t.Context(), "skogen")
		must(t, err)
		if draft.Organisation.Name != "Nye Skogen" || draft.Organisation.Number != "864949762" {
			t.Fatalf("the draft says %+v", draft.Organisation)
		}
		must(t, h.store.SaveDraft(t.Context(), *draft, h.clock()))
		kari.get("/organisations/skogen").shows(t, 200, "Nye Skogen")
		kari.post("/organisations/skogen/settings", "was", was, "name", "Andre Skogen", "number", "864949762").shows(t, 409, "Nye Skogen", `value="Andre Skogen"`)
		kari.post("/organisations/skogen/settings", "was", "x", "name", strings.Repeat("å", 201), "number", "864949762").shows(t, 422)
	})
}

// A newcomer is led from the first name to the tag.
func TestGuidedStart(t *testing.T) {
	h := openEmpty(t)
	ruler := h.operator("ruler@example.no")
	ruler.get("/").shows(t, 200, "Name your organisation", `aria-current="step"`, `name="guide"`)
	ruler.post("/organisations/new", "guide", "1", "name", "", "number", "1").shows(t, 422, `name="guide"`)
	ruler.post("/organisations/new", "guide", "1", "name", "Gjerdrum kommune", "number", "864949762").leads(t, "/")
	ruler.get("/").shows(t, 200, `href="/organisations/gjerdrum-kommune/sites/new"`)
}

// Names that would break a page, or hide what they are.
func TestHostileNames(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	for _, name := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "\u202egnp.exe", "🧨👩‍👩‍👧‍👦", strings.Repeat("W", 200), "{{.}}", "=cmd|'/c calc'!A1"} {
		id, err := h.store.AddAccount(t.Context(), &consent.Account{
			Email: fmt.Sprintf("p%d@example.no", len(name)), Name: name, Language: consent.Bokmaal, Created: h.clock(),
			Memberships: []consent.Membership{{Organisation: skogen, Role: consent.RoleViewer}},
		})
		must(t, err)
		for _, path := range []string{"/organisations/skogen/people", (&person{id: id}).of(skogen)} {
			got := boss.get(path)
			got.shows(t, 200)
			if strings.Contains(got.body, "<script>alert") || strings.Contains(got.body, "<img src=x") {
				t.Errorf("%s holds %q as it is", path, name)
			}
		}
	}
	for _, email := range []string{"<script>@example.no", "a@b", strings.Repeat("a", 300) + "@example.no", "a b@example.no", "a@@example.no", "a,b@example.no"} {
		boss.post("/organisations/skogen/people", "email", email, "role", "viewer").shows(t, 422, `aria-invalid="true"`)
	}
	link := boss.post("/organisations/skogen/people", "email", "long@example.no", "role", "viewer").link(t)
	h.stranger().post(link, "name", strings.Repeat("x", 100_000), "password", secret, "again", secret).shows(t, 422)
	h.stranger().get(link).shows(t, 200) // nothing was used up
}

// A role that is none is said beside the roles, and an address that was typed stays.
func TestUnknownRole(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	editor := h.member("editor@example.no", consent.RoleEditor, skogen)
	for _, role := range []string{"", "king"} {
		boss.post("/organisations/skogen/people", "email", "new@example.no", "role", role).shows(t, http.StatusUnprocessableEntity,
			`value="new@example.no"`, `<a href="#role">Velg en av rollene.</a>`, `<p class="wrong" id="role-wrong">Velg en av rollene.</p>`)
		boss.post(editor.of(skogen)+"/role", "role", role).shows(t, http.StatusUnprocessableEntity, `<p class="wrong" id="role-wrong">Velg en av rollene.</p>`)
	}
	if got := editor.account(t).Role(skogen); got != consent.RoleEditor {
		t.Errorf("the role is now %q", got)
	}
}
