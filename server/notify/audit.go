package notify

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	night      = 2         // the hour in Norway from which a day's audit may run
	auditAgain = time.Hour // after one that could not run
)

// auditDue says whether the day's audit has yet to run.
func (w *Watcher) auditDue(now time.Time) bool {
	return w.memory.Audited != consent.DayOf(now).String() && consent.InNorway(now).Hour() >= night && now.Sub(w.tried) >= auditAgain
}

// auditNow audits all and remembers what was found.
func (w *Watcher) auditNow(ctx context.Context, now time.Time) {
	faults, err := w.audit(ctx)
	if err != nil {
		if ctx.Err() == nil {
			w.tried = now
			w.Log.ErrorContext(ctx, "the day's audit could not run; it is tried again in an hour", "error", err)
		}
		return
	}
	if len(faults) > 0 {
		w.Log.ErrorContext(ctx, "ALARM", "seen", "the day's audit found that the log does not hold", "ledgers", len(faults), "repair", "samtykke log verify")
	}
	w.memory.Audited, w.memory.Faults, w.tried = consent.DayOf(now).String(), faults, time.Time{}
	if err := w.memory.write(); err != nil {
		w.Log.WarnContext(ctx, "that all was audited could not be written down; after a restart it is audited again", "error", err)
	}
}

// audited tells what the day's audit found. The faults are only counted: what an
// audit says of them may name a decision.
func (w *Watcher) audited(now time.Time) []cause {
	today := consent.DayOf(now).String()
	if w.memory.Audited != today {
		return w.faults(nil, today, consent.DayOf(w.tried).String() == today)
	}
	return w.faults(w.memory.Faults, today, false)
}

// audit derives everything anew and counts what does not hold, by ledger.
func (w *Watcher) audit(ctx context.Context) (map[string]int, error) {
	found, err := w.Store.Audit(ctx, "", func(int64, int64) {})
	if err != nil {
		return nil, err
	}
	faults := map[string]int{}
	for _, each := range found.Faults {
		faults[cmp.Or(each.Origin, string(each.Site), w.words["verification_database"])]++
	}
	if n := len(found.Unsigning); n > 0 {
		faults[w.words["verification_unsigning"]] += n
	}
	organisations, err := w.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	whose := []consent.Organisation{{}} // the installation's own trail
	for _, each := range append(whose, organisations...) {
		trails, err := w.Store.AuditTrails(ctx, each.ID)
		if err != nil {
			return nil, err
		}
		for _, trail := range trails {
			if trail.Fault != "" {
				faults[w.words.fill("verification_trail", "whose", cmp.Or(oneLine(each.Name, maxName), w.words["verification_installation"]))]++
			}
		}
	}
	return faults, nil
}

// faults makes causes of counts, and of an audit that did not run.
func (w *Watcher) faults(counts map[string]int, today string, failed bool) []cause {
	var all []cause
	for _, ledger := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, cause{
			kind: verification, key: "audit " + today + " " + ledger,
			line: w.words.count("verification_line", counts[ledger], "ledger", oneLine(ledger, maxSubject)),
		})
	}
	if failed {
		all = append(all, cause{kind: verification, key: "audit " + today, line: w.words["verification_failed"]})
	}
	return all
}
