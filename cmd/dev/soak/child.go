package soak

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/samtykke/samtykke/storage/sqlite"
)

// child is a running appender whose acks are noted as they come.
type child struct {
	cmd    *exec.Cmd
	stderr strings.Builder
	ended  chan struct{}
	err    error // how it ended, once it has

	mu    sync.Mutex // guards what follows, and the promises meanwhile
	p     *promises
	deaf  bool // what comes now is not believed
	heard int  // acks
	news  chan struct{}
	wrong error
}

// Store is a target: the store alone, in a process of its own. The program is
// cmd/dev/appender; it keeps everything in the folder.
type Store struct {
	Program, Folder string

	under []string // what runs the program, when it is not started by itself
}

func (t Store) options() sqlite.Options { return optionsOf(t.Folder, false) }

func (t Store) start(ctx context.Context, p *promises) (prey, error) { return t.append(ctx, p, 0) }

// append starts an appender: it sends what is open once more, and then new
// decisions up to a last one; 0 means without end.
func (t Store) append(ctx context.Context, p *promises, last int64, env ...string) (*child, error) {
	p.erases = true
	from := p.sent
	args := slices.Concat(t.under, []string{t.Program, t.Folder, strconv.FormatInt(from, 10), strconv.FormatInt(last, 10)})
	for _, n := range p.open() {
		args = append(args, strconv.FormatInt(n, 10))
	}
	c := &child{cmd: exec.CommandContext(ctx, args[0], args[1:]...), p: p, ended: make(chan struct{}), news: make(chan struct{}, 1)}
	c.cmd.Env = append(os.Environ(), env...)
	c.cmd.Stderr = &c.stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(c.ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			c.hear(lines.Bytes())
		}
		c.err = c.cmd.Wait()
		p.sent = max(p.sent, from) + appenders // each caller may have sent one more
	}()
	return c, nil
}

func (c *child) hear(line []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.deaf {
		c.p.attempted(line)
		return
	}
	if err := c.p.note(line); err != nil {
		c.wrong = errors.Join(c.wrong, err)
	}
	c.heard++
	select {
	case c.news <- struct{}{}:
	default:
	}
}

// silence does something that ends all promises: what is heard later, and what
// was said meanwhile, is not believed.
func (c *child) silence(do func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deaf = true
	return do()
}

// await waits for so many acks, for a time, or for the end of the child.
func (c *child) await(acks int, limit time.Duration) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		c.mu.Lock()
		heard := c.heard
		c.mu.Unlock()
		if heard >= acks {
			return
		}
		select {
		case <-c.news:
		case <-c.ended:
			return
		case <-timer.C:
			return
		}
	}
}

func (c *child) stop() error { return c.cmd.Process.Signal(syscall.SIGTERM) }

// kill ends the child at once, and hears what it had said by then.
func (c *child) kill() error {
	_ = c.cmd.Process.Kill() // it may have ended already
	<-c.ended
	return c.wrong
}

// failed says why a child that should have lived has ended by itself.
func (c *child) failed() error {
	select {
	case <-c.ended:
		return fmt.Errorf("the program ended by itself: %w: %s", c.err, strings.TrimSpace(c.stderr.String()))
	default:
		return nil
	}
}
