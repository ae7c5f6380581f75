package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
)

// benchServer is the bare Fiber handler that everything is compared with, in a
// process of its own: 204 to any POST, and the bytes of a file to any GET.
func benchServer(_ context.Context, args []string) error {
	if len(args) != 2 {
		return errMisuse
	}
	body, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Post("/*", func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNoContent) })
	app.Get("/*", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
		return c.Send(body)
	})
	return app.Listen(args[0])
}

// origin is where the example's pages live; the benches post from there.
const origin = "https://www.gjerdrum.kommune.no"

// bareServer starts the bare handler and gives its address.
func bareServer(ctx context.Context, file string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	return start(ctx, func(address string) *exec.Cmd {
		return exec.CommandContext(ctx, self, "bench-server", address, file)
	})
}

// samtykkeServer builds the program, publishes the example in a new database
// and serves it.
func samtykkeServer(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "samtykke")
	if err := quiet(ctx, ".", "go", "build", "-o", program, "./cmd/samtykke"); err != nil {
		return "", err
	}
	settings := filepath.Join(dir, "samtykke.yaml")
	return start(ctx, func(address string) *exec.Cmd {
		admin := freeAddress()
		text := fmt.Sprintf("public:\n  listen: %s\n  url: http://%s\nadmin:\n  listen: %s\n  url: http://%s\ndebug:\n  listen: %s\nstorage:\n  sqlite:\n    path: %s\nlimits:\n  decisions_per_minute: 100000000\n  site_per_day: 1000000000\nnotices:\n  pictures: off\n",
			address, address, admin, admin, freeAddress(), filepath.Join(dir, "bench.db"))
		if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
			return nil
		}
		for _, args := range [][]string{
			{"site", "import", "--config", settings, "examples/gjerdrum/site.yaml"},
			{"notice", "publish", "--no-pictures", "--config", settings, "gjerdrum"},
		} {
			if err := quiet(ctx, ".", program, args...); err != nil {
				return nil
			}
		}
		return exec.CommandContext(ctx, program, "serve", "--config", settings)
	})
}

// running are the servers that were started. Each ends with its context.
var running sync.WaitGroup

// again ends the server of the program as an update does, and starts it anew.
func (s served) again(ctx context.Context) error {
	program := filepath.Join(s.dir, "samtykke")
	server, err := processOf(program)
	if err != nil {
		return err
	}
	pid, err := strconv.Atoi(filepath.Base(server))
	if err != nil {
		return fmt.Errorf("which process serves is not known here: %w", err)
	}
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		return err
	}
	for server != "" {
		if server, err = processOf(program); err != nil {
			return err
		}
	}
	return listening(ctx, s.address, exec.CommandContext(ctx, program, "serve", "--config", filepath.Join(s.dir, "samtykke.yaml")))
}

// start runs a server on a free loopback port and returns when it listens.
func start(ctx context.Context, command func(address string) *exec.Cmd) (string, error) {
	address := freeAddress()
	cmd := command(address)
	if cmd == nil {
		return "", fmt.Errorf("the server for %s could not be prepared", address)
	}
	return address, listening(ctx, address, cmd)
}

// listening runs a server and returns when it listens.
func listening(ctx context.Context, address string, cmd *exec.Cmd) error {
	var output strings.Builder
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		return err
	}
	running.Go(func() { _ = cmd.Wait() })
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return fmt.Errorf("nothing listens on %s: %s", address, output.String())
}

func freeAddress() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "127.0.0.1:0"
	}
	defer l.Close()
	return l.Addr().String()
}

// bundleOf asks the program which bundle visitors run.
func bundleOf(ctx context.Context, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "samtykke"),
		"bundle", "gjerdrum", "--json", "--out", dir, "--config", filepath.Join(dir, "samtykke.yaml"))
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("samtykke bundle: %w", err)
	}
	var answer struct{ Bundle string }
	return answer.Bundle, json.Unmarshal(out, &answer)
}
