package peer

import (
	"net"
	"net/netip"
	"sync"
)

// uncrowded is a listener on which one network cannot take the places of all
// the others. It knows only the networks that are connected now.
type uncrowded struct {
	net.Listener
	most int
	mu   sync.Mutex
	open map[netip.Prefix]int
}

// Uncrowded gives a listener on which one network holds so many connections at most.
// Without it one address could take every place of a server with connections on
// which nothing is said, and everybody else would be turned away.
func Uncrowded(listener net.Listener, most int) net.Listener {
	return &uncrowded{Listener: listener, most: most, open: map[netip.Prefix]int{}}
}

// Accept gives the next connection of a network that has room for one. Others
// are closed without a word: whoever holds that many is not waiting for one.
func (l *uncrowded) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		network := NetworkOf(Of(conn.RemoteAddr()))
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
	if l.open[network] >= l.most {
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
