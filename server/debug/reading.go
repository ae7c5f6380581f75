package debug

import "github.com/prometheus/client_golang/prometheus"

// Reading is a number that another part of the program keeps.
type Reading struct {
	// Name is the metric's; that of a Counter ends in _total.
	Name, Help string
	// Counter says that the number only grows while the process lives.
	Counter bool
	// Value gives the number now, NaN when it cannot be had.
	Value func() float64
}

// Watch shows readings among the metrics. Their names must be new.
func (m *Metrics) Watch(readings []Reading) {
	for _, r := range readings {
		if r.Counter {
			m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: r.Name, Help: r.Help}, r.Value))
		} else {
			m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: r.Name, Help: r.Help}, r.Value))
		}
	}
}
