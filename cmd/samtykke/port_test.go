package main_test

import (
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
	"time"
)

// freePort gives a port for a server that cannot choose one itself. It is below those
// that the system gives to others, which could take it before that server is there.
func freePort(t testing.TB) int {
	t.Helper()
	for range 1000 {
		port := 11000 + rand.N(19000) // browsers refuse 10080
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// awaitListening returns when a port takes connections.
func awaitListening(t testing.TB, port int) {
	t.Helper()
	end := time.Now().Add(patience)
	for time.Now().Before(end) {
		conn, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), time.Second)
		if err == nil {
			_ = conn.Close()
			return
		}
		<-time.After(20 * time.Millisecond)
	}
	t.Fatalf("nobody listens on port %d", port)
}
