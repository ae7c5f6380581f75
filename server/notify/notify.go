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

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
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
	consent.NoticeStore
	consent.Log
	consent.Ledger
	consent.FindingStore
	consent.FiguresStore
	consent.RequestStore
	consent.TallyStore
	consent.OrganisationStore
	consent.TrailStore
	consent.AccountStore
	consent.FactorStore
	consent.APIKeyStore
	consent.ClockStore
	consent.RecipientStore
	consent.ReviewStore
	consent.PlanStore
	consent.OriginProofStore
}

// Options say who is told and of what.
type Options struct {
	Settings config.Notify
	Store    Store
	// Audits tell what does not hold: the same to pages and letters.
	Audits *auditing.Audits
	// Memory is the file that remembers what has been told, so that a restart does
	// not tell it again. It holds no address and no name.
	Memory string
	Admin  string // address of the administration, "" when it is not known
	// Provider is what people call the provider of logins, "" where there is none.
	Provider string
	Clock    func() time.Time
	Log      *slog.Logger
	// Roots vouch for mail server and webhook. Nil means those of the machine.
	Roots *x509.CertPool
}

// Watcher looks and tells.
type Watcher struct {
	Options

	memory *memory
	rounds int       // of audits of which has been told
	asking time.Time // since when the mail server is asked in this step
	host   *watch
	theirs map[consent.OrganisationID]*watch
	// holders are told of their own accounts.
	holders holders
}

// New makes a Watcher that begins with Run or Step.
func New(o Options) *Watcher {
	w := &Watcher{Options: o, memory: recall(o.Memory, o.Log)}
	w.host = w.watch("", consent.Language(o.Settings.Language))
	for _, each := range channels(&o.Settings, o.Roots) {
		w.host.channels = append(w.host.channels, &line{channel: each})
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
	w.asking = now
	all := w.watches(ctx, now)
	if rounds := w.Audits.Rounds(); rounds != w.rounds {
		w.rounds = rounds
		for _, each := range all {
			each.looked = time.Time{} // it is told at once what they found
		}
	}
	var err error
	for _, each := range all {
		if err = each.step(ctx, now); err != nil || w.late() {
			break // the next step goes on: a dead server is not asked for everyone at once
		}
	}
	if consent.CodeOf(err) != "mail_unreachable" {
		w.tellHolders(ctx, now)
	}
}

// late says that the mail server has taken so long that the next step goes on: a slow one
// holds up neither the webhook nor what is to be looked up.
func (w *Watcher) late() bool { return w.Clock().Sub(w.asking) >= stepEvery }

// Outcome is what became of a message on one channel.
type Outcome struct {
	To  string
	Err error
}

// Test sends a message to every channel of the host and gives what became of it.
func Test(ctx context.Context, o Options) []Outcome {
	to := channels(&o.Settings, o.Roots)
	all := make([]Outcome, 0, len(to))
	for _, each := range to {
		err := each.send(ctx, trial(each, consent.Language(o.Settings.Language), o.Clock()))
		all = append(all, Outcome{To: each.label(), Err: err})
	}
	return all
}

// tryWithin is how long somebody waits at a page for what becomes of messages, and
// tryAtOnce how many go out at once.
const tryWithin, tryAtOnce = 30 * time.Second, 4

// Try sends a message to addresses, and gives what became of each.
func Try(ctx context.Context, o Options, addresses []string, lang consent.Language) []error {
	ctx, cancel := context.WithTimeout(ctx, tryWithin)
	defer cancel()
	all := make([]error, len(addresses))
	var group errgroup.Group
	group.SetLimit(tryAtOnce)
	for i, to := range addresses {
		box := &mailbox{Mail: o.Settings.Mail, to: to, roots: o.Roots}
		group.Go(func() error {
			all[i] = box.send(ctx, trial(box, lang, o.Clock()))
			return nil
		})
	}
	_ = group.Wait() // each has its own
	return all
}

// trial is a message that tells of nothing.
func trial(to channel, lang consent.Language, now time.Time) *Message {
	w := wordsIn(lang)
	return &Message{
		Version: Version, Items: []Item{}, ID: idOf(to.name(), "test", now.Format(time.RFC3339Nano)), Kind: "test", Time: now, Language: lang,
		Subject: w["test_subject"], Text: w["test_text"] + "\n",
	}
}

// idOf gives a name for what is told that says nothing of it.
func idOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:16])
}
