package notify

import (
	"cmp"
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Letter takes a link to the one person whom it lets in.
type Letter struct {
	To           string
	Language     consent.Language
	Organisation string // that invites, "" for a link to a new password
	Link         string
}

// Send hands a letter to the mail server, while somebody waits at a page. The error
// has its code.
func Send(ctx context.Context, o Options, letter Letter) error {
	ctx, cancel := context.WithTimeout(ctx, tryWithin)
	defer cancel()
	box := &mailbox{Mail: o.Settings.Mail, to: letter.To, roots: o.Roots}
	return box.send(ctx, letter.message(o.Clock()))
}

// message writes it. Its name tells nothing of the link.
func (l *Letter) message(now time.Time) *Message {
	w, key := wordsIn(l.Language), "link"
	if l.Organisation != "" {
		key = "invitation"
	}
	name := cmp.Or(nameLine(l.Organisation), "…")
	return &Message{
		ID: idOf("mail:"+l.To, key, l.Link), Kind: key, Time: now, Language: l.Language, Subject: w.fill(key+"_subject", "organisation", name),
		Text: w.fill(key+"_text", "organisation", name) + "\n\n" + l.Link + "\n\n" + w[key+"_repair"] + "\n\n" + w["end"] + "\n",
	}
}
