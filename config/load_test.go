package config

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// file writes a settings file and gives its path.
func file(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samtykke.yaml")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// problemsOf gives the problems in an error of Load.
func problemsOf(t *testing.T, err error) consent.Problems {
	t.Helper()
	var problems consent.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("want problems, have %v", err)
	}
	return problems
}

func TestExampleHoldsTheDefaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, Example(), 0o600); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(loaded, Default()) {
		t.Errorf("have %+v, want %+v", loaded, Default())
	}
}

func TestNothingGivesTheDefaults(t *testing.T) {
	for name, path := range map[string]string{
		"no file": "", "an empty file": file(t), "empty sections": file(t, "public:", "cache:", "  redis:"),
	} {
		loaded, err := Load(path, []string{"PATH=/bin"}, nil)
		if err != nil || !reflect.DeepEqual(loaded, Default()) {
			t.Errorf("%s: have %+v, %v", name, loaded, err)
		}
	}
}

func TestLaterLayersWin(t *testing.T) {
	path := file(t,
		"public:", "  listen: :1000", "  url: https://Samtykke.example.no/",
		"storage:", "  queue: 10", "limits:", "  site_per_day: 7", "log:", "  level: warn")
	environ := []string{
		"SAMTYKKE_STORAGE_QUEUE=20", "SAMTYKKE_LIMITS_SITE_PER_DAY=8",
		"SAMTYKKE_PUBLIC_TRUSTED_PROXIES=10.0.0.4, 10.1.0.0/16", "SAMTYKKE_PUBLIC_PROXY_HEADER=X-Real-IP",
	}
	have, err := Load(path, environ, map[string]any{"limits.site_per_day": 9, "log.format": "json"})
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Public.Listen, want.Public.URL = ":1000", "https://samtykke.example.no"
	want.Public.TrustedProxies, want.Public.ProxyHeader = []string{"10.0.0.4", "10.1.0.0/16"}, "X-Real-IP"
	want.Storage.Queue, want.Limits.SitePerDay = 20, 9
	want.Log = Log{Level: slog.LevelWarn, Format: LogJSON}
	if !reflect.DeepEqual(have, want) {
		t.Errorf("have %+v, want %+v", have, want)
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	path := file(t,
		"public:",                   // 1
		"  listen: 8080",            // 2: no colon
		"  lisen: :8080",            // 3: unknown
		"  url: samtykke.no/path",   // 4: not an address
		"  proxy_header: X-Real-IP", // 5: from nobody
		"storage:",                  // 6
		"  queue: many",             // 7: not a number
		"  queue: 12",               // 8: twice
		"cache:",                    // 9
		"  entries: 0",              // 10: too small
		"  redis:",                  // 11
		"    url: http://redis",     // 12: no Redis
		"    key: short",            // 13: weak
		"limits: 7",                 // 14: a section
		"log: {level: loud}",        // 15
		"colour: red",               // 16: unknown
	)
	_, err := Load(path, []string{"SAMTYKKE_DEBUG_LISTEN=x", "SAMTYKKE_CACHE_ENTRYS=3"}, map[string]any{"no.such": 1})
	problems := problemsOf(t, err)
	have := make([]string, 0, len(problems))
	for _, problem := range problems {
		if problem.Severity != consent.Fault || problem.Message == "" || problem.Repair == "" {
			t.Errorf("no repair in %+v", problem)
		}
		have = append(have, fmt.Sprintf("%d %s %s", problem.Line, problem.Path, problem.Code))
	}
	want := []string{
		"2 public.listen bad_address", "3 public.lisen unknown_field", "4 public.url bad_value", "5 public.proxy_header needs_proxies",
		"7 storage.queue bad_value", "8 storage.queue duplicate_field", "10 cache.entries too_small", "12 cache.redis.url bad_redis",
		"13 cache.redis.key weak_key", "14 limits wrong_type", "15 log.level bad_value", "16 colour unknown_field",
		"0 SAMTYKKE_CACHE_ENTRYS unknown_variable", "0 SAMTYKKE_DEBUG_LISTEN bad_address", "0 flag no.such unknown_field",
	}
	if !reflect.DeepEqual(have, want) {
		t.Errorf("have\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

// TestRepairsSayWhatToWrite holds for every type of setting, and for every layer
// that a value comes from.
func TestRepairsSayWhatToWrite(t *testing.T) {
	for _, test := range []struct {
		path   string
		value  any
		repair string
	}{
		{"log.level", "verbose", "Write debug, info, warn or error."},
		{"log.level", "", "Write debug, info, warn or error."},
		{"log.format", "xml", "Write text or json."},
		{"storage.queue", "many", "Write a whole number, such as 2048."},
		{"storage.queue", "1e3", "Write a whole number, such as 2048."},
		{"cache.entries", "99999999999999999999", "Write a whole number, such as 256."},
		{"public.url", "samtykke.example.no", "Write scheme, host and port alone, such as https://samtykke.example.no."},
		{"public.listen", []string{":80", ":81"}, "Write one value here, not a list."},
		{"cache.redis.key", []string{"a"}, "Write one value here, not a list."},
		{"public.trusted_proxies", "proxy.example.no", "Write an address such as 10.0.0.4, or a network such as 10.0.0.0/8."},
	} {
		_, err := Load("", nil, map[string]any{test.path: test.value})
		if problem := problemsOf(t, err)[0]; problem.Path != "flag "+test.path || problem.Repair != test.repair {
			t.Errorf("%s: %v: have %+v", test.path, test.value, problem)
		}
	}
	_, err := Load(file(t, "storage:", "  queue: many"), []string{"SAMTYKKE_LOG_LEVEL=verbose"}, nil)
	problems := problemsOf(t, err)
	if problems[0].Repair != "Write a whole number, such as 2048." || problems[1].Repair != "Write debug, info, warn or error." {
		t.Errorf("have %+v", problems)
	}
}

func TestTyposAreRecognised(t *testing.T) {
	_, err := Load(file(t, "public:", "  lisen: :8080"), nil, nil)
	if repair := problemsOf(t, err)[0].Repair; repair != "Did you mean public.listen?" {
		t.Errorf("have %q", repair)
	}
}

func TestVariablesOfKubernetesAreLeftAlone(t *testing.T) {
	environ := []string{
		"SAMTYKKE_SERVICE_HOST=10.0.0.1", "SAMTYKKE_SERVICE_PORT=8080", "SAMTYKKE_PORT=tcp://10.0.0.1:8080",
		"SAMTYKKE_PORT_8080_TCP=tcp://10.0.0.1:8080", "SAMTYKKE_PORT_8080_TCP_ADDR=10.0.0.1", "SAMTYKKE_SERVICE_PORT_HTTP=8080",
	}
	if _, err := Load("", environ, nil); err != nil {
		t.Error(err)
	}
}

func TestSecretsComeFromFilesToo(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(strings.Repeat("k", 40)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	environ := []string{"SAMTYKKE_CACHE_REDIS_KEY_FILE=" + key, "SAMTYKKE_CACHE_REDIS_URL=redis://localhost:6379/0"}
	loaded, err := Load("", environ, nil)
	if err != nil {
		t.Fatal(err)
	}
	if have := loaded.Cache.Redis.Key.Reveal(); have != strings.Repeat("k", 40) {
		t.Errorf("have %q", have)
	}
	_, err = Load("", append(environ, "SAMTYKKE_CACHE_REDIS_KEY=x", "SAMTYKKE_PUBLIC_LISTEN_FILE=x", "SAMTYKKE_CACHE_REDIS_URL_FILE=/nowhere"), nil)
	codes := map[string]string{}
	for _, problem := range problemsOf(t, err) {
		codes[problem.Path] = problem.Code
	}
	want := map[string]string{
		"SAMTYKKE_CACHE_REDIS_KEY": "weak_key", "SAMTYKKE_CACHE_REDIS_KEY_FILE": "set_twice",
		"SAMTYKKE_PUBLIC_LISTEN_FILE": "unknown_variable", "SAMTYKKE_CACHE_REDIS_URL_FILE": "set_twice",
	}
	if !reflect.DeepEqual(codes, want) {
		t.Errorf("have %v, want %v", codes, want)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct{ path, code string }{
		"no such file":  {filepath.Join(t.TempDir(), "none.yaml"), "no_settings_file"},
		"not YAML":      {file(t, "public: [", "x"), "not_yaml"},
		"not text":      {file(t, "public: \xff"), "not_utf8"},
		"two documents": {file(t, "public:", "---", "debug:"), "many_documents"},
		"alias bomb":    {file(t, bomb()), "too_many_aliases"},
		"alias to self": {file(t, "a: &a [*a]"), "too_many_aliases"},
		"over 1 MiB":    {file(t, strings.Repeat("#", maxFile+1)), "too_large"},
	} {
		_, err := Load(test.path, nil, nil)
		var refused *consent.Error
		if !errors.As(err, &refused) || refused.Code != test.code {
			t.Errorf("%s: have %v, want %s", name, err, test.code)
		}
	}
}

func TestEverySettingHasAnEntryAndAnEnvironmentVariable(t *testing.T) {
	names, docs := map[string]string{}, Docs()
	for _, each := range settings() {
		if other, taken := names[each.env]; taken {
			t.Errorf("%s and %s have one variable, %s", each.path, other, each.env)
		}
		names[each.env] = each.path
		if !strings.Contains(docs, each.env) {
			t.Errorf("%s is not in the manual", each.path)
		}
	}
	for _, each := range entries() {
		if !strings.HasPrefix(each.text, each.name+" ") {
			t.Errorf("%s: the entry must start with the name of the field: %q", each.path, each.text)
		}
	}
}
