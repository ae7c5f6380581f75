package admin_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The inventory shows what was saved last, by whomever, though a draft is kept as it
// was read; and each site's is its own.
func TestInventoryIsNeverOld(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen, havet)
	const path = "/sites/skogen/inventory"
	named := func(site consent.SiteKey, name string) {
		t.Helper()
		draft, err := h.store.Draft(t.Context(), site)
		must(t, err)
		draft.Services[0].Name = consent.Text{consent.Bokmaal: name}
		must(t, h.store.SaveDraft(t.Context(), *draft, storagetest.Morning)) // as a command on the machine does
	}
	for _, name := range []string{"Første teller", "Annen teller", "Første teller"} {
		named("skogen", name)
		named("havet", "Havets "+name)
		for range 2 {
			kari.get(path).shows(t, 200, ">"+name+"<")
			kari.get("/sites/havet/inventory").shows(t, 200, "Havets "+name)
		}
	}
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Skrevet i skjemaet").leads(t, counterPage+"?done=saved")
	kari.get(path).shows(t, 200, "Skrevet i skjemaet")
}
