package config

import (
	"errors"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// MailTLS is how a connection to the mail server is protected.
type MailTLS string

// The ways to protect it.
const (
	MailStartTLS MailTLS = "starttls" // asked for before anything is said
	MailImplicit MailTLS = "implicit" // from the first byte
	MailPlain    MailTLS = "none"     // to this machine alone
)

// UnmarshalText reads a way to protect a connection.
func (m *MailTLS) UnmarshalText(text []byte) error {
	switch way := MailTLS(strings.ToLower(string(text))); way {
	case MailStartTLS, MailImplicit, MailPlain:
		*m = way
		return nil
	default:
		return errors.New("write starttls, implicit or none")
	}
}

// NotifyLanguage is a language that messages come in.
type NotifyLanguage string

// UnmarshalText reads a language.
func (l *NotifyLanguage) UnmarshalText(text []byte) error {
	switch lang := consent.Language(strings.ToLower(string(text))); lang {
	case consent.Bokmaal, consent.Nynorsk, consent.English:
		*l = NotifyLanguage(lang)
		return nil
	default:
		return errors.New("write nb, nn or en")
	}
}

// Anyone says whether there is anyone to tell.
func (n *Notify) Anyone() bool { return n.Mail.Server != "" || n.Webhook.URL != "" }

func (c *Config) validateNotify(check *checker) {
	c.validateMail(check)
	hook := c.Notify.Webhook
	used, signed := hook.URL != "", !hook.Key.IsZero()
	check.require(!used || isHook(hook.URL), "notify.webhook.url", "bad_address",
		"This is not an address that messages may be posted to.", "Write an https address without a name or password in it, such as https://example.no/hooks/samtykke.")
	if used {
		check.needs(hook.Key, "notify.webhook.key", "needs_key",
			"There is a webhook without a key to sign what is sent.", "Set it to the output of: openssl rand -base64 32")
	}
	check.require(used || !signed, "notify.webhook.url", "needs_url",
		"There is a key for a webhook, but no webhook.", "Set notify.webhook.url too, or leave both out.")
	check.require(!signed || len(hook.Key.Reveal()) >= minKey, "notify.webhook.key", "weak_key",
		"The key is shorter than 32 characters.", "Set it to the output of: openssl rand -base64 32")
}

func (c *Config) validateMail(check *checker) {
	m, to := c.Notify.Mail, c.Notify.To
	used := m.Server != ""
	check.require(!used || reaches(m.Server), "notify.mail.server", "bad_address",
		"This is not a mail server.", "Write host:port, such as smtp.example.no:587.")
	check.require(!used || m.From != "", "notify.mail.from", "missing",
		"Messages come from nobody.", "Set notify.mail.from, such as samtykke@example.no.")
	check.require(m.From == "" || IsAddress(m.From), "notify.mail.from", "bad_mail",
		"This is not an e-mail address.", "Write the address alone, such as samtykke@example.no.")
	check.require(!used || len(to) > 0, "notify.to", "missing",
		"Messages go to nobody.", "Set notify.to, such as [personvern@example.no].")
	for _, address := range to {
		check.require(IsAddress(address), "notify.to", "bad_mail",
			strconv.Quote(address)+" is not an e-mail address.", "Write addresses alone, such as personvern@example.no.")
	}
	check.require(used || m.From == "" && m.User == "" && m.Password.IsZero() && len(to) == 0, "notify.mail.server", "needs_server",
		"E-mail is set up, but there is no server that takes it.", "Set notify.mail.server, such as smtp.example.no:587, or leave out all of notify.mail and notify.to.")
	if m.User != "" {
		check.needs(m.Password, "notify.mail.password", "needs_password",
			"There is a name to log in with, but no password.", "Set notify.mail.password too, or leave both out.")
	}
	check.require(m.User != "" || m.Password.IsZero(), "notify.mail.user", "needs_user",
		"There is a password, but no name to log in with.", "Set notify.mail.user too, or leave both out.")
	host, _, _ := net.SplitHostPort(m.Server)
	check.require(m.TLS != MailPlain || !used || isOwnMachine(host), "notify.mail.tls", "not_protected",
		"Messages and password would cross the network for anyone to read.", "Write starttls or implicit. none is for a mail server on this machine.")
}

// reaches says whether text names a host and a port on it.
func reaches(text string) bool {
	host, port, err := net.SplitHostPort(text)
	return err == nil && host != "" && port != "0" && listens(text) && !strings.ContainsAny(host, " \t\r\n@/")
}

// IsAddress says whether text is one e-mail address and nothing else, of
// characters that every mail server takes.
func IsAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Name != "" || parsed.Address != text {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '<' || r == '>' })
}

// isHook says whether messages may be posted to an address.
func isHook(text string) bool {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil || parsed.Fragment != "" {
		return false
	}
	return parsed.Scheme == "https" || parsed.Scheme == "http" && isOwnMachine(parsed.Hostname())
}

// isOwnMachine says whether a host is this machine.
func isOwnMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
