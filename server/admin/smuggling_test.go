package admin_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What follows a request whose end two programs could see differently is never answered:
// nobody has another's request answered in the place of their own.
func TestNothingIsSmuggled(t *testing.T) {
	h := open(t)
	const hidden = "GET /login?hidden HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
	for name, head := range map[string]string{
		"length and chunks":                          "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"identity and length":                        "POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
		"chunks behind a GET":                        "GET /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"chunks behind a program":                    "GET /api/v1/sites HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"a line that ends without a carriage return": "POST /login HTTP/1.1\r\nHost: localhost\r\nX-A: y\nContent-Length: 0\r\n\r\n",
		"a length that goes on":                      "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length:\r\n 0\r\n\r\n",
		"a line that goes on":                        "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nX-A: y\r\n\tz\r\n\r\n",
		"no length":                                  "POST /login HTTP/1.1\r\nHost: localhost\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			if n := h.responses(t, head+hidden); n > 1 {
				t.Errorf("there are %d answers", n)
			}
		})
	}
	if n := h.responses(t, strings.Replace(hidden, "Connection: close\r\n", "", 1)+hidden); n != 2 {
		t.Errorf("two requests that nothing is wrong with have %d answers", n)
	}
}

// responses counts what is answered on one connection, until the server closes it.
func (h *house) responses(t *testing.T, sent string) (n int) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
	must(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, sent)
	must(t, err)
	must(t, conn.SetReadDeadline(time.Now().Add(time.Minute)))
	for in := bufio.NewReader(conn); ; n++ {
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			if timeout, is := err.(net.Error); is && timeout.Timeout() { //nolint:errorlint // it is not wrapped
				t.Fatalf("the connection stays open after %d answers", n)
			}
			return n
		}
		_, err = io.Copy(io.Discard, response.Body)
		must(t, err)
		must(t, response.Body.Close())
	}
}
