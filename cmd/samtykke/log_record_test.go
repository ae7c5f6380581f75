package main

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// TestWhoMadeADecision holds for every method: only time runs out by itself.
func TestWhoMadeADecision(t *testing.T) {
	for _, method := range consent.Methods {
		want := "subject"
		if method == consent.Expiry {
			want = "system"
		}
		made, err := export.NewRecorder(brittle{}, "gjerdrum").Record(t.Context(), &consent.Entry{Decision: consent.Decision{Method: method}})
		if err != nil || made.Entity != want {
			t.Errorf("%s: have %v, %v, want %s", method, made, err, want)
		}
	}
}
