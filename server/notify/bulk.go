package notify

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
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

// people gives what everybody is called.
func (w *watch) people(ctx context.Context) (map[consent.AccountID]string, error) {
	accounts, err := w.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	people := map[consent.AccountID]string{0: w.words["bulk_command"]}
	for i := range accounts {
		people[accounts[i].ID] = cmp.Or(oneLine(accounts[i].Name, maxName), oneLine(accounts[i].Email, maxName))
	}
	return people, nil
}

// called gives what somebody is called, a number when the account is gone.
func called(people map[consent.AccountID]string, who consent.AccountID) string {
	return cmp.Or(people[who], strconv.FormatInt(int64(who), 10))
}

// bulkOf tells of one organisation.
func (w *watch) bulkOf(ctx context.Context, whose *consent.Organisation, people map[consent.AccountID]string, now time.Time) ([]cause, error) {
	today := consent.DayOf(now)
	read, err := consent.Readings(ctx, w.Store, whose.ID, today-1, today)
	if err != nil {
		return nil, err
	}
	var all []cause
	for i := range read {
		each := &read[i]
		if !each.Many() {
			continue
		}
		line, n := "bulk_line", each.Decisions
		if !each.ManyDecisions() {
			line, n = "bulk_line_acts", each.Acts
		}
		all = append(all, cause{
			kind: bulk, key: fmt.Sprintf("bulk %s %d %s", whose.ID, each.Account, each.Day),
			line: w.words.fill(line, "who", called(people, each.Account),
				"whose", oneLine(whose.Name, maxName), "day", each.Day.Words(w.lang), "n", grouped(n),
				"link", w.Admin+"/organisations/"+string(whose.ID)+"/trail"),
		})
	}
	return all, nil
}
