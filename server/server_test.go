package server_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server"
	"github.com/samtykke/samtykke/storage/sqlite"
)

func clock() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// slow is a store that says when it is asked, and answers when it is let.
type slow struct {
	consent.Store
	asked, let chan struct{}
}

func (s slow) CurrentNotice(context.Context, consent.SiteKey) (consent.NoticeEntry, error) {
	close(s.asked)
	<-s.let
	return consent.NoticeEntry{}, consent.Errorf(consent.NotFound, "unknown_site", "There is no such site.")
}

func newServer(t *testing.T, change func(*config.Config)) (*server.Server, slow, error) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "samtykke.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	held := slow{store, make(chan struct{}), make(chan struct{})}
	settings := config.Default()
	change(settings)
	s, err := server.New(server.Options{
		Config: settings, Store: held, Bundler: banner.New(store, consent.Shipped(), clock), Clock: clock,
		Log: slog.New(slog.DiscardHandler),
	})
	return s, held, err
}

// TestShutdownFinishesWhatRuns: a request that runs when the server is told to
// stop is answered, and new connections are not taken.
func TestShutdownFinishesWhatRuns(t *testing.T) {
	s, store, err := newServer(t, func(*config.Config) {})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served, stopped := make(chan error, 1), make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	running, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Close() }()
	fmt.Fprint(running, "GET /slow.js HTTP/1.1\r\nHost: x\r\n\r\n")
	<-store.asked
	go func() { stopped <- s.Shutdown(context.Background()) }()
	untilClosed(listener.Addr())
	select {
	case err := <-stopped:
		t.Fatalf("stopped while a request was running: %v", err)
	default:
	}
	close(store.let)
	got, err := http.ReadResponse(bufio.NewReader(running), nil)
	if err != nil || got.StatusCode != http.StatusNotFound {
		t.Errorf("the running request got %v, %v", got, err)
	}
	if got != nil {
		_ = got.Body.Close()
	}
	if err := <-stopped; err != nil {
		t.Errorf("shutdown: %v", err)
	}
	if err := <-served; err != nil {
		t.Errorf("serve: %v", err)
	}
}

// TestShutdownBeforeServe: a program that is interrupted while it starts stops,
// though nothing was being served yet.
func TestShutdownBeforeServe(t *testing.T) {
	s, _, err := newServer(t, func(*config.Config) {})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Shutdown(context.Background()); err != nil {
		t.Errorf("shutdown: %v", err)
	}
	if err := s.Serve(listener); err != nil {
		t.Errorf("serve: %v", err)
	}
	untilClosed(listener.Addr())
}

// untilClosed returns when nobody listens at the address any more.
func untilClosed(addr net.Addr) {
	for {
		conn, err := net.Dial("tcp", addr.String())
		if err != nil {
			return
		}
		_ = conn.Close()
	}
}

// TestProxiesAreChecked: a proxy that cannot be is told at start.
func TestProxiesAreChecked(t *testing.T) {
	_, _, err := newServer(t, func(c *config.Config) { c.Public.TrustedProxies = []string{"10.0.0.1", "nginx"} })
	if err == nil || !strings.Contains(err.Error(), `"nginx"`) {
		t.Errorf("error: %v", err)
	}
}
