package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// benchDecisions compares durable decisions (SQLite, FULL sync, group commit)
// with a bare handler that answers 204 to the same POST.
func benchDecisions(ctx context.Context, s served, e effort) ([]measure, error) {
	bare, err := bareServer(ctx, os.DevNull)
	if err != nil {
		return nil, err
	}
	bundle, err := bundleOf(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	request := func(n uint64) []byte { return decisionRequest(bundle, n) }
	var stored atomic.Uint64
	side := func(l load) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) { return l.run(ctx, e.length) }
	}
	ours, theirs, err := e.compare(ctx,
		side(load{s.address, http.StatusCreated, request, &stored}), side(load{bare, http.StatusNoContent, request, nil}))
	if err != nil {
		return nil, err
	}
	size, err := bytesPerDecision(s.dir, stored.Load())
	if err != nil {
		return nil, err
	}
	ratio := ours / theirs
	return []measure{
		{"decisions durable", ours, "1/s", "", true},
		{"bare handler, 204", theirs, "1/s", "", true},
		{"decisions ratio", ratio, "×", "≥ 0.50", ratio >= 0.5},
		{"disk per decision, about", size, "bytes", "≤ 280", size <= 280},
	}, nil
}

// bytesPerDecision divides the database by the decisions in it.
func bytesPerDecision(dir string, stored uint64) (float64, error) {
	info, err := os.Stat(filepath.Join(dir, "bench.db"))
	if err != nil || stored == 0 {
		return 0, errors.Join(err, errors.New("nothing was stored"))
	}
	return float64(info.Size()) / float64(stored), nil
}

// decisionRequest is a POST of a decision that was never sent before.
func decisionRequest(bundle string, n uint64) []byte {
	now := time.Now().UnixMilli()
	var id [16]byte
	binary.BigEndian.PutUint64(id[:8], uint64(now)<<16)
	binary.BigEndian.PutUint64(id[8:], n)
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	var token [22]byte
	copy(token[:6], id[:6])
	_, _ = rand.Read(token[6:])
	h := hex.EncodeToString(id[:])
	body := fmt.Sprintf(`{"id":"%s-%s-%s-%s-%s","token":"%s","bundle":"%s","language":"nb","method":"accept_all","layer":"first","choice":{"categories":{"statistics":true}},"gpc":false,"time":%d}`,
		h[:8], h[8:12], h[12:16], h[16:20], h[20:], base64.RawURLEncoding.EncodeToString(token[:]), bundle, now/1000)
	return fmt.Appendf(nil, "POST /gjerdrum/decisions HTTP/1.1\r\nHost: samtykke.example\r\nOrigin: %s\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", origin, len(body), body)
}
