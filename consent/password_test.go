package consent

import (
	"errors"
	"strings"
	"testing"
)

func TestPasswordsThatAreGuessedFirst(t *testing.T) {
	kari := &Account{Name: "Kari Nordmann", Email: "kari.n@nittedal.kommune.no"}
	fault := func(password string) string {
		var own *Error
		if errors.As(CheckPassword(password, kari, "Gjerdrum kommune"), &own) {
			return own.Code
		}
		return ""
	}
	for _, password := range []string{
		"password1234", "administrator", "123456789012", "passordpassord", "qwertyuiop12", "abcdefghijkl", "passord12345", "Sommer2026!!", "P@ssw0rd1234",
		"Velkommen2026", "gjerdrum2026", "Gjerdrum kommune 1", "nordmann2026!", "nittedal1234", "mittpassord1", "Høsten2026!!", "HØSTEN2026!!", "passord passord passord",
		"1qaz2wsx3edc", "987654321098", "iloveyou2026", "000000000000123", "asdfghjkløæ12", "correcthorsebatterystaple", "ｐａｓｓｗｏｒｄ１２３４",
	} {
		if got := fault(password); got != "common_password" && got != "easy_password" {
			t.Errorf("%q is taken (%q)", password, got)
		}
	}
	for _, password := range []string{
		"riktig hest batteri stift", "fire andre ord her", "hund fotball kaffe troll", "8392017493851", "xK3vq9Lm2PzT", "kaffe med gjerdrum i vater",
		"blåbærsyltetøy på brødet", "Gjerdrum1849 lensmann", strings.Repeat("hund kaffe ", 9), "zmvnqpalskdj",
	} {
		if got := fault(password); got != "" {
			t.Errorf("%q is refused: %s", password, got)
		}
	}
}

// A password is as long as what is hashed of it.
func TestPasswordsHaveOneForm(t *testing.T) {
	composed, taken := "bl\u00e5b\u00e6r p\u00e5 br\u00f8d", "bla\u030ab\u00e6r pa\u030a br\u00f8d"
	if NormalPassword(composed) != NormalPassword(taken) {
		t.Error("two keyboards write two passwords")
	}
	var own *Error
	if err := CheckPassword("hxzka\u030avqa\u030ap", &Account{}); !errors.As(err, &own) || own.Code != "short_password" {
		t.Errorf("nine letters of which two are put together: %v", err)
	}
}
