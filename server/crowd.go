package server

import (
	"net"
	"net/netip"
	"sync"

	"github.com/samtykke/samtykke/server/peer"
)

// connectionsPerNetwork is how many connections one network may hold. It is far
// above what the browsers behind one address open, and far below concurrency:
// without it one address could take every place with connections on which
// nothing is said, and everybody else would be turned away.
const connectionsPerNetwork = 256

// uncrowded is a listener on which one network cannot take the places of all
// the others. It knows only the networks that are connected now.
type uncrowded struct {
	net.Listener
	mu   sync.Mutex
	open map[netip.Prefix]int
}

func newUncrowded(listener net.Listener) *uncrowded {
	return &uncrowded{Listener: listener, open: map[netip.Prefix]int{}}
}

// Accept gives the next connection of a network that has room for one. Others
// are closed without a word: whoever holds that many is not waiting for one.
func (l *uncrowded) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		network := peer.NetworkOf(peer.Of(conn.RemoteAddr()))
		if !network.IsValid() { // a listener without addresses
			return conn, nil
		}
		if l.enter(network) {
			return &counted{Conn: conn, leave: sync.OnceFunc(func() { l.leave(network) })}, nil
		}
		_ = conn.Close()
	}
}

func (l *uncrowded) enter(network netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[network] >= connectionsPerNetwork {
		return false
	}
	l.open[network]++
	return true
}

func (l *uncrowded) leave(network netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[network]--; l.open[network] == 0 {
		delete(l.open, network)
	}
}

// counted is a connection that leaves its network's count when it is closed.
type counted struct {
	net.Conn
	leave func()
}

func (c *counted) Close() error {
	c.leave()
	return c.Conn.Close()
}
