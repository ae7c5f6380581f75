package notify_test

import (
	"context"
	"crypto/tls"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
)

func outcome(t *testing.T, i *installation, change func(*config.Notify)) string {
	t.Helper()
	options := i.options
	if change != nil {
		change(&options.Settings)
	}
	all := notify.Test(t.Context(), options)
	if all[0].Err == nil {
		return ""
	}
	if strings.Contains(all[0].Err.Error(), "correct horse") {
		t.Errorf("the password is told: %v", all[0].Err)
	}
	return consent.CodeOf(all[0].Err)
}

// A letter goes out encrypted and logged in, or not at all.
func TestMail(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	i := install(t, toMail(m.Address, "dpo@kommunen.example"), m.Roots)
	if code := outcome(t, i, nil); code != "" {
		t.Fatal(code)
	}
	got := m.Got()
	if len(got) != 1 || !got[0].Secure || got[0].User != "samtykke" || got[0].From != "samtykke@kommunen.example" || strings.Join(got[0].To, " ") != "dpo@kommunen.example" {
		t.Fatalf("%+v", got)
	}
	header, subject, text := got[0].Read(t)
	if subject != "Test message from Samtykke" || !strings.Contains(text, "get here") || header.Get("Auto-Submitted") != "auto-generated" || header.Get("Message-Id") == "" {
		t.Errorf("%q %q %v", subject, text, header)
	}
	if when, err := header.Date(); err != nil || !when.Equal(noon) {
		t.Errorf("%v %v", when, err)
	}
	for name, test := range map[string]struct {
		change func(*config.Notify)
		want   string
	}{
		"wrong password": {func(n *config.Notify) { n.Mail.Password = config.NewSecret("wrong") }, "mail_login"},
		"wrong name":     {func(n *config.Notify) { n.Mail.Server = strings.Replace(n.Mail.Server, "127.0.0.1", "localhost", 1) }, "mail_certificate"},
		"TLS at once":    {func(n *config.Notify) { n.Mail.TLS = config.MailImplicit }, "mail_certificate"},
		"nobody there":   {func(n *config.Notify) { n.Mail.Server = "127.0.0.1:1" }, "mail_unreachable"},
	} {
		if code := outcome(t, i, test.change); code != test.want {
			t.Errorf("%s: %q, want %q", name, code, test.want)
		}
	}
	i.options.Roots = nil
	if code := outcome(t, i, nil); code != "mail_certificate" {
		t.Errorf("a certificate that nobody vouches for: %q", code)
	}
	if got := m.Got(); len(got) != 0 {
		t.Errorf("%d letters went out all the same", len(got))
	}
}

// A server without STARTTLS gets neither the letter nor the password.
func TestMailIsNeverInTheOpen(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), false)
	i := install(t, toMail(m.Address, "dpo@kommunen.example"), m.Roots)
	if code := outcome(t, i, nil); code != "mail_no_tls" || len(m.Got()) != 0 {
		t.Error(code)
	}
	if code := outcome(t, i, func(n *config.Notify) { n.Mail.TLS = config.MailPlain }); code != "" || len(m.Got()) != 1 {
		t.Errorf("to this machine: %q", code)
	}
}

// Port 465, and the login of Exchange.
func TestMailOtherWays(t *testing.T) {
	m := mailtest.New(t)
	m.Login = true
	m.Serve(t, tls.NewListener(listen(t, "127.0.0.1:0"), m.Secure), true)
	i := install(t, toMail(m.Address, "dpo@kommunen.example"), m.Roots)
	if code := outcome(t, i, func(n *config.Notify) { n.Mail.TLS = config.MailImplicit }); code != "" {
		t.Fatal(code)
	}
	if got := m.Got(); len(got) != 1 || got[0].User != "samtykke" {
		t.Errorf("%+v", got)
	}
	if code := outcome(t, i, func(n *config.Notify) { n.Mail.TLS, n.Mail.Password = config.MailImplicit, config.NewSecret("wrong") }); code != "mail_login" {
		t.Error(code)
	}
}

// Whatever a site is called, it begins no header and no second letter.
func TestHostileNames(t *testing.T) {
	for name, hostile := range map[string]string{
		"header":     "Forest\r\nBcc: everyone@example.com\r\n\r\nbuy",
		"line feed":  "Forest\nBcc: everyone@example.com",
		"end":        "Forest\r\n.\r\nMAIL FROM:<evil@example.com>\r\n",
		"separators": "Forest\u2028Bcc: everyone@example.com\u0085X: y",
		"direction":  "Forest \u202eelpmaxe\u202c",
		"encoded":    "Forest =?utf-8?q?=0D=0ABcc:_everyone?=",
		"null":       "Forest\x00",
		"long":       "Forest" + strings.Repeat("å", 100_000),
		"emoji":      "Forest \U0001f332",
		"place":      "Forest {n} {what}",
	} {
		t.Run(name, func(t *testing.T) {
			m := mailtest.New(t)
			m.Serve(t, listen(t, "127.0.0.1:0"), true)
			i := install(t, toMail(m.Address, "dpo@kommunen.example"), m.Roots)
			i.broken(t, "skogen", hostile)
			i.steps(t, notify.New(i.options), 3)
			got := m.Got()
			if len(got) != 1 || len(got[0].To) != 1 {
				t.Fatalf("%d letters; %s", len(got), i.said)
			}
			header, subject, text := got[0].Read(t)
			if len(header) != 10 || header.Get("Bcc") != "" || header.Get("X") != "" {
				t.Errorf("%v", header)
			}
			if !strings.HasPrefix(subject, "Decisions are missing: Forest") || strings.ContainsAny(subject+text, "\x00\u202e\u2028\u0085") || len(got[0].Data) > 5000 {
				t.Errorf("%q %q", subject, text)
			}
			if strings.Count(text, "\n– ")+strings.Count(text, "\r\n– ") == 0 || strings.Contains(text, "\r\nBcc") {
				t.Errorf("%q", text)
			}
		})
	}
}

// A dead mail server is waited for: it is asked less and less often, one line
// says so, and then everything is told, once.
func TestOutageAndRecovery(t *testing.T) {
	m := mailtest.New(t)
	listener := listen(t, "127.0.0.1:0")
	stop := m.Serve(t, listener, true)
	stop()
	i := install(t, toMail(m.Address, "dpo@kommunen.example", "it@kommunen.example"), m.Roots)
	i.broken(t, "skogen", "Forest")
	w := notify.New(i.options)
	i.steps(t, w, 120)
	if n := strings.Count(i.said.String(), "did not get out"); n != 2 { // one for each person
		t.Errorf("%d lines: %s", n, i.said)
	}
	if strings.Contains(i.said.String(), "correct horse") {
		t.Error("the password is in the log")
	}
	m.Refuses = "it@kommunen.example"
	m.Serve(t, listen(t, m.Address), true)
	i.steps(t, w, 120)
	if got := m.Got(); len(got) != 1 || got[0].To[0] != "dpo@kommunen.example" {
		t.Errorf("%+v", got)
	}
	m.Refuses = ""
	i.steps(t, w, 90)
	if got := m.Got(); len(got) != 1 || got[0].To[0] != "it@kommunen.example" {
		t.Errorf("%+v", got)
	}
	if n := strings.Count(i.said.String(), "get out again"); n != 2 {
		t.Errorf("%s", i.said)
	}
	i.steps(t, w, 60)
	i.steps(t, notify.New(i.options), 60) // after a restart
	if got := m.Got(); len(got) != 0 {
		t.Errorf("%d were sent twice", len(got))
	}
	i.broken(t, "havet", "Sea")
	i.steps(t, notify.New(i.options), 15)
	if got := m.Got(); len(got) != 2 || !strings.Contains(got[0].Data, "Sea") || strings.Contains(got[0].Data, "Forest") {
		t.Errorf("%+v", got)
	}
}

// What fails is left alone longer and longer, at most an hour.
func TestBackOff(t *testing.T) {
	listener := listen(t, "127.0.0.1:0")
	came := make(chan struct{}, 1000)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_ = conn.Close()
			came <- struct{}{}
		}
	}()
	t.Cleanup(func() { _ = listener.Close() })
	i := install(t, toMail(listener.Addr().String(), "dpo@kommunen.example"), nil)
	i.broken(t, "skogen", "Forest")
	w := notify.New(i.options)
	begun := i.now
	var tries []int
	for i.now.Sub(begun) < 5*time.Hour {
		w.Step(t.Context())
		select {
		case <-came:
			tries = append(tries, int(i.now.Sub(begun).Minutes()))
		default:
		}
		i.now = i.now.Add(time.Minute)
	}
	if len(tries) < 8 || len(tries) > 12 {
		t.Errorf("%d tries in five hours: %v", len(tries), tries)
	}
}

// A mail server that says nothing holds up nobody who ends.
func TestSilentServer(t *testing.T) {
	listener := listen(t, "127.0.0.1:0")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		cancel() // and the connection stays open
		<-t.Context().Done()
		_ = conn.Close()
	}()
	t.Cleanup(func() { _ = listener.Close() })
	i := install(t, toMail(listener.Addr().String(), "dpo@kommunen.example"), nil)
	begun := time.Now()
	if told := notify.Test(ctx, i.options); told[0].Err == nil || time.Since(begun) > 20*time.Second {
		t.Errorf("%+v after %v", told, time.Since(begun))
	}
}
