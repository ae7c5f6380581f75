package admin_test

import (
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// A program that sends * means whatever there is (RFC 9110, section 13.1.1).
func TestTagsFollowTheStandard(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	const recipients = api.Base + "/recipients"
	read[api.Recipients](t, g.call(http.MethodPut, recipients, `{"language": "nn", "addresses": ["a@skogen.example"]}`, "If-Match", "*"))
	g.call(http.MethodPut, recipients, `{"language": "nb", "addresses": []}`, "If-Match", `"*"`).problem(t, http.StatusPreconditionFailed, "changed")
	g.call(http.MethodPut, apiDraft, g.get(apiDraft).body, "If-Match", "*").shows(t, http.StatusOK)
}
