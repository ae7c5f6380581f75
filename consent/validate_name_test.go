package consent_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What nobody sees is in no name and no address of e-mail.
func TestNamesHideNothing(t *testing.T) {
	for _, hidden := range strings.Split("\u202e \u2066 \u200e \u200b \u00ad \u2060 \x07 \u2028 \ufeff \U000e0041 \xff", " ") {
		if consent.CheckName("Ka"+hidden+"ri") == nil {
			t.Errorf("a name with %q is taken", hidden)
		}
		if _, err := consent.NormalEmail("ka" + hidden + "ri@example.no"); err == nil {
			t.Errorf("an address with %q is taken", hidden)
		}
		o := consent.Organisation{ID: "x", Name: "Ka" + hidden + "ri", Number: "864949762"}
		if len(o.Check()) != 1 {
			t.Errorf("an organisation with %q: %v", hidden, o.Check())
		}
	}
	for _, name := range []string{"Kåre Ødegård", "Đorđe 😀", "می\u200cخواهم", "אבי"} {
		if err := consent.CheckName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := consent.NormalEmail("kåre@øst.no"); err != nil {
		t.Error(err)
	}
	if consent.HidesInComment("To\r\nlinjer\tog myk\u00ad bindestrek") || !consent.HidesInComment("Snu \u202edet") {
		t.Error("a comment is read wrongly")
	}
}

// A text of which nobody sees anything is none, whatever it is made of.
func TestTextIsSeen(t *testing.T) {
	for _, text := range []string{"", " \t\n", "\u00a0\u3000", "\u3164\u2800", "\u115f\u1160\uffa0", "\u200b\u2060\u00ad", "\u0301\ufe0f", "\u202e"} {
		if consent.IsSeen(text) {
			t.Errorf("%q is taken for a text", text)
		}
	}
	for _, text := range []string{"a", " \u3164.", "é", "e\u0301", "می\u200cخواهم", "\U0001f600", "1"} {
		if !consent.IsSeen(text) {
			t.Errorf("%q is taken for nothing", text)
		}
	}
}
