package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/server/api"
)

// Control of an address is shown by the line that the list says, and by no other; what
// was found is kept.
func TestOriginsAreCheckedOnTheMachine(t *testing.T) {
	const origin = "https://www.gjerdrum.kommune.no"
	d := newDesk(t)
	of := func(said string) api.Origin {
		t.Helper()
		var list api.Origins
		if err := json.Unmarshal([]byte(said), &list); err != nil || len(list.Origins) != 2 || list.Must {
			t.Fatalf("%v: %s", err, said)
		}
		return list.Origins[0]
	}
	asked := of(d.does("origin", "list", "gjerdrum", "--json"))
	if asked.Origin != origin || !asked.Needed || asked.Proven || asked.Checked != nil || asked.Record != "_samtykke.www.gjerdrum.kommune.no" {
		t.Fatalf("got %+v", asked)
	}
	if said := d.does("origin", "list", "gjerdrum"); !strings.Contains(said, "not shown") || !strings.Contains(said, asked.Line) || !strings.Contains(said, asked.File) {
		t.Errorf("the list does not say what to publish:\n%s", said)
	}
	code, said, wrong := d.run("origin", "check", "gjerdrum", origin)
	if code != exitFailure || !strings.Contains(said, asked.Line) || !strings.Contains(wrong, "nothing shows yet") {
		t.Errorf("without a record: %d %s%s", code, said, wrong)
	}
	if code, _, wrong := d.run("origin", "check", "gjerdrum", origin); code != exitFailure || !strings.Contains(wrong, "10 seconds") {
		t.Errorf("at once again: %d %s", code, wrong)
	}
	d.now = d.now.Add(time.Minute)
	d.zone.Set(asked.Record, asked.Line+"x")
	code, said, _ = d.run("origin", "check", "gjerdrum", origin, "--json")
	if got := of(said); code != exitFailure || got.Proven || got.Fault == nil || *got.Fault != "other" {
		t.Errorf("with another line: %d %s", code, said)
	}
	d.now = d.now.Add(time.Minute)
	d.zone.Set(asked.Record, asked.Line)
	if said := d.does("origin", "check", "gjerdrum", "www.gjerdrum.kommune.no/"); !strings.Contains(said, "It is shown who controls "+origin+" (dns).") {
		t.Errorf("with the line: %s", said)
	}
	if got := of(d.does("origin", "list", "gjerdrum", "--json")); !got.Proven || got.Fault != nil {
		t.Errorf("what was found is not kept: %+v", got)
	}
	if said := d.does("trail", "list", "gjerdrum", "--act", "origin.check", "--json"); strings.Count(said, `"object":"`+origin+`"`) != 3 {
		t.Errorf("the trail has:\n%s", said)
	}
	if code, _, wrong := d.run("origin", "check", "gjerdrum", "https://other.example"); code != exitFailure || !strings.Contains(wrong, "There are: "+origin) {
		t.Errorf("another's address: %d %s", code, wrong)
	}
}
