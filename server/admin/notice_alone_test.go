package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
)

// What a command published where two people are asked for does not look as if somebody
// had approved it; what was published before that does not look wrong.
func TestANoticeThatNobodyApprovedSaysSo(t *testing.T) {
	h, _, ola, _ := pair(t)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	ctx := consent.WithAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Site: "skogen", Action: consent.ActPublish})
	_, err = banner.Publish(ctx, h.store, draft, consent.Shipped(), h.clock)
	must(t, err)
	for _, page := range []string{"/sites/skogen/notices", "/sites/skogen/notices/3"} {
		shown := ola.get(page)
		shown.shows(t, http.StatusOK, "Ingen godkjente den")
		if strings.Count(shown.body, "Ingen godkjente den") != 1 {
			t.Errorf("%s says it of others, too", page)
		}
	}
}
