package gjerdrum

import "net/http"

// login wires My page: a session from login to log-out.
func (m *municipality) login() {
	m.mux.HandleFunc("GET /minside", func(w http.ResponseWriter, r *http.Request) {
		_, _, open := m.sessions.of(r, aspSession)
		w.Header().Set("Cache-Control", "no-store")
		m.show(w, r, in(picked(r), "/minside", "minside.html"), open)
	})
	m.mux.HandleFunc("POST /minside/logg-inn", func(w http.ResponseWriter, r *http.Request) {
		m.sessions.start(w, "minside", aspSession, session{})
		goTo(w, r, "/minside")
	})
	m.mux.HandleFunc("POST /minside/logg-ut", func(w http.ResponseWriter, r *http.Request) {
		id, _, _ := m.sessions.of(r, aspSession)
		m.sessions.end(id)
		find("minside", aspSession).clear(w)
		goTo(w, r, "/minside")
	})
}
