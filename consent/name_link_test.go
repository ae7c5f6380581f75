package consent

import (
	"strings"
	"testing"
)

// A name takes nobody anywhere, whichever program the letter is read in.
func TestNamesWithLinks(t *testing.T) {
	for name, left := range map[string]string{
		"Alfa kommune. Bekreft først på https://evil.example/bekreft og": "Alfa kommune. Bekreft først på […] og",
		"Alfa (WWW.evil.example)":  "Alfa […]",
		"evil.example/bekreft":     "[…]",
		"Alfa https://a https://b": "Alfa […]",
		"Alfa http：／／evil．example": "Alfa […]",
	} {
		if is := strings.Contains(left, noLink); HoldsLink(name) != is || WithoutLinks(name) != left {
			t.Errorf("%q: %t, %q", name, HoldsLink(name), WithoutLinks(name))
		}
		fault := (&Organisation{ID: "alfa", Name: name, Number: "974760673"}).Check()
		if refused := len(fault) == 1 && fault[0].Code == "name_link"; refused != HoldsLink(name) {
			t.Errorf("%q: %v", name, fault)
		}
		if HoldsLink(name) && FaultOfPersonName(name, "kari@example.no") == "" {
			t.Errorf("a person is called %q", name)
		}
	}
	for _, name := range []string{"Alfa kommune", "Bygg og drift v/Oslo", "Skole nr. 3/4", "gjerdrum.kommune.no", "St. Olav"} {
		if HoldsLink(name) || WithoutLinks(name) != name {
			t.Errorf("%q is a link", name)
		}
	}
}
