package admin

import (
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// trailStatus says whether a trail holds, as far as it was audited.
type trailStatus struct {
	auditing.TrailState
	Waits   string   // how many acts wait for an audit that runs
	Audited int      // acts
	Sound   bool     // nothing wrong was found
	Faults  []string // in words, after their years
	Broke   []string // where the trail broke off, in words
}

func (r *request) trailStatus(organisation consent.OrganisationID) (status trailStatus, err error) {
	status.TrailState, err = r.Audits.Trails(r.ctx, organisation)
	status.Sound, status.Waits = true, r.lang.Grouped(status.Acts)
	for _, audit := range status.Audits {
		status.Audited += int(audit.Acts)
		if audit.Fault.Code != "" {
			status.Sound, status.Faults = false, append(status.Faults, r.trailFault(&audit))
		}
		if audit.Broke != nil {
			status.Broke = append(status.Broke, r.breakWords(audit.Broke))
		}
	}
	return status, err
}

// trailFault says what does not hold of a trail, after the year of it.
func (r *request) trailFault(audit *consent.TrailAudit) string {
	text := r.flawWords(&audit.Fault)
	if audit.Year > 0 {
		text = strconv.Itoa(audit.Year) + ": " + text
	}
	return text
}

// breakWords says what of a trail is lost.
func (r *request) breakWords(b *consent.TrailBreak) string {
	switch lost := b.Lost(); lost {
	case 0:
		return r.say("trail_broke_unknown", "trail", b.Trail, "n", r.lang.Grouped(b.Held.Acts))
	case 1:
		return r.say("trail_broke_one", "trail", b.Trail)
	default:
		return r.say("trail_broke", "trail", b.Trail, "n", r.lang.Grouped(lost))
	}
}
