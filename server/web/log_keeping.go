package web

import "github.com/samtykke/samtykke/consent"

// LogKeeping is what a Notice states of how the log of Decisions is kept. All of
// it is empty when the Notice states nothing.
type LogKeeping struct {
	Keeper   string // who runs it: a processor, or the controller itself
	Place    string // the countries
	Transfer string // out of the EEA, "" when none is stated
}

// LogKeeping tells how the log is kept.
func (r *Reader) LogKeeping(draft *consent.Draft) LogKeeping {
	kept := draft.Site.ConsentLog
	if kept == nil {
		return LogKeeping{}
	}
	keeper := r.Words.Fill("log_self", "organisation", draft.Organisation.Name)
	if kept.Processor != "" {
		keeper = r.Words.Fill("log_processor", "processor", kept.Processor, "organisation", draft.Organisation.Name)
	}
	return LogKeeping{
		Keeper: keeper, Place: r.Words.Fill("log_place", "countries", r.Countries(kept.Countries)),
		Transfer: r.Transfer(kept.Transfer),
	}
}
