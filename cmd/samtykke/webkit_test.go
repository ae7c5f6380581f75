package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// webkit is a page of real WebKit (the engine of every iPhone) in its
// MiniBrowser, spoken to by W3C WebDriver, on a virtual screen.
type webkit struct {
	driver  *exec.Cmd
	address string
	session string
}

// screen is the one virtual X screen of a test run.
var screen struct {
	sync.Once
	display string
	err     error
	cmd     *exec.Cmd
}

func virtualScreen() (string, error) {
	screen.Do(func() {
		r, w, err := os.Pipe()
		if err != nil {
			screen.err = err
			return
		}
		screen.cmd = exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp")
		screen.cmd.ExtraFiles = []*os.File{w}
		if screen.err = screen.cmd.Start(); screen.err != nil {
			return
		}
		stopLater(func() { _ = screen.cmd.Process.Kill(); _ = screen.cmd.Wait() })
		_ = w.Close()
		line := make([]byte, 16)
		n, err := r.Read(line)
		screen.display, screen.err = ":"+strings.TrimSpace(string(line[:n])), err
	})
	return screen.display, screen.err
}

func newWebKit(t testing.TB) browser {
	t.Helper()
	display, err := virtualScreen()
	if err != nil {
		t.Fatalf("no virtual screen (install it: apt-get install xvfb): %v", err)
	}
	found, _ := filepath.Glob("/usr/lib/*/webkit2gtk-4.1/MiniBrowser")
	if len(found) == 0 {
		t.Fatal("no MiniBrowser: apt-get install webkit2gtk-driver")
	}
	port := freePort(t)
	driver := exec.Command("WebKitWebDriver", "--port="+strconv.Itoa(port))
	driver.Env = append(os.Environ(), "DISPLAY="+display, "GDK_BACKEND=x11", "LIBGL_ALWAYS_SOFTWARE=1", "WEBKIT_DISABLE_COMPOSITING_MODE=1",
		"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1", "HOME="+t.TempDir(), "XDG_RUNTIME_DIR="+t.TempDir(), "NO_AT_BRIDGE=1")
	if err := driver.Start(); err != nil {
		t.Fatalf("WebKitWebDriver does not start (install it: apt-get install webkit2gtk-driver): %v", err)
	}
	w := &webkit{driver: driver, address: "http://127.0.0.1:" + strconv.Itoa(port)}
	t.Cleanup(w.close)
	awaitListening(t, port)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	raw, err := w.call(ctx, "POST", "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": found[0], "args": []string{"--automation"}},
	}}})
	if err != nil {
		t.Fatalf("webkit: %v", err)
	}
	var answer struct {
		SessionID string `json:"sessionId"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		t.Fatal(err)
	}
	w.session = answer.SessionID
	_ = w.resize(ctx, 1280, 900)
	return w
}

func (w *webkit) call(ctx context.Context, method, path string, body any) (json.RawMessage, error) {
	if w.session != "" {
		path = "/session/" + w.session + path
	}
	var reader io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		reader = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, method, w.address+path, reader)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s %s: %s", method, path, answer.Value)
	}
	return answer.Value, nil
}

func (w *webkit) visit(ctx context.Context, url string) error {
	_, err := w.call(ctx, "POST", "/url", map[string]any{"url": url})
	return err
}

func (w *webkit) eval(ctx context.Context, expression string) (json.RawMessage, error) {
	raw, err := w.call(ctx, "POST", "/execute/async", map[string]any{"args": []any{}, "script": `
		const done = arguments[arguments.length - 1];
		(async () => JSON.stringify((await (` + expression + `)) ?? null))().then((v) => done({ v }), (e) => done({ e: String(e) }))`})
	if err != nil {
		return nil, err
	}
	var answer struct{ V, E string }
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, err
	}
	if answer.E != "" {
		return nil, errors.New(answer.E)
	}
	return json.RawMessage(answer.V), nil
}

func (w *webkit) act(ctx context.Context, source map[string]any) error {
	_, err := w.call(ctx, "POST", "/actions", map[string]any{"actions": []any{source}})
	return err
}

func (w *webkit) click(ctx context.Context, x, y float64) error {
	return w.act(ctx, pointerClick(x, y))
}

func (w *webkit) key(ctx context.Context, key string) error { return w.act(ctx, keyStroke(key)) }

// resize sets the window so that the viewport has the size asked for.
func (w *webkit) resize(ctx context.Context, width, height int) error {
	_, err := w.call(ctx, "POST", "/window/rect", map[string]any{"width": width, "height": height})
	return err
}

func (w *webkit) close() {
	if w.session != "" {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		_, _ = w.call(ctx, "DELETE", "", nil)
		cancel()
		w.session = ""
	}
	_ = w.driver.Process.Kill()
	_ = w.driver.Wait()
}
