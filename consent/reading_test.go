package consent

import "testing"

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
	} {
		act := Act{Action: each.action, Object: each.object}
		if decisions, whole := act.Taken(); decisions != each.decisions || whole != each.whole {
			t.Errorf("%s %q takes %d (%v)", each.action, each.object, decisions, whole)
		}
	}
}
