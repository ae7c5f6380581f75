package auditing_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// trailsOf asks for the state of a trail.
func trailsOf(t *testing.T, audits *auditing.Audits, of consent.OrganisationID) auditing.TrailState {
	t.Helper()
	state, err := audits.Trails(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func TestAShortTrailIsAuditedForWhoAsks(t *testing.T) {
	s := &store{acts: 7, fault: "Act 3 is missing."}
	run(t, s, func(audits *auditing.Audits) {
		for range 2 {
			if state := trailsOf(t, audits, "kommunen"); !state.AtOnce || state.Waiting || len(state.Audits) != 1 || state.Audits[0].Fault.Why != s.fault {
				t.Errorf("a short trail is told as %+v", state)
			}
		}
	})
	if len(s.trails) != 2 {
		t.Errorf("audited were %q", s.trails)
	}
}

// Nobody waits for a long trail, and however often it is looked at, it is audited once
// in a while.
func TestALongTrailIsAuditedBeside(t *testing.T) {
	s := &store{acts: 100_000}
	log := run(t, s, func(audits *auditing.Audits) {
		look := func() auditing.TrailState { return trailsOf(t, audits, "kommunen") }
		if state := look(); !state.Waiting || !state.Ended.IsZero() || state.Acts != 100_000 || len(state.Audits) > 0 {
			t.Errorf("before it is audited it is told as %+v", state)
		}
		synctest.Wait()
		first := look()
		if first.Waiting || first.AtOnce || len(first.Audits) != 1 || first.Audits[0].Fault.Code != "" || first.Ended.IsZero() {
			t.Errorf("after that it is told as %+v", first)
		}
		trailsOf(t, audits, "nabokommunen")
		s.find("Act 3 is missing.")
		time.Sleep(9 * time.Minute)
		if state := look(); state.Waiting || !state.Ended.Equal(first.Ended) {
			t.Errorf("nine minutes later it is told as %+v", state)
		}
		time.Sleep(2 * time.Minute)
		if state := look(); !state.Waiting || !state.Ended.Equal(first.Ended) || len(state.Audits) != 1 {
			t.Errorf("while it is audited again it is told as %+v", state)
		}
		synctest.Wait()
		if state := look(); len(state.Audits) != 1 || state.Audits[0].Fault.Why != s.fault || !state.Ended.After(first.Ended) {
			t.Errorf("what is wrong is told as %+v", state)
		}
		time.Sleep(11 * time.Minute)
		s.spoil(nil, errors.New("the disk is gone"))
		look()
		synctest.Wait()
		if state := look(); !state.Failed || state.Audits[0].Fault.Why != s.fault {
			t.Errorf("an audit that failed is told as %+v", state)
		}
	})
	if got := strings.Join(s.trails, " "); got != "kommunen nabokommunen kommunen kommunen kommunen" {
		t.Errorf("audited were %q", got)
	}
	if !strings.Contains(log, "organisation=kommunen why=\"Act 3 is missing.\"") || !strings.Contains(log, "the disk is gone") {
		t.Errorf("the log of the server says:\n%s", log)
	}
}
