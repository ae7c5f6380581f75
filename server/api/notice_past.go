package api

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// PastNotice is a publication in a list, with how it came to be.
type PastNotice struct {
	Number     consent.NoticeNumber `json:"number"`
	Hash       string               `json:"hash"        about:"SHA-256 of the notice, hexadecimal"`
	Published  string               `json:"published"`
	Maker      *Hand                `json:"made_by"     about:"who published it at once, proposed it or set its time; null when the audit trail does not tell"`
	Comment    string               `json:"comment"     about:"of that one; empty for none"`
	Approver   *Hand                `json:"approved_by" about:"who agreed; null for nobody"`
	Approved   *string              `json:"approved"    about:"when they did"`
	Due        bool                 `json:"at_set_time" about:"this program published it at a time that was set"`
	Unapproved bool                 `json:"unapproved"  about:"two people were required, and a command on the server published it alone"`
}

// Hand is who did something, and with what.
type Hand struct {
	Account *int64  `json:"account" about:"of the person; null when a command names nobody"`
	Name    *string `json:"name"    about:"what the person is called now, as the pages call them; null when it cannot be told"`
	Key     bool    `json:"key"     about:"a program did it with an API key of that person"`
	Command bool    `json:"command" about:"a command on the server did it, in the person's name when there is one"`
}

// pastNotices tells of notices what viewers see of them on the pages.
func (r *request) pastNotices(all []consent.NoticeEntry) ([]PastNotice, error) {
	numbers := make([]consent.NoticeNumber, len(all))
	for i := range all {
		numbers[i] = all[i].Number
	}
	pasts, err := publishing.PastOf(r.ctx, r.Store, r.site, numbers...)
	if err != nil {
		return nil, err
	}
	alone, err := publishing.PublishedAlone(r.ctx, r.Store, r.site, pasts)
	if err != nil {
		return nil, err
	}
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	called := r.Called(accounts, r.site.Organisation)
	list := make([]PastNotice, len(all))
	for i, entry := range all {
		said := PastNotice{Number: entry.Number, Hash: entry.Hash.String(), Published: stamp(entry.Published)}
		if past, told := pasts[entry.Number]; told {
			said.tell(&past, called)
			said.Unapproved = alone[entry.Number]
		}
		list[i] = said
	}
	return list, nil
}

func (n *PastNotice) tell(past *publishing.Past, called map[consent.AccountID]string) {
	n.Maker, n.Comment, n.Due = newHand(past.Maker, called), past.Comment, past.Due
	if !past.Approved.IsZero() {
		n.Approver, n.Approved = newHand(past.Approver, called), new(stamp(past.Approved))
	}
}

func newHand(hand publishing.Hand, called map[consent.AccountID]string) *Hand {
	said := &Hand{Key: hand.Key, Command: hand.Command}
	if hand.Account != 0 {
		said.Account = new(int64(hand.Account))
	}
	if name := called[hand.Account]; name != "" {
		said.Name = &name
	}
	return said
}
