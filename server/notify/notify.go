// Package notify tells people by e-mail and webhook when somebody must act, and
// each Monday how the week was. It looks at what is stored, again and again, and
// sends what has not been told yet: there is no queue that could be lost. Nothing
// of the server waits for it.
package notify

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"log/slog"
	"strings"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

const (
	stepEvery = time.Minute      // how often what failed may be tried again
	lookEvery = 10 * time.Minute // how often the store is looked at
	// firstWait is how long a channel that has failed is left alone; it doubles
	// with each failure up to lastWait.
	firstWait, lastWait = time.Minute, time.Hour
	sendWithin          = time.Minute // for one message
)

// Store is what is looked at.
type Store interface {
	consent.SiteStore
	consent.Log
	consent.Ledger
	consent.FindingStore
	consent.RequestStore
	consent.TallyStore
	consent.RefusalStore
	consent.OrganisationStore
	consent.TrailStore
	consent.AccountStore
	consent.ClockStore
}

// Options say who is told and of what.
type Options struct {
	Settings config.Notify
	Store    Store
	// Memory is the file that remembers what has been told, so that a restart does
	// not tell it again. It holds no address and no name.
	Memory string
	Admin  string // address of the administration, "" when it is not known
	Clock  func() time.Time
	Log    *slog.Logger
	// Roots vouch for mail server and webhook. Nil means those of the machine.
	Roots *x509.CertPool
}

// Watcher looks and tells.
type Watcher struct {
	Options

	words    words
	lang     consent.Language
	channels []*line
	memory   *memory
	looked   time.Time
	tried    time.Time // when an audit failed to run
	causes   []cause
	report   cause // of the last week that was counted
}

// New makes a Watcher that begins with Run or Step.
func New(o Options) *Watcher {
	lang := consent.Language(o.Settings.Language)
	w := &Watcher{Options: o, lang: lang, words: wordsIn(lang), memory: recall(o.Memory, o.Log)}
	for _, each := range channels(&o.Settings, o.Roots) {
		w.channels = append(w.channels, &line{channel: each})
	}
	return w
}

// Run looks and tells until ctx ends.
func (w *Watcher) Run(ctx context.Context) error {
	tick := time.NewTicker(stepEvery)
	defer tick.Stop()
	for {
		w.Step(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Step looks when it is time to, and tells what has not been told.
func (w *Watcher) Step(ctx context.Context) {
	now := w.Clock()
	if now.Sub(w.looked) >= lookEvery {
		w.looked = now
		causes, err := w.look(ctx, now)
		if err != nil && ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "what people must be told of could not be looked up; it is tried again", "error", err)
		}
		w.causes = causes
	}
	for _, each := range w.channels {
		w.tell(ctx, each, now)
	}
	if w.auditDue(now) { // it may take minutes, so that it comes last
		w.auditNow(ctx, now)
		w.looked = time.Time{} // the next step tells what it found
	}
}

// line is a channel and how it fares.
type line struct {
	channel

	failures int
	next     time.Time // it is left alone until then
}

// tell sends to one channel what it has not been told.
func (w *Watcher) tell(ctx context.Context, to *line, now time.Time) {
	if now.Before(to.next) {
		return
	}
	for _, kind := range kinds {
		var fresh []cause
		for _, each := range w.causes {
			if each.kind == kind && !w.memory.told(to.name(), each.key) {
				fresh = append(fresh, each)
			}
		}
		if len(fresh) == 0 {
			continue
		}
		if err := to.send(ctx, w.compose(kind, fresh, to.name(), now)); err != nil {
			w.failed(ctx, to, now, err)
			return
		}
		if to.failures > 0 {
			w.Log.InfoContext(ctx, "notifications get out again", "by", to.by())
		}
		to.failures, to.next = 0, time.Time{}
		if err := w.memory.keep(to.name(), fresh, now); err != nil {
			w.Log.WarnContext(ctx, "what has been told could not be written down; after a restart it may be told again", "error", err)
		}
	}
}

// failed leaves a channel alone for a while, and says so once until it works.
func (w *Watcher) failed(ctx context.Context, to *line, now time.Time, err error) {
	if ctx.Err() != nil {
		return // the server ends
	}
	to.next = now.Add(min(lastWait, firstWait<<min(to.failures, 10)))
	to.failures++
	if to.failures == 1 {
		w.Log.ErrorContext(ctx, "a notification did not get out; it is tried again; see samtykke notify test", "by", to.by(), "error", err)
	}
}

// Outcome is what became of a message on one channel.
type Outcome struct {
	To  string
	Err error
}

// Test sends a message to every channel and gives what became of it.
func Test(ctx context.Context, o Options) []Outcome {
	lang := consent.Language(o.Settings.Language)
	w := wordsIn(lang)
	now := o.Clock()
	to := channels(&o.Settings, o.Roots)
	all := make([]Outcome, 0, len(to))
	for _, each := range to {
		err := each.send(ctx, &message{
			ID: idOf(each.name(), "test", now.Format(time.RFC3339Nano)), Kind: "test", Time: now, Language: lang,
			Subject: w["test_subject"], Text: w["test_text"] + "\n",
		})
		all = append(all, Outcome{To: each.label(), Err: err})
	}
	return all
}

// idOf gives a name for what is told that says nothing of it.
func idOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:16])
}
