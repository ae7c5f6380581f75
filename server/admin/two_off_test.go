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
	if strings.Contains(page.body, "du kan publisere kladden selv") {
		t.Error("who can agree is told to publish without that")
	}
	other.post(publish+"/approve", page.approval(t)...).leads(t, "/sites/skogen/notices/3?done=publish")
	if page := editor.get(publish); page.status != http.StatusOK || strings.Contains(page.body, `id="nobody"`) {
		t.Error("nobody is said to be there, and there is somebody")
	}
}

// When two people are asked for no more while a proposal stands, nobody is told that another
// has to agree beside the button that publishes.
func TestAProposalOutlivesTheRuleWithOneTruth(t *testing.T) {
	h, _, ola, _ := pair(t)
	const publish = "/sites/skogen/publish"
	ola.proposes(t)
	ola.get(publish).shows(t, http.StatusOK, "En annen må godkjenne det.")
	h.two(t, skogen, false)
	page := ola.get(publish)
	page.shows(t, http.StatusOK, "så du kan publisere kladden selv", `action="/sites/skogen/publish" class="fields"`, "Trekk forslaget")
	if strings.Contains(page.body, "En annen må godkjenne det.") || strings.Contains(page.body, "Dette kan godkjennes av") {
		t.Error("another is said to be needed")
	}
}
