package soak

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/samtykke/samtykke/storage/sqlite"
)

// How often Kills looks. Most kills meet a database that nobody has mended since
// the one before.
const (
	receiptsEach = 4   // kills: the receipt of every decision answered since then
	auditEach    = 100 // kills: the whole ledger, and every decision counted
)

// aliveFor is how long a program may take to answer.
const aliveFor = 60 * time.Second

// Target is what is killed.
type Target interface {
	// start starts it, and a load on it. Both go on while this returns.
	start(ctx context.Context, p *promises) (prey, error)
	// options open the database that it leaves.
	options() sqlite.Options
}

// prey is a target that runs.
type prey interface {
	await(acks int, limit time.Duration)
	stop() error // asks it to stop in order
	failed() error
	kill() error // and waits until all that it said was noted
}

// Kills kills a target under load, over and over, and looks whether it has kept
// its word.
type Kills struct {
	Target Target
	Count  int
	Seed   uint64           // of the moments
	Report func(done int)   // after each kill
	Now    func() time.Time // measures how long it took
}

// Killed is what Kills has seen.
type Killed struct {
	Seed         uint64  `json:"seed"`
	Kills        int     `json:"kills"`
	Early        int     `json:"before_the_first_answer"`
	Stopping     int     `json:"while_it_stopped"`
	Acknowledged int     `json:"acknowledged"`
	Erased       int     `json:"erased"`
	Again        int     `json:"sent_again"`
	Receipts     int     `json:"receipts_checked"`
	Audits       int     `json:"audits"`
	Seconds      float64 `json:"seconds"`
}

// Run gives what it has seen, also with an error. The error says what was lost.
func (k Kills) Run(ctx context.Context) (Killed, error) {
	r := &killing{Kills: k, random: rand.New(rand.NewPCG(k.Seed, 0)), p: newPromises()}
	r.seen.Seed = k.Seed
	begun := k.Now()
	err := r.run(ctx)
	r.seen.Seconds = k.Now().Sub(begun).Seconds()
	r.seen.Acknowledged, r.seen.Erased, r.seen.Again, r.seen.Receipts = len(r.p.stored), len(r.p.erased), r.p.again, r.p.proved
	return r.seen, err
}

type killing struct {
	Kills
	random *rand.Rand
	p      *promises
	seen   Killed
}

func (r *killing) run(ctx context.Context) error {
	for r.seen.Kills < r.Count {
		if err := r.once(ctx); err != nil {
			return fmt.Errorf("kill %d (seed %d): %w", r.seen.Kills+1, r.Seed, err)
		}
		r.seen.Kills++
		whole := r.seen.Kills%auditEach == 0 || r.seen.Kills == r.Count
		if whole || r.seen.Kills%receiptsEach == 0 {
			if err := r.look(ctx, whole); err != nil {
				return fmt.Errorf("after kill %d (seed %d): %w", r.seen.Kills, r.Seed, err)
			}
		}
		r.Report(r.seen.Kills)
	}
	return nil
}

// once starts the target and kills it: mostly after some answers, sometimes
// while it starts, sometimes while it stops in order.
func (r *killing) once(ctx context.Context) error {
	running, err := r.Target.start(ctx, r.p)
	if err != nil {
		return err
	}
	before := len(r.p.first)
	switch r.random.IntN(10) {
	case 0, 1:
		running.await(1<<30, r.moment(40))
		err = running.failed()
	case 2:
		running.await(1+r.random.IntN(20), aliveFor)
		err = errors.Join(running.failed(), running.stop())
		running.await(1<<30, r.moment(25))
		r.seen.Stopping++
	default:
		running.await(1+r.random.IntN(60), aliveFor)
		err = running.failed()
	}
	err = errors.Join(err, running.kill(), ctx.Err())
	if len(r.p.first) == before {
		r.seen.Early++
	}
	return err
}

// moment is a random time up to so many milliseconds.
func (r *killing) moment(ms int) time.Duration {
	return time.Duration(r.random.IntN(1000*ms)) * time.Microsecond
}

// look opens what a kill left, as any command does, and checks it.
func (r *killing) look(ctx context.Context, whole bool) error {
	if whole {
		r.seen.Audits++
	}
	return r.p.check(ctx, r.Target.options(), whole)
}
