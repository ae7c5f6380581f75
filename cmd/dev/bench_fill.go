package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// sampled is how many of the decisions are looked for later.
const sampled = 1000

// filling appends decisions from as many callers as a load has connections.
type filling struct {
	bundle consent.BundleID
	total  int

	begun  time.Time
	tenths [10]time.Time // when each tenth was there
	sample []*consent.Decision
}

func (f *filling) fill(ctx context.Context, store consent.Store) error {
	f.sample = make([]*consent.Decision, min(sampled, f.total))
	var next, done atomic.Int64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	f.begun = time.Now()
	for range connections {
		group.Go(func() {
			for n := next.Add(1) - 1; n < int64(f.total) && failed.Load() == nil; n = next.Add(1) - 1 {
				d := someDecision(f.bundle, n, f.at(n))
				if at := int(n) * len(f.sample) / f.total; f.sample[at] == nil && at*f.total/len(f.sample) == int(n) {
					f.sample[at] = d
				}
				if _, err := store.Append(ctx, d); err != nil {
					failed.Store(&err)
				}
				f.passed(int(done.Add(1)))
			}
		})
	}
	group.Wait()
	if first := failed.Load(); first != nil {
		return *first
	}
	return nil
}

// at spreads the decisions over the year that ends now, as a site has them.
func (f *filling) at(n int64) time.Time {
	const year = 365 * 24 * time.Hour
	return f.begun.Add(-year + time.Duration(float64(year)*float64(n)/float64(f.total)))
}

// passed notes when a tenth is full. Each count comes once.
func (f *filling) passed(count int) {
	tenth := count * 10 / f.total
	if tenth > 0 && count == (tenth*f.total+9)/10 {
		f.tenths[tenth-1] = time.Now()
		fmt.Fprintf(os.Stderr, "  %d of %d\n", count, f.total)
	}
}

// rate gives the decisions a second between two parts of the whole, in tenths.
func (f *filling) rate(from, to float64) float64 {
	at := func(part float64) time.Time {
		if part == 0 {
			return f.begun
		}
		return f.tenths[int(part*10+0.5)-1]
	}
	return (to - from) * float64(f.total) / at(to).Sub(at(from)).Seconds()
}

func someDecision(bundle consent.BundleID, n int64, at time.Time) *consent.Decision {
	d := &consent.Decision{
		Site: "gjerdrum", Notice: 1, Bundle: bundle, Language: consent.Bokmaal, Method: consent.RejectAll, Layer: consent.LayerFirst,
		State: consent.StateRefused, Time: at,
		Choice: consent.Choice{Categories: map[consent.CategoryKey]bool{consent.Statistics: n%3 == 0}},
	}
	if n%3 == 0 {
		d.Method, d.State = consent.AcceptAll, consent.StateGiven
	}
	_, _ = rand.Read(d.ID[:])
	_, _ = rand.Read(d.Visitor[:])
	for _, at := range [][]byte{d.ID[:8], d.Visitor[:8]} {
		binary.BigEndian.PutUint64(at, uint64(d.Time.UnixMilli())<<16|uint64(n&0x0fff))
	}
	return d
}
