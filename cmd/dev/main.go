// Command dev is the workshop: it checks, tests, measures and shows Samtykke.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = `go run ./cmd/dev VERB

  test [packages]   everything that must hold: formatting, linters, types, sizes and
                    every test with the race detector; installs what is missing.
                    With packages, such as ./storage/..., only their tests
  check             the quick half of test: what needs no browser and no Redis
  size [--update]   bytes of the banner against their budgets (banner/size.golden)
  bench [NAME...]   decisions, script: ratios against a bare handler;
                    follow: how soon "log list --follow" shows a decision;
                    ledger: audit, receipts, searches and export among --stored N
                    decisions; banner: when it stands on a slow phone, beside the
                    floor and peers from npm; admin: pages of the
                    administration among --stored N decisions, 500 sites and 5,000
                    services (asked for by name only); --json
  soak [--kills N] [--of server|store] [--seed N]
                    kill -9 under load, 10,000 times: what was acknowledged is there,
                    once, and proved; --json
  powercut [--cycles N] [--seed N]
                    the same when the disk loses its power, 1,000 times; as root; --json
  pages [DIR [NAME...]]
                    screenshots of every page and banner state, narrow and wide, or
                    of those whose names hold one of these
`

// verb is one thing that the workshop does.
type verb func(ctx context.Context, args []string) error

func main() {
	verbs := map[string]verb{
		"test": test, "check": check, "size": size, "bench": bench, "bench-server": benchServer, "pages": pages,
		"soak": kills, "powercut": powercut,
	}
	if len(os.Args) < 2 || verbs[os.Args[1]] == nil {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	// What was built for one clone serves the next, in whatever folder.
	if err := os.Setenv("GOFLAGS", os.Getenv("GOFLAGS")+" -trimpath"); err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := verbs[os.Args[1]](ctx, os.Args[2:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(exitCode(err))
	}
}

func exitCode(err error) int {
	if errors.Is(err, errMisuse) {
		return 2
	}
	return 1
}

var errMisuse = errors.New("see: go run ./cmd/dev")
