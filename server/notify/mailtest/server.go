// Package mailtest is a mail server for tests, which checks passwords and protects
// connections as real ones do.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Server is a mail server on this machine. Set its fields before Serve.
type Server struct {
	Address string // that it listens at
	Roots   *x509.CertPool
	Secure  *tls.Config
	Login   bool // only LOGIN is offered
	Refuses string

	mutex   sync.Mutex
	letters []Letter
}

// Letter is what it was handed.
type Letter struct {
	User, From string
	To         []string
	Data       string
	Secure     bool
}

func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	issued := httptest.NewTLSServer(http.NotFoundHandler())
	defer issued.Close()
	roots := x509.NewCertPool()
	roots.AddCert(issued.Certificate())
	return &tls.Config{Certificates: issued.TLS.Certificates, MinVersion: tls.VersionTLS12}, roots
}

// New makes one that does not listen yet.
func New(t *testing.T) *Server {
	t.Helper()
	m := &Server{}
	m.Secure, m.Roots = certificate(t)
	return m
}

// Serve serves until the test ends, or the given function is called.
func (m *Server) Serve(t *testing.T, listener net.Listener, protect bool) (stop func()) {
	t.Helper()
	server := smtp.NewServer(m)
	server.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.AllowInsecureAuth = !protect
	if protect {
		server.TLSConfig = m.Secure
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
	m.Address = listener.Addr().String()
	return stop
}

// Got gives what has come, and forgets it.
func (m *Server) Got() []Letter {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	all := m.letters
	m.letters = nil
	return all
}

type session struct {
	server *Server
	conn   *smtp.Conn
	letter Letter
}

// NewSession is for the library that serves.
func (m *Server) NewSession(conn *smtp.Conn) (smtp.Session, error) {
	return &session{server: m, conn: conn}, nil
}

func (s *session) AuthMechanisms() []string {
	if s.server.Login {
		return []string{"LOGIN"}
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(way string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != "samtykke" || password != "correct horse" {
			return smtp.ErrAuthFailed
		}
		s.letter.User = user
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
	s.letter.From = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == s.server.Refuses {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	}
	s.letter.To = append(s.letter.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	_, s.letter.Secure = s.conn.TLSConnectionState()
	s.letter.Data = string(data)
	s.server.mutex.Lock()
	s.server.letters = append(s.server.letters, s.letter)
	s.server.mutex.Unlock()
	return err
}

func (s *session) Reset()        { s.letter = Letter{User: s.letter.User} }
func (s *session) Logout() error { return nil }

// Read takes the letter apart as a mail program does.
func (l *Letter) Read(t *testing.T) (header mail.Header, subject, text string) {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(l.Data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(message.Body))
	if err != nil {
		t.Fatal(err)
	}
	return message.Header, subject, string(body)
}
