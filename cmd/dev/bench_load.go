package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// load sends requests over kept-alive connections, each as soon as the one
// before is answered, and gives the rate of answers with the wanted status.
type load struct {
	address string
	status  int
	request func(n uint64) []byte // the whole request, with a number never used before
	count   *atomic.Uint64        // counts the answers, when it is wanted
}

var requestCounter atomic.Uint64

func (l load) run(ctx context.Context, length time.Duration) (float64, error) {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var answered atomic.Uint64
	var wrong atomic.Value
	var group sync.WaitGroup
	start := time.Now()
	for range connections {
		group.Go(func() {
			n, err := l.connection(ctx)
			answered.Add(n)
			if err != nil {
				wrong.Store(err)
			}
		})
	}
	group.Wait()
	if l.count != nil {
		l.count.Add(answered.Load())
	}
	if err, ok := wrong.Load().(error); ok {
		return 0, err
	}
	return float64(answered.Load()) / time.Since(start).Seconds(), nil
}

func (l load) connection(ctx context.Context) (uint64, error) {
	conn, err := net.Dial("tcp", l.address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	reader := bufio.NewReaderSize(conn, 64<<10)
	var n uint64
	for ctx.Err() == nil {
		if _, err := conn.Write(l.request(requestCounter.Add(1))); err != nil {
			return n, err
		}
		status, err := readAnswer(reader)
		if err != nil {
			return n, err
		}
		if status != l.status {
			return n, fmt.Errorf("%s answered %d instead of %d", l.address, status, l.status)
		}
		n++
	}
	return n, nil
}

// readAnswer reads one HTTP/1.1 answer and throws its body away.
func readAnswer(r *bufio.Reader) (int, error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("no status line: %q", line)
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return 0, err
	}
	length := 0
	for {
		line, err = r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if name, value, _ := bytes.Cut(line, []byte(":")); bytes.EqualFold(name, []byte("Content-Length")) {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		}
	}
	_, err = io.CopyN(io.Discard, r, int64(length))
	return status, err
}
