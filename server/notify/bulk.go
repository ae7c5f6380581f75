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

// bulks tells who took unusually much out of the logs, today or yesterday.
func (w *watch) bulks(ctx context.Context, now time.Time) ([]cause, error) {
	organisations, err := w.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	people, err := w.people(ctx)
	if err != nil {
		return nil, err
	}
	var all []cause
	organisations = append(organisations, consent.Organisation{Name: w.words["verification_installation"]}) // its own trail
	for i := range organisations {
		if w.whose != "" && organisations[i].ID != w.whose {
			continue
		}
		found, err := w.bulkOf(ctx, &organisations[i], people, now)
		if err != nil {
			return all, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// maxCalled is the most characters that a name and an address take. Nothing of an address
// is cut: by it people are told apart.
const maxCalled = 600

// people gives what everybody is called who does something: by name and address. A name is
// what somebody chose, perhaps a moment ago, and may be that of a colleague.
func (w *watch) people(ctx context.Context) (map[consent.AccountID]string, error) {
	accounts, err := w.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	people := map[consent.AccountID]string{0: w.words["bulk_command"]}
	for i := range accounts {
		people[accounts[i].ID] = oneLine(accounts[i].CalledWithAddress(), maxCalled)
	}
	return people, nil
}

// who gives what somebody is called, a number when the account is gone.
func (w *watch) who(people map[consent.AccountID]string, who consent.AccountID) string {
	return cmp.Or(people[who], w.words.fill("bulk_somebody", "n", who))
}

// bulkOf tells of one organisation: of a person's day once for each step that it takes,
// as a whole and in each way, with what it is so far. How often a whole log was taken, and
// how many lines of the audit trail, is about the person and told as it is. How many
// decisions it were is about visitors, too, and told by a round number: a whole log is as
// long as the site has decisions, and not all who are told may know that.
func (w *watch) bulkOf(ctx context.Context, whose *consent.Organisation, people map[consent.AccountID]string, now time.Time) ([]cause, error) {
	today := consent.DayOf(now)
	read, err := consent.Readings(ctx, w.Store, whose.ID, today-1, today)
	if err != nil {
		return nil, err
	}
	read = slices.DeleteFunc(read, func(each consent.Reading) bool { return !each.Many() })
	if len(read) == 0 {
		return nil, nil
	}
	keys, err := w.readWith(ctx, whose.ID, read)
	if err != nil {
		return nil, err
	}
	all := make([]cause, 0, len(read))
	for i := range read {
		each := &read[i]
		what, about := w.decisions(&each.Taking), "decisions"
		if !each.ManyDecisions() {
			what, about = w.words.count("bulk_acts", each.Acts), "acts"
		}
		link := w.trailOf(whose.ID)
		steps := []string{fmt.Sprintf("bulk %s %d %s %s", whose.ID, each.Account, each.Day, each.Step())}
		ways := make([]string, 0, len(each.Ways))
		for j := range each.Ways {
			way := &each.Ways[j]
			if way.Many() {
				steps = append(steps, fmt.Sprintf("%s%s %s", way.By, way.Key, way.Step()))
			}
			ways = append(ways, w.taken(each.Account, way, keys))
		}
		all = append(all, cause{
			kind: bulk, key: strings.Join(steps, " "), subject: w.words["bulk_subject"] + ": " + cmp.Or(nameLine(whose.Name), "…"),
			items: []Item{{Organisation: whose.ID, At: each.Day.Start().UTC(), Link: link, About: about}},
			line: w.words.fill("bulk_line", "who", w.who(people, each.Account), "whose", cmp.Or(nameLine(whose.Name), "…"), "day", each.Day.Words(w.lang), "what", what,
				"ways", strings.Join(ways, "; "), "link", link),
		})
	}
	return all, nil
}

// trailOf gives the address of a trail: an organisation's, or "" for the installation's.
func (w *watch) trailOf(whose consent.OrganisationID) string {
	if whose == "" {
		return w.Admin + "/trail"
	}
	return w.Admin + "/organisations/" + string(whose) + "/trail"
}

// readWith gives what the keys are called that somebody may have read with. None belong to
// the installation: what belongs to no organisation is read with those of its people.
func (w *watch) readWith(ctx context.Context, whose consent.OrganisationID, read []consent.Reading) (map[consent.APIKeyID]string, error) {
	if whose != "" {
		return w.keys(ctx, whose)
	}
	keys := map[consent.APIKeyID]string{}
	for i := range read {
		theirs, err := w.Store.APIKeysBy(ctx, read[i].Account)
		if err != nil {
			return nil, err
		}
		for j := range theirs {
			keys[theirs[j].ID] = cmp.Or(nameLine(theirs[j].Name), "…")
		}
	}
	return keys, nil
}

// keys gives what the keys of an organisation are called.
func (w *watch) keys(ctx context.Context, whose consent.OrganisationID) (map[consent.APIKeyID]string, error) {
	all, err := w.Store.APIKeys(ctx, whose)
	if err != nil {
		return nil, err
	}
	keys := map[consent.APIKeyID]string{}
	for i := range all {
		keys[all[i].ID] = cmp.Or(nameLine(all[i].Name), "…")
	}
	return keys, nil
}

// taken says what somebody took in one way. That a command did it by command is said once.
func (w *watch) taken(who consent.AccountID, way *consent.WayTaking, keys map[consent.APIKeyID]string) string {
	var what []string
	if way.Decisions > 0 || way.Wholes > 0 {
		what = append(what, w.decisions(&way.Taking))
	}
	if way.Acts > 0 {
		what = append(what, w.words.count("bulk_acts", way.Acts))
	}
	if way.Wholes > 0 {
		what = append(what, w.words.count("bulk_wholes", way.Wholes))
	}
	if who == 0 && way.By == consent.ByCommand {
		return strings.Join(what, ", ")
	}
	return w.way(way.By, way.Key, keys) + ": " + strings.Join(what, ", ")
}

// decisions says about how many decisions were taken.
func (w *watch) decisions(taken *consent.Taking) string {
	n, many := taken.Over()
	if many {
		return w.words.fill("bulk_decisions", "n", w.words.grouped(n))
	}
	return w.words.fill("bulk_decisions_few", "n", w.words.grouped(n))
}

// whoAndHow says who did something and in which way: of a command once.
func (w *watch) whoAndHow(people map[consent.AccountID]string, act *consent.Act, keys map[consent.APIKeyID]string) string {
	if act.Account == 0 && act.By() == consent.ByCommand {
		return w.who(people, 0)
	}
	return w.who(people, act.Account) + ", " + w.way(act.By(), keyOf(act), keys)
}

// way says in which way something was done.
func (w *watch) way(by consent.Doer, key consent.APIKeyID, keys map[consent.APIKeyID]string) string {
	if name := keys[key]; name != "" {
		return w.words.fill("by_key_named", "name", name)
	}
	return w.words["by_"+string(by)]
}
