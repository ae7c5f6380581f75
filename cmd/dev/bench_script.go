package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// benchScript compares the script from memory with a bare handler that writes
// the same bytes.
func benchScript(ctx context.Context, s served, e effort) ([]measure, error) {
	bytes, err := fetch(ctx, "http://"+s.address+"/gjerdrum.js", "br")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(s.dir, "script")
	if err := os.WriteFile(file, bytes, 0o600); err != nil {
		return nil, err
	}
	bare, err := bareServer(ctx, file)
	if err != nil {
		return nil, err
	}
	request := []byte("GET /gjerdrum.js HTTP/1.1\r\nHost: samtykke.example\r\nAccept-Encoding: br\r\n\r\n")
	side := func(address string) func(context.Context) (float64, error) {
		l := load{address: address, status: http.StatusOK, request: func(uint64) []byte { return request }}
		return func(ctx context.Context) (float64, error) { return l.run(ctx, e.length) }
	}
	ours, theirs, err := e.compare(ctx, side(s.address), side(bare))
	if err != nil {
		return nil, err
	}
	ratio := ours / theirs
	return []measure{
		{"script from memory", ours, "1/s", "", true},
		{"bare handler, same bytes", theirs, "1/s", "", true},
		{"script ratio", ratio, "×", "≥ 0.90", ratio >= 0.9},
	}, nil
}

// fetch gets the body of an address of ours in an encoding, undecoded.
func fetch(ctx context.Context, address, encoding string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", encoding)
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, response.Status)
	}
	if got := response.Header.Get("Content-Encoding"); got != encoding {
		return nil, errors.New("the script came as " + got)
	}
	return io.ReadAll(response.Body)
}
