package cache_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// server is a real redis-server of the test's own.
type server struct {
	url     string
	port    string
	folder  string
	command *exec.Cmd
	client  *redis.Client // the test's own way in, without any of the cache's rules
}

// startRedis starts a Redis on a free port.
func startRedis(t *testing.T) *server {
	t.Helper()
	s := &server{port: strconv.Itoa(freePort(t)), folder: t.TempDir()}
	s.url = "redis://127.0.0.1:" + s.port + "/0"
	s.client = redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + s.port, Protocol: 2, MaxRetries: -1})
	t.Cleanup(func() {
		s.kill(t)
		if err := s.client.Close(); err != nil {
			t.Error(err)
		}
	})
	s.start(t)
	return s
}

func (s *server) start(t *testing.T) {
	t.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal("these tests need a real Redis: install the package redis-server (Debian: apt-get install redis-server)")
	}
	s.command = exec.Command(binary, "--port", s.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", s.folder)
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "redis-server answers", func() bool { return s.client.Ping(context.Background()).Err() == nil })
}

func (s *server) kill(t *testing.T) {
	t.Helper()
	if s.command == nil {
		return
	}
	if err := s.command.Process.Kill(); err != nil {
		t.Error(err)
	}
	var exit *exec.ExitError
	if err := s.command.Wait(); err != nil && !errors.As(err, &exit) {
		t.Error(err)
	}
	s.command = nil
}

func (s *server) signal(t *testing.T, signal os.Signal) {
	t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
}

func (s *server) pause(t *testing.T)  { t.Helper(); s.signal(t, syscall.SIGSTOP) }
func (s *server) resume(t *testing.T) { t.Helper(); s.signal(t, syscall.SIGCONT) }

// keys gives what is in Redis.
func (s *server) keys(t *testing.T) []string {
	t.Helper()
	keys, err := s.client.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func (s *server) set(t *testing.T, key, value string) {
	t.Helper()
	if err := s.client.Set(t.Context(), key, value, 0).Err(); err != nil {
		t.Fatal(err)
	}
}

func (s *server) value(t *testing.T, key string) string {
	t.Helper()
	value, err := s.client.Get(t.Context(), key).Result()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// until waits for something that happens in the background.
func until(t *testing.T, what string, happened func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	giveUp := time.After(time.Minute)
	for !happened() {
		select {
		case <-tick.C:
		case <-giveUp:
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
