package export

import (
	"io"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Reach is how far an export has come.
type Reach struct {
	Site      consent.SiteKey
	Form      string
	Decisions int   // that it holds, 0 for forms that do not hold each
	Bytes     int64 // of the file, as it is before anything packs it for the way
	// First is the time of the oldest decision in it, At of the newest so far, and Last when
	// one that it takes can be at most: all zero before the first.
	First, At, Last time.Time
	Ended           time.Time // zero while it goes on
	Entire          bool      // it ended with all that was asked for
}

// Share gives how much of the time that the export is about is in it, in hundredths, and
// whether that is known.
func (r *Reach) Share() (hundredths int, known bool) {
	all := r.Last.Sub(r.First)
	if r.First.IsZero() || all <= 0 {
		return 0, false
	}
	return int(min(100*r.At.Sub(r.First)/all, 100)), true
}

// Reached is written by one export, and read by who asks how far it has come. That of
// which nobody asks is nil.
type Reached struct {
	mu  sync.Mutex
	now Reach
}

// Begin gives a Reached of an export that begins.
func Begin(site consent.SiteKey, form string) *Reached {
	return &Reached{now: Reach{Site: site, Form: form}}
}

// Now gives how far the export has come.
func (r *Reached) Now() Reach {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

func (r *Reached) change(how func(*Reach)) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	how(&r.now)
}

// counting counts the bytes that are written.
func (r *Reached) counting(to io.Writer) io.Writer {
	if r == nil {
		return to
	}
	return counting{r, to}
}

type counting struct {
	reached *Reached
	to      io.Writer
}

// Write writes and counts.
func (c counting) Write(data []byte) (int, error) {
	n, err := c.to.Write(data)
	c.reached.change(func(now *Reach) { now.Bytes += int64(n) })
	return n, err
}
