package soak

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// cutsEach is how many cuts one file system lives through. The first of them
// meets a database that is being made.
const cutsEach = 10

// Cuts cuts the power of the disk under a store, over and over, and looks
// whether it has kept its word. Only answers that were read before the cut
// count: a sync that is under way while the power goes may say that it worked.
type Cuts struct {
	Program  string // cmd/dev/appender
	Folder   string // for the disk
	Count    int
	Seed     uint64 // of the moments
	Unsynced bool   // the control: nothing is synced, so that every cut must lose something
	Report   func(done int)
	Now      func() time.Time // measures how long it took
}

// Cut is what Cuts has seen.
type Cut struct {
	Seed         uint64  `json:"seed"`
	Cuts         int     `json:"cuts"`
	Early        int     `json:"before_the_first_answer"`
	Stopping     int     `json:"while_it_stopped"`
	Acknowledged int     `json:"acknowledged"`
	Erased       int     `json:"erased"`
	Receipts     int     `json:"receipts_checked"`
	Audits       int     `json:"audits"`
	Seconds      float64 `json:"seconds"`
}

// Run gives what it has seen, also with an error. It is an ErrBroken when
// something was lost, and another when the disk could not be had.
func (c Cuts) Run(ctx context.Context) (Cut, error) {
	r := &cutting{Cuts: c, random: rand.New(rand.NewPCG(c.Seed, 1))}
	r.seen.Seed = c.Seed
	begun := c.Now()
	err := r.run(ctx)
	r.seen.Seconds = c.Now().Sub(begun).Seconds()
	return r.seen, err
}

type cutting struct {
	Cuts
	random *rand.Rand
	env    []string
	disk   *disk
	p      *promises
	seen   Cut
}

func (r *cutting) run(ctx context.Context) (err error) {
	if r.Unsynced {
		variable, err := preload(ctx, r.Folder)
		if err != nil {
			return err
		}
		r.env = []string{variable, "SAMTYKKE_SYNC=off"}
	}
	defer func() {
		if r.disk != nil {
			err = errors.Join(err, r.disk.unmount())
		}
	}()
	for r.seen.Cuts < r.Count {
		if r.seen.Cuts%cutsEach == 0 {
			if err := r.renew(ctx); err != nil {
				return err
			}
		}
		if err := r.once(ctx); err != nil {
			return fmt.Errorf("cut %d (seed %d): %w", r.seen.Cuts+1, r.Seed, err)
		}
		r.seen.Cuts++
		r.Report(r.seen.Cuts)
	}
	return nil
}

// renew puts in an empty disk.
func (r *cutting) renew(ctx context.Context) (err error) {
	if r.disk != nil {
		if err := r.disk.unmount(); err != nil {
			return err
		}
	}
	r.p = newPromises()
	r.disk, err = newDisk(ctx, r.Folder)
	return err
}

func (r *cutting) once(ctx context.Context) error {
	store := Store{Program: r.Program, Folder: r.disk.at}
	running, err := store.append(ctx, r.p, 0, r.env...)
	if err != nil {
		return err
	}
	stored, erased, receipts := len(r.p.first), len(r.p.erased), r.p.proved
	err = errors.Join(r.wait(running), running.silence(r.disk.cut), running.kill(), r.disk.restart(ctx))
	if err != nil {
		return err
	}
	err = r.p.check(ctx, store.options(), true)
	if len(r.p.first) == stored {
		r.seen.Early++
	}
	r.seen.Acknowledged += len(r.p.first) - stored
	r.seen.Erased += len(r.p.erased) - erased
	r.seen.Receipts += r.p.proved - receipts
	r.seen.Audits++
	return errors.Join(err, ctx.Err())
}

// wait is over when the power is to go: mostly after some answers, sometimes
// while the store opens, while it stops in order, or when the anchor has moved.
func (r *cutting) wait(running *child) (err error) {
	moment := func(ms int) time.Duration { return time.Duration(r.random.IntN(1000*ms)) * time.Microsecond }
	which := r.random.IntN(20)
	if r.Unsynced {
		which = 10
	}
	switch {
	case which < 4:
		running.await(1<<30, moment(150))
		return running.failed()
	case which < 8:
		running.await(1+r.random.IntN(50), aliveFor)
		err = errors.Join(running.failed(), running.stop())
		running.await(1<<30, moment(40))
		r.seen.Stopping++
		return err
	case which == 8:
		running.await(1<<30, 1050*time.Millisecond+moment(100))
	default:
		running.await(20+r.random.IntN(180), aliveFor)
	}
	return running.failed()
}
