package visitor_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestSmuggling sends requests whose end two programs could see differently,
// with a whole valid Decision behind them on the same connection. What is
// ambiguous must not be answered twice, and the hidden Decision must not count.
func TestSmuggling(t *testing.T) {
	w := start(t)
	number := 0
	for _, body := range []string{"", "0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "hello", "{}"} {
		for name, head := range ambiguous(len(body)) {
			number++
			hidden := post("gjerdrum", w.acceptAll(number)).raw()
			t.Run(fmt.Sprintf("%s/%d", name, len(body)), func(t *testing.T) {
				c := w.dial(t, "127.0.0.1")
				c.write(head + "\r\n" + body + hidden)
				if got, ok := c.receive(http.MethodPost); ok && got.StatusCode < 400 {
					t.Errorf("it was accepted: %d", got.StatusCode)
				}
				if got, ok := c.receive(http.MethodPost); ok {
					t.Errorf("there is a second answer: %d %s", got.StatusCode, got.body)
				}
			})
		}
	}
	if n := len(w.stored("gjerdrum")); n > 0 {
		t.Errorf("%d smuggled decisions were stored", n)
	}
}

// ambiguous gives request heads, without the empty line, that no careful
// program reads past.
func ambiguous(length int) map[string]string {
	const line = "POST /gjerdrum/decisions HTTP/1.1\r\n"
	const host = "Host: samtykke.example.no\r\n"
	const page = "Origin: https://www.gjerdrum.kommune.no\r\nContent-Type: text/plain\r\n"
	head := func(parts ...string) string { return line + host + page + strings.Join(parts, "\r\n") + "\r\n" }
	has := fmt.Sprintf("Content-Length: %d", length)
	return map[string]string{
		"two lengths":               head(has, fmt.Sprintf("Content-Length: %d", length+1)),
		"two equal lengths":         head(has, has),
		"a list of lengths":         head(fmt.Sprintf("Content-Length: %d, %d", length, length)),
		"a signed length":           head(fmt.Sprintf("Content-Length: +%d", length)),
		"a negative length":         head("Content-Length: -1"),
		"a hexadecimal length":      head("Content-Length: 0x5"),
		"an endless length":         head("Content-Length: 99999999999999999999"),
		"a length with a space":     head(fmt.Sprintf("Content-Length : %d", length)),
		"an empty length":           head("Content-Length: "),
		"length and chunks":         head(has, "Transfer-Encoding: chunked"),
		"chunks and length":         head("Transfer-Encoding: chunked", has),
		"chunks twice":              head("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
		"chunks in a list":          head("Transfer-Encoding: chunked, chunked"),
		"chunks after identity":     head("Transfer-Encoding: identity", "Transfer-Encoding: chunked"),
		"identity":                  head("Transfer-Encoding: identity", has),
		"an unknown coding":         head("Transfer-Encoding: xchunked", has),
		"a coding with a tab":       head("Transfer-Encoding:\tchunked", has),
		"a coding with a space":     head("Transfer-Encoding : chunked", has),
		"a coding in quotes":        head(`Transfer-Encoding: "chunked"`, has),
		"a folded coding":           head("Transfer-Encoding:\r\n chunked", has),
		"a folded header":           head("X-Fold: a\r\n b", "Transfer-Encoding: chunked", has),
		"a coding in capitals":      head("TRANSFER-ENCODING: CHUNKED", has),
		"a bare line feed":          line + host + page + "X: y\nTransfer-Encoding: chunked\r\n" + has + "\r\n",
		"only line feeds":           strings.ReplaceAll(head("Transfer-Encoding: chunked", has), "\r\n", "\n"),
		"a bare carriage return":    head("X: y\rTransfer-Encoding: chunked", has),
		"a null in a header":        head("X: y\x00z", has),
		"a null in a name":          head("X\x00: y", has),
		"a line without colon":      head("nonsense", has),
		"a name without letters":    head(": y", has),
		"no host":                   line + page + has + "\r\n",
		"two hosts":                 line + host + host + page + has + "\r\n",
		"no length":                 head("X: y"),
		"HTTP/1.0 with chunks":      strings.Replace(head("Transfer-Encoding: chunked", has), "HTTP/1.1", "HTTP/1.0", 1),
		"HTTP/0.9":                  strings.Replace(head(has), " HTTP/1.1", "", 1),
		"HTTP/2.0":                  strings.Replace(head("Transfer-Encoding: chunked", has), "HTTP/1.1", "HTTP/2.0", 1),
		"two spaces":                strings.Replace(head("Transfer-Encoding: chunked", has), "POST ", "POST  ", 1),
		"an unknown method":         strings.Replace(head(has), "POST", "SMUGGLE", 1),
		"a space before a header":   line + " " + host + page + "Transfer-Encoding: chunked\r\n" + has + "\r\n",
		"a chunk that is no number": head("Transfer-Encoding: chunked") + "\r\nxyz\r\nhello\r\n0\r\n",
		"a chunk with a sign":       head("Transfer-Encoding: chunked") + "\r\n+5\r\nhello\r\n0\r\n",
		"a chunk with an extension": head("Transfer-Encoding: chunked") + "\r\n5;x=\ny\r\nhello\r\n0\r\n",
		"a chunk that is too short": head("Transfer-Encoding: chunked") + "\r\n2\r\nhello\r\n0\r\n",
		"a chunk of 64 bits":        head("Transfer-Encoding: chunked") + "\r\nffffffffffffffff\r\nhello\r\n0\r\n",
		"a trailer":                 head("Transfer-Encoding: chunked", "Trailer: Content-Length") + "\r\n0\r\nContent-Length: 5\r\n",
	}
}

// TestChunksAreTaken: a proxy that sends chunks is answered, once, and must
// come back on a new connection.
func TestChunksAreTaken(t *testing.T) {
	w := start(t)
	body := w.acceptAll(1)
	c := w.dial(t, "127.0.0.1")
	c.write("POST /gjerdrum/decisions HTTP/1.1\r\nHost: samtykke.example.no\r\nOrigin: https://www.gjerdrum.kommune.no\r\n" +
		"Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body))
	if got, ok := c.receive(http.MethodPost); !ok || got.StatusCode != http.StatusCreated || !got.Close {
		t.Errorf("%v %+v", ok, got)
	}
}
