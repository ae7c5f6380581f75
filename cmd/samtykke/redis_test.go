package main_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// redisServer is a real redis-server whose every command is watched.
type redisServer struct {
	url, folder string
	port        int
	monitor     net.Conn
	watched     chan []byte
}

// startRedis starts one that never expires or compresses on its own account.
func startRedis(t *testing.T) *redisServer {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal("this test needs a real Redis: install the package redis-server (Debian: apt-get install redis-server)")
	}
	r := &redisServer{folder: t.TempDir(), port: freePort(t), watched: make(chan []byte, 1)}
	r.url = "redis://127.0.0.1:" + strconv.Itoa(r.port) + "/0"
	cmd := exec.Command(path, "--port", strconv.Itoa(r.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
		"--rdbcompression", "no", "--dir", r.folder)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	awaitListening(t, r.port)
	r.monitor = r.dial(t, "MONITOR")
	go func() {
		all, _ := io.ReadAll(r.monitor) // ends when the test closes it
		r.watched <- all
	}()
	return r
}

// dial opens a connection and gives a command.
func (r *redisServer) dial(t *testing.T, command string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(r.port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.Write([]byte(command + "\r\n")); err != nil {
		t.Fatal(err)
	}
	return conn
}

// ask gives the first line of the answer to a command.
func (r *redisServer) ask(t *testing.T, command string) string {
	t.Helper()
	conn := r.dial(t, command)
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	var answer []byte
	for one := make([]byte, 1); !bytes.HasSuffix(answer, []byte("\r\n")); answer = append(answer, one...) {
		if _, err := conn.Read(one); err != nil {
			t.Fatalf("Redis does not answer %s: %v", command, err)
		}
	}
	return strings.TrimSpace(string(answer))
}

// everything gives every key and value as Redis dumps them, and every command
// that it ever got.
func (r *redisServer) everything(t *testing.T) (dump, commands []byte) {
	t.Helper()
	if said := r.ask(t, "SAVE"); said != "+OK" {
		t.Fatalf("Redis does not save: %s", said)
	}
	dump, err := os.ReadFile(filepath.Join(r.folder, "dump.rdb"))
	if err != nil {
		t.Fatal(err)
	}
	_ = r.monitor.Close()
	return dump, <-r.watched
}
