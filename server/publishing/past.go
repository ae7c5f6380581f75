package publishing

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Past is how a Notice came to be, as the audit trail tells it. A Notice itself names
// nobody who works with it: it is public.
type Past struct {
	Maker    Hand      // who published it at once, proposed it or set its time
	Made     time.Time // when that one did
	Comment  string    // of that one
	Approver Hand      // who agreed; zero for nobody
	Approved time.Time // zero for nobody
	Due      bool      // the server published it at its time
}

// Hand is who did something.
type Hand struct {
	Account consent.AccountID // 0 for nobody who is known
	Key     bool              // a program did it with the person's key
	Command bool              // a command on the machine did it, in the person's name when there is one
}

// PastOf says how some Notices of a Site came to be. Those are left out of which the
// trail does not tell, as it told no numbers once.
func PastOf(ctx context.Context, trail consent.TrailStore, site *consent.SiteEntry, notices ...consent.NoticeNumber) (map[consent.NoticeNumber]Past, error) {
	p := pasts{wanted: map[consent.NoticeNumber]bool{}, found: map[consent.NoticeNumber]Past{}, open: map[string]consent.NoticeNumber{}}
	for _, number := range notices {
		p.wanted[number] = true
	}
	query := consent.TrailQuery{Organisation: site.Organisation, Site: site.Key, Publishing: true, Limit: 200}
	for len(p.wanted)+len(p.open) > 0 {
		acts, err := trail.Acts(ctx, query)
		if err != nil {
			return nil, err
		}
		for i := range acts {
			p.read(&acts[i].Act)
		}
		if len(acts) < query.Limit {
			break
		}
		query.Before = &acts[len(acts)-1]
	}
	for _, number := range p.open { // who made it is lost
		delete(p.found, number)
	}
	return p.found, nil
}

// pasts reads a trail from its end.
type pasts struct {
	wanted map[consent.NoticeNumber]bool // of which nothing was read yet
	found  map[consent.NoticeNumber]Past
	open   map[string]consent.NoticeNumber // by the draft that somebody proposed or set a time for
}

func (p *pasts) read(act *consent.Act) {
	told := toldBy(act)
	action := strings.TrimPrefix(act.Action, "api.")
	if number, err := strconv.Atoi(told["notice"]); err == nil && p.wanted[consent.NoticeNumber(number)] {
		p.published(consent.NoticeNumber(number), action, told, act)
		return
	}
	number, is := p.open[told["draft"]]
	if !is {
		return
	}
	past := p.found[number]
	switch action {
	case "publish.approve":
		past.Approver, past.Approved = handOf(act, told), act.Time
	case "publish.propose", "publish.schedule":
		past.Maker, past.Made, past.Comment = handOf(act, told), act.Time, act.Reason
		delete(p.open, told["draft"])
	}
	p.found[number] = past
}

// published reads the act that made a notice. When that was an answer, or the time had
// come, who began it stands further back.
func (p *pasts) published(number consent.NoticeNumber, action string, told map[string]string, act *consent.Act) {
	past := Past{}
	switch action {
	case "publish.approve":
		past.Approver, past.Approved = handOf(act, told), act.Time
		p.open[told["draft"]] = number
	case "publish.due":
		past.Due = true
		p.open[told["draft"]] = number
	default:
		past.Maker, past.Made, past.Comment = handOf(act, told), act.Time, act.Reason
	}
	p.found[number] = past
	delete(p.wanted, number)
}

// toldBy gives what an act tells as name=value.
func toldBy(act *consent.Act) map[string]string {
	told := map[string]string{}
	for _, field := range strings.Fields(act.Object) {
		if name, value, is := strings.Cut(field, "="); is {
			told[name] = value
		}
	}
	return told
}

func handOf(act *consent.Act, told map[string]string) Hand {
	hand := Hand{Account: act.Account, Key: strings.HasPrefix(act.Action, "api."), Command: act.By() == consent.ByCommand}
	if person, ok := consent.ParseAccountID(told["person"]); ok && hand.Command {
		hand.Account = person
	}
	return hand
}
