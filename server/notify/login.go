package notify

import (
	"errors"
	"net"
	"net/smtp"
	"slices"
	"strings"
)

// login gives how to log in: PLAIN, or the older LOGIN where a server (such as
// Exchange) has that alone.
func (m *mailbox) login(offered string) smtp.Auth {
	host, _, _ := net.SplitHostPort(m.Server) // checked with the settings
	ways := strings.Fields(strings.ToUpper(offered))
	if slices.Contains(ways, "LOGIN") && !slices.Contains(ways, "PLAIN") {
		return &loginAuth{guard: smtp.PlainAuth("", m.User, m.Password.Reveal(), host), user: m.User, password: m.Password.Reveal()}
	}
	return smtp.PlainAuth("", m.User, m.Password.Reveal(), host)
}

// loginAuth is LOGIN, with the caution of PLAIN: nothing is said without TLS, or
// to another host.
type loginAuth struct {
	guard          smtp.Auth
	user, password string
}

// Start begins when PLAIN would.
func (a *loginAuth) Start(server *smtp.ServerInfo) (string, []byte, error) {
	_, _, err := a.guard.Start(server)
	return "LOGIN", nil, err
}

// Next answers what is asked for.
func (a *loginAuth) Next(asked []byte, more bool) ([]byte, error) {
	switch question := strings.ToLower(string(asked)); {
	case !more:
		return nil, nil
	case strings.HasPrefix(question, "user"):
		return []byte(a.user), nil
	case strings.HasPrefix(question, "pass"):
		return []byte(a.password), nil
	default:
		return nil, errors.New("the server asks for neither name nor password")
	}
}
