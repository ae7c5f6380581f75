package consent

import (
	"fmt"
	"testing"
)

// Each reason names what has changed, and where.
func TestAskReasons(t *testing.T) {
	for _, tt := range []struct {
		unit, want string
		change     func(d *Draft)
	}{
		{"statistics", "[{controller  []}]", func(d *Draft) { d.Organisation.Number = "964949581" }},
		{"statistics", "[{purpose  []}]", func(d *Draft) { d.Categories[2].PurposeRevision = 2 }},
		{"statistics", "[{service second []}]", func(d *Draft) { s := counterService(); s.Key = "second"; d.Services = append(d.Services, s) }},
		{"statistics", "[{service_gone counter []}]", func(d *Draft) { d.Services = d.Services[1:] }},
		{"statistics", "[{companies counter []}]", func(d *Draft) { counter(d).Provider.Name = "Woopra, Inc." }},
		{"statistics", "[{role counter []}]", func(d *Draft) { counter(d).Provider.Role = RoleController }},
		{"statistics", "[{cookies counter [nmstat]}]", func(d *Draft) { counter(d).Cookies[0].Lifetime.Declared = "P2Y" }},
		{"statistics", "[]", func(d *Draft) { counter(d).Name = say("Besøkstelleren") }},
		{"nothing", "[]", func(d *Draft) { d.Organisation.Number = "964949581" }},
		{"marketing/video", "[{service_purpose video []} {transfer video []}]", func(d *Draft) {
			video(d).PurposeRevision = 2
			video(d).Provider.Transfer.Country = "IN"
		}},
	} {
		changed := validDraft()
		tt.change(changed)
		if got := fmt.Sprint(AskReasons(validDraft(), changed, tt.unit)); got != tt.want {
			t.Errorf("%s is asked again because of %s, want %s", tt.unit, got, tt.want)
		}
	}
}

// Nobody is asked again for a duration that is written otherwise, no answer ends and none
// is kept for a shorter time; the trail tells of the words.
func TestDurationsInOtherWordsAskNobody(t *testing.T) {
	set := func(year, retention, lifetime Lifetime) *Draft {
		d := validDraft()
		d.Site.Validity, d.Site.Retention = year, retention
		find(d, "counter").Retention, find(d, "counter").Cookies[0].Lifetime.Declared = retention, lifetime
		return d
	}
	before, after := set("P1Y", "P24M", "P14D"), set("P12M", "P2Y", "P2W")
	settled := Revise(*after, before)
	asks := CompareAsks(before, &settled)
	if len(asks.Again) > 0 || asks.OlderThan != "" {
		t.Errorf("asks again %v, and those whose answer is older than %q", asks.Again, asks.OlderThan)
	}
	changes, err := DraftChanges(before, after)
	if err != nil || len(changes) != 4 {
		t.Errorf("the trail tells %v, %v", changes, err)
	}
	longer := Revise(*set("P11M", "P24M", "P15D"), before)
	if asks := CompareAsks(before, &longer); len(asks.Again) != 1 || asks.OlderThan != "P11M" {
		t.Errorf("for other durations it asks %+v", asks)
	}
}
