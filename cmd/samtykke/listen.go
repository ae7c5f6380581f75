package main

import (
	"context"
	"errors"
	"net"
	"syscall"

	"github.com/samtykke/samtykke/consent"
)

// listen opens a port, and says how to get out of the way of another program.
func listen(ctx context.Context, address, repair string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return listener, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, consent.Errorf(consent.Unavailable, "port_in_use",
			"The address %s is in use by another program. Stop that program, or choose another port: %s", address, repair)
	case errors.Is(err, syscall.EACCES):
		return nil, consent.Errorf(consent.Forbidden, "port_forbidden",
			"This account may not listen on %s. Choose a port above 1023 and put a reverse proxy before it: %s", address, repair)
	default:
		return nil, &consent.Error{
			Kind: consent.Invalid, Code: "bad_address", Err: err,
			Message: "It is not possible to listen on " + address + ". Correct it: " + repair,
		}
	}
}

// port gives the port of a listener.
func port(listener net.Listener) string {
	_, port, _ := net.SplitHostPort(listener.Addr().String()) // a listener's address has a port
	return port
}
