package soak

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/examples/gjerdrum"
	"github.com/samtykke/samtykke/storage/sqlite"
)

const (
	// appenders is how many callers append at the same time.
	appenders = 8
	// erasedEach says which decisions are erased again after they were stored.
	erasedEach = 50
	// patientTries is how often a caller sends a decision that is refused.
	patientTries = 50
	// site is the site of the example, which the decisions are made on.
	site = consent.SiteKey("gjerdrum")
	// bundle is what its visitors are said to have run.
	bundle = consent.BundleID("soak")
)

// day is when the decisions of a soak are made.
var day = time.Date(2026, time.March, 2, 8, 30, 0, 0, time.UTC)

// ack is what the store has answered, as a line. It is written in one piece, and
// only after the answer: what can be read was promised.
type ack struct {
	N          int64  `json:"n"`
	Kind       string `json:"kind"` // stored, erased, refused
	Index      int64  `json:"index,omitempty"`
	Salt       []byte `json:"salt,omitempty"`
	Checkpoint []byte `json:"checkpoint,omitempty"`
	Code       string `json:"code,omitempty"` // of a refusal
}

// Append is what a process does that is to be killed: it stores decisions in a
// folder's database and writes an ack for each. Its arguments are the folder, the
// number before the first decision, the last one (0: until it is killed), and
// numbers that were sent earlier and never answered. It stops in order when ctx
// ends.
func Append(ctx context.Context, args []string, out io.Writer) error {
	if len(args) < 3 {
		return errors.New("appender FOLDER FROM LAST [AGAIN...]")
	}
	numbers := make([]int64, 0, len(args))
	for _, text := range args[1:] {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		numbers = append(numbers, n)
	}
	store, err := sqlite.Open(ctx, optionsOf(args[0], true))
	if err != nil {
		return err
	}
	a := &appending{store: store, again: numbers[2:], last: numbers[1], out: out}
	a.next.Store(numbers[0])
	if err = publish(ctx, store); err == nil {
		err = a.run(ctx)
	}
	return errors.Join(err, store.Close()) //nolint:contextcheck // closing is not to be cut short
}

func optionsOf(dir string, exclusive bool) sqlite.Options {
	return sqlite.Options{
		Path: filepath.Join(dir, "soak.db"), Exclusive: exclusive,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	}
}

// publish publishes the example, as far as nobody has done so before.
func publish(ctx context.Context, store consent.Store) error {
	notice, err := store.Notice(ctx, site, 1)
	if consent.KindOf(err) == consent.NotFound {
		draft, _, err := config.ParseSite(gjerdrum.Site())
		if err != nil {
			return err
		}
		if notice, err = consent.Freeze(*draft, 1, day); err != nil {
			return err
		}
		if err := errors.Join(store.SaveDraft(ctx, *draft, day), store.SaveNotice(ctx, site, notice)); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	files := map[string][]byte{consent.MainFile: []byte("/* what visitors ran */")}
	consent.NameParts(files)
	return store.SaveBundle(ctx, &consent.Bundle{
		Site: site, ID: bundle, Notice: 1, NoticeHash: notice.Hash, Hash: consent.HashOf(files[consent.MainFile]), Built: day, Files: files,
	})
}

// appending is the work of an appender.
type appending struct {
	store consent.Store
	again []int64
	next  atomic.Int64
	taken atomic.Int64
	last  int64
	out   io.Writer
}

func (a *appending) run(ctx context.Context) error {
	errs := make([]error, appenders)
	var group sync.WaitGroup
	for i := range appenders {
		group.Go(func() {
			for errs[i] == nil && ctx.Err() == nil {
				n := a.take()
				if n == 0 {
					return
				}
				errs[i] = a.one(n) //nolint:contextcheck // an answer is wanted: it asks for nothing to be cut short
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// take gives the next number: first those that were never answered.
func (a *appending) take() int64 {
	if i := a.taken.Add(1) - 1; i < int64(len(a.again)) {
		return a.again[i]
	}
	if n := a.next.Add(1); a.last == 0 || n <= a.last {
		return n
	}
	return 0
}

// one stores a decision, and erases it again when its number says so. It sends
// it as long as it is refused, as a banner does.
func (a *appending) one(n int64) error {
	ctx := context.Background()
	err := a.insist(n, func() error {
		made, err := a.store.Append(ctx, decisionOf(n))
		if err != nil {
			return err
		}
		return a.say(ack{N: n, Kind: "stored", Index: made.Proof.Index, Salt: made.Proof.Salt[:], Checkpoint: made.Proof.Checkpoint})
	})
	if err != nil || n%erasedEach != 0 {
		return err
	}
	return a.insist(n, func() error {
		what := consent.Erasure{ID: idOf(n), Actor: consent.ActorOperator, Time: day}
		if _, err := a.store.Erase(ctx, site, what); err != nil {
			return err
		}
		return a.say(ack{N: n, Kind: "erased"})
	})
}

// insist does something until it is not refused any more.
func (a *appending) insist(n int64, do func() error) error {
	for try := 1; ; try++ {
		err := do()
		if err == nil {
			return nil
		}
		var refusal *consent.Error
		code := "unknown"
		if errors.As(err, &refusal) {
			code = refusal.Code
		}
		if code == "erased" {
			return a.say(ack{N: n, Kind: "erased"})
		}
		if err := a.say(ack{N: n, Kind: "refused", Code: code}); err != nil {
			return err
		}
		if try == patientTries {
			return fmt.Errorf("decision %d was refused %d times: %w", n, try, err)
		}
	}
}

func (a *appending) say(one ack) error {
	line, err := json.Marshal(one)
	if err != nil {
		return err
	}
	_, err = a.out.Write(append(line, '\n'))
	return err
}
