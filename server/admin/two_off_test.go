package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Where nobody has to agree, it does not matter who let whom in: what an editor proposes
// can be answered by those who could publish it at once.
func TestWithoutTheRuleNobodyCountsAsAnother(t *testing.T) {
	h, _, _, per := pair(t)
	const publish = "/sites/skogen/publish"
	editor := h.loggedIn(per.invites(t, "siv@example.no", consent.RoleEditor), "siv")
	other := h.loggedIn(per.invites(t, "liv@example.no", consent.RolePublisher), "liv")
	editor.edits(t, rounder)
	editor.proposes(t)
	if page := other.get(publish); !strings.Contains(page.body, "regnes som én person her") {
		t.Error("where two people are asked for, it matters")
	}
	h.two(t, skogen, false)
	page := other.get(publish)
	if strings.Contains(page.body, "regnes som én person her") {
		t.Error("it matters where nobody has to agree")
	}
	other.post(publish+"/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
	if page := editor.get(publish); page.status != http.StatusOK || strings.Contains(page.body, `id="nobody"`) {
		t.Error("nobody is said to be there, and there is somebody")
	}
}
