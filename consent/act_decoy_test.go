package consent

import (
	"fmt"
	"strings"
	"testing"
)

// Whoever changes much that weighs little hides nothing that weighs more by it, nor does
// one kind of change hide another.
func TestDecoysHideNothingInATrail(t *testing.T) {
	told := func(before, after *Draft) string {
		changes, err := DraftChanges(before, after)
		if err != nil {
			t.Fatal(err)
		}
		var act Act
		if err := act.Changing(changes...); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(act.Changes)
	}
	before, after := validDraft(), validDraft()
	for _, d := range []*Draft{before, after} {
		s := find(d, "counter")
		for n := range 36 {
			c := s.Cookies[0]
			c.Pattern.Name, c.Category = fmt.Sprint("a", n), Necessary
			c.Exemption = &Exemption{Reason: Text{Bokmaal: "r", English: "r"}, When: Text{Bokmaal: "w", English: "w"}}
			s.Cookies = append(s.Cookies, c)
		}
	}
	cookies := find(after, "counter").Cookies
	for n := range cookies {
		if e := cookies[n].Exemption; e != nil {
			e.Reason = Text{Bokmaal: strings.Repeat("ny grunn ", 10), English: strings.Repeat("new reason ", 10)}
			e.When = Text{Bokmaal: strings.Repeat("nå og da ", 10), English: strings.Repeat("now and then ", 10)}
			cookies[n].Exemption = e
		}
	}
	tracker := *find(after, "counter")
	tracker.Key, tracker.Hosts, tracker.Cookies = "zz-tracker", []string{"new.evil.example"}, nil
	after.Services = append(after.Services, tracker)
	find(after, "tickets").Hosts = append(find(after, "tickets").Hosts, "h.evil.example")
	find(after, "tickets").Ask = AskInPlace
	got := told(before, after)
	for _, want := range []string{"zz-tracker", "evil.example", "services.tickets.ask", "exemption"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is hidden: %s", want, got)
		}
	}

	// A host that changes while its service has another name for a moment.
	before, after = validDraft(), validDraft()
	renamed := find(after, "counter")
	renamed.Key, renamed.Hosts = "counter2", []string{"swapped.evil.example"}
	if got := told(before, after); !strings.Contains(got, "swapped.evil.example") || !strings.Contains(got, "counter.example") {
		t.Errorf("the hosts are hidden behind new names: %s", got)
	}
}
