// Samtykke asks visitors for consent, remembers what they answered as
// evidence, and publishes what a site keeps on their devices.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/samtykke/samtykke/server/control"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], &terminal{
		in:      os.Stdin,
		out:     os.Stdout,
		err:     os.Stderr,
		environ: os.Environ(),
		clock:   time.Now,
		looker:  &control.Checker{},
	})
	stop()
	os.Exit(code)
}
