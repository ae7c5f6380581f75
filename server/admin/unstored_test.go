package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// What the store cannot take is no fault of the form, and is said in the language of the
// page; nobody is let in by it.
func TestWhatIsNotStoredIsSaid(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
	norwegian, _ := web.AdminWordsIn(consent.Bokmaal)
	for _, code := range []string{"busy", "cancelled", "closed", "disk_full", "erasure_unfinished", "full", "not_stored"} {
		for _, lang := range web.AdminLanguages {
			if words, _ := web.AdminWordsIn(lang); words["error_text_"+code] == "" {
				t.Errorf("%s: no words for %s", lang, code)
			}
		}
		h.unstored = &consent.Error{Kind: consent.Unavailable, Code: code, Message: "English words of the store."}
		ola := h.stranger()
		got := ola.post("/login", "email", "kari@example.no", "password", secret)
		got.shows(t, http.StatusServiceUnavailable, norwegian["error_text_"+code], `action="/login"`)
		if strings.Contains(got.body, "English words") || ola.cookie != "" {
			t.Errorf("%s: the page says it in English, or lets somebody in", code)
		}
	}
	h.unstored = nil
	h.stranger().post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
	h.stranger().post("/login", "email", "kari@example.no", "password", secret+"!").shows(t, http.StatusUnprocessableEntity)
}
