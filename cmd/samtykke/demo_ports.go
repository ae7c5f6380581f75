package main

import (
	"context"
	"net"
	"strconv"
)

// demoListeners are the ports of the demonstration.
type demoListeners struct{ public, replica, admin, debug net.Listener }

func (l *demoListeners) close() {
	for _, each := range []net.Listener{l.public, l.replica, l.admin, l.debug} {
		if each != nil {
			_ = each.Close() // closed already, when it was served
		}
	}
}

// open takes all ports before anything is made, so that a port in use leaves
// nothing behind.
func (c *demoCmd) open(ctx context.Context) (*demoListeners, error) {
	host, text, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, misusef("--listen %q: write it as 127.0.0.1:8080", c.Listen)
	}
	first, err := strconv.ParseUint(text, 10, 16)
	if err != nil || first > 65535-10 {
		return nil, misusef("--listen %q: the port must be a number from 0 to %d", c.Listen, 65535-10)
	}
	above := func(n uint64) string {
		if first == 0 {
			n = 0
		}
		return net.JoinHostPort(host, strconv.FormatUint(first+n, 10))
	}
	const repair = "--listen 127.0.0.1:9080, or --listen 127.0.0.1:0 for any free ports"
	listeners := &demoListeners{}
	for _, each := range []struct {
		listener *net.Listener
		address  string
	}{{&listeners.public, above(0)}, {&listeners.replica, above(10)}, {&listeners.admin, above(1)}, {&listeners.debug, above(2)}} {
		if *each.listener, err = listen(ctx, each.address, repair); err != nil {
			listeners.close()
			return nil, err
		}
	}
	return listeners, nil
}
