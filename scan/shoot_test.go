package scan

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// hangsAt makes this test the browser that never answers. It says that it has
// started, at this address, and is silent until it is ended.
const hangsAt = "SAMTYKKE_TEST_HANGS_AT"

func TestMain(m *testing.M) {
	if address := os.Getenv(hangsAt); address != "" {
		hang(address)
	}
	os.Exit(m.Run())
}

func hang(address string) {
	connection, err := net.Dial("tcp", address)
	if err == nil {
		_, _ = io.Copy(io.Discard, connection)
	}
	os.Exit(1)
}

// limit is a deadline that is over when the test says so.
type limit struct {
	context.Context
	over chan struct{}
}

func (l limit) Done() <-chan struct{} { return l.over }

func (l limit) Err() error {
	select {
	case <-l.over:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// TestHangingBrowserIsLeft: who publishes waits no longer than the limit.
func TestHangingBrowserIsLeft(t *testing.T) {
	const patience = time.Minute // bounds a broken run
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	t.Setenv(hangsAt, listener.Addr().String())
	t.Setenv("TMPDIR", t.TempDir())
	ctx := limit{t.Context(), make(chan struct{})}
	left := make(chan error, 1)
	go func() {
		_, err := Shoot(ctx, os.Args[0], []View{{Address: "http://127.0.0.1:0/", Language: "nb"}}, time.Now)
		left <- err
	}()
	_ = listener.(*net.TCPListener).SetDeadline(time.Now().Add(patience))
	browser, err := listener.Accept()
	if err != nil {
		t.Fatalf("the browser was not started: %v", err)
	}
	defer browser.Close()
	close(ctx.over)
	select {
	case err := <-left:
		var said *consent.Error
		if !errors.As(err, &said) || said.Kind != consent.Unavailable || !strings.Contains(said.Message, "not ready in time") {
			t.Errorf("it is left with %v", err)
		}
	case <-time.After(patience):
		t.Fatal("a browser that hangs is waited for")
	}
	_ = browser.SetReadDeadline(time.Now().Add(patience))
	if _, err := browser.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the browser that hung is still there")
	}
}
