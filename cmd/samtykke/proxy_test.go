package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

/* Real reverse proxies, with the files of our examples. */

// exampleWith writes an example's file with replacements, old and new in turn, all of
// which must be there, and gives its path.
func exampleWith(t *testing.T, example string, replacements ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../examples", example))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(string(text), replacements[i]) {
			t.Fatalf("%s does not hold %q", example, replacements[i])
		}
	}
	path := filepath.Join(t.TempDir(), filepath.Base(example))
	keep(t, path, strings.NewReplacer(replacements...).Replace(string(text)))
	return path
}

func startNginx(t *testing.T, port int, server string) {
	t.Helper()
	config := nginxWhole(t, server)
	runBeside(t, port, "nginx", "-p", filepath.Dir(config), "-c", config, "-e", "stderr")
}

// nginxWhole puts the server of an example into a configuration that leaves the
// machine alone, and gives its path.
func nginxWhole(t *testing.T, server string) string {
	t.Helper()
	folder := filepath.Dir(server)
	config := filepath.Join(folder, "whole.conf")
	keep(t, config, fmt.Sprintf(`daemon off; master_process off; pid %[1]s/pid; error_log stderr;
events {}
http { access_log off; client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/fastcgi; uwsgi_temp_path %[1]s/uwsgi; scgi_temp_path %[1]s/scgi;
include %[2]s; }`, folder, server))
	return config
}

func startCaddy(t *testing.T, port int, config string) {
	t.Helper()
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, config, "{\n\tadmin off\n\tauto_https off\n}\n"+string(text))
	runBeside(t, port, "caddy", "run", "--adapter", "caddyfile", "--config", config)
}

func startApache(t *testing.T, port int, site string) {
	t.Helper()
	folder := filepath.Dir(site)
	config := filepath.Join(folder, "whole.conf")
	var modules strings.Builder
	for _, name := range []string{"mpm_event", "authz_core", "proxy", "proxy_http"} {
		fmt.Fprintf(&modules, "LoadModule %[1]s_module /usr/lib/apache2/modules/mod_%[1]s.so\n", name)
	}
	keep(t, config, fmt.Sprintf("%sServerRoot %[2]s\nServerName localhost\nPidFile %[2]s/pid\nDefaultRuntimeDir %[2]s\nListen 127.0.0.1:%[3]d\nUser www-data\nGroup www-data\nErrorLog /dev/stderr\nInclude %[4]s\n",
		modules.String(), folder, port, site))
	runBeside(t, port, "apache2", "-f", config, "-X") // one process, which ends when it is killed
}

// runBeside starts a server that ends with the test, and waits for its port.
func runBeside(t *testing.T, port int, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("%s said:\n%s", name, said.String())
		}
	})
	awaitListening(t, port)
}
