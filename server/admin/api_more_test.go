package admin_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Where an answer tells of the first faults or warnings, it says how many there are
// beyond them.
func TestAPISaysWhatIsLeftOut(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	body, tag := g.changed(func(d map[string]any) {
		d["categories"] = slices.Repeat([]any{map[string]any{"key": "x", "strange": 1}}, 1200)
	})
	told := g.call(http.MethodPut, apiDraft, body, "If-Match", tag).problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1000 || told.More < 1200 || !strings.Contains(told.Detail, fmt.Sprintf("there are %d more", told.More)) {
		t.Errorf("%d faults are told, and %d more: %s", len(told.Faults), told.More, told.Detail)
	}

	var table strings.Builder
	table.WriteString("service,name,http_only\n")
	for n := range 1200 {
		fmt.Fprintf(&table, "counter,_x%d,perhaps\n", n)
	}
	told = g.reads(table.String()).problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1000 || told.More != 200 {
		t.Errorf("%d faults of a file are told, and %d more: %s", len(told.Faults), told.More, told.Detail)
	}

	var file strings.Builder // whose faults beyond these are counted and not kept
	file.WriteString("site:\n  key: skogen\n")
	for n := range 1200 {
		fmt.Fprintf(&file, "  strange%d: 1\n", n)
	}
	told = g.reads(file.String()).problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1000 || told.More < 200 {
		t.Errorf("%d faults of a site file are told, and %d more: %s", len(told.Faults), told.More, told.Detail)
	}

	h.redraft(t, func(d *consent.Draft) {
		first := d.Services[0]
		for n := range 400 {
			first.Key = consent.ServiceKey(fmt.Sprintf("many-%d", n))
			d.Services = append(d.Services, first)
		}
	})
	settings := g.part(apiSite + "/settings")
	settings["site"].(map[string]any)["languages"] = []string{"nb", "en", "nn"}
	saved := read[api.Saved](t, g.putPart(apiSite+"/settings", settings))
	if len(saved.Warnings) != 1000 || saved.More < 600 {
		t.Errorf("%d warnings are told, and %d more", len(saved.Warnings), saved.More)
	}
	one := g.call(http.MethodPut, apiDraft, `{"strange": 1}`, "If-Match", g.get(apiDraft).header.Get("ETag")).problem(t, http.StatusUnprocessableEntity, "faults")
	if one.More != 0 || strings.Contains(one.Detail, "more") {
		t.Errorf("got %+v", one)
	}
}
