package consent

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// manyReads is how many Decisions a person may take out of the logs of an Organisation
// in a day before others are told, and how many Acts a program out of its trail.
const manyReads = 500

// Taking is how much was taken out of the logs of an Organisation.
type Taking struct {
	Decisions int
	Acts      int // that a program with a key read of the trail itself
	Wholes    int // how many times a whole log was among it
}

// Many says whether it was unusually much.
func (t *Taking) Many() bool { return t.ManyDecisions() || t.Acts > manyReads }

// ManyDecisions says whether it was of the logs, not of the trail alone.
func (t *Taking) ManyDecisions() bool { return t.Wholes > 0 || t.Decisions > manyReads }

// Step is another one whenever others are to be told again of what grows: when there is
// ten times as much as before they were told, and with each whole log.
func (t *Taking) Step() string {
	return fmt.Sprintf("%d.%d.%d", tenfold(t.Decisions), tenfold(t.Acts), t.Wholes)
}

// Over gives about how many Decisions were taken: more than that many, or at most as many
// as nobody asks about where many is false. Whoever may not read the log is told no more:
// an export is as long as the log, or what it was narrowed to, and two that differ by one
// would tell of one visitor.
func (t *Taking) Over() (n int, many bool) {
	n = manyReads
	for range tenfold(t.Decisions) - 1 {
		n *= 10
	}
	return n, t.Decisions > manyReads
}

// tenfold says how many times n is ten times more than nobody asks about.
func tenfold(n int) int {
	times := 0
	for ; n > manyReads; n /= 10 {
		times++
	}
	return times
}

func (t *Taking) add(decisions, acts int, whole bool) {
	t.Decisions, t.Acts = clamped(t.Decisions+decisions), clamped(t.Acts+acts)
	if whole {
		t.Wholes++
	}
}

// Reading is what one person took out of the logs of an Organisation in a day.
type Reading struct {
	Taking

	Account AccountID
	Day     Day
	Ways    []WayTaking // in which it was, in a fixed order
}

// WayTaking is what of it was taken in one way: on the pages, by a command, or with one
// of the person's keys. A stolen key does not hide behind what its owner reads.
type WayTaking struct {
	Taking

	By  Doer
	Key APIKeyID // of ByKey
}

// way gives the one in which an Act took something.
func (r *Reading) way(act *Act) *WayTaking {
	by, key := act.By(), APIKeyID("")
	if first, _, _ := strings.Cut(act.Object, " "); by == ByKey {
		key = APIKeyID(strings.TrimPrefix(first, "key="))
	}
	at, found := slices.BinarySearchFunc(r.Ways, key, func(each WayTaking, key APIKeyID) int {
		return cmp.Or(cmp.Compare(each.By, by), cmp.Compare(each.Key, key))
	})
	if !found {
		r.Ways = slices.Insert(r.Ways, at, WayTaking{By: by, Key: key})
	}
	return &r.Ways[at]
}

// Takes says whether an Act took something out of a log or trail.
func (a *Act) Takes() bool {
	decisions, whole := a.Taken()
	return decisions > 0 || whole || a.takenActs() > 0
}

// takenActs says how many Acts an Act took out of the trail.
func (a *Act) takenActs() int {
	if a.Action != "api.trail.read" {
		return 0
	}
	return a.counted("acts=")
}

// mostCounted is more than anybody reads in a day, and twice that is still a number.
const mostCounted = 1_000_000_000

// counted reads what is counted in the object of an Act. The program writes it before
// what somebody looked for, so only the first such word is its own.
func (a *Act) counted(name string) int {
	for word := range strings.FieldsSeq(a.Object) {
		if text, found := strings.CutPrefix(word, name); found {
			n, _ := strconv.Atoi(text)
			return clamped(n)
		}
	}
	return 0
}

func clamped(n int) int { return min(max(0, n), mostCounted) }

// WholeLog is told, after how many Decisions it took, of an export that was narrowed to what
// left nothing out.
const WholeLog = "whole"

// AddedTaken is told, after how many Decisions an export took in all, of how many of them
// it took since the trail was told of it before: each counts on its own day, and once.
const AddedTaken = "added="

// Taken says what an Act took out of a log: how many Decisions that no Act before told of,
// and whether it was a whole log. An export that nothing narrows is one, and so are an audit pack, and one that
// took as many as the log had.
func (a *Act) Taken() (decisions int, whole bool) {
	switch a.Action {
	case "log.decision", "log.receipt", "log.record", "api.log.decision", "api.log.receipt", "api.log.find":
		return 1, false
	case "log.exported", "log.read", "api.log.read", "api.log.exported":
		words := strings.Fields(a.Object)
		if len(words) > 0 && strings.HasPrefix(words[0], "key=") { // of a program, which narrows nothing
			words = words[1:]
		}
		decisions = a.counted("decisions=")
		added := decisions
		if at := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, "decisions=") }); at >= 0 && at+1 < len(words) && strings.HasPrefix(words[at+1], AddedTaken) {
			added, words = a.counted(AddedTaken), slices.Delete(words, at+1, at+2)
		}
		alone := decisions > 0 && (len(words) == 2 || len(words) > 2 && words[2] == WholeLog) || slices.Contains(words, "form=pack") // also when it broke off: what came before can be read
		return added, strings.HasSuffix(a.Action, "log.exported") && alone
	}
	return 0, false
}

// Readings gives who took how much out of the logs of an Organisation from one day to
// another, the newest first.
func Readings(ctx context.Context, store TrailStore, organisation OrganisationID, from, to Day) ([]Reading, error) {
	type who struct {
		account AccountID
		day     Day
	}
	var all []Reading
	known := map[who]int{}
	query := TrailQuery{Organisation: organisation, Until: (to + 1).Start(), Limit: 1000}
	for {
		acts, err := store.Acts(ctx, query)
		if err != nil {
			return nil, err
		}
		for i := range acts {
			if acts[i].Time.Before(from.Start()) {
				continue // clocks are set back
			}
			if !acts[i].Takes() {
				continue
			}
			decisions, whole := acts[i].Taken()
			key := who{acts[i].Account, DayOf(acts[i].Time)}
			at, is := known[key]
			if !is {
				at = len(all)
				known[key], all = at, append(all, Reading{Account: key.account, Day: key.day})
			}
			all[at].add(decisions, acts[i].takenActs(), whole)
			all[at].way(&acts[i].Act).add(decisions, acts[i].takenActs(), whole)
		}
		if len(acts) < query.Limit || acts[len(acts)-1].Time.Before(from.Start()) {
			return all, nil
		}
		query.Before = &acts[len(acts)-1]
	}
}
