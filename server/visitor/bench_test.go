package visitor_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// connections is how many browsers post at once in the benchmarks.
const connections = 64

// BenchmarkDecision posts Decisions that are on disk when they are answered;
// BenchmarkBarePost is what they are measured against: the same bytes to a
// Fiber handler that answers 204.
func BenchmarkDecision(b *testing.B) {
	w := start(b, quietly)
	load(b, w.addr, func(n int) string { return rawPost(w.acceptAll(n)) }, 201)
}

// BenchmarkBarePost is the floor of BenchmarkDecision.
func BenchmarkBarePost(b *testing.B) {
	w := start(b)
	addr := bare(b, func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNoContent) })
	load(b, addr, func(n int) string { return rawPost(w.acceptAll(n)) }, 204)
}

// BenchmarkScript fetches the script, compressed.
func BenchmarkScript(b *testing.B) {
	w := start(b, quietly)
	load(b, w.addr, func(int) string { return rawScript }, 200)
}

// BenchmarkBareScript is the floor of BenchmarkScript.
func BenchmarkBareScript(b *testing.B) {
	w := start(b)
	script := w.once(b, request{method: "GET", path: "/gjerdrum.js", header: []string{"Accept-Encoding: br"}}).body
	addr := bare(b, func(c *fiber.Ctx) error { return c.SendString(script) })
	load(b, addr, func(int) string { return rawScript }, 200)
}

// quietly leaves out the access log, as a server does that is not being looked into.
// The current Notice is known by heart, as with the cache of a real server.
func quietly(s *setup) {
	s.Log.Level = slog.LevelInfo
	s.store = &remembering{Store: s.store}
}

const rawScript = "GET /gjerdrum.js HTTP/1.1\r\nHost: samtykke.example.no\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
	"Accept: */*\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0\r\n\r\n"

func rawPost(body string) string {
	return fmt.Sprintf("POST /gjerdrum/decisions HTTP/1.1\r\nHost: samtykke.example.no\r\nOrigin: https://www.gjerdrum.kommune.no\r\n"+
		"Accept: */*\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0\r\n"+
		"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// bare serves one handler with Fiber as it comes.
func bare(b *testing.B, handler fiber.Handler) (addr string) {
	b.Helper()
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.All("*", handler)
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	b.Cleanup(func() { _ = app.Shutdown() })
	return listener.Addr().String()
}

// load sends b.N requests over the connections and wants one status.
func load(b *testing.B, addr string, next func(n int) string, status int) {
	b.Helper()
	requests := make([]string, b.N)
	for i := range requests {
		requests[i] = next(i)
	}
	var sent atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	before := processorTime(b)
	for range connections {
		all.Go(func() {
			conn, err := net.Dial("tcp4", addr)
			if err != nil {
				b.Error(err)
				return
			}
			defer func() { _ = conn.Close() }()
			read := bufio.NewReader(conn)
			for {
				n := int(sent.Add(1)) - 1
				if n >= b.N {
					return
				}
				_, _ = io.WriteString(conn, requests[n])
				if got, err := skim(read); err != nil || got != status {
					b.Errorf("status %d %v", got, err)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64((processorTime(b)-before).Nanoseconds())/float64(b.N), "cpu-ns/op")
}

// skim reads an answer for its status only, without a copy of anything.
func skim(read *bufio.Reader) (status int, err error) {
	length := 0
	for {
		line, err := read.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if status == 0 && len(line) > 12 {
			status = number(line[9:12])
		}
		if bytes.HasPrefix(line, []byte("Content-Length: ")) {
			length = number(line[16:])
		}
		if len(line) <= 2 {
			_, err := read.Discard(length)
			return status, err
		}
	}
}

// number reads the digits that text begins with.
func number(text []byte) (n int) {
	for _, c := range text {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// processorTime is what this process has used, both ends of the connections
// included: on a busy machine it says more than the clock on the wall.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// remembering is a Store that knows the current Notice by heart, as the cache
// does that stands before the engine in a real server.
type remembering struct {
	consent.Store
	current sync.Map
}

func (r *remembering) CurrentNotice(ctx context.Context, site consent.SiteKey) (consent.NoticeEntry, error) {
	if entry, ok := r.current.Load(site); ok {
		return entry.(consent.NoticeEntry), nil
	}
	entry, err := r.Store.CurrentNotice(ctx, site)
	if err == nil {
		r.current.Store(site, entry)
	}
	return entry, err
}
