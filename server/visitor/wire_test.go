package visitor_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// wire is one connection to the server, kept open between requests, on which
// nothing is sent that the test did not write.
type wire struct {
	t    testing.TB
	conn net.Conn
	read *bufio.Reader
}

// dial connects from a loopback address, so that each can be another network.
func (w *world) dial(tb testing.TB, from string) *wire {
	tb.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	conn, err := dialer.DialContext(tb.Context(), "tcp4", w.addr)
	if err != nil {
		tb.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	return &wire{t: tb, conn: conn, read: bufio.NewReader(conn)}
}

// request is one request as a test writes it.
type request struct {
	method, path string
	header       []string // "Name: value"
	body         string
}

// answer is one answer, its body as it came over the wire.
type answer struct {
	*http.Response
	body string
}

// raw is the request as it goes over the wire, with a Host and, where there is
// a body, its length.
func (r request) raw() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s HTTP/1.1\r\nHost: samtykke.example.no\r\n", r.method, r.path)
	for _, line := range r.header {
		text.WriteString(line + "\r\n")
	}
	if r.body != "" || r.method == http.MethodPost {
		fmt.Fprintf(&text, "Content-Length: %d\r\n", len(r.body))
	}
	return text.String() + "\r\n" + r.body
}

func (c *wire) write(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.conn, text); err != nil {
		c.t.Fatal(err)
	}
}

// receive reads one answer; ok is false when the connection ended instead.
func (c *wire) receive(method string) (a answer, ok bool) {
	c.t.Helper()
	response, err := http.ReadResponse(c.read, &http.Request{Method: method})
	if err != nil {
		return answer{}, false
	}
	defer func() { _ = response.Body.Close() }()
	var body strings.Builder
	body.Grow(int(max(response.ContentLength, 0)))
	if _, err := io.Copy(&body, response.Body); err != nil {
		c.t.Fatal(err)
	}
	return answer{response, body.String()}, true
}

// do sends a request and reads its answer.
func (c *wire) do(r request) answer {
	c.t.Helper()
	c.write(r.raw())
	a, ok := c.receive(r.method)
	if !ok {
		c.t.Fatalf("%s %s: no answer", r.method, r.path)
	}
	return a
}

// once sends one request on a connection of its own.
func (w *world) once(tb testing.TB, r request) answer {
	tb.Helper()
	c := w.dial(tb, "127.0.0.1")
	defer func() { _ = c.conn.Close() }()
	return c.do(r)
}

// post is a request for POST /{site}/decisions from the site's own page.
func post(site, body string) request {
	return request{http.MethodPost, "/" + site + "/decisions", []string{
		"Origin: https://www.gjerdrum.kommune.no", "Content-Type: text/plain;charset=utf-8",
	}, body}
}

// glimpse is what a test of many answers looks at.
type glimpse struct {
	status int
	reason string
	closed bool
}

// glance reads an answer past its body, faster than net/http.
func glance(read *bufio.Reader) (g glimpse, err error) {
	length := 0
	for first := true; ; first = false {
		line, err := read.ReadString('\n')
		if err != nil {
			return g, err
		}
		line = strings.TrimRight(line, "\r\n")
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case line == "":
			_, err := read.Discard(length)
			return g, err
		case first && len(line) >= 12:
			g.status, err = strconv.Atoi(line[9:12])
		case name == "Content-Length":
			length, err = strconv.Atoi(value)
		case name == "Samtykke-Reason":
			g.reason = value
		case name == "Connection":
			g.closed = value == "close"
		}
		if err != nil {
			return g, err
		}
	}
}
