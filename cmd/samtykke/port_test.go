package main_test

import (
	"net"
	"strconv"
	"testing"
	"time"
)

// freePort gives a port on loopback that nobody listens on.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
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
