// Package controltest is a DNS server for tests.
package controltest

import (
	"context"
	"net"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// Zone is a DNS server: every name has the address of this machine, and some have a
// text.
type Zone struct {
	at    net.Addr
	mu    sync.Mutex
	texts map[string]string
	down  map[string]bool
}

// Serve starts one that ends with the test.
func Serve(t testing.TB) *Zone {
	t.Helper()
	var config net.ListenConfig
	socket, err := config.ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	z := &Zone{at: socket.LocalAddr(), texts: make(map[string]string), down: make(map[string]bool)}
	go z.serve(socket)
	return z
}

// Set gives a name a TXT record.
func (z *Zone) Set(name, text string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.texts[name] = text
}

// Fail has the server tell nothing of the texts of a name, as one that is out of order.
func (z *Zone) Fail(name string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.down[name] = true
}

// Resolver asks this server and no other.
func (z *Zone) Resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", z.at.String())
	}}
}

func (z *Zone) serve(socket net.PacketConn) {
	for asked := make([]byte, 1500); ; {
		n, from, err := socket.ReadFrom(asked)
		if err != nil {
			return
		}
		if answer, err := z.answer(asked[:n]); err == nil {
			_, _ = socket.WriteTo(answer, from)
		}
	}
}

func (z *Zone) answer(asked []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(asked); err != nil {
		return nil, err
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	q := m.Questions[0]
	header := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}
	name := strings.TrimSuffix(q.Name.String(), ".")
	text, there := z.texts[name]
	switch {
	case q.Type == dnsmessage.TypeA:
		m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}}}}
	case z.down[name]:
		m.RCode = dnsmessage.RCodeServerFailure
	case q.Type == dnsmessage.TypeTXT && there:
		m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.TXTResource{TXT: []string{text}}}}
	case q.Type == dnsmessage.TypeTXT:
		m.RCode = dnsmessage.RCodeNameError
	}
	return m.Pack()
}
