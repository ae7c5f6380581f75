package main_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// running is a server on an installation.
type running struct {
	url   string
	admin string // "" when the server says no address of it
	cmd   *exec.Cmd
	ended chan struct{}
	log   *strings.Builder // complete once ended is closed
}

var (
	servingLine        = regexp.MustCompile(`msg=serving public=(\S+)`)
	administrationLine = regexp.MustCompile(`msg=serving .*admin=(\S+)`)
)

// start serves an installation on a free port until the test ends.
func (i installation) start(t *testing.T, flags ...string) *running {
	t.Helper()
	r := i.serve(t, flags...)
	t.Cleanup(func() { r.stop(syscall.SIGKILL) })
	return r
}

// serve serves an installation on a free port, until it is stopped.
func (i installation) serve(t *testing.T, flags ...string) *running {
	t.Helper()
	cmd := exec.Command(daemon(t), append([]string{"serve", "--data", i.data, "--listen", "127.0.0.1:0"}, flags...)...)
	cmd.Env = append([]string{ // what a test sets itself comes later and counts
		"SAMTYKKE_DEBUG_LISTEN=127.0.0.1:0", "SAMTYKKE_ADMIN_LISTEN=127.0.0.1:0",
		"SAMTYKKE_LIMITS_DECISIONS_PER_MINUTE=1000000", "SAMTYKKE_LIMITS_SITE_PER_DAY=10000000", "SAMTYKKE_NOTICES_PICTURES=off",
	}, append(os.Environ(), "TZ=UTC")...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := &running{cmd: cmd, ended: make(chan struct{}), log: &strings.Builder{}}
	ready := make(chan string, 1)
	go r.listen(stderr, ready)
	select {
	case line := <-ready:
		r.url = "http://" + servingLine.FindStringSubmatch(line)[1]
		if found := administrationLine.FindStringSubmatch(line); found != nil {
			r.admin = found[1]
		}
	case <-r.ended:
		t.Fatalf("the server ended:\n%s", r.log)
	case <-time.After(patience):
		r.stop(syscall.SIGKILL)
		t.Fatal("the server is not ready")
	}
	return r
}

// listen reads the server's log until it ends.
func (r *running) listen(stderr io.Reader, ready chan<- string) {
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		r.log.WriteString(lines.Text() + "\n")
		if servingLine.MatchString(lines.Text()) {
			ready <- lines.Text()
		}
	}
	close(r.ended)
}

// stop sends a signal, waits for the end and gives the exit code.
func (r *running) stop(signal syscall.Signal) int {
	_ = r.cmd.Process.Signal(signal)
	<-r.ended
	_ = r.cmd.Wait()
	return r.cmd.ProcessState.ExitCode()
}
