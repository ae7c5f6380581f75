package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// slowdown is how much slower the emulated processor is than this one.
const slowdown = 4

// The emulated network: a round trip in milliseconds, and bytes a second.
const (
	roundTrip  = 150
	throughput = 1.6e6 / 8
)

// benchBanner loads the same page under each banner in turn, on a slow processor and
// a slow network, and compares when the banner stands: with the floor, a script of
// 6 kB that does nothing but put a section on top, and with peers from npm.
func benchBanner(ctx context.Context, s served, e effort) ([]measure, error) {
	all, err := contenders(ctx, s.dir, s)
	if err != nil {
		return nil, err
	}
	site := serveContenders(all)
	defer site.Close()
	browser, stop, err := openBrowser(ctx)
	if err != nil {
		return nil, err
	}
	defer stop()
	loads := map[string][]loaded{}
	fmt.Fprintf(os.Stderr, "  %d loads of each, processor %d × slower, %d ms round trip\n", e.rounds, slowdown, roundTrip)
	for round := range e.rounds {
		for i, one := range all {
			found, err := loadUnder(browser, fmt.Sprintf("%s/%d", site.URL, i), one)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", one.name, err)
			}
			loads[one.name] = append(loads[one.name], found)
		}
		fmt.Fprintf(os.Stderr, "  round %d: the floor stands after %.0f ms, samtykke after %.0f ms\n", round+1, loads["floor"][round].Stood, loads["samtykke"][round].Stood)
	}
	var gates []float64
	for range e.rounds {
		took, err := gateWork(browser, site.URL)
		if err != nil {
			return nil, fmt.Errorf("the gate: %w", err)
		}
		gates = append(gates, took)
	}
	return bannerMeasures(all, loads, median(gates)), nil
}

func bannerMeasures(all []contender, loads map[string][]loaded, gate float64) []measure {
	of := func(name string, figure func(loaded) float64) float64 {
		values := make([]float64, 0, len(loads[name]))
		for _, load := range loads[name] {
			values = append(values, figure(load))
		}
		return median(values)
	}
	stood := func(l loaded) float64 { return l.Stood }
	paint := func(l loaded) float64 { return l.Paint }
	largest := func(l loaded) float64 { return l.Largest }
	shift := func(l loaded) float64 { return l.Shift }
	press := func(l loaded) float64 { return l.Press }
	long := func(l loaded) float64 { return l.Long }

	floor := of("floor", stood)
	found := []measure{{"floor stands", floor, "ms", "", true}}
	for _, one := range all {
		if one.stands == "" || one.name == "floor" {
			continue
		}
		m := measure{Name: one.name + " stands", Value: of(one.name, stood) / floor, Unit: "×", Met: true}
		if one.name == "samtykke" {
			m.Budget, m.Met = "≤ 1.15", m.Value <= 1.15
		}
		found = append(found, m)
	}
	for _, one := range all {
		if one.stands != "" && one.name != "samtykke" {
			found = append(found, measure{one.name + " press", of(one.name, press), "ms", "", true}, measure{one.name + " shift", of(one.name, shift), "", "", true},
				measure{one.name + " long tasks", of(one.name, long), "ms", "", true})
		}
	}
	const frame = 16
	later := of("samtykke", paint) - of("floor", paint)
	moved := of("samtykke", largest) - of("no banner", largest)
	whole := 0
	for _, one := range all {
		if one.name == "samtykke" {
			whole = len(one.files["gjerdrum.js"])
		}
	}
	bound := func(name string, value float64, unit string, most float64, budget string) measure {
		return measure{name, value, unit, budget, value <= most}
	}
	return append(found,
		bound("first paint after the floor's", later, "ms", frame, "≤ 16, a frame"),
		bound("largest paint moved by", moved, "ms", roundTrip+frame+1000*6500/throughput, "≤ the script's round trip"),
		bound("layout shift", of("samtykke", shift), "", 0, "0"),
		bound("long tasks beyond the page's", of("samtykke", long)-of("no banner", long), "ms", 0, "0"),
		bound("press until closed", of("samtykke", press), "ms", 50, "≤ 50"),
		bound("gate, 50 elements", gate, "ms", 5, "≤ 5"),
		bound("more to unpack", float64(whole), "bytes", 15_000, "≤ 15,000"),
	)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// loaded is what a page saw of its own loading, in milliseconds.
type loaded struct {
	Stood, Paint, Largest, Shift, Long, Press float64
}

func (l *loaded) read(text string) error { return json.Unmarshal([]byte(text), l) }
