// Package witness asks the witnesses of this server's own ledger to cosign its
// checkpoints (C2SP tlog-witness). It runs beside everything else: nothing waits
// for it, and a witness that does not answer is left alone for a while.
package witness

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Peer is a witness.
type Peer struct {
	URL string // submission prefix, without a final slash
	Key consent.VerifierKey
}

// Options are what an Asker needs.
type Options struct {
	Ledger consent.Ledger
	Peers  []Peer
	// Required is how many cosignatures a checkpoint needs.
	Required int
	// Every is the time between two rounds.
	Every time.Duration
	// Timeout is how long one answer may take. 0 means ten seconds.
	Timeout time.Duration
	// Endorse adds the signature that a witness knows this server by.
	Endorse func(checkpoint []byte) ([]byte, error)
	// Verify finds the witness's signature in its answer, and when it was made.
	Verify func(checkpoint, lines []byte, key consent.VerifierKey) (line []byte, at time.Time, err error)
	Clock  func() time.Time
	Log    *slog.Logger
}

// Asker asks the witnesses, in rounds.
type Asker struct {
	Options
	Counters
	client *http.Client
	peers  []*peer
}

// peer is a witness with what is remembered of its silence.
type peer struct {
	Peer
	silent int       // rounds in a row in which it did not answer
	next   time.Time // when it is asked again
}

// mostSilence is how long a witness that never answers is left alone.
const mostSilence = time.Hour

// New makes an Asker.
func New(opts Options) *Asker {
	if opts.Timeout == 0 {
		opts.Timeout = 10 * time.Second
	}
	a := &Asker{Options: opts, client: newClient(opts.Timeout)}
	for _, each := range opts.Peers {
		a.peers = append(a.peers, &peer{Peer: each})
	}
	return a
}

// Run asks at once and from time to time, until ctx ends.
func (a *Asker) Run(ctx context.Context) error {
	for {
		if err := a.Round(ctx); err != nil && ctx.Err() == nil {
			a.Log.ErrorContext(ctx, "the witnesses could not be asked; it is tried again", "error", err)
		}
		pause := time.NewTimer(jitter(a.Every))
		select {
		case <-ctx.Done():
			pause.Stop()
			return nil
		case <-pause.C:
		}
	}
}

// Round asks every witness once for every tree whose newest checkpoint it has not
// cosigned, all for the same checkpoints, and keeps what they say.
func (a *Asker) Round(ctx context.Context) error {
	trees, err := a.trees(ctx)
	if err != nil {
		return err
	}
	answers := make([][]consent.WitnessAnswer, len(a.peers))
	var group sync.WaitGroup
	for i, p := range a.peers {
		group.Go(func() { answers[i] = a.ask(ctx, i, p, trees) })
	}
	group.Wait()
	if ctx.Err() != nil {
		return ctx.Err() // what was not answered was not refused
	}
	var all []consent.WitnessAnswer
	for _, each := range answers {
		all = append(all, each...)
	}
	if len(all) > 0 {
		if err := a.Ledger.Cosign(ctx, all); err != nil {
			return err
		}
	}
	return a.count(ctx)
}

// trees gives those that can grow: a part that another one has followed does not,
// and what a witness knows of it may be what the database has lost.
func (a *Asker) trees(ctx context.Context) ([]consent.Tree, error) {
	all, err := a.Ledger.Trees(ctx, "")
	if err != nil {
		return nil, err
	}
	type year struct {
		site consent.SiteKey
		year int
	}
	seen := map[year]bool{}
	var trees []consent.Tree
	for i := range all {
		at := year{all[i].Site, all[i].Year}
		if !seen[at] && all[i].Size > 0 && all[i].Dropped.IsZero() { // the newest part comes first
			trees = append(trees, all[i])
		}
		seen[at] = true
	}
	return trees, nil
}

// ask asks one witness for every tree of which it has not seen the newest. After
// a silence the rest waits with it for another round.
func (a *Asker) ask(ctx context.Context, i int, p *peer, trees []consent.Tree) []consent.WitnessAnswer {
	if a.Clock().Before(p.next) {
		return nil
	}
	var answers []consent.WitnessAnswer
	silence := ""
	for t := range trees {
		tree, state := &trees[t], trees[t].Witnesses[i]
		if state.Size == tree.Size && state.Trouble == "" {
			continue
		}
		answer := consent.WitnessAnswer{Origin: tree.Origin, Checkpoint: tree.Checkpoint, WitnessState: state}
		if silence == "" {
			if err := a.submit(ctx, p, tree, &answer); err != nil {
				silence = "it does not answer: " + err.Error()
			}
		}
		if silence != "" {
			answer.Trouble, answer.Forked = silence, state.Forked
		}
		a.tell(ctx, tree, state, &answer)
		answers = append(answers, answer)
	}
	if ctx.Err() == nil {
		a.settle(p, silence != "")
	}
	return answers
}

// settle notes whether a witness answered, and leaves one that did not alone for
// a time that doubles.
func (a *Asker) settle(p *peer, silent bool) {
	if !silent {
		p.silent, p.next = 0, time.Time{}
		return
	}
	a.Silences.Add(1)
	p.silent = min(p.silent+1, 12)
	p.next = a.Clock().Add(jitter(min(a.Every<<p.silent, mostSilence)))
}

// jitter keeps many servers from asking at the same moment.
func jitter(d time.Duration) time.Duration {
	return d*9/10 + rand.N(d/5+1) //nolint:gosec // nobody gains by guessing it
}

// tell logs what is new of a witness, and a fork each time.
func (a *Asker) tell(ctx context.Context, tree *consent.Tree, before consent.WitnessState, answer *consent.WitnessAnswer) {
	about := []any{"witness", answer.Witness, "ledger", tree.Origin}
	switch {
	case answer.Forked:
		a.Log.ErrorContext(ctx, "FORK: a witness has seen another ledger of this name. Keep everything as it is, and run samtykke log witness, which says what to do",
			append(about, "trouble", answer.Trouble)...)
	case answer.Trouble != "" && answer.Trouble != before.Trouble:
		a.Log.WarnContext(ctx, "a witness did not cosign; decisions go on, and it is asked again", append(about, "trouble", answer.Trouble)...)
	case answer.Trouble == "" && before.Trouble != "":
		a.Log.InfoContext(ctx, "a witness cosigns again", about...)
	}
}
