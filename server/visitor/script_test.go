package visitor_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// exchange is one request of a script and what must come back.
type exchange struct {
	name    string
	line    int
	request request
	status  int
	header  []string // "Name: value", "Name: /pattern/" or "!Name"
	body    []string // pieces of the body, or /pattern/
}

// TestScript runs every file of testdata/*.http.txt against a real server. The
// form of those files is told at the top of the first one.
func TestScript(t *testing.T) {
	files, err := filepath.Glob("testdata/*.http.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var changes []func(*setup)
			var bodies map[string]string
			if strings.Contains(file, "witness") {
				change, made := witnessing(t)
				changes, bodies = append(changes, change), made
			}
			w := start(t, changes...)
			known := map[string]string{
				"bundle": string(w.bundle), "notice_hash": w.notice.Hash.String(), "token": token(1), "other_token": token(2),
			}
			maps.Copy(known, bodies)
			for _, x := range readScript(t, file) {
				t.Run(x.name, func(t *testing.T) { x.run(t, w, known) })
			}
		})
	}
}

// readScript takes a script apart.
func readScript(t *testing.T, file string) []exchange {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []exchange
	var x *exchange
	inBody := false // past the headers of the request or the answer
	for i, line := range strings.Split(string(text), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || mark == "#":
		case mark == "==":
			all = append(all, exchange{name: rest, line: i + 1})
			x, inBody = &all[len(all)-1], false
		case mark == ">" && x.request.method == "":
			x.request.method, x.request.path, _ = strings.Cut(rest, " ")
		case mark == ">" && rest == "", mark == "<" && rest == "":
			inBody = true
		case mark == ">" && inBody:
			x.request.body += rest
		case mark == ">":
			x.request.header = append(x.request.header, rest)
		case mark == "<" && x.status == 0:
			inBody = false
			if x.status, err = strconv.Atoi(rest); err != nil {
				t.Fatalf("%s:%d: %v", file, i+1, err)
			}
		case mark == "<" && inBody:
			x.body = append(x.body, rest)
		case mark == "<":
			x.header = append(x.header, rest)
		default:
			t.Fatalf("%s:%d: a line begins with #, ==, > or <", file, i+1)
		}
	}
	return all
}

func (x exchange) run(t *testing.T, w *world, known map[string]string) {
	t.Helper()
	fill := func(text string) string {
		for name, value := range known {
			text = strings.ReplaceAll(text, "{{"+name+"}}", value)
		}
		if strings.Contains(text, "{{") {
			t.Fatalf("line %d: nothing is known for %s", x.line, text)
		}
		return text
	}
	sent := request{x.request.method, fill(x.request.path), nil, fill(x.request.body)}
	for _, line := range x.request.header {
		sent.header = append(sent.header, fill(line))
	}
	got := w.once(t, sent)
	if got.StatusCode != x.status {
		t.Errorf("line %d: status %d instead of %d: %s", x.line, got.StatusCode, x.status, got.body)
	}
	for _, line := range x.header {
		if absent, ok := strings.CutPrefix(line, "!"); ok {
			if values := got.Header.Values(absent); len(values) > 0 {
				t.Errorf("line %d: there is a header %s: %q", x.line, absent, values)
			}
			continue
		}
		name, want, _ := strings.Cut(line, ": ")
		value := strings.Join(got.Header.Values(name), " | ")
		if !matches(value, fill(want), true, known) {
			t.Errorf("line %d: header %s is %q instead of %s", x.line, name, value, want)
		}
	}
	for _, piece := range x.body {
		if !matches(got.body, fill(piece), false, known) {
			t.Errorf("line %d: the body does not hold %s:\n%s", x.line, piece, got.body)
		}
	}
	everyAnswer(t, got)
}

// matches compares text with a piece or, between slashes, an expression, whose
// named groups become known.
func matches(text, want string, whole bool, known map[string]string) bool {
	if len(want) < 2 || want[0] != '/' || want[len(want)-1] != '/' {
		return text == want || !whole && strings.Contains(text, want)
	}
	pattern := regexp.MustCompile(want[1 : len(want)-1])
	found := pattern.FindStringSubmatch(text)
	for i, name := range pattern.SubexpNames() {
		if name != "" && found != nil {
			known[name] = found[i]
		}
	}
	return found != nil
}

// everyAnswer is what holds for all that the server says.
func everyAnswer(t *testing.T, got answer) {
	t.Helper()
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
		if got.Header.Get(name) != want {
			t.Errorf("header %s is %q instead of %q", name, got.Header.Get(name), want)
		}
	}
	for _, name := range []string{"Server", "Set-Cookie", "Access-Control-Allow-Credentials", "X-Powered-By"} {
		if value := got.Header.Get(name); value != "" {
			t.Errorf("there is a header %s: %q", name, value)
		}
	}
	if got.Header.Get("Cache-Control") == "" {
		t.Error("nothing is said about caching")
	}
	if got.StatusCode >= http.StatusBadRequest {
		if got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("a refusal may be cached: %q", got.Header.Get("Cache-Control"))
		}
		if got.Header.Get("Samtykke-Reason") == "" {
			t.Error("a refusal gives no reason")
		}
	}
}
