package main_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// replayed is what "notice show --as-shown --json" prints.
type replayed struct {
	Address    string
	Notice     int
	Language   string
	NoticeHash string `json:"notice_hash"`
	BundleHash string `json:"bundle_hash"`
	ServedHash string `json:"served_hash"`
	Equal      bool
}

// asShown has the program show what visitors saw, until the test ends.
func (i installation) asShown(t *testing.T, args ...string) (shown replayed) {
	t.Helper()
	cmd := exec.Command(daemon(t), append([]string{"notice", "show", "gjerdrum", "--as-shown", "--json", "--data", i.data}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("an interrupt is how it ends, yet: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	read(t, line, &shown)
	return shown
}

// TestTamperedBundleIsNotRun changes one byte of the script in the database.
func TestTamperedBundleIsNotRun(t *testing.T) {
	i := newInstallation(t)
	server := i.serve(t)
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("the server ended with %d", code)
	}
	script := readFile(t, filepath.Join(i.data, "gjerdrum.js"))
	path := filepath.Join(i.data, "samtykke.db")
	data := readFile(t, path)
	at := -1
	for start := 0; start+64 < len(script) && at < 0; start += 64 {
		if part := script[start : start+64]; strings.Count(data, part) == 1 {
			at = strings.Index(data, part)
		}
	}
	if at < 0 {
		t.Fatal("the script is not in the file, so flipping a bit of it proves nothing")
	}
	changed := []byte(data)
	changed[at] ^= 1
	keep(t, path, string(changed))

	shown := i.asShown(t, "1", "--lang", "en")
	if shown.Equal || shown.ServedHash == shown.BundleHash {
		t.Errorf("the program says %+v", shown)
	}
	p := openTab(t, "chromium")
	p.visit(shown.Address)
	if said := p.text(`document.body.innerText`); !strings.Contains(said, "Checksum of the script (SHA-256): NOT EQUAL") || !strings.Contains(said, shown.ServedHash) || !strings.Contains(said, "they are not run") {
		t.Errorf("the page says %s", said)
	}
	if p.truth(`document.querySelector('iframe')`) {
		t.Error("there is a frame, though the bytes are not those on record")
	}
	p.axe(t, "not equal")
	base, _, _ := strings.Cut(shown.Address, "?")
	for _, part := range []string{"page?lang=en", "run/gjerdrum/" + exampleBundle(t) + ".js", "run/gjerdrum/panel.en." + exampleBundle(t) + ".js"} {
		if status, body := get(t, base+part, ""); status != http.StatusUnprocessableEntity || !strings.HasPrefix(body, "NOT EQUAL") {
			t.Errorf("%s: status %d, %s", part, status, body)
		}
	}
	if done := invoke(t, "notice", "pictures", "gjerdrum", "--data", i.data); done.code != 1 || !strings.Contains(done.err, "NOT EQUAL") {
		t.Errorf("pictures of it: %+v", done)
	}
}

// get asks for an address under a host name, its own when that is empty.
func get(t *testing.T, address, host string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, loopback(address), nil)
	if err != nil {
		t.Fatal(err)
	}
	client := localClient
	if host != "" {
		request.Host, client = host, &http.Client{Timeout: patience}
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// TestReplayMisuse has wishes that cannot be granted.
func TestReplayMisuse(t *testing.T) {
	i := newInstallation(t)
	for args, want := range map[string]struct {
		code int
		says string
	}{
		"--lang nn":                {2, "belong to --as-shown"},
		"--as-shown --bundle 0815": {2, "first 6 digits"},
		"--as-shown --lang nn --decision 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b": {2, "leave --lang"},
		"--as-shown --decision 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b":           {1, "holds no decision"},
		"--as-shown --lang se":         {1, "It speaks: nb, nn, en."},
		"--as-shown --bundle 00000000": {1, "It has: " + exampleBundle(t)},
		"2 --as-shown":                 {1, "has no notice 2"},
	} {
		done := invoke(t, append([]string{"notice", "show", "gjerdrum", "--data", i.data}, strings.Fields(args)...)...)
		if done.code != want.code || !strings.Contains(done.err, want.says) || done.out != "" {
			t.Errorf("%s: %+v, want %d and %q", args, done, want.code, want.says)
		}
	}
	shown := i.asShown(t)
	if status, _ := get(t, shown.Address, "rebound.example"); status != http.StatusMisdirectedRequest {
		t.Errorf("a page whose name was made to point here gets %d", status)
	}
	if again := i.asShown(t, "--bundle", shown.BundleHash[:8]); again.BundleHash != shown.BundleHash {
		t.Errorf("by the beginning of its hash: %+v", again)
	}
}
