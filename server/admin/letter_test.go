package admin_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
)

// mails has the house send its letters through a mail server.
func (h *house) mails() (*mailtest.Server, func()) {
	h.t.Helper()
	m := mailtest.New(h.t)
	m.Refuses = "gone@example.no"
	listener, err := new(net.ListenConfig).Listen(h.t.Context(), "tcp", "127.0.0.1:0")
	must(h.t, err)
	stop := m.Serve(h.t, listener, true)
	options := notify.Options{Clock: h.clock, Roots: m.Roots, Settings: config.Notify{Mail: config.Mail{
		Server: m.Address, From: "samtykke@kommunen.example", User: "samtykke", Password: config.NewSecret("correct horse"), TLS: config.MailStartTLS,
	}}}
	h.admin.Send = func(ctx context.Context, letter notify.Letter) error { return notify.Send(ctx, options, letter) }
	return m, stop
}

var linkIn = regexp.MustCompile(`http://localhost:\d+(/\w+/[\w-]+)`)

// sent gives the path of the link in the one letter that has come.
func sent(t *testing.T, m *mailtest.Server, to string) string {
	t.Helper()
	got := m.Got()
	if len(got) != 1 || strings.Join(got[0].To, " ") != to {
		t.Fatalf("the letters are %+v, want one to %s", got, to)
	}
	_, _, text := got[0].Read(t)
	found := linkIn.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no link:\n%s", text)
	}
	return found[1]
}

// unseen fails when a page shows a link that lets somebody in.
func (a answer) unseen(t *testing.T, want int, has string) {
	t.Helper()
	a.shows(t, want, has)
	if regexp.MustCompile(`/(link|invitation)/[\w-]{40}`).MatchString(a.body) {
		t.Errorf("the page shows the link:\n%s", a.body)
	}
}

// Where the host sends e-mail, a link is seen by the owner of the address alone.
func TestLinksAreSent(t *testing.T) {
	h := open(t)
	m, stop := h.mails()
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	ruler := h.operator("ruler@example.no")
	const people = "/organisations/skogen/people"

	t.Run("an invitation", func(t *testing.T) {
		boss.get(people).shows(t, 200, "Personen får en lenke på e-post")
		boss.post(people, "email", "New@example.no", "role", "editor").unseen(t, 200, "Invitasjonen er sendt til new@example.no")
		fresh := h.stranger()
		fresh.post(sent(t, m, "new@example.no"), "name", "Ny", "password", secret, "again", secret).leads(t, "/organisations/skogen?done=joined")
	})
	t.Run("links to a new password", func(t *testing.T) {
		boss.get(kari.of(skogen)).shows(t, 200, "sendes til kari@example.no")
		boss.post(kari.of(skogen)+"/link").unseen(t, 200, "Lenken er sendt til kari@example.no")
		first := sent(t, m, "kari@example.no")
		ruler.post(fmt.Sprintf("/people/%d/link", kari.id)).unseen(t, 200, "sent to kari@example.no")
		h.stranger().get(first).shows(t, 404)
		second := sent(t, m, "kari@example.no")

		stop()
		boss.post(kari.of(skogen)+"/link").unseen(t, 503, "E-posten kom ikke av gårde, og ingenting er endret")
		ruler.post(fmt.Sprintf("/people/%d/link", kari.id)).unseen(t, 503, "The e-mail did not get out, and nothing has been changed")
		h.stranger().get(second).shows(t, 200) // the earlier one works on
	})
	t.Run("a letter that does not get out changes nothing", func(t *testing.T) {
		before := h.actsOf(skogen)
		boss.post(people, "email", "other@example.no", "role", "viewer").unseen(t, http.StatusServiceUnavailable, "E-posten kom ikke av gårde")
		h.mails()
		boss.post(people, "email", "gone@example.no", "role", "viewer").unseen(t, http.StatusServiceUnavailable, `<p class="wrong" id="email-wrong">E-postserveren tar ikke imot`)
		if invited, err := h.store.Invitations(t.Context(), skogen, h.clock()); err != nil || len(invited) != 0 {
			t.Errorf("invited: %+v %v", invited, err)
		}
		if after := h.actsOf(skogen); after != before {
			t.Errorf("the trail tells what did not happen:\n%s", after)
		}
	})
}
