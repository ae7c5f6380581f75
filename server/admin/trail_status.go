package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// trailStatus says whether a trail holds, as far as it was audited.
type trailStatus struct {
	auditing.TrailState
	Audited int      // acts
	Sound   bool     // nothing wrong was found
	Broke   []string // where the trail broke off, in words
}

func (r *request) trailStatus(organisation consent.OrganisationID) (status trailStatus, err error) {
	status.TrailState, err = r.Audits.Trails(r.ctx, organisation)
	status.Sound = true
	for _, audit := range status.Audits {
		status.Audited += int(audit.Acts)
		status.Sound = status.Sound && audit.Fault == ""
		if audit.Broke != nil {
			status.Broke = append(status.Broke, r.breakWords(audit.Broke))
		}
	}
	return status, err
}

// breakWords says what of a trail is lost.
func (r *request) breakWords(b *consent.TrailBreak) string {
	switch lost := b.Lost(); lost {
	case 0:
		return r.say("trail_broke_unknown", "trail", b.Trail, "n", b.Held.Acts)
	case 1:
		return r.say("trail_broke_one", "trail", b.Trail)
	default:
		return r.say("trail_broke", "trail", b.Trail, "n", lost)
	}
}
