package main

import (
	"context"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// pastReader says how notices of a site came to be.
type pastReader struct {
	past   map[consent.NoticeNumber]publishing.Past
	emails map[consent.AccountID]string
	alone  map[consent.NoticeNumber]bool // nobody approved it, and somebody had to
}

// readPast reads it of some notices of a site.
func readPast(ctx context.Context, store consent.Store, key consent.SiteKey, numbers ...consent.NoticeNumber) (*pastReader, error) {
	site, err := store.Site(ctx, key)
	if err != nil {
		return nil, err
	}
	r := &pastReader{}
	if r.past, err = publishing.PastOf(ctx, store, &site, numbers...); err != nil {
		return nil, err
	}
	if r.alone, err = publishing.PublishedAlone(ctx, store, &site, r.past); err != nil {
		return nil, err
	}
	r.emails, err = emailsOf(ctx, store)
	return r, err
}

// approver says who agreed to a notice, "" where nobody had to.
func (r *pastReader) approver(number consent.NoticeNumber) string {
	if r.alone[number] {
		return "nobody"
	}
	return r.by(r.past[number].Approver)
}

// by says who did something, "" for nobody.
func (r *pastReader) by(hand publishing.Hand) string {
	email := r.emails[hand.Account]
	switch {
	case hand.Command && email == "":
		return "command"
	case hand.Command:
		return email + " (command)"
	case hand.Key:
		return orDash(email) + " (key)"
	}
	return email
}

// pastObject is how a notice came to be, for a script. All of it is null or empty when
// the trail does not tell.
type pastObject struct {
	Maker      *handObject `json:"made_by"`
	Comment    string      `json:"comment"`
	Approver   *handObject `json:"approved_by"`
	Approved   *string     `json:"approved"`
	Due        bool        `json:"at_set_time"`
	Unapproved bool        `json:"unapproved"` // somebody had to
}

// handObject is who did something, and with what.
type handObject struct {
	Account *string `json:"account"` // address, null for nobody
	Key     bool    `json:"key"`
	Command bool    `json:"command"`
}

func (r *pastReader) object(number consent.NoticeNumber) pastObject {
	past, known := r.past[number]
	if !known {
		return pastObject{}
	}
	said := pastObject{Maker: r.hand(past.Maker), Comment: past.Comment, Due: past.Due, Unapproved: r.alone[number]}
	if !past.Approved.IsZero() {
		said.Approver, said.Approved = r.hand(past.Approver), new(past.Approved.UTC().Format(time.RFC3339))
	}
	return said
}

func (r *pastReader) hand(hand publishing.Hand) *handObject {
	said := &handObject{Key: hand.Key, Command: hand.Command}
	if email := r.emails[hand.Account]; email != "" {
		said.Account = &email
	}
	return said
}

// addTo tells it below the facts of a notice.
func (r *pastReader) addTo(facts *table, number consent.NoticeNumber) {
	past, known := r.past[number]
	if !known {
		facts.add("Published by", "not told in the audit trail")
		return
	}
	switch {
	case !past.Approved.IsZero():
		facts.add("Proposed by", r.by(past.Maker))
		facts.add("Approved by", r.by(past.Approver)+", "+whenShown(past.Approved))
	case past.Due:
		facts.add("Time set by", r.by(past.Maker))
	default:
		facts.add("Published by", r.by(past.Maker))
	}
	if r.alone[number] {
		facts.add("Approved by", "nobody")
	}
	if past.Comment != "" {
		facts.add("Comment", r.comment(number))
	}
}

// comment gives what was said of a notice, on one line.
func (r *pastReader) comment(number consent.NoticeNumber) string {
	return strings.Join(strings.Fields(r.past[number].Comment), " ")
}
