package consent

import "testing"

// An address that looks like another one is none: its letters are of one alphabet.
func TestEmailsOfSeveralAlphabets(t *testing.T) {
	for _, text := range []string{"k\u0430ri@example.no", "kari@ex\u0430mple.no", "\u0441\u0430\u0440\u0435@example.no", "kari@\u0441\u0430\u0440\u0435.no", "k\u03b1ri@example.no", "kari@\u13aaxample.no"} {
		if got, err := NormalEmail(text); err == nil || err.(*Error).Code != "mixed_letters" { //nolint:errorlint,forcetypeassert // it is one
			t.Errorf("%+q: got %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"kåre.ørn@næring.no", "josé@example.no", "kari+1@xn--nring-sra.no", "почта@пример.рф"} {
		if _, err := NormalEmail(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
