package sqlite

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/samtykke/samtykke/storage/ledger"
)

// anchorEvery is how far the anchor may lag behind.
const anchorEvery = time.Second

// anchors moves the anchor file after the commits, apart from the writer: an
// answer does not wait for it.
type anchors struct {
	file ledger.Anchor
	log  *slog.Logger

	mu      sync.Mutex
	pending map[string][]byte // checkpoints by origin

	stop    chan struct{}
	stopped chan struct{}
}

func startAnchors(path string, log *slog.Logger) *anchors {
	a := &anchors{
		file: ledger.Anchor{Path: path}, log: log, pending: make(map[string][]byte),
		stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	go a.loop()
	return a
}

// note hands over a checkpoint. A newer one of the same tree replaces it.
func (a *anchors) note(origin string, checkpoint []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pending[origin] = checkpoint
}

func (a *anchors) loop() {
	defer close(a.stopped)
	tick := time.NewTicker(anchorEvery)
	defer tick.Stop()
	for {
		select {
		case <-a.stop:
			return
		case <-tick.C:
			if err := a.move(); err != nil {
				a.log.ErrorContext(context.Background(), "the anchor could not be moved; it is tried again each second", "error", err)
			}
		}
	}
}

// move advances the file. What could not be moved is tried again.
func (a *anchors) move() error {
	a.mu.Lock()
	pending := a.pending
	a.pending = make(map[string][]byte)
	a.mu.Unlock()
	if len(pending) == 0 {
		return nil
	}
	err := a.file.Advance(pending)
	if err != nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		for origin, checkpoint := range pending {
			if a.pending[origin] == nil {
				a.pending[origin] = checkpoint
			}
		}
	}
	return err
}

// close moves the anchor to the newest checkpoints.
func (a *anchors) close() error {
	close(a.stop)
	<-a.stopped
	return a.move()
}
