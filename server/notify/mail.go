package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/smtp"
	"strings"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// mailbox is one person's, reached through the mail server.
type mailbox struct {
	config.Mail

	to    string
	roots *x509.CertPool
}

func (m *mailbox) name() string  { return "mail:" + m.to }
func (m *mailbox) by() string    { return "mail" }
func (m *mailbox) label() string { return m.to + " (" + m.Server + ")" }

// dialWithin is how long a connection may take to come up.
const dialWithin = 10 * time.Second

// send hands the message to the mail server.
func (m *mailbox) send(ctx context.Context, what *Message) error {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	conn, err := (&net.Dialer{Timeout: dialWithin}).DialContext(ctx, "tcp", m.Server)
	if err != nil {
		return failure("mail_unreachable", "The mail server "+m.Server+" cannot be reached. Look at notify.mail.server, and whether a firewall is between.", err)
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // whatever waits then ends
	client, err := m.greet(ctx, conn)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	defer func() { _ = client.Close() }()
	return m.hand(client, what)
}

// greet begins to speak to the server, protected as the settings say.
func (m *mailbox) greet(ctx context.Context, conn net.Conn) (*smtp.Client, error) {
	host, _, _ := net.SplitHostPort(m.Server) // checked with the settings
	protect := &tls.Config{ServerName: host, RootCAs: m.roots, MinVersion: tls.VersionTLS12}
	if m.TLS == config.MailImplicit {
		secure := tls.Client(conn, protect)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, unprotected(err)
		}
		conn = secure
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return nil, failure("mail_unreachable", "What answers at "+m.Server+" is no mail server, or wants TLS at once. With port 465, set notify.mail.tls to implicit.", err)
	}
	if err := client.Hello(m.domain()); err != nil {
		return nil, failure("mail_refused", "The mail server turns this one away. Ask those who run it to let it in.", err)
	}
	if m.TLS != config.MailStartTLS {
		return client, nil
	}
	if offered, _ := client.Extension("STARTTLS"); !offered {
		return nil, failure("mail_no_tls", "The mail server offers no STARTTLS, and nothing is sent without. Use its other port, and notify.mail.tls implicit.", nil)
	}
	if err := client.StartTLS(protect); err != nil {
		return nil, unprotected(err)
	}
	return client, nil
}

func unprotected(err error) error {
	return failure("mail_certificate", "The mail server's certificate does not hold, or it speaks no TLS. notify.mail.server must have the name that the certificate has, and this machine must trust who issued it.", err)
}

// hand logs in and hands the message over.
func (m *mailbox) hand(client *smtp.Client, what *Message) error {
	if m.User != "" {
		_, offered := client.Extension("AUTH")
		if err := client.Auth(m.login(offered)); err != nil {
			return failure("mail_login", "The mail server does not take the login. Look at notify.mail.user and notify.mail.password.", err)
		}
	}
	if err := client.Mail(m.From); err != nil {
		return failure("mail_sender", "The mail server takes nothing from "+m.From+". Set notify.mail.from to an address that this login may send from.", err)
	}
	if err := client.Rcpt(consent.MailAddress(m.to)); err != nil {
		return failure("mail_recipient", "The mail server takes nothing for "+m.to+". Look at notify.to.", err)
	}
	body, err := client.Data()
	if err == nil {
		_, err = body.Write(m.letter(what))
		err = errors.Join(err, body.Close())
	}
	if err != nil {
		return failure("mail_refused", "The mail server did not take the message. Its answer says why.", err)
	}
	_ = client.Quit() // it has the message
	return nil
}

// letter writes the message. No text of it can begin a header: the subject is
// one line or encoded, addresses are checked with the settings.
func (m *mailbox) letter(what *Message) []byte {
	var out bytes.Buffer
	for _, header := range [][2]string{
		{"From", "Samtykke <" + m.From + ">"},
		{"To", "<" + consent.MailAddress(m.to) + ">"},
		{"Subject", mime.QEncoding.Encode("utf-8", oneLine(what.Subject, maxSubject))},
		{"Date", what.Time.Format(time.RFC1123Z)},
		{"Message-ID", "<" + what.ID + "@" + m.domain() + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"Content-Language", string(what.Language)},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		out.WriteString(header[0] + ": " + header[1] + "\r\n")
	}
	out.WriteString("\r\n")
	encoded := quotedprintable.NewWriter(&out)
	_, _ = io.WriteString(encoded, what.Text) // into memory
	_ = encoded.Close()
	return out.Bytes()
}

// domain is what the sender's address ends with.
func (m *mailbox) domain() string { return m.From[strings.LastIndexByte(m.From, '@')+1:] }
