package notify_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
)

// A link goes to one person, in their language, and to nobody of notify.to.
func TestLetter(t *testing.T) {
	m := mailtest.New(t)
	m.Refuses = "gone@example.no"
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	i := install(t, toMail(m.Address, "dpo@kommunen.example"), m.Roots)
	const link = "https://admin.example.no/invitation/S_-ecret"
	for _, letter := range []notify.Letter{
		{To: "kari@example.no", Language: consent.Nynorsk, Organisation: "Skogen\r\nBcc: all@example.no", Link: link},
		{To: "kari@example.no", Language: consent.English, Link: link},
	} {
		if err := notify.Send(t.Context(), i.options, letter); err != nil {
			t.Fatal(err)
		}
		got := m.Got()
		if len(got) != 1 || !got[0].Secure || strings.Join(got[0].To, " ") != "kari@example.no" {
			t.Fatalf("%+v", got)
		}
		header, subject, text := got[0].Read(t)
		if header.Get("Content-Language") != string(letter.Language) || header.Get("Bcc") != "" || !strings.Contains(text, "\r\n"+link+"\r\n") {
			t.Errorf("%v\n%s", header, text)
		}
		if strings.Contains(header.Get("Message-Id")+subject, "S_-ecret") || strings.Contains(subject+text, "{") {
			t.Errorf("%v %s\n%s", header, subject, text)
		}
		if invites := strings.Contains(subject, "Skogen Bcc: all@example.no"); invites != (letter.Organisation != "") {
			t.Error(subject)
		}
	}
	if err := notify.Send(t.Context(), i.options, notify.Letter{To: "gone@example.no", Language: consent.English, Link: link}); consent.CodeOf(err) != "mail_recipient" {
		t.Error(err)
	}
}

// What an organisation calls itself leads nobody anywhere from a letter.
func TestLetterLeadsNowhereElse(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	i := install(t, toMail(m.Address, "dpo@kommunen.example"), m.Roots)
	const link = "https://admin.example.no/invitation/S_-ecret"
	for name, left := range map[string]string{"Alfa kommune. Bekreft på https://evil.example/x og": "Alfa kommune. Bekreft på […] og", "www.evil.example": ""} {
		if err := notify.Send(t.Context(), i.options, notify.Letter{To: "kari@næring.no", Language: consent.Bokmaal, Organisation: name, Link: link}); err != nil {
			t.Fatal(err)
		}
		got := m.Got()
		if len(got) != 1 || strings.Join(got[0].To, " ") != "kari@xn--nring-sra.no" {
			t.Fatalf("%+v", got)
		}
		_, subject, text := got[0].Read(t)
		if strings.Contains(subject+text, "evil") || !strings.Contains(subject, left) || strings.Count(text, "://") != 1 {
			t.Errorf("%s\n%s", subject, text)
		}
	}
}
