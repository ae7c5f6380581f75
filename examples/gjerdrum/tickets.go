package gjerdrum

import (
	"net/http"
	"strconv"
)

// event is one evening in the house of culture; the texts hold its name, when
// and where.
type event struct {
	Key   string
	Price int // kroner
}

var events = []event{
	{Key: "julekonsert", Price: 180},
	{Key: "kino", Price: 95},
	{Key: "nyttar", Price: 320},
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
		m.show(w, r, in(picked(r), "/billetter", "billetter.html"), order{Events: events})
	})
	m.mux.HandleFunc("POST /billetter/bestilling", func(w http.ResponseWriter, r *http.Request) {
		chosen, known := eventOf(r.PostFormValue("arrangement"))
		if !known {
			goTo(w, r, "/billetter")
			return
		}
		m.sessions.start(w, "billettlosning", "PHPSESSID", session{Event: chosen.Key})
		goTo(w, r, "/billetter/bestilling")
	})
	m.mux.HandleFunc("GET /billetter/bestilling", m.showOrder)
	m.mux.HandleFunc("POST /billetter/kvittering", func(w http.ResponseWriter, r *http.Request) {
		id, current, open := m.sessions.of(r, "PHPSESSID")
		seats, err := strconv.Atoi(r.PostFormValue("antall"))
		if open && err == nil && seats >= 1 && seats <= maxSeats {
			current.Seats, current.Number = seats, receipt()
			m.sessions.keep(id, current)
		}
		goTo(w, r, "/billetter/bestilling")
	})
}

func (m *municipality) showOrder(w http.ResponseWriter, r *http.Request) {
	_, current, open := m.sessions.of(r, "PHPSESSID")
	chosen, known := eventOf(current.Event)
	if !open || !known {
		goTo(w, r, "/billetter")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	m.show(w, r, in(picked(r), "/billetter", "bestilling.html"), order{
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
