package admin

import (
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// pastShown says in words how a notice came to be.
type pastShown struct {
	Maker    string
	Comment  string
	Approver string // "" for nobody
	Approved time.Time
	Due      bool // the server published it at its time
	Alone    bool // a command published it, where two people are asked for
}

// pasts gives how notices of the Site came to be, of those that the trail tells it.
func (r *request) pasts(numbers ...consent.NoticeNumber) (map[consent.NoticeNumber]*pastShown, error) {
	found, err := publishing.PastOf(r.ctx, r.Store, r.site, numbers...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	alone, err := publishing.PublishedAlone(r.ctx, r.Store, r.site, found)
	if err != nil {
		return nil, err
	}
	all, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	called := callings(all, r.organisation.ID)
	shown := make(map[consent.NoticeNumber]*pastShown, len(found))
	for number, past := range found {
		shown[number] = &pastShown{r.handIn(called, past.Maker), past.Comment, "", past.Approved, past.Due, alone[number]}
		if !past.Approved.IsZero() {
			shown[number].Approver = r.handIn(called, past.Approver)
		}
	}
	return shown, nil
}

// handIn says who did something, and with what.
func (r *request) handIn(called map[consent.AccountID]string, hand publishing.Hand) string {
	name := r.nameIn(called, hand.Account)
	switch {
	case hand.Command && name == "":
		return r.say("trail_command")
	case hand.Command:
		return r.say("notice_by_command", "name", name)
	case hand.Key:
		return r.say("notice_by_key", "name", name)
	}
	return name
}
