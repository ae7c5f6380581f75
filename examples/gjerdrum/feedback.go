package gjerdrum

import (
	"net/http"
	"strings"
)

// feedbackPage is what the feedback page shows.
type feedbackPage struct {
	Thanks bool
	Clicks int // that the visitor let the page remember and sent along
}

// maxClicks is as many clicks as the feedback form takes along.
const maxClicks = 50

// feedback wires "Fant du det du lette etter?" of the publishing system.
func (m *municipality) feedback() {
	show := func(w http.ResponseWriter, r *http.Request, content feedbackPage) {
		if _, _, open := m.sessions.of(r, aspSession); !open {
			m.sessions.start(w, "publisering", aspSession, session{})
		}
		w.Header().Set("Cache-Control", "no-store")
		m.show(w, r, in(picked(r), "/tilbakemelding", "tilbakemelding.html"), content)
	}
	m.mux.HandleFunc("GET /tilbakemelding", func(w http.ResponseWriter, r *http.Request) {
		show(w, r, feedbackPage{})
	})
	m.mux.HandleFunc("POST /tilbakemelding", func(w http.ResponseWriter, r *http.Request) {
		sent := feedbackPage{Thanks: true}
		if pattern, err := r.Cookie("SSP-Fantdu"); err == nil {
			sent.Clicks = min(strings.Count(pattern.Value, "."), maxClicks)
		}
		show(w, r, sent)
	})
}
