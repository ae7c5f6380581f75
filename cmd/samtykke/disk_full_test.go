package main_test

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk fills the disk under a server: it says so with a 503 and takes
// nothing more, what it had acknowledged is there, and the script is still
// served. When there is room again it goes on by itself.
func TestFullDisk(t *testing.T) {
	if os.Geteuid() != 0 {
		mayMount(t)
		return
	}
	i := newInstallation(t)
	small := installation{t.TempDir()}
	if err := syscall.Mount("tmpfs", small.data, "tmpfs", 0, "size=3m"); err != nil {
		if os.Getenv(namespaced) == "" { // this root may not, and may in a namespace
			mayMount(t)
			return
		}
		t.Skip("skipped: this machine lets nobody mount a small disk, not even in a namespace of one's own:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(small.data, 0); err != nil {
			t.Error(err)
		}
	})
	i.copyTo(t, small.data)
	server := small.start(t)
	bundle := exampleBundle(t)
	acknowledged := map[string]bool{}
	var refused post
	for refused.ID == "" {
		p := newPost(bundle, "accept_all", true)
		status, answer, err := p.send(localClient, server.url, exampleOrigin)
		switch {
		case err != nil || len(acknowledged) > 100_000:
			t.Fatalf("after %d decisions: %v", len(acknowledged), err)
		case status == http.StatusCreated:
			acknowledged[p.ID] = true
		case status == http.StatusServiceUnavailable && strings.Contains(string(answer), "full"):
			refused = p
		default:
			t.Fatalf("a full disk is answered with %d: %s", status, answer)
		}
	}
	fetch(t, server.url+"/gjerdrum.js")
	if err := syscall.Mount("tmpfs", small.data, "tmpfs", syscall.MS_REMOUNT, "size=32m"); err != nil {
		t.Fatal(err)
	}
	refused.accepted(t, server.url)
	acknowledged[refused.ID] = true
	all := small.exported(t)
	checkOnce(t, all, acknowledged)
	must(t, "log", "verify", "--data", small.data)
	t.Logf("%d decisions until the disk was full", len(acknowledged)-1)
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("the server ends with %d:\n%s", code, server.log)
	}
}

// namespaced tells the test that it runs in a namespace of its own.
const namespaced = "DEV_TEST_NAMESPACE"

// mayMount runs the test once more where it may mount: in a namespace of its own.
func mayMount(t *testing.T) {
	t.Helper()
	again := exec.Command("unshare", "--user", "--map-root-user", "--mount", os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), namespaced+"=1")
	out, err := again.CombinedOutput()
	t.Logf("in a namespace: %s", out)
	if strings.Contains(string(out), "--- SKIP") || !strings.Contains(string(out), "=== RUN") {
		t.Skipf("skipped: no namespace can be had: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
}
