package answer

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// keep tells for how long a Decision is kept: to a date or, while it is frozen
// (GDPR art. 18), until somebody releases it.
func (e *edition) keep(d *consent.Entry, out *web.AnswerDecision) {
	if !d.Frozen {
		out.Deleted = pointer(e.draft.Site.Retention.After(d.Time).UTC().Format(stamp))
		return
	}
	if what, known := e.Restrictions[d.ID]; known {
		out.FrozenSince, out.FrozenReason = pointer(what.Time.UTC().Format(stamp)), &what.Reason
	}
}

// deleted says the same in words.
func (e *edition) deleted(d *consent.Decision, frozen bool) string {
	if frozen {
		return e.Words["answer_deleted_frozen"]
	}
	return e.Words.Exact(e.draft.Site.Retention.After(d.Time))
}

// frozen says since when a Decision is frozen, and on what ground.
func (e *edition) frozen(id consent.DecisionID) string {
	what, known := e.Restrictions[id]
	if !known {
		return e.Words["answer_frozen_unknown"]
	}
	return e.Words.Fill("answer_frozen_since", "time", e.Words.Exact(what.Time), "ground", e.named("frozen_"+string(what.Reason)))
}
