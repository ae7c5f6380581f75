package admin_test

import (
	"errors"
	"io"
	"net"
	"net/url"
	"testing"
	"time"
)

// One address that holds connections and says nothing keeps nobody else out.
func TestOneAddressCannotCrowdOthersOut(t *testing.T) {
	h := open(t)
	at, err := url.Parse(h.url)
	must(t, err)
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	silent := func() net.Conn {
		conn, err := dialer.DialContext(t.Context(), "tcp4", "127.0.0.1:"+at.Port())
		must(t, err)
		t.Cleanup(func() { _ = conn.Close() })
		return conn
	}
	for range 256 {
		silent()
	}
	one := silent()
	must(t, one.SetReadDeadline(time.Now().Add(10*time.Second)))
	if _, err := one.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("one more is kept: %v", err)
	}
	h.stranger().get("/login").shows(t, 200)
}
