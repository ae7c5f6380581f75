package main

import (
	"context"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// writeHistory lists what happened to a request, and what was done for its sake.
func writeHistory(ctx context.Context, t *terminal, store consent.AccountStore, request *consent.Request, history rights.History) error {
	emails, err := emailsOf(ctx, store)
	if err != nil {
		return err
	}
	list := newTable(t, column{title: "DAY"}, column{title: "STEP"}, column{title: "WHO"}, column{title: "DUE"}, column{title: "WHY"}, column{title: "ENTERED"}, column{title: "IN TRAIL"})
	for _, line := range history.InOrder(request) {
		if line.Event == nil {
			object, _ := consent.CutRequest(line.Act.Object)
			list.add(consent.DayOf(line.Act.Time).String(), line.Act.Action, doing(&line.Act.Act, emails), orDash(""), orDash(printable(join(saying([]string{object, line.Act.Reason})))), whenShown(line.Act.Time), line.Act.Place())
			continue
		}
		e, who, place := line.Event, orDash(""), orDash("")
		if line.Act != nil {
			who, place = doing(&line.Act.Act, emails), line.Act.Place()
		}
		why := saying([]string{string(e.Ground), string(e.Outcome), string(e.Refusal)})
		list.add(e.Day.String(), string(e.Step), who, orDash(e.Due.String()), orDash(join(why)), whenShown(e.Time), place)
	}
	return list.write()
}

// saying leaves out what says nothing.
func saying(words []string) []string {
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}
