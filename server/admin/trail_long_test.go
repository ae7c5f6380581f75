package admin_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Nobody waits until a long trail is audited. Its page says what is known of it.
func TestLongTrailIsAuditedBeside(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for range 1001 {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: auditor.id, Organisation: skogen, Action: "draft.settings.save"}))
	}
	const path = "/organisations/skogen/trail"
	auditor.get(path).shows(t, 200, "linjer og kontrolleres nå")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.audits.Run(ctx) }()
	for deadline := time.Now().Add(time.Minute); ; {
		state, err := h.audits.Trails(t.Context(), skogen)
		must(t, err)
		if !state.Waiting {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the audit does not end")
		}
		runtime.Gosched()
	}
	stop()
	must(t, <-ended)
	auditor.get(path).shows(t, 200, "linjer var som da de ble skrevet da sporet ble kontrollert")
}
