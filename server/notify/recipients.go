package notify

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	changeTold = 48 * time.Hour // for so long the host's people may still be told of another list
	leaveTaken = 24 * time.Hour // for so long those who are gone may still get what was theirs
)

// listed takes up the lists that hold now, of one organisation: who was told before is
// told that others are now, and who is gone gets what happened until then. What was told
// before the server began is not known, since no address is remembered.
func (w *watch) listed(ctx context.Context, addresses []string, now time.Time) {
	old, before, since := w.channels, w.addresses, w.read
	w.channels, w.addresses, w.read = w.mailboxes(old, addresses), addresses, now
	if since.IsZero() || slices.Equal(before, addresses) {
		return
	}
	told, err := w.changesOf(ctx, w.whose, since)
	if err == nil && len(told) == 0 {
		told, err = w.changesOf(ctx, w.whose, now.Add(-changeTold)) // clocks are set back
		told = told[:min(1, len(told))]
	}
	if err != nil {
		w.channels, w.addresses, w.read = old, before, since // the next step tells it
		w.Log.ErrorContext(ctx, "who changed whom an organisation has told could not be looked up; it is tried again", "error", err)
		return
	}
	for _, each := range old {
		each.own = append(each.own, told...)
		if !slices.Contains(w.channels, each) {
			w.leaving = append(w.leaving, &leaver{line: each, until: now.Add(leaveTaken)})
		}
	}
	w.looked = time.Time{} // what has happened until now is for those who are gone, too
}

// leaver is somebody who is on the list no more.
type leaver struct {
	*line

	until time.Time
	given bool // it is settled what is still theirs
}

// leave tells those who are gone what is still theirs. It gives why the mail server was not
// there.
func (w *watch) leave(ctx context.Context, now time.Time) (gone error) {
	for _, each := range w.leaving {
		if !each.given {
			each.own, each.given = append(each.own, w.causes...), true
		}
		if gone != nil || w.late() {
			continue
		}
		if err := w.tell(ctx, each.line, nil); each.gone(err) {
			gone = err
		}
	}
	w.leaving = slices.DeleteFunc(w.leaving, func(each *leaver) bool {
		return now.After(each.until) || !slices.ContainsFunc(each.own, func(what cause) bool { return !w.memory.told(each.name(), what.key) })
	})
	return gone
}

// changes tells the host's people of every organisation's list that was changed.
func (w *watch) changes(ctx context.Context, now time.Time) ([]cause, error) {
	organisations, err := w.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	var all []cause
	for i := range organisations {
		told, err := w.changesOf(ctx, organisations[i].ID, now.Add(-changeTold))
		if err != nil {
			return all, err
		}
		all = append(all, told...)
	}
	return all, nil
}

// changesOf tells how the list of an organisation was changed: by whom, when and in which
// way, and of nobody who is on it now. The newest comes first.
func (w *watch) changesOf(ctx context.Context, whose consent.OrganisationID, from time.Time) ([]cause, error) {
	acts, err := w.Store.Acts(ctx, consent.TrailQuery{Organisation: whose, Action: "organisation.recipients", EveryWay: true, From: from})
	if err != nil {
		return nil, err
	}
	acts = slices.DeleteFunc(acts, func(act consent.ActEntry) bool { return came(&act.Act)+went(&act.Act) == 0 }) // the language alone
	if len(acts) == 0 {
		return nil, nil
	}
	people, err := w.people(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := w.keys(ctx, whose)
	if err != nil {
		return nil, err
	}
	organisations, err := w.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]cause, 0, len(acts))
	for i := range acts {
		act, link := &acts[i], w.Admin+"/organisations/"+string(whose)+"/notifications"
		all = append(all, cause{
			kind: recipients, key: fmt.Sprintf("recipients %s %d %d %d", whose, act.Year, act.Part, act.Number),
			items: []Item{{Organisation: whose, At: act.Time.UTC(), Link: link, Counts: map[string]int{"added": came(&act.Act), "removed": went(&act.Act)}}},
			line: w.words.fill("recipients_line", "whose", ofOrganisation(organisations, whose), "who", w.whoAndHow(people, &act.Act, keys),
				"day", consent.DayOf(act.Time).Words(w.lang), "clock", consent.InNorway(act.Time).Format("15:04"),
				"came", came(&act.Act), "went", went(&act.Act), "link", link),
		})
	}
	return all, nil
}

// ofOrganisation gives what an organisation is called.
func ofOrganisation(all []consent.Organisation, whose consent.OrganisationID) string {
	at := slices.IndexFunc(all, func(each consent.Organisation) bool { return each.ID == whose })
	if at < 0 {
		return string(whose)
	}
	return cmp.Or(nameLine(all[at].Name), string(whose))
}

// came and went say how many addresses an Act has put on a list, and taken off.
func came(act *consent.Act) int { return counted(act, "addresses.added") }
func went(act *consent.Act) int { return counted(act, "addresses.removed") }

func counted(act *consent.Act, field string) int {
	for _, each := range act.Changes {
		if each.Field == field {
			n, _ := strconv.Atoi(each.Is)
			return n
		}
	}
	return 0
}

// keyOf gives the key with which something was done.
func keyOf(act *consent.Act) consent.APIKeyID {
	first, _, _ := strings.Cut(act.Object, " ")
	id, _ := strings.CutPrefix(first, "key=")
	return consent.APIKeyID(id)
}
