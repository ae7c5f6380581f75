package admin

import "sync"

// lineups have those wait for each other who stand in the same one, and nobody else.
type lineups struct {
	mu  sync.Mutex
	all map[string]*lineup
}

type lineup struct {
	turn chan struct{} // holds one while somebody has it
	in   int           // who waits or has the turn
}

func newLineups() *lineups { return &lineups{all: map[string]*lineup{}} }

// enter waits for a turn in a lineup, and gives what ends it.
func (l *lineups) enter(name string) (leave func()) {
	l.mu.Lock()
	own := l.all[name]
	if own == nil {
		own = &lineup{turn: make(chan struct{}, 1)}
		l.all[name] = own
	}
	own.in++
	l.mu.Unlock()
	own.turn <- struct{}{}
	return func() {
		<-own.turn
		l.mu.Lock()
		defer l.mu.Unlock()
		if own.in--; own.in == 0 {
			delete(l.all, name)
		}
	}
}
