package notify

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// watch is what the same people are told, in one language: those whom the settings
// of the host name of everything, those of an organisation of its own alone.
type watch struct {
	*Watcher

	whose    consent.OrganisationID // "" for the host
	holder   bool                   // of an account, who is told of that alone
	words    words
	lang     consent.Language
	channels []*line
	leaving  []*leaver // who was told before
	looked   time.Time
	causes   []cause
	report   cause // of the last week that was counted

	addresses []string // of the list as it was read
	read      time.Time
}

func (w *Watcher) watch(whose consent.OrganisationID, lang consent.Language) *watch {
	return &watch{Watcher: w, whose: whose, lang: lang, words: wordsIn(lang)}
}

// watches gives the host's, and those of the organisations by the lists that hold
// now.
func (w *Watcher) watches(ctx context.Context, now time.Time) []*watch {
	all := []*watch{w.host}
	if w.Settings.Mail.Server == "" {
		return all
	}
	lists, err := w.Store.Recipients(ctx)
	if err != nil {
		if ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "whom the organisations have told could not be looked up; it is tried again", "error", err)
		}
		return all
	}
	theirs := map[consent.OrganisationID]*watch{}
	for i := range lists {
		each := w.listedIn(&lists[i])
		each.listed(ctx, lists[i].Addresses, now)
		theirs[lists[i].Organisation] = each
		if len(each.channels)+len(each.leaving) > 0 {
			all = append(all, each)
		}
	}
	w.theirs = theirs
	return all
}

// listedIn gives the watch of a list, another one when its language is another.
func (w *Watcher) listedIn(list *consent.Recipients) *watch {
	old := w.theirs[list.Organisation]
	if old != nil && old.lang == list.Language {
		return old
	}
	each := w.watch(list.Organisation, list.Language)
	if old != nil {
		each.channels, each.leaving, each.addresses, each.read = old.channels, old.leaving, old.addresses, old.read
	}
	return each
}

// mailboxes gives a line for each address, the old one where there is one. Who is
// told of everything is not told of a part again.
func (w *Watcher) mailboxes(old []*line, addresses []string) []*line {
	var all []*line
	for _, to := range addresses {
		box := &mailbox{Mail: w.Settings.Mail, to: to, roots: w.Roots}
		if slices.ContainsFunc(w.Settings.To, func(host string) bool { return strings.EqualFold(host, to) }) {
			continue
		}
		at := slices.IndexFunc(old, func(each *line) bool { return each.name() == box.name() })
		if at < 0 {
			all = append(all, &line{channel: box})
		} else {
			all = append(all, old[at])
		}
	}
	return all
}

// key gives that of the text for those who cannot reach the machine, where there is
// one for them.
func (w *watch) key(of string) string {
	if theirs := of + "_theirs"; w.whose != "" && w.words[theirs] != "" {
		return theirs
	}
	return of
}

// step looks when it is time to, and tells. It gives why the mail server was not there: then
// it is asked for nobody more.
func (w *watch) step(ctx context.Context, now time.Time) error {
	if now.Sub(w.looked) >= lookEvery {
		w.looked = now
		causes, err := w.look(ctx, now)
		if err != nil && ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "what people must be told of could not be looked up; it is tried again", "error", err)
		}
		w.causes = causes
	}
	if err := w.leave(ctx, now); err != nil {
		return err
	}
	for _, each := range w.channels {
		if err := w.tell(ctx, each, w.causes); each.gone(err) {
			return err
		}
		if each.by() != "mail" {
			w.asking = w.Clock() // mail has its whole time, too
		}
		if w.late() {
			break
		}
	}
	return nil
}

// line is a channel and how it fares.
type line struct {
	channel

	own      []cause // that it alone is told
	failures int
	next     time.Time // it is left alone until then
}

// gone says of an error that the mail server was not there, or would not take anybody's.
func (l *line) gone(err error) bool {
	return err != nil && l.by() == "mail" && consent.CodeOf(err) != "mail_recipient"
}

// tell sends to one channel what it has not been told of some causes and its own. Each
// message has the time at which it goes out.
func (w *watch) tell(ctx context.Context, to *line, causes []cause) error {
	if w.Clock().Before(to.next) {
		return nil
	}
	for _, kind := range kinds {
		var fresh []cause
		for _, each := range slices.Concat(to.own, causes) {
			if each.kind == kind && !w.memory.told(to.name(), each.key) {
				fresh = append(fresh, each)
			}
		}
		if len(fresh) == 0 {
			continue
		}
		if err := to.send(ctx, w.compose(kind, fresh, to.name(), w.Clock())); err != nil {
			w.failed(ctx, to, err)
			return err
		}
		if to.failures > 0 {
			w.Log.InfoContext(ctx, "notifications get out again", "by", to.by())
		}
		to.failures, to.next = 0, time.Time{}
		if err := w.memory.keep(to.name(), fresh, w.Clock()); err != nil {
			w.Log.WarnContext(ctx, "what has been told could not be written down; after a restart it may be told again", "error", err)
		}
	}
	return nil
}

// failed leaves a channel alone for a while from now on, and says so once until it works. The
// addresses of an organisation are nothing for the log, nor is what a mail server
// says of them.
func (w *watch) failed(ctx context.Context, to *line, err error) {
	if ctx.Err() != nil {
		return // the server ends
	}
	to.next = w.Clock().Add(min(lastWait, firstWait<<min(to.failures, 10)))
	to.failures++
	why := cmp.Or(consent.CodeOf(err), string(consent.Internal))
	switch {
	case to.failures > 1:
	case w.holder:
		w.Log.ErrorContext(ctx, "a letter to the holder of an account did not get out; it is tried again", "why", why)
	case w.whose != "":
		w.Log.ErrorContext(ctx, "a notification of an organisation did not get out; it is tried again", "organisation", w.whose, "why", why)
	default:
		w.Log.ErrorContext(ctx, "a notification did not get out; it is tried again; see samtykke notify test", "by", to.by(), "error", err)
	}
}
