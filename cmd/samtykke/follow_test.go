package main_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

func TestFollowShowsDecisionsAsTheyCome(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	bundle := exampleBundle(t)
	old := newPost(bundle, "reject_all", false)
	old.accepted(t, server.url)

	cmd := exec.Command(daemon(t), "log", "list", "gjerdrum", "--follow", "--json", "--data", i.data)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	ids := make(chan string)
	go func() {
		defer close(ids)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			var one exported
			if json.Unmarshal(lines.Bytes(), &one) == nil {
				ids <- one.ID
			}
		}
	}()
	next := func(want post) {
		t.Helper()
		select {
		case id := <-ids:
			if id != want.ID {
				t.Fatalf("follow shows %s, want %s", id, want.ID)
			}
		case <-time.After(patience):
			t.Fatalf("follow never shows %s", want.ID)
		}
	}
	next(old)
	for _, method := range []string{"accept_all", "save"} {
		fresh := newPost(bundle, method, true)
		fresh.accepted(t, server.url)
		next(fresh)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if id, more := <-ids; more {
		t.Errorf("follow showed a decision twice: %s", id)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("an interrupted follow ends with %v", err)
	}
}
