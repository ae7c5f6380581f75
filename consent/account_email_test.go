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

// An address that is kept from now on is taken for no other.
func TestNewEmails(t *testing.T) {
	for _, text := range []string{
		"\u0251lfa-adm2@example.no", "alfa\u2010adm2@example.no", "\uff41lfa@example.no", "adm\uff12@example.no", "alfa-adm2\u0301@example.no", "kåre@example.no", "jose\u0301@example.no",
		"kari@exam\u0142le.no", "kari@næ\u0301ring.no", "kari@ha\u030agebostad.no", "kari@example\u2024no.no", "ka\u0131ri@example.no",
	} {
		if got, err := NewEmail(text); err == nil || CodeOf(err) != "email_letters" {
			t.Errorf("%+q: got %q, %v", text, got, err)
		}
	}
	for _, text := range []string{".kari@example.no", "kari.@example.no", "ka..ri@example.no", "ka(r)i@example.no", `"kari"@example.no`, "kari@-example.no", "kari@example..no", "kari@exa_mple.no", "kari@127.0.0.1", "kari@[::1]", "kari:x@example.no", `ka\ri@example.no`, "kari@example"} {
		if got, err := NewEmail(text); err == nil || CodeOf(err) != "bad_email" {
			t.Errorf("%+q: got %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"Kari.Nordmann+samtykke@Example.no": "kari.nordmann+samtykke@example.no", "o'brien@example.no": "o'brien@example.no", "kari@Næring.no": "kari@næring.no",
		"post@kárášjohka.no": "post@kárášjohka.no", "kari@xn--nring-sra.no": "kari@xn--nring-sra.no",
	} {
		if got, err := NewEmail(text); err != nil || got != want {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
	if got := MailAddress("kari@næring.no"); got != "kari@xn--nring-sra.no" {
		t.Errorf("mail servers get %q", got)
	}
}

// What is read in a hurry tells these from the address no more; those it does.
func TestEmailsThatLookAlike(t *testing.T) {
	const own = "alfa-adm10@næring.no"
	for _, text := range []string{"\u0251lfa-adm10@næring.no", "alfa\u2010adm10@næring.no", "alfa-adm1o@næring.no", "alfa-adml0@næring.no", "alfa-adrn10@næring.no", "alfa-adm10\u0301@næring.no", "alfa-adm10@xn--nring-sra.no", "ALFA-adm10@naering.no", "alfa-adm10@n\u01fdring.no"} {
		if EmailLooks(text) != EmailLooks(own) {
			t.Errorf("%+q is another than %q: %q", text, own, EmailLooks(text))
		}
	}
	for _, text := range []string{"alfa-adm11@næring.no", "alfa.adm10@næring.no", "alfaadm10@næring.no", "alfa-adm10@naring.no", "alfi-adm10@næring.no"} {
		if EmailLooks(text) == EmailLooks(own) {
			t.Errorf("%q is taken for %q", text, own)
		}
	}
	if EmailLooks("lina@example.no") == EmailLooks("iina@example.no") {
		t.Error("two people with two names are one")
	}
}
