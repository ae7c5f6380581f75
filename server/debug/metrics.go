package debug

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/samtykke/samtykke/consent"
)

// Metrics count what the server does. No label says anything about a visitor,
// and none takes a value from a request: routes are patterns, sites are known.
type Metrics struct {
	registry *prometheus.Registry
	answered *prometheus.CounterVec
	stored   *prometheus.CounterVec
	refused  *prometheus.CounterVec
	panics   prometheus.Counter
	full     prometheus.Counter
}

// NewMetrics makes counters in a registry of their own.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		answered: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "samtykke_requests_total", Help: "Answered requests by route and status.",
		}, []string{"route", "status"}),
		stored: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "samtykke_decisions_stored_total", Help: "Decisions acknowledged after they were on disk.",
		}, []string{"site", "method"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "samtykke_refused_total", Help: "Refused requests by reason code.",
		}, []string{"reason"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "samtykke_panics_total", Help: "Requests that ended in a panic.",
		}),
		full: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "samtykke_queue_full_total", Help: "Requests turned away because the store's queue was full.",
		}),
	}
	m.registry.MustRegister(m.answered, m.stored, m.refused, m.panics, m.full,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Answered counts one answered request by the pattern of its route.
func (m *Metrics) Answered(route string, status int) {
	m.answered.WithLabelValues(route, strconv.Itoa(status)).Inc()
}

// Stored counts one Decision that is on disk.
func (m *Metrics) Stored(site consent.SiteKey, method consent.Method) {
	m.stored.WithLabelValues(string(site), string(method)).Inc()
}

// Refused counts one refused request by its stable code.
func (m *Metrics) Refused(reason string) {
	m.refused.WithLabelValues(reason).Inc()
	if reason == "full" {
		m.full.Inc()
	}
}

// Panicked counts one request that ended in a panic.
func (m *Metrics) Panicked() { m.panics.Inc() }
