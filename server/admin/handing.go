package admin

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
)

// handing is how a link gets to the one person whom it lets in.
type handing struct {
	To   string
	Link string // to be handed over, shown once; "" when it was sent
}

// hand sends a link where the host sends e-mail, so that nobody but the owner of the
// address has it: not even whoever makes it. Elsewhere it gives the link.
func (a *Admin) hand(ctx context.Context, letter notify.Letter) (link string, err error) {
	if a.Send == nil {
		return letter.Link, nil
	}
	err = a.Send(ctx, letter)
	switch code := consent.CodeOf(err); {
	case err == nil:
		return "", nil
	case code == "mail_recipient":
		return "", consent.Errorf(consent.Unavailable, "letter_refused", "The mail server takes nothing for this address, and nothing was changed. See that the address is right.")
	default:
		a.Log.WarnContext(ctx, "a link did not get out by e-mail; see samtykke notify test", "why", code)
		return "", consent.Errorf(consent.Unavailable, "letter_failed", "The e-mail did not get out, and nothing was changed. Try again later, or tell those who run the server.")
	}
}

// unsent gives what to say when a letter did not get out, "" for another error.
func (r *request) unsent(err error) string {
	if code := consent.CodeOf(err); code == "letter_refused" || code == "letter_failed" {
		return r.say("error_text_" + code)
	}
	return ""
}
