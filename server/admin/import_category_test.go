package admin_test

import (
	"regexp"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A table names a category by its key, or by a name that only one of the draft's has, in any
// language. What names none, or two, is told of with those that there are.
func TestTablesNameCategories(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) {
		d.Category(consent.Statistics).Name = consent.Text{consent.Bokmaal: "Statistikk", consent.English: "Figures"}
		d.Category(consent.Marketing).Name = consent.Text{consent.Bokmaal: "Markedsføring", consent.English: "Both"}
		d.Categories = append(d.Categories, consent.Category{
			Key: "annet", Name: consent.Text{consent.Bokmaal: "Annet", consent.English: "both"}, Purpose: consent.Text{consent.Bokmaal: "Annet.", consent.English: "Other things."},
		})
	})
	content := "service,service_category,name,category\nfresh,FIGURES,_a,statistikk\nfresh,statistics,_b,markedsføring\ncounter,,_c,Figures\n"
	checked := kari.post("/sites/skogen/import", "content", content)
	checked.shows(t, 200, "Lagre i kladden", "<li>Ny tjeneste: fresh, i kategorien Statistikk</li>", "<li>Ny informasjonskapsel: _a (fresh)</li>",
		"<li>Ny informasjonskapsel: _b (fresh), i kategorien Markedsføring</li>", "<li>Ny informasjonskapsel: _c (Telleren)")
	was := regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(checked.body)[1]
	kari.post("/sites/skogen/import", "content", content, "save", "yes", "was", was).leads(t, "/sites/skogen/inventory?done=imported")
	d := h.draft()
	s := d.Service("fresh")
	if s == nil || s.Category != consent.Statistics || len(s.Cookies) != 2 || s.Cookies[0].Category != "" || s.Cookies[1].Category != consent.Marketing {
		t.Errorf("got %+v", s)
	}
	there := "Kladden har statistics (Statistikk), marketing (Markedsføring), annet (Annet)"
	kari.post("/sites/skogen/import", "content", "service,name,category\ncounter,_d,Reklame\n").shows(t, 422, "Kladden har ingen kategori Reklame", there)
	kari.post("/sites/skogen/import", "content", "service,name,category\ncounter,_d,both\n").shows(t, 422, "Kladden har ingen kategori both", there)
}

// Why something needs no consent is no column of a table; a new cookie brings it signed in
// what an export wrote.
func TestTablesBringSignedReasonsAsExported(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) {
		d.Categories = append(d.Categories, consent.Category{Key: consent.Necessary, Name: consent.Text{consent.Bokmaal: "Nødvendige", consent.English: "Necessary"}, Purpose: consent.Text{consent.Bokmaal: "Nødvendig.", consent.English: "Necessary."}})
	})
	const heading = "service,name,category,reason,cookie_rest\n"
	kari.post("/sites/skogen/import", "content", heading+"counter,_new,necessary,Trengs.,\n").shows(t, 422, "kolonnen reason er for det som ikke er nødvendig", "cookie_rest")
	signed := `"{""exemption"":{""ground"":""requested"",""reason"":{""nb"":""Trengs."",""en"":""Needed.""},""reviewer"":""Nettredaktør"",""reviewed"":""2025-06-02""}}"`
	kari.post("/sites/skogen/import", "content", heading+"counter,_new,necessary,,"+signed+"\n").shows(t, 200, "Lagre i kladden", "Nettredaktør")
}
