package notify

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// Message is what one channel is told at once: by e-mail as subject and text, by the
// webhook as JSON.
type Message struct {
	Version  int              `json:"version"`
	ID       string           `json:"id"` // the same when it is sent again
	Kind     string           `json:"kind"`
	Time     time.Time        `json:"time"`
	Language consent.Language `json:"language"`
	Subject  string           `json:"subject"` // one line
	Text     string           `json:"text"`
	Items    []Item           `json:"items"`
}

// channel is one that is told: a mailbox or the webhook.
type channel interface {
	name() string  // tells channels apart, also after a restart
	by() string    // "mail" or "webhook", for the log
	label() string // for the person who tries it
	// send hands a message over. The error has its repair.
	send(ctx context.Context, m *Message) error
}

// channels gives the webhook before the mailboxes, so that it waits for none of them.
func channels(settings *config.Notify, roots *x509.CertPool) []channel {
	var all []channel
	if settings.Webhook.URL != "" {
		all = append(all, newHook(settings.Webhook, roots))
	}
	if settings.Mail.Server != "" {
		for _, to := range settings.To {
			all = append(all, &mailbox{Mail: settings.Mail, to: to, roots: roots})
		}
	}
	return all
}

func failure(code, text string, err error) error {
	return &consent.Error{Kind: consent.Unavailable, Code: code, Message: text, Err: err}
}
