package main

import (
	"bytes"
	"net/netip"
	"testing"
	"time"

	"github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/control/controltest"
)

// desk is a database of its own, at which verbs run within this process: with a clock that
// a test moves, and a DNS that it fills.
type desk struct {
	t    *testing.T
	data string
	now  time.Time
	zone *controltest.Zone
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, data: t.TempDir(), now: time.Now(), zone: controltest.Serve(t)}
	d.does("site", "import", "../../examples/gjerdrum/site.yaml")
	return d
}

// run runs a verb.
func (d *desk) run(args ...string) (code int, out, complaint string) {
	d.t.Helper()
	var said, wrong bytes.Buffer
	code = run(d.t.Context(), append(args, "--data", d.data), &terminal{
		out: &said, err: &wrong, clock: func() time.Time { return d.now },
		looker: &control.Checker{Resolver: d.zone.Resolver(), Reachable: netip.Addr.IsLoopback, Port: func(uint16) bool { return true }},
	})
	return code, said.String(), wrong.String()
}

// does runs a verb that must succeed.
func (d *desk) does(args ...string) string {
	d.t.Helper()
	code, out, complaint := d.run(args...)
	if code != exitDone {
		d.t.Fatalf("samtykke %q: exit code %d\n%s%s", args, code, out, complaint)
	}
	return out
}
