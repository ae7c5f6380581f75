package gjerdrum

import (
	"net/http"
	"sync"

	"github.com/samtykke/samtykke/consent"
)

// session is what the replica knows of one form, order or login: never free
// text, only which of our own choices were made.
type session struct {
	Topic, Seats int
	Event        string
	Number       string // of the receipt
}

// maxSessions bounds the memory; the demonstration forgets all beyond it.
const maxSessions = 10_000

type sessions struct {
	mu   sync.Mutex
	open map[string]session
}

func newSessions() *sessions { return &sessions{open: map[string]session{}} }

// start begins a session and writes its cookie.
func (s *sessions) start(w http.ResponseWriter, service consent.ServiceKey, pattern string, begun session) {
	id := identifier()
	s.mu.Lock()
	if len(s.open) >= maxSessions {
		clear(s.open)
	}
	s.open[id] = begun
	s.mu.Unlock()
	find(service, pattern).set(w, id)
}

// of gives the session that the request's cookie names.
func (s *sessions) of(r *http.Request, cookie string) (id string, current session, open bool) {
	named, err := r.Cookie(cookie)
	if err != nil {
		return "", session{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	current, open = s.open[named.Value]
	return named.Value, current, open
}

func (s *sessions) keep(id string, current session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, open := s.open[id]; open {
		s.open[id] = current
	}
}

func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, id)
}
