package admin_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// The inventory as JSON is what one encoder makes of the whole, to the byte, also of one
// without services.
func TestInventoryFileIsTheWhole(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	h.edit(func(d *consent.Draft) { d.Services[0].Name[consent.Bokmaal] = "<b> & \u2028" })
	full := h.draft().Services
	for _, services := range [][]consent.Service{full, full[:1], {}, nil} {
		h.edit(func(d *consent.Draft) { d.Services = services })
		d := h.draft()
		var want bytes.Buffer
		whole := json.NewEncoder(&want)
		whole.SetIndent("", "  ")
		must(t, whole.Encode(struct {
			Site       consent.SiteKey    `json:"site"`
			Languages  []consent.Language `json:"languages"`
			Categories []consent.Category `json:"categories"`
			Services   []consent.Service  `json:"services"`
		}{d.Site.Key, d.Site.Languages, d.Categories, d.Services}))
		got := kari.get("/sites/skogen/export/inventory.json")
		if got.status != http.StatusOK || got.body != want.String() {
			t.Errorf("%d services: answered %d\n%s\nwant\n%s", len(services), got.status, got.body, want.String())
		}
	}
}
