package admin_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/samtykke/samtykke/consent"
)

// questions says where an action asks in the fixtures, when that is not where known says,
// and with what in its form.
var questions = map[string]struct {
	path string
	form map[string]string
}{
	"login.discard":           {form: map[string]string{"unsent": "of what waits, once something does"}},
	"log.release":             {form: map[string]string{"all": "yes", "reason": "Sak 2026/3"}},
	"factor.passkey.remove":   {path: "/account/passkeys/" + shortHash(make([]byte, 16)) + "/remove"},
	"member.uninvite":         {path: "/organisations/skogen/invitations/" + shortHash([]byte("offered")) + "/withdraw"},
	"member.remove":           {path: "/organisations/skogen/people/2/remove"},
	"member.factor.remove":    {path: "/organisations/skogen/people/2/factor"},
	"member.identity.remove":  {path: "/organisations/skogen/people/2/identity"},
	"account.close":           {path: "/people/2/close"},
	"account.factor.remove":   {path: "/people/2/factor"},
	"account.identity.remove": {path: "/people/2/identity"},
}

func shortHash(of []byte) string {
	hash := consent.HashOf(of)
	return hex.EncodeToString(hash[:8])
}

// eachQuestion opens the page of every question in turn, and has a test look at it.
func (p *person) eachQuestion(ctx context.Context, t *testing.T, test func(t *testing.T, path string)) {
	t.Helper()
	for _, e := range p.admin.Entries() {
		if !e.Asks || e.Method == http.MethodGet {
			continue
		}
		where := questions[e.Action]
		if where.path == "" {
			where.path = fill(t, e.Path, skogen)
		}
		t.Run("question "+e.Action, func(t *testing.T) {
			p.sends(ctx, t, where.path, where.form)
			arrives(ctx, t, `location.pathname === `+quote(where.path)+` && document.querySelector('main')`)
			var asks bool
			eval(ctx, t, `!!document.querySelector('main button.danger')`, &asks)
			if !asks {
				t.Fatalf("%s asks nothing", where.path)
			}
			test(t, where.path)
		})
	}
}

// sends has the browser send a form to a path, as the pages of the administration do.
func (p *person) sends(ctx context.Context, t *testing.T, path string, form map[string]string) {
	t.Helper()
	must(t, chromedp.Do(ctx, chromedp.Navigate(p.url+"/account")))
	fields, err := json.Marshal(form)
	must(t, err)
	eval(ctx, t, `(() => {
		const form = document.querySelector('main form:has([name=csrf])')
		const sent = Object.assign(document.createElement('form'), { method: 'post', action: `+quote(path)+` })
		for (const [name, value] of [['csrf', form.elements.csrf.value], ...Object.entries(`+string(fields)+` ?? {})])
			sent.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
		document.body.append(sent)
		sent.submit()
	})()`, nil)
}

// With the keyboard alone, a question is come to, turned down, and agreed to.
func TestQuestionByKeyboard(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	kari.post("/organisations/skogen/people", "email", "late@example.no", "role", "viewer").shows(t, http.StatusOK)
	ctx := kari.chromium()
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/organisations/skogen/people")))
	const withdraw, asks = `form[action$="/withdraw"] button:not(.danger)`, `document.querySelector('main button.danger')`
	tabTo(ctx, t, withdraw)
	keys(ctx, t, kb.Enter)
	arrives(ctx, t, asks)
	tabTo(ctx, t, "main .actions a")
	keys(ctx, t, kb.Enter)
	arrives(ctx, t, `location.pathname.endsWith('/people') && document.querySelector(`+quote(withdraw)+`)`)
	tabTo(ctx, t, withdraw)
	keys(ctx, t, kb.Enter)
	arrives(ctx, t, asks)
	tabTo(ctx, t, "main button.danger")
	keys(ctx, t, kb.Enter)
	arrives(ctx, t, `location.search === '?done=uninvited' && !document.querySelector(`+quote(withdraw)+`)`)
}
