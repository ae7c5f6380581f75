package notify

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// severalVerdicts is the line over a week of logs that do not all fare alike.
const severalVerdicts = "week_several"

// verdict says in a line what the last audits found of the logs of sites that ask
// somebody, and of each where they differ: one that was made after the audit of the
// night is told of as on its own page.
func (w *watch) verdict(sites []consent.SiteEntry) (all string, of map[consent.SiteKey]string) {
	faults, more := 0, false
	for _, each := range w.ours(sites) {
		faults, more = faults+each.Count, more || each.More
	}
	of, said := make(map[consent.SiteKey]string), ""
	for i := range sites {
		if sites[i].Notice == 0 {
			continue // nobody is asked yet
		}
		verdict := verdictOf(w.Audits.Of(sites[i].Key))
		of[sites[i].Key] = w.words[verdict]
		if said != "" && said != verdict {
			verdict = severalVerdicts
		}
		said = verdict
	}
	if said != severalVerdicts {
		clear(of)
	}
	if faults > 0 {
		return w.atLeast(w.key("week_faults"), faults, more), of
	}
	return w.words[said], of
}

// verdictOf names the words for one log, in the order of the pages: a fault before an
// audit that could not be ended, and neither is hidden by one that ended.
func verdictOf(state auditing.State) string {
	switch last := state.Last; {
	case last != nil && !last.Holds():
		return "week_does_not_hold"
	case !state.Failed.IsZero():
		return "week_unaudited"
	case last == nil:
		return "week_not_audited"
	case last.Warnings() > 0:
		return "week_warned"
	case last.Leaves == 0: // nothing of what is there now was audited
		return "week_empty"
	default:
		return "week_holds"
	}
}
