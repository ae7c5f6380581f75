package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// firefoxProcess is real Firefox, spoken to by WebDriver BiDi. Tests share one;
// each has a user context of its own: fresh cookies, storage and cache.
type firefoxProcess struct {
	cmd  *exec.Cmd
	conn *websocket.Conn
	last atomic.Int64
}

// firefox is one page in a user context of its own.
type firefox struct {
	*firefoxProcess
	user, page string
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

var oneFirefox = sync.OnceValues(launchFirefox)

// newFirefox opens a page with a fresh profile.
func newFirefox(t testing.TB) browser {
	t.Helper()
	process, err := oneFirefox()
	if err != nil {
		t.Fatal(err)
	}
	f := &firefox{firefoxProcess: process}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var user struct{ UserContext string }
	if err := f.ask(ctx, "browser.createUserContext", map[string]any{}, &user); err != nil {
		t.Fatal(err)
	}
	f.user = user.UserContext
	var page struct{ Context string }
	if err := f.ask(ctx, "browsingContext.create", map[string]any{"type": "tab", "userContext": f.user}, &page); err != nil {
		t.Fatal(err)
	}
	f.page = page.Context
	_ = f.resize(ctx, 1280, 900)
	return f
}

func launchFirefox() (*firefoxProcess, error) {
	profile, err := os.MkdirTemp("", "samtykke-firefox")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(firefoxPrefs), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command("firefox-esr", "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank")
	cmd.Env = append(os.Environ(), "HOME="+profile)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("firefox does not start (install it: apt-get install firefox-esr): %w", err)
	}
	f := &firefoxProcess{cmd: cmd}
	stopLater(func() { f.stop(); _ = os.RemoveAll(profile) })
	address, err := listening(stderr)
	if err != nil {
		return nil, err
	}
	return f, f.connect(address)
}

// listening reads where Firefox listens, and keeps reading so that it never blocks.
func listening(stderr io.Reader) (string, error) {
	address := regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, stderr) }()
			return m[1], nil
		}
	}
	return "", errors.New("firefox ended before it listened")
}

func (f *firefoxProcess) connect(address string) error {
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
	return f.ask(ctx, "session.new", map[string]any{"capabilities": map[string]any{}}, nil)
}

// ask sends a command and decodes its result.
func (f *firefoxProcess) ask(ctx context.Context, method string, params map[string]any, out any) error {
	raw, err := f.call(ctx, method, params)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(raw, out)
}

// call sends one command and waits for its answer, passing over events.
func (f *firefoxProcess) call(ctx context.Context, method string, params map[string]any) (json.RawMessage, error) {
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

func (f *firefox) click(ctx context.Context, x, y float64) error {
	return f.act(ctx, pointerClick(x, y))
}

func (f *firefox) key(ctx context.Context, key string) error { return f.act(ctx, keyStroke(key)) }

func (f *firefox) resize(ctx context.Context, width, height int) error {
	_, err := f.call(ctx, "browsingContext.setViewport", map[string]any{
		"context": f.page, "viewport": map[string]any{"width": width, "height": height},
	})
	return err
}

func (f *firefox) close() {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = f.ask(ctx, "browsingContext.close", map[string]any{"context": f.page}, nil)
	_ = f.ask(ctx, "browser.removeUserContext", map[string]any{"userContext": f.user}, nil)
}

func (f *firefoxProcess) stop() {
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
