package notify_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Noon is a Wednesday: no report is due.
var noon = time.Date(2026, time.March, 4, 11, 0, 0, 0, time.UTC)

// mailServer is a mail server on this machine.
type mailServer struct {
	address string
	roots   *x509.CertPool
	secure  *tls.Config
	login   bool // only LOGIN is offered
	refuses string

	mutex   sync.Mutex
	letters []letter
}

type letter struct {
	user, from string
	to         []string
	data       string
	secure     bool
}

func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	issued := httptest.NewTLSServer(http.NotFoundHandler())
	defer issued.Close()
	roots := x509.NewCertPool()
	roots.AddCert(issued.Certificate())
	return &tls.Config{Certificates: issued.TLS.Certificates, MinVersion: tls.VersionTLS12}, roots
}

func newMailServer(t *testing.T) *mailServer {
	t.Helper()
	m := &mailServer{}
	m.secure, m.roots = certificate(t)
	return m
}

// serve serves until the test ends, or the given function is called.
func (m *mailServer) serve(t *testing.T, listener net.Listener, protect bool) (stop func()) {
	t.Helper()
	server := smtp.NewServer(m)
	server.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.AllowInsecureAuth = !protect
	if protect {
		server.TLSConfig = m.secure
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(listener)
	}()
	stop = func() {
		_ = listener.Close() // before it is served, perhaps
		_ = server.Close()
		<-ended
	}
	t.Cleanup(stop)
	m.address = listener.Addr().String()
	return stop
}

func listen(t *testing.T, address string) net.Listener {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

// got gives what has come, and forgets it.
func (m *mailServer) got() []letter {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	all := m.letters
	m.letters = nil
	return all
}

type session struct {
	server *mailServer
	conn   *smtp.Conn
	letter letter
}

func (m *mailServer) NewSession(conn *smtp.Conn) (smtp.Session, error) {
	return &session{server: m, conn: conn}, nil
}

func (s *session) AuthMechanisms() []string {
	if s.server.login {
		return []string{"LOGIN"}
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(way string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != "samtykke" || password != "correct horse" {
			return smtp.ErrAuthFailed
		}
		s.letter.user = user
		return nil
	}
	if way == "LOGIN" {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// loginServer is the other side of LOGIN.
type loginServer struct {
	check func(user, password string) error
	step  int
	user  string
}

func (l *loginServer) Next(answer []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(answer)
		return []byte("Password:"), false, nil
	default:
		return nil, true, l.check(l.user, string(answer))
	}
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.letter.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == s.server.refuses {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	}
	s.letter.to = append(s.letter.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	_, s.letter.secure = s.conn.TLSConnectionState()
	s.letter.data = string(data)
	s.server.mutex.Lock()
	s.server.letters = append(s.server.letters, s.letter)
	s.server.mutex.Unlock()
	return err
}

func (s *session) Reset()        { s.letter = letter{user: s.letter.user} }
func (s *session) Logout() error { return nil }

// installation is a store with what watches it.
type installation struct {
	*sqlite.Store

	path    string
	now     time.Time
	said    *bytes.Buffer
	options notify.Options
}

func open(t *testing.T, path string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), sqlite.Options{Path: path, Exclusive: true})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func install(t *testing.T, settings config.Notify, roots *x509.CertPool) *installation {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samtykke.db")
	i := &installation{Store: open(t, path), path: path, now: noon, said: new(bytes.Buffer)}
	t.Cleanup(func() { _ = i.Close() })
	if settings.Language == "" {
		settings.Language = "en"
	}
	i.options = notify.Options{
		Settings: settings, Store: i.Store, Memory: path + ".notified", Clock: func() time.Time { return i.now },
		Log: slog.New(slog.NewTextHandler(i.said, nil)), Roots: roots,
	}
	return i
}

// broken gives a site a gap today.
func (i *installation) broken(t *testing.T, site consent.SiteKey, name string) {
	t.Helper()
	draft := storagetest.Draft(site)
	draft.Site.Name = consent.Text{consent.Bokmaal: "Prøvekommunen", consent.English: name}
	must(t, i.SaveDraft(t.Context(), draft, i.now))
	must(t, i.AddTallies(t.Context(), []consent.Tally{{Site: site, Day: consent.MidnightOf(i.now), Shown: 400, Decided: 300, Acknowledged: 300}}))
}

// steps lets time pass, minute by minute.
func (i *installation) steps(t *testing.T, w *notify.Watcher, minutes int) {
	t.Helper()
	for range minutes {
		w.Step(t.Context())
		i.now = i.now.Add(time.Minute)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func codeOf(err error) string {
	var known *consent.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return ""
}

func toMail(server string, to ...string) config.Notify {
	return config.Notify{Language: "en", To: to, Mail: config.Mail{
		Server: server, From: "samtykke@kommunen.example", TLS: config.MailStartTLS, User: "samtykke", Password: config.NewSecret("correct horse"),
	}}
}

var key = strings.Repeat("k", 32)
