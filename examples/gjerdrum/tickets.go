package gjerdrum

import (
	"net/http"
	"strconv"
)

// event is one evening in the house of culture.
type event struct {
	Key, Name, When, Where string
	Price                  int // kroner
}

var events = []event{
	{Key: "julekonsert", Name: "Julekonsert med korpset", When: "søndag 6. desember klokka 18", Where: "Store sal", Price: 180},
	{Key: "kino", Name: "Familiekino: Snøfall over åsen", When: "lørdag 12. desember klokka 13", Where: "Kinosalen", Price: 95},
	{Key: "nyttar", Name: "Nyttårsforestilling", When: "fredag 8. januar klokka 19", Where: "Store sal", Price: 320},
}

// order is what the ticket page shows: the list, or one order on its way.
type order struct {
	Events []event
	Event  event
	Seats  int
	Total  int
	Number string
}

const maxSeats = 6

// tickets wires the ticket sale: its session begins when an order does.
func (m *municipality) tickets() {
	m.mux.HandleFunc("GET /billetter", func(w http.ResponseWriter, r *http.Request) {
		for _, row := range written(m.options, Municipality, "/billetter") {
			row.set(w, identifier())
		}
		m.show(w, r, of("/billetter", "billetter.html"), order{Events: events})
	})
	m.mux.HandleFunc("POST /billetter/bestilling", func(w http.ResponseWriter, r *http.Request) {
		chosen, known := eventOf(r.PostFormValue("arrangement"))
		if !known {
			http.Redirect(w, r, "/billetter", http.StatusSeeOther)
			return
		}
		m.sessions.start(w, "billettlosning", "PHPSESSID", session{Event: chosen.Key})
		http.Redirect(w, r, "/billetter/bestilling", http.StatusSeeOther)
	})
	m.mux.HandleFunc("GET /billetter/bestilling", m.showOrder)
	m.mux.HandleFunc("POST /billetter/kvittering", func(w http.ResponseWriter, r *http.Request) {
		id, current, open := m.sessions.of(r, "PHPSESSID")
		seats, err := strconv.Atoi(r.PostFormValue("antall"))
		if open && err == nil && seats >= 1 && seats <= maxSeats {
			current.Seats, current.Number = seats, receipt()
			m.sessions.keep(id, current)
		}
		http.Redirect(w, r, "/billetter/bestilling", http.StatusSeeOther)
	})
}

func (m *municipality) showOrder(w http.ResponseWriter, r *http.Request) {
	_, current, open := m.sessions.of(r, "PHPSESSID")
	chosen, known := eventOf(current.Event)
	if !open || !known {
		http.Redirect(w, r, "/billetter", http.StatusSeeOther)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	m.show(w, r, of("/billetter", "bestilling.html"), order{
		Event: chosen, Seats: current.Seats, Total: current.Seats * chosen.Price, Number: current.Number,
	})
}

func eventOf(key string) (event, bool) {
	for _, e := range events {
		if e.Key == key {
			return e, true
		}
	}
	return event{}, false
}
