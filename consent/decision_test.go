package consent

import (
	"testing"
	"time"
)

// A grant of one showing ends with it; every other decision holds alike.
func TestValidUntil(t *testing.T) {
	at := time.Date(2026, time.August, 31, 12, 0, 0, 0, time.UTC)
	site := &Site{Validity: "P6M"}
	end := time.Date(2027, time.February, 28, 12, 0, 0, 0, time.UTC)
	for _, method := range []Method{AcceptAll, RejectAll, Save, Withdraw, PlaceholderAlways, SignalMethod, APIMethod} {
		if got := (&Decision{Method: method, Time: at}).ValidUntil(site); !got.Equal(end) {
			t.Errorf("%s is valid until %v, want %v", method, got, end)
		}
	}
	if got := (&Decision{Method: PlaceholderOnce, Time: at}).ValidUntil(site); !got.IsZero() {
		t.Errorf("one showing is valid until %v", got)
	}
}
