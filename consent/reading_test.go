package consent

import (
	"context"
	"testing"
	"time"
)

// What takes a whole log out is told of as such, be it a person or a program that does.
func TestTaken(t *testing.T) {
	for _, each := range []struct {
		action, object string
		decisions      int
		whole          bool
	}{
		{"log.exported", "form=csv decisions=3", 3, true},
		{"api.log.exported", "key=0123456789ab form=csv decisions=3", 3, true},
		{"api.log.exported", "key=0123456789ab form=pack", 0, true},
		{"api.log.exported", "key=0123456789ab form=csv method=save decisions=3", 3, false},
		{"api.log.exported", "key=0123456789ab form=csv decisions=0", 0, false},
		{"api.log.export", "key=0123456789ab form=csv", 0, false},
		{"api.log.read", "key=0123456789ab decisions=3", 3, false},
		{"api.log.find", "key=0123456789ab 019cadab-2340-7617-acc3-ed76406b9348", 1, false},
		{"api.log.exported", "key=0123456789ab form=csv decisions=3 broken_off method=save", 3, false},
		{"log.exported", "form=csv decisions=3 whole from=2000-01-01", 3, true},
		{"api.log.exported", "key=0123456789ab form=csv decisions=3 whole from=2000-01-01", 3, true},
		{"log.exported", "form=csv decisions=3 from=2000-01-01 whole", 3, false},
		{"log.exported", "form=csv decisions=0 whole from=2000-01-01", 0, false},
		{"log.exported", "form=csv decisions=3 so_far", 3, false},
		{"log.exported", "form=csv decisions=3 added=1 so_far", 1, false},
		{"log.exported", "form=csv decisions=3 added=1", 1, true},
		{"log.exported", "form=csv decisions=3 added=0 whole from=2000-01-01", 0, true},
		{"log.exported", "form=csv decisions=3 from=2000-01-01 added=1", 3, false},
		{"log.exported", "decisions=3", 3, false},
		{"api.log.read", "key=0123456789ab decisions=3 decisions=9223372036854775807", 3, false},
		{"api.log.read", "key=0123456789ab decisions=9223372036854775807", mostCounted, false},
	} {
		act := Act{Action: each.action, Object: each.object}
		if decisions, whole := act.Taken(); decisions != each.decisions || whole != each.whole {
			t.Errorf("%s %q takes %d (%v)", each.action, each.object, decisions, whole)
		}
	}
}

// actsAlone is a trail of one page.
type actsAlone struct {
	TrailStore
	acts []ActEntry
}

func (s actsAlone) Acts(context.Context, TrailQuery) ([]ActEntry, error) { return s.acts, nil }

// However much an act says that it took, a day on which much was read stays one.
func TestReadingsDoNotOverflow(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	var acts []ActEntry
	for range 3 {
		for _, told := range []Act{{Action: "api.trail.read", Object: "key=a acts=9223372036854775807 acts=1"}, {Action: "log.read", Object: "decisions=9223372036854775807"}} {
			told.Time, told.Account = now, 7
			acts = append(acts, ActEntry{Act: told})
		}
	}
	read, err := Readings(t.Context(), actsAlone{acts: acts}, "skogen", DayOf(now), DayOf(now))
	if err != nil || len(read) != 1 || read[0].Acts != mostCounted || !read[0].ManyDecisions() {
		t.Errorf("was read: %+v, %v", read, err)
	}
}
