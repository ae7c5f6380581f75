package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
)

// publishedByCommand publishes the draft of Skogen as a command on the machine does.
func (h *house) publishedByCommand(t *testing.T) {
	t.Helper()
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	ctx := consent.WithAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Site: "skogen", Action: consent.ActPublish})
	_, err = banner.Publish(ctx, h.store, draft, consent.Shipped(), h.clock)
	must(t, err)
}

// What a command published where two people are asked for does not look as if somebody
// had approved it; what was published before that does not look wrong.
func TestANoticeThatNobodyApprovedSaysSo(t *testing.T) {
	h, _, ola, _ := pair(t)
	h.publishedByCommand(t)
	for _, page := range []string{"/sites/skogen/notices", "/sites/skogen/notices/3"} {
		shown := ola.get(page)
		shown.shows(t, http.StatusOK, "Ingen godkjente den")
		if strings.Count(shown.body, "Ingen godkjente den") != 1 {
			t.Errorf("%s says it of others, too", page)
		}
	}
}

// That goes by the rule as it was: to end it, and to begin it anew, makes no notice look
// approved, nor another one wrong.
func TestNobodyApprovedGoesByTheRuleOfThatTime(t *testing.T) {
	h, kari, ola, _ := pair(t)
	ruled := func(on bool) {
		t.Helper()
		h.wait(time.Minute)
		was, err := h.store.TwoRule(t.Context(), skogen)
		must(t, err)
		action := "organisation.two.end"
		rule := consent.TwoRule{}
		if on {
			action, rule = "organisation.two.begin", consent.TwoRule{On: true, Since: h.clock()}
		}
		ctx := consent.WithAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Action: action})
		must(t, h.store.SetTwoRule(ctx, skogen, rule, was))
		h.wait(time.Minute)
	}
	says := func(alone ...string) {
		t.Helper()
		for _, number := range []string{"3", "4", "5"}[:h.number(t, "skogen")-2] {
			if got, want := strings.Contains(ola.get("/sites/skogen/notices/"+number).body, "Ingen godkjente den"), slices.Contains(alone, number); got != want {
				t.Errorf("notice %s says that nobody approved it: %t", number, got)
			}
		}
	}
	h.wait(time.Minute)
	h.publishedByCommand(t)
	says("3")
	ruled(false)
	says("3")
	kari.edits(t, rounder)
	h.publishedByCommand(t)
	says("3")
	ruled(true)
	says("3")
	kari.edits(t, rounder)
	h.publishedByCommand(t)
	says("3", "5")
}
