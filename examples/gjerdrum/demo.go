package gjerdrum

import (
	"net/http"
)

// demonstration serves what only a demonstration has: what third parties were
// asked for, and the left-overs of the switched-off logins.
func (m *municipality) demonstration(requests *requestLog) {
	m.mux.Handle("GET /_demo/requests", requests)
	m.mux.HandleFunc("POST /_demo/reset", func(w http.ResponseWriter, _ *http.Request) {
		requests.reset()
		w.WriteHeader(http.StatusNoContent)
	})
	m.mux.HandleFunc("POST /_demo/plant", func(w http.ResponseWriter, r *http.Request) {
		plant(w)
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
}

// plant leaves the cookies of the old Google and Facebook logins.
func plant(w http.ResponseWriter) {
	for _, row := range Rows {
		if row.Action == Planted {
			row.set(w, identifier())
		}
	}
}
