package admin_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// The logo and the colours of dark pages are set on the page, by the rules of the site
// file.
func TestLogoAndDarkColoursAreSetOnThePage(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const page = "/sites/skogen/settings/look"
	const svg = `<svg viewBox="0 0 9 9"><path d="M1 1h7v3z" fill="#abcdef"/></svg>`
	save := func(pairs ...string) answer {
		return kari.post(page, append([]string{"was", kari.get(page).was(t), "placement", "top", "accent", "#1d4e89"}, pairs...)...)
	}
	save("accent_dark", "#8fd3b0", "background_dark", "#10221a", "ink_dark", "#f0f0f0", "logo", svg, "logo_text.nb", "Skogen kommune", "logo_text.en", "Skogen municipality").leads(t, page+"?done=saved")
	l := h.draft().Site.Look
	if l.Dark == nil || *l.Dark != (consent.DarkLook{Accent: "#8fd3b0", Background: "#10221a", Text: "#f0f0f0"}) || l.Logo == nil || l.Logo.SVG != svg || l.Logo.Text[consent.Bokmaal] != "Skogen kommune" {
		t.Fatalf("got %+v", l)
	}
	kari.get(page).shows(t, 200, `value="#10221a"`, "&lt;svg viewBox=", "Skogen kommune")

	save("background_dark", "#101010", "ink_dark", "#202020", "logo", `<svg viewBox="0 0 9 9" onload="alert(1)"><path d="M1 1"/></svg>`).leads(t, page+"?done=saved")
	kari.get(page).shows(t, 200, "Logoen kan ikke tegnes", "Velg en mørkere eller lysere farge")
	save().leads(t, page+"?done=saved")
	if l := h.draft().Site.Look; l.Dark != nil || l.Logo != nil {
		t.Errorf("what is empty stays: %+v", l)
	}
}
