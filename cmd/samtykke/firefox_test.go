package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync/atomic"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// firefox is a page of real Firefox, spoken to by WebDriver BiDi.
type firefox struct {
	cmd  *exec.Cmd
	conn *websocket.Conn
	page string
	last atomic.Int64
}

// firefoxPrefs keep a fresh profile from speaking to anyone.
const firefoxPrefs = `user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,none");
user_pref("toolkit.telemetry.enabled", false);
`

func newFirefox(t testing.TB) browser {
	t.Helper()
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(firefoxPrefs), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("firefox-esr", "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank")
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "MOZ_HEADLESS_WIDTH=1280", "MOZ_HEADLESS_HEIGHT=900")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("firefox does not start (install it: apt-get install firefox-esr): %v", err)
	}
	f := &firefox{cmd: cmd}
	t.Cleanup(f.close)
	address := regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			go func() {
				for lines.Scan() { //nolint:revive // the pipe must be drained, its content is of no interest
				}
			}()
			if err := f.connect(m[1]); err != nil {
				t.Fatalf("firefox: %v", err)
			}
			return f
		}
	}
	t.Fatal("firefox ended before it listened")
	return nil
}

func (f *firefox) connect(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, resp, err := websocket.Dial(ctx, address+"/session", nil)
	if err != nil {
		return err
	}
	if resp != nil && resp.Body != nil {
		_ = resp.Body.Close()
	}
	conn.SetReadLimit(64 << 20)
	f.conn = conn
	if _, err := f.call(ctx, "session.new", map[string]any{"capabilities": map[string]any{}}); err != nil {
		return err
	}
	raw, err := f.call(ctx, "browsingContext.getTree", map[string]any{})
	if err != nil {
		return err
	}
	var tree struct {
		Contexts []struct {
			Context string `json:"context"`
		} `json:"contexts"`
	}
	if err := json.Unmarshal(raw, &tree); err != nil {
		return err
	}
	if len(tree.Contexts) == 0 {
		return errors.New("no page")
	}
	f.page = tree.Contexts[0].Context
	return nil
}

// call sends one command and waits for its answer, passing over events.
func (f *firefox) call(ctx context.Context, method string, params map[string]any) (json.RawMessage, error) {
	id := f.last.Add(1)
	if err := wsjson.Write(ctx, f.conn, map[string]any{"id": id, "method": method, "params": params}); err != nil {
		return nil, err
	}
	for {
		var answer struct {
			ID      *int64          `json:"id"`
			Type    string          `json:"type"`
			Result  json.RawMessage `json:"result"`
			Error   string          `json:"error"`
			Message string          `json:"message"`
		}
		if err := wsjson.Read(ctx, f.conn, &answer); err != nil {
			return nil, err
		}
		if answer.ID == nil || *answer.ID != id {
			continue
		}
		if answer.Type == "error" {
			return nil, fmt.Errorf("%s: %s: %s", method, answer.Error, answer.Message)
		}
		return answer.Result, nil
	}
}

func (f *firefox) visit(ctx context.Context, url string) error {
	_, err := f.call(ctx, "browsingContext.navigate", map[string]any{"context": f.page, "url": url, "wait": "complete"})
	return err
}

func (f *firefox) eval(ctx context.Context, expression string) (json.RawMessage, error) {
	raw, err := f.call(ctx, "script.evaluate", map[string]any{
		"expression":      `(async () => JSON.stringify((await (` + expression + `)) ?? null))()`,
		"target":          map[string]any{"context": f.page},
		"awaitPromise":    true,
		"resultOwnership": "none",
	})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Type   string `json:"type"`
		Result struct {
			Value string `json:"value"`
		} `json:"result"`
		ExceptionDetails struct {
			Text string `json:"text"`
		} `json:"exceptionDetails"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, err
	}
	if answer.Type == "exception" {
		return nil, errors.New(answer.ExceptionDetails.Text)
	}
	return json.RawMessage(answer.Result.Value), nil
}

func (f *firefox) act(ctx context.Context, source map[string]any) error {
	_, err := f.call(ctx, "input.performActions", map[string]any{"context": f.page, "actions": []any{source}})
	return err
}

func (f *firefox) click(ctx context.Context, x, y float64) error { return f.act(ctx, pointerClick(x, y)) }

func (f *firefox) key(ctx context.Context, key string) error { return f.act(ctx, keyStroke(key)) }

func (f *firefox) resize(ctx context.Context, width, height int) error {
	_, err := f.call(ctx, "browsingContext.setViewport", map[string]any{
		"context": f.page, "viewport": map[string]any{"width": width, "height": height},
	})
	return err
}

func (f *firefox) close() {
	if f.conn != nil {
		_ = f.conn.CloseNow()
	}
	_ = f.cmd.Process.Kill()
	_ = f.cmd.Wait()
}

// pointerClick is a W3C action: move, press, release.
func pointerClick(x, y float64) map[string]any {
	return map[string]any{"type": "pointer", "id": "mouse", "actions": []any{
		map[string]any{"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0},
		map[string]any{"type": "pointerDown", "button": 0},
		map[string]any{"type": "pointerUp", "button": 0},
	}}
}

// keyStroke is a W3C action: the key down and up, with Shift when asked for.
func keyStroke(key string) map[string]any {
	codes := map[string]string{"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c"}
	shift := key == "Shift+Tab"
	if shift {
		key = "Tab"
	}
	if code, ok := codes[key]; ok {
		key = code
	}
	strokes := []any{map[string]any{"type": "keyDown", "value": key}, map[string]any{"type": "keyUp", "value": key}}
	if shift {
		const code = "\ue008"
		strokes = append([]any{map[string]any{"type": "keyDown", "value": code}}, append(strokes, map[string]any{"type": "keyUp", "value": code})...)
	}
	return map[string]any{"type": "key", "id": "keyboard", "actions": strokes}
}
