package server_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
)

// most is how many connections one network may hold.
const most = 256

// serving starts a server on every loopback address and gives its port.
func serving(t *testing.T, change func(*config.Config)) int {
	t.Helper()
	s, _, err := newServer(t, change)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	t.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return listener.Addr().(*net.TCPAddr).Port
}

// knock connects from a loopback address and asks for something. It gives the
// open connection, and whether there was an answer.
func knock(t *testing.T, from string, port int) (net.Conn, bool) {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	conn, err := dialer.Dial("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	_, _ = fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	got, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return conn, false
	}
	return conn, got.Body.Close() == nil && got.StatusCode == http.StatusNotFound
}

// TestOneNetworkCannotCrowdOthersOut: an address that holds as many connections
// as it may gets no more, others are served, and what it closes it gets back.
func TestOneNetworkCannotCrowdOthersOut(t *testing.T) {
	port := serving(t, func(*config.Config) {})
	held := make([]net.Conn, most)
	for i := range held {
		conn, answered := knock(t, "127.0.0.1", port)
		if !answered {
			t.Fatalf("connection %d got no answer", i)
		}
		held[i] = conn
	}
	for range 3 {
		if _, answered := knock(t, "127.0.0.1", port); answered {
			t.Error("one more was served")
		}
	}
	if _, answered := knock(t, "127.0.0.2", port); !answered {
		t.Error("another address was not served")
	}
	for _, conn := range held[:10] {
		_ = conn.Close()
	}
	for again := 0; again < 10; { // the server learns of it in its own time
		if _, answered := knock(t, "127.0.0.1", port); answered {
			again++
		}
	}
	if _, answered := knock(t, "127.0.0.1", port); answered {
		t.Error("one more than before was served")
	}
}

// TestProxiesAreNotCounted: behind a proxy every connection comes from it.
func TestProxiesAreNotCounted(t *testing.T) {
	port := serving(t, func(c *config.Config) {
		c.Public.TrustedProxies, c.Public.ProxyHeader = []string{"10.0.0.1"}, "X-Real-IP"
	})
	for i := range most + 10 {
		if _, answered := knock(t, "127.0.0.1", port); !answered {
			t.Fatalf("connection %d got no answer", i)
		}
	}
}
