package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// faultsShown is how many faults of the log a page tells of.
const faultsShown = 5

// logStatus says whether the log of the site holds, as far as this server knows.
type logStatus struct {
	auditing.State
	URL              string // of the log
	Percent          int    // of an audit that runs
	Leaves           int    // of the last one
	Records, Removed string // of it, in groups of three digits
	Faults           []flawLine
	More             int      // faults that are not among them
	Warned           []string // what is no fault and must be looked at
}

func (r *request) logStatus() logStatus {
	status := logStatus{URL: r.logPath("")}
	if r.Audits == nil {
		return status
	}
	status.State = r.Audits.Of(r.site.Key)
	if status.Total > 0 {
		status.Percent = int(100 * status.Done / status.Total)
	}
	if status.Last != nil {
		status.Leaves, status.Records, status.Removed = int(status.Last.Leaves), r.lang.Grouped(status.Last.Records), r.lang.Grouped(status.Last.Removed)
		status.Faults = r.flawLines(status.Last.Faults[:min(faultsShown, len(status.Last.Faults))])
		status.Warned = r.logWarnings(status.Last)
		status.More = status.Last.Count() - len(status.Faults)
	}
	return status
}

// logWord says in a word whether a log holds, and leads to it.
type logWord struct{ Tone, Text, URL string }

func (r *request) logWord(site consent.SiteKey) *logWord {
	if r.Audits == nil {
		return nil
	}
	word := &logWord{URL: "/sites/" + string(site) + "/log"}
	state := r.Audits.Of(site)
	switch last := state.Last; {
	case last != nil && !last.Holds():
		word.Tone, word.Text = "bad", r.say("log_word_faults")
	case !state.Failed.IsZero():
		word.Tone, word.Text = "bad", r.say("log_word_failed")
	case last == nil:
		word.Text = r.say("log_word_never")
	case last.Warnings() > 0:
		word.Tone, word.Text = "warn", r.warnedWord(last)
	case last.Leaves == 0: // nothing of what is there now was audited
		word.Text = r.say("log_word_empty")
	default:
		word.Tone, word.Text = "good", r.say("log_word_holds")
	}
	return word
}

// logVerifyPost has the log audited. That may take long, so it happens beside.
func (r *request) logVerifyPost() error {
	if err := r.looked(""); err != nil {
		return err
	}
	if r.Audits != nil {
		r.Audits.Ask(r.site.Key)
	}
	return r.redirect(r.logPath(""), "log_verify")
}
