package notify

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	accountTold = 24 * time.Hour // for so long after it the holder of an account is told
	accountLate = 5 * time.Minute
)

// ofHolder are the actions that change how an account is opened, and what is said of them.
// They stand in the trail of the installation, by whoever holds the account.
var ofHolder = map[string]string{
	"password.first": "account_first", "password.choose": "account_password", "password.renew": "account_renewed", "identity.renew": "account_identity",
	"identity.link": "account_identity", "identity.unlink": "account_identity_removed",
	"factor.app": "account_app", "factor.app.remove": "account_app_removed", "factor.codes": "account_codes", "factor.code": "account_code",
	"factor.passkey": "account_passkey", "factor.passkey.remove": "account_passkey_removed",
}

// taken is what others take away from an account, and what is said of it. The action begins
// with "member." in the trail of an organisation, with "account." in that of the installation.
var taken = map[string]string{"factor.remove": "account_factor_removed", "identity.remove": "account_identity_taken"}

// tellHolders tells those who hold accounts what has changed in how they are opened, and
// which of their plans fell away: at once, in their own language, and whoever did it, on
// a page or by a command. Nothing is said of where it was done from.
func (w *Watcher) tellHolders(ctx context.Context, now time.Time) {
	if w.Settings.Mail.Server == "" {
		return
	}
	from := now.Add(-accountTold)
	if w.holders.looked.After(from) && !w.holders.waits {
		from = w.holders.looked.Add(-accountLate)
	}
	acts, err := w.holderActs(ctx, from)
	if err == nil && len(acts)+len(w.holders.lapsed) > 0 {
		err = w.tellEach(ctx, acts, now)
	}
	if err == nil {
		w.holders.looked = now
	} else if ctx.Err() == nil {
		w.Log.ErrorContext(ctx, "what people must be told of their accounts could not be looked up; it is tried again", "error", err)
	}
}

// holders is how far the holders of accounts are told.
type holders struct {
	looked time.Time
	waits  bool // a letter did not get out
	lines  map[consent.AccountID]*line
	lapsed []lapse // of the plans that they made, as they were looked at last
}

// holderAct is what happened to whose account.
type holderAct struct {
	whose consent.AccountID
	what  string // the text that says it
	act   consent.ActEntry
}

// holderActs gives what happened from a moment on, the oldest first.
func (w *Watcher) holderActs(ctx context.Context, from time.Time) (all []holderAct, err error) {
	for action, what := range ofHolder {
		found, err := w.actsFrom(ctx, "", action, from)
		if err != nil {
			return nil, err
		}
		for _, act := range found {
			all = append(all, holderAct{act.Account, what, act})
		}
	}
	organisations, err := w.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	for action, what := range taken {
		found, err := w.takenFrom(ctx, "", "account."+action, what, from)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		for i := range organisations {
			if found, err = w.takenFrom(ctx, organisations[i].ID, "member."+action, what, from); err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	slices.SortStableFunc(all, func(a, b holderAct) int { return a.act.Time.Compare(b.act.Time) })
	return all, nil
}

// takenFrom gives what others have taken away, by one name in one trail.
func (w *Watcher) takenFrom(ctx context.Context, whose consent.OrganisationID, action, what string, from time.Time) (all []holderAct, err error) {
	acts, err := w.actsFrom(ctx, whose, action, from)
	for _, act := range acts {
		who, _, _ := strings.Cut(act.Object, " ")
		if id, is := consent.ParseAccountID(who); is {
			all = append(all, holderAct{id, what, act})
		}
	}
	return all, err
}

// actsFrom gives all acts of one name.
func (w *Watcher) actsFrom(ctx context.Context, whose consent.OrganisationID, action string, from time.Time) (all []consent.ActEntry, err error) {
	query := consent.TrailQuery{Organisation: whose, Action: action, EveryWay: true, From: from}
	for {
		acts, err := w.Store.Acts(ctx, query)
		if err != nil || len(acts) == 0 {
			return all, err
		}
		all = append(all, acts...)
		query.Before = &acts[len(acts)-1]
	}
}

// tellEach tells everybody of their own account alone.
func (w *Watcher) tellEach(ctx context.Context, acts []holderAct, now time.Time) error {
	accounts, err := w.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	lines, enough := map[consent.AccountID]*line{}, false
	w.asking = w.Clock() // however slowly others were told, somebody is
	w.holders.waits = false
	for i := range accounts {
		holder := &accounts[i]
		each := w.watch("", w.languageOf(holder))
		causes, err := each.causesOf(ctx, holder, acts)
		if err != nil {
			return err
		}
		causes = append(causes, each.lapsesOf(holder)...)
		if holder.Closed || len(causes) == 0 {
			continue
		}
		each.holder = true
		to := w.holders.lines[holder.ID]
		if box := (&mailbox{Mail: w.Settings.Mail, to: holder.Email, roots: w.Roots}); to == nil || to.name() != box.name() {
			to = &line{channel: box}
		}
		lines[holder.ID] = to
		if enough {
			w.holders.waits = true // the next step goes on
			continue
		}
		err = each.tell(ctx, to, causes)
		w.holders.waits = w.holders.waits || err != nil || now.Before(to.next)
		enough = to.gone(err) || w.late()
	}
	w.holders.lines = lines
	return nil
}

// languageOf gives the language of somebody's letters.
func (w *Watcher) languageOf(account *consent.Account) consent.Language {
	if slices.Contains([]consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}, account.Language) {
		return account.Language
	}
	return consent.Language(w.Settings.Language)
}

// causesOf gives what has happened to one account.
func (w *watch) causesOf(ctx context.Context, holder *consent.Account, acts []holderAct) (all []cause, err error) {
	for i := range acts {
		if acts[i].whose != holder.ID {
			continue
		}
		name := cmp.Or(w.Provider, w.words["account_identity_service"]) // none is set up any more
		act, what := &acts[i].act, w.words.fill(acts[i].what, "name", name)
		if acts[i].what == "account_code" {
			factors, err := w.Store.Factors(ctx, holder.ID)
			if err != nil {
				return nil, err
			}
			what = w.words.count("account_code", factors.Codes)
		}
		all = append(all, cause{
			kind: account, subject: w.words.fill(acts[i].what+"_subject", "name", name), key: fmt.Sprintf("account %d %s %d %d %d", holder.ID, act.Organisation, act.Year, act.Part, act.Number),
			line: w.words.fill("account_line", "day", consent.DayOf(act.Time).Words(w.lang), "clock", consent.InNorway(act.Time).Format("15:04"), "what", what),
		})
	}
	return all, nil
}
