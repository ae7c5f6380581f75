package consent

import (
	"fmt"
	"strings"
	"testing"
)

func TestAnActTellsFewFieldsAndCountsTheRest(t *testing.T) {
	var act Act
	for i := range 14 {
		act.Changing(FieldChange{fmt.Sprintf("field%d", i), "a", "b"}, FieldChange{"same", "a", "a"})
	}
	if len(act.Changes) != 10 || act.More != 4 {
		t.Errorf("%d fields and %d more, want 10 and 4", len(act.Changes), act.More)
	}
	var long Act
	for range 14 {
		long.Changing(FieldChange{"text", strings.Repeat("å", 5000), strings.Repeat("b", 5000)})
	}
	size := 0
	for _, c := range long.Changes {
		size += c.size()
		if len(c.Was) > maxActValue || !strings.HasSuffix(c.Was, "å…") {
			t.Errorf("a long text is told as %q", c.Was)
		}
	}
	if size > maxActChanges || len(long.Changes)+long.More != 14 {
		t.Errorf("%d bytes of %d fields and %d more", size, len(long.Changes), long.More)
	}
}

func TestAnActTellsNothingThatTurnsThePageAround(t *testing.T) {
	var act Act
	act.Changing(FieldChange{"na\nme", "a\u202eb", "<b>\u200b\t=1+1\xff"})
	if got, want := fmt.Sprintf("%q", act.Changes), fmt.Sprintf("%q", []FieldChange{{"na me", "a\ufffdb", "<b>\ufffd =1+1\ufffd"}}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDraftChangesNameFieldsAndNobody(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Draft)
		want   string
	}{
		"a lifetime":      {func(d *Draft) { find(d, "counter").Cookies[0].Lifetime.Declared = "P3D" }, "services.counter.cookies.nmstat.lifetime.declared: P6M -> P3D"},
		"a later service": {func(d *Draft) { find(d, "tickets").Category = Marketing }, "services.tickets.category: statistics -> marketing"},
		"a service gone":  {func(d *Draft) { d.Services = d.Services[1:] }, "services.counter: counter -> "},
		"a contact":       {func(d *Draft) { d.Contacts.DPO.Email = "kari.nordmann@example.no" }, "contacts.data_protection_officer.email: … -> …"},
		"notes":           {func(d *Draft) { find(d, "counter").Notes = []string{"Kari knows"} }, "services.counter.notes: … -> …"},
		"a company's contact": {func(d *Draft) {
			find(d, "counter").Recipients = []Provider{{Name: "AS", Country: []string{"NO"}, Role: "processor", Contact: &Channels{Email: "ola@example.no"}}}
		}, `services.counter.recipients:  -> [{"country":["NO"],"name":"AS","role":"processor"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := validDraft(), validDraft()
			c.change(after)
			changes, err := DraftChanges(before, after)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, change := range changes {
				told = append(told, change.Field+": "+change.Was+" -> "+change.Is)
			}
			if got := strings.Join(told, "; "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
