package notify

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// manyReads is how many decisions a person may take out of the logs of an
// organisation in a day before others are told.
const manyReads = 500

// readings is what one person took out of the logs in a day.
type readings struct {
	decisions, exports int
}

// add counts an Act. An export that nothing narrows is one of a whole log.
func (r *readings) add(act *consent.Act) {
	switch act.Action {
	case "log.receipt", "log.record", "api.log.decision":
		r.decisions++
	case "log.exported", "api.log.read":
		words := strings.Fields(act.Object)
		for _, word := range words {
			if text, found := strings.CutPrefix(word, "decisions="); found {
				n, _ := strconv.Atoi(text) // written by the program
				r.decisions += n
			}
		}
		if act.Action == "log.exported" && len(words) == 2 { // form and decisions alone
			r.exports++
		}
	}
}

func (r *readings) many() bool { return r.exports > 0 || r.decisions > manyReads }

// bulks tells who took unusually much out of the logs, today or yesterday.
func (w *watch) bulks(ctx context.Context, now time.Time) ([]cause, error) {
	organisations, err := w.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := w.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	people := map[consent.AccountID]string{}
	for i := range accounts {
		people[accounts[i].ID] = cmp.Or(oneLine(accounts[i].Name, maxName), oneLine(accounts[i].Email, maxName))
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

// bulkOf tells of one organisation.
func (w *watch) bulkOf(ctx context.Context, whose *consent.Organisation, people map[consent.AccountID]string, now time.Time) ([]cause, error) {
	type who struct {
		account consent.AccountID
		day     consent.Day
	}
	from := consent.MidnightOf(now).AddDate(0, 0, -1)
	counted := map[who]*readings{}
	var order []who
	query := consent.TrailQuery{Organisation: whose.ID, Limit: 1000}
	for {
		acts, err := w.Store.Acts(ctx, query)
		if err != nil {
			return nil, err
		}
		for i := range acts {
			if acts[i].Time.Before(from) {
				continue
			}
			key := who{acts[i].Account, consent.DayOf(acts[i].Time)}
			if counted[key] == nil {
				counted[key], order = &readings{}, append(order, key)
			}
			counted[key].add(&acts[i].Act)
		}
		if len(acts) < query.Limit || acts[len(acts)-1].Time.Before(from) {
			break
		}
		query.Before = &acts[len(acts)-1]
	}
	var all []cause
	for _, key := range order {
		if r := counted[key]; r.many() {
			all = append(all, cause{
				kind: bulk, key: fmt.Sprintf("bulk %s %d %s", whose.ID, key.account, key.day),
				line: w.words.fill("bulk_line", "who", cmp.Or(people[key.account], strconv.FormatInt(int64(key.account), 10)),
					"whose", oneLine(whose.Name, maxName), "day", key.day.Words(w.lang), "n", grouped(r.decisions),
					"link", w.Admin+"/organisations/"+string(whose.ID)+"/trail"),
			})
		}
	}
	return all, nil
}
