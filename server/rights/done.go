package rights

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// History is what the audit trail tells of requests, oldest first, by their ids.
type History map[string][]consent.ActEntry

// forSake are the actions for the sake of requests, and entered those that write down a step.
var (
	forSake = []string{"log.erase", "log.freeze", "log.release", "request.answer"}
	entered = map[string]consent.RequestStep{"request.add": consent.StepReceived, "request.extend": consent.StepExtended, "request.close": consent.StepAnswered}
)

// pageOfActs is how many acts are read at once.
const pageOfActs = 500

// HistoryOf reads what was done about some requests of a site, by whoever and on whatever
// way.
func HistoryOf(ctx context.Context, store consent.TrailStore, site *consent.SiteEntry, requests ...consent.Request) (History, error) {
	history := History{}
	if len(requests) == 0 {
		return history, nil
	}
	since := requests[0].Events[0].Time // which is written down a little later than its act
	for i := range requests {
		history[requests[i].ID.String()] = nil
		if first := requests[i].Events[0].Time; first.Before(since) {
			since = first
		}
	}
	actions := slices.Clone(forSake)
	for action := range entered {
		actions = append(actions, action)
	}
	for _, action := range actions {
		query := consent.TrailQuery{Organisation: site.Organisation, Site: site.Key, Action: action, EveryWay: true, From: since.Add(-time.Minute), Limit: pageOfActs}
		if err := history.read(ctx, store, query); err != nil {
			return nil, err
		}
	}
	for _, acts := range history {
		slices.SortStableFunc(acts, earlier)
	}
	return history, nil
}

// read takes the acts of a query that are about the requests.
func (h History) read(ctx context.Context, store consent.TrailStore, query consent.TrailQuery) error {
	for {
		acts, err := store.Acts(ctx, query)
		if err != nil {
			return err
		}
		for i := range acts {
			id := acts[i].RequestOf()
			if _, asked := h[id]; asked {
				h[id] = append(h[id], acts[i])
			}
		}
		if len(acts) < query.Limit {
			return nil
		}
		query.Before = &acts[len(acts)-1]
	}
}

// earlier orders acts as the trail has them.
func earlier(a, b consent.ActEntry) int {
	for _, order := range []int{a.Year - b.Year, a.Part - b.Part, int(a.Number - b.Number)} {
		if order != 0 {
			return order
		}
	}
	return 0
}

// Done gives what was done for the sake of a request.
func (h History) Done(id consent.RequestID) (acts []consent.ActEntry) {
	for _, act := range h[id.String()] {
		if entered[onPages(act.Action)] == "" {
			acts = append(acts, act)
		}
	}
	return acts
}

// Entered gives the act that wrote down a step of a request, nil for what the program did.
func (h History) Entered(id consent.RequestID, step consent.RequestStep) *consent.ActEntry {
	acts := h[id.String()]
	i := slices.IndexFunc(acts, func(act consent.ActEntry) bool { return entered[onPages(act.Action)] == step })
	if i < 0 {
		return nil
	}
	return &acts[i]
}

// HistoryLine is a step of a request, with the act that wrote it down unless the program
// did it by itself; or an act for its sake, without a step.
type HistoryLine struct {
	Event *consent.RequestEvent
	Act   *consent.ActEntry
}

// Time gives when it was written down.
func (l *HistoryLine) Time() time.Time {
	if l.Event != nil {
		return l.Event.Time
	}
	return l.Act.Time
}

// InOrder gives what happened to a request and what was done for its sake, in the order in
// which it was.
func (h History) InOrder(request *consent.Request) []HistoryLine {
	acts := h.Done(request.ID)
	lines := make([]HistoryLine, 0, len(request.Events)+len(acts))
	for i := range request.Events {
		event := &request.Events[i]
		act := h.Entered(request.ID, event.Step)
		at := event.Time
		for len(acts) > 0 && i > 0 && (acts[0].Time.Before(at) || acts[0].Time.Equal(at) && (act == nil || earlier(acts[0], *act) < 0)) {
			lines, acts = append(lines, HistoryLine{Act: &acts[0]}), acts[1:]
		}
		lines = append(lines, HistoryLine{event, act})
	}
	for i := range acts {
		lines = append(lines, HistoryLine{Act: &acts[i]})
	}
	return lines
}

// onPages gives the action as it is called when no program does it.
func onPages(action string) string { return strings.TrimPrefix(action, "api.") }
