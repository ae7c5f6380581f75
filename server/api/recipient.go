package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
	"github.com/samtykke/samtykke/server/web"
)

func recipientRoutes() []route {
	const path = "/recipients"
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeOrganisation, name: "getRecipients",
			summary: "Who is told of the organisation by e-mail. Webhooks belong to the host, and stand in its settings", answers: map[int]any{http.StatusOK: Recipients{}},
			handle: (*request).recipientsGet,
		},
		{
			method: http.MethodPut, path: path, scope: consent.ScopeRecipients, action: "api.organisation.recipients", name: "putRecipients",
			summary: "Put a list in place of the old one", matched: true, body: Recipients{}, answers: map[int]any{http.StatusOK: Recipients{}},
			refused: ofMatch, handle: (*request).recipientsPut,
		},
		{
			method: http.MethodPost, path: path + "/test", scope: consent.ScopeRecipients, action: "api.organisation.recipients.try", name: "testRecipients",
			summary: "Send everybody in the list a message, at most once in five minutes", answers: map[int]any{http.StatusOK: Tried{}},
			refused: []int{http.StatusConflict}, costs: true, handle: (*request).recipientsTestPost,
		},
	}
}

// Recipients are who is told by e-mail.
type Recipients struct {
	Language  string   `json:"language"  about:"of the messages: nb, nn or en"`
	Addresses []string `json:"addresses" about:"at most 20"`
}

// Tried is what became of test messages.
type Tried struct {
	Addresses []TriedAddress `json:"addresses"`
}

// TriedAddress is what became of one.
type TriedAddress struct {
	Address string  `json:"address"`
	Sent    bool    `json:"sent"`
	Why     *string `json:"why" about:"code of why it was not sent: mail_recipient when the mail server does not take the address; null when it was"`
}

func errLanguage() error {
	var faults consent.Problems
	errField(&faults, "language", "bad_choice", "Messages are not written in that language.", "Write nb, nn or en.")
	return errFaults("Nothing was changed.", faults)
}

func (r *request) recipients() (*Recipients, error) {
	list, err := organising.RecipientsOf(r.ctx, r.Store, r.key.Organisation)
	if err != nil {
		return nil, err
	}
	return &Recipients{string(list.Language), append([]string{}, list.Addresses...)}, nil
}

// recipientsGet also answers with what was changed, and its new tag.
func (r *request) recipientsGet() (*answer, error) {
	list, err := r.recipients()
	if err != nil {
		return nil, err
	}
	body, err := encode(list)
	return &answer{body: body, tag: tagOf(body)}, err
}

// recipientsPut stores another list. The trail is told how many there are, and of
// nobody who they are.
func (r *request) recipientsPut() (*answer, error) {
	var said Recipients
	if err := r.readWhole(&said); err != nil {
		return nil, err
	}
	now, err := r.recipients()
	if err != nil {
		return nil, err
	}
	if err := r.unchanged(now); err != nil {
		return nil, err
	}
	lang, addresses := consent.Language(said.Language), organising.Once(said.Addresses)
	if !slices.Contains(web.AdminLanguages, lang) {
		return nil, errLanguage()
	}
	var faults consent.Problems
	if len(addresses) > consent.MaxRecipients {
		errField(&faults, "addresses", "many_recipients", "There are more than "+strconv.Itoa(consent.MaxRecipients)+" addresses.", "Write fewer, such as one of a group.")
	} else if i, why := organising.NoAddress(addresses); i >= 0 {
		at := slices.Index(said.Addresses, addresses[i])
		message, repair, _ := strings.Cut(why.Error(), ". ")
		errField(&faults, "addresses."+strconv.Itoa(at), consent.CodeOf(why), message+".", repair)
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was changed.", faults)
	}
	to := &consent.Recipients{Organisation: r.key.Organisation, Language: lang, Addresses: addresses}
	if organising.IsListed(to, &consent.Recipients{Language: consent.Language(now.Language), Addresses: now.Addresses}) {
		return r.recipientsGet()
	}
	r.tells(strconv.Itoa(len(addresses))+" "+string(lang), "")
	if err := r.Store.SetRecipients(r.ctx, to); err != nil {
		return nil, err
	}
	return r.recipientsGet()
}

func (r *request) recipientsTestPost() (*answer, error) {
	list, results, err := r.Try(r.ctx, r.key.Organisation)
	if err != nil {
		return nil, err
	}
	tried := Tried{Addresses: []TriedAddress{}}
	for i, failed := range results {
		one := TriedAddress{Address: list.Addresses[i], Sent: failed == nil}
		if failed != nil {
			one.Why = new("mail_failed")
			var own *consent.Error
			if errors.As(failed, &own) && own.Code != "" {
				one.Why = &own.Code
			}
		}
		tried.Addresses = append(tried.Addresses, one)
	}
	return &answer{body: tried}, nil
}
