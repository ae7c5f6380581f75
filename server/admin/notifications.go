package admin

import (
	"cmp"
	"context"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/web"
)

func notificationRoutes() []route {
	const notifications = "/organisations/:organisation/notifications"
	return []route{
		{method: http.MethodGet, path: notifications, may: consent.MayAudit, handle: (*request).notificationsGet},
		{method: http.MethodPost, path: notifications, may: consent.MayAdminister, action: "organisation.recipients", sure: true, handle: (*request).notificationsPost},
		{method: http.MethodPost, path: notifications + "/try", may: consent.MayAdminister, action: "organisation.recipients.try", costs: true, handle: (*request).notificationsTryPost},
	}
}

// tryEach is how seldom: a test message goes to people who have not asked for it.
const tryEach = 5 * time.Minute

// notificationsPage is who of an organisation is told by e-mail.
type notificationsPage struct {
	May       bool     // the person may change it
	Stored    []string // addresses
	Named     string   // the language of the messages
	Addresses string   // one a line, as they were written
	Count     int      // that are stored
	Most      int
	Languages []languageChoice
	Faults    misfits
	Was       string
	Now       *consent.Recipients // meanwhile, when that is something else
	NowNamed  string              // its language
	Mail      bool                // the host sends e-mail
	Tried     []triedAddress
	Sent      bool // one got out
	Soon      bool // a test message was sent just now
	Unsaved   bool // the list was written anew before that, and is not stored
}

// triedAddress is what became of a test message.
type triedAddress struct {
	Address, Text string
	Sent          bool
}

// notificationsGet shows who is told.
func (r *request) notificationsGet() error { return r.showNotifications(http.StatusOK, nil) }

// showNotifications shows who is told, or a form that was filled in before.
func (r *request) showNotifications(status int, shown *notificationsPage) error {
	stored, err := r.recipients()
	if err != nil {
		return err
	}
	if shown == nil {
		shown = new(notificationsPage)
	}
	lang := consent.Language(r.form.Get("language"))
	if !r.form.Has("language") {
		lang, shown.Addresses = stored.Language, strings.Join(stored.Addresses, "\n")
	}
	for _, each := range web.AdminLanguages {
		shown.Languages = append(shown.Languages, languageChoice{each, r.languageLabel(each), each == lang})
	}
	shown.May, shown.Stored, shown.Named = r.may(consent.MayAdminister), stored.Addresses, r.languageLabel(stored.Language)
	shown.Count, shown.Most, shown.Was, shown.Mail = len(stored.Addresses), consent.MaxRecipients, cmp.Or(shown.Was, recipientsWas(stored)), r.Try != nil
	r.c.Status(status)
	return r.show(page{name: "notifications.html", title: "notifications_title", data: shown})
}

// recipients gives who is told of the Organisation.
func (r *request) recipients() (*consent.Recipients, error) {
	return organising.RecipientsOf(r.ctx, r.Store, r.organisation.ID)
}

// recipientsWas stands in a form for the list as it was shown there.
func recipientsWas(list *consent.Recipients) string {
	sum := consent.HashOf([]byte(string(list.Language) + "\n" + strings.Join(list.Addresses, "\n")))
	return hex.EncodeToString(sum[:8])
}

// notificationsPost stores another list. The trail is told how many there are, and
// of nobody who they are.
func (r *request) notificationsPost() error {
	shown := &notificationsPage{Addresses: r.form.Get("addresses")}
	addresses := addressesIn(shown.Addresses)
	lang := consent.Language(r.form.Get("language"))
	shown.Faults = r.addressFaults(addresses)
	if !slices.Contains(web.AdminLanguages, lang) {
		shown.Faults = append(shown.Faults, misfit{Field: "language", Text: r.say("error_text_no_choice")})
	}
	if len(shown.Faults) > 0 {
		return r.showNotifications(http.StatusUnprocessableEntity, shown)
	}
	stored, err := r.recipients()
	if err != nil {
		return err
	}
	if r.form.Get("was") != recipientsWas(stored) {
		shown.Now, shown.NowNamed = stored, r.languageLabel(stored.Language)
		return r.showNotifications(http.StatusConflict, shown)
	}
	to := &consent.Recipients{Organisation: r.organisation.ID, Language: lang, Addresses: addresses}
	if organising.IsListed(to, stored) {
		return r.redirect("/organisations/"+string(r.organisation.ID)+"/notifications", "unchanged")
	}
	r.tells(func(act *consent.Act) { act.Object = strconv.Itoa(len(addresses)) + " " + string(lang) })
	if err := r.Store.SetRecipients(r.ctx, to); err != nil {
		return err
	}
	return r.redirect("/organisations/"+string(r.organisation.ID)+"/notifications", "recipients")
}

// addressesIn gives the addresses of a text, each once.
func addressesIn(text string) []string {
	return organising.Once(strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || c == ',' || c == ';' }))
}

// addressFaults says what is wrong with a list.
func (r *request) addressFaults(addresses []string) misfits {
	if n := len(addresses); n > consent.MaxRecipients {
		return misfits{{Field: "addresses", Text: r.say("notifications_many", "n", n, "most", consent.MaxRecipients)}}
	}
	if i, why := organising.NoAddress(addresses); i >= 0 {
		key := "notifications_not_address"
		if consent.CodeOf(why) != "bad_email" {
			key = "notifications_letters"
		}
		return misfits{{Field: "addresses", Text: r.say(key, "n", i+1)}}
	}
	return nil
}

// notificationsTryPost sends a message to everyone in the list, and says what came
// of it. What is written in the form is still there, and still to be saved.
func (r *request) notificationsTryPost() error {
	shown, err := r.listWritten()
	if err != nil {
		return err
	}
	list, results, err := r.tryRecipients(r.ctx, r.organisation.ID)
	if consent.CodeOf(err) == "too_soon" {
		shown.Soon = true
		return r.showNotifications(http.StatusTooManyRequests, shown)
	}
	if err != nil {
		return err
	}
	for i, failed := range results {
		tried := triedAddress{Address: list.Addresses[i], Sent: failed == nil, Text: r.say("notifications_sent")}
		if code := consent.CodeOf(failed); code == "mail_recipient" {
			tried.Text = r.say("notifications_refused")
		} else if failed != nil {
			tried.Text = r.say("notifications_failed")
		}
		shown.Sent = shown.Sent || tried.Sent
		shown.Tried = append(shown.Tried, tried)
	}
	return r.showNotifications(http.StatusOK, shown)
}

// listWritten gives the form as it is written beside another button than its own.
func (r *request) listWritten() (*notificationsPage, error) {
	stored, err := r.recipients()
	if err != nil || !r.form.Has("was") {
		return &notificationsPage{}, err
	}
	to := &consent.Recipients{Language: consent.Language(r.form.Get("language")), Addresses: addressesIn(r.form.Get("addresses"))}
	return &notificationsPage{Addresses: r.form.Get("addresses"), Was: r.form.Get("was"), Unsaved: !organising.IsListed(to, stored)}, nil
}

// tryRecipients sends a message to everyone in the list of an organisation, and gives
// what became of each. The trail knows of it before.
func (a *Admin) tryRecipients(ctx context.Context, in consent.OrganisationID) (*consent.Recipients, []error, error) {
	list, err := organising.RecipientsOf(ctx, a.Store, in)
	if err != nil {
		return nil, nil, err
	}
	if a.Try == nil || len(list.Addresses) == 0 {
		return nil, nil, consent.Errorf(consent.Conflict, "nobody_to_tell", "There is nobody to tell, or this host sends no e-mail.")
	}
	now := a.Clock()
	if !a.spent.first("try "+string(in)+" "+now.Truncate(tryEach).String(), now.Add(tryEach)) {
		return nil, nil, consent.Errorf(consent.Conflict, "too_soon", "A test message was sent just now. Wait %d minutes.", int(tryEach.Minutes()))
	}
	act, _ := consent.ActOf(ctx)
	act.Object = strings.TrimSpace(act.Object + " " + strconv.Itoa(len(list.Addresses)) + " " + string(list.Language))
	if err := a.Store.RecordAct(ctx, act); err != nil {
		return nil, nil, err
	}
	results := a.Try(ctx, list.Addresses, list.Language)
	for _, failed := range results {
		if code := consent.CodeOf(failed); failed != nil && code != "mail_recipient" {
			a.Log.WarnContext(ctx, "a test message did not get out; see samtykke notify test", "organisation", in, "why", code)
		}
	}
	return list, results, nil
}
