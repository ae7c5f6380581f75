package consent

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// askingDraft asks in the banner for statistics (counter, tickets) and
// functional (counter's second cookie), and in place for video.
func askingDraft() *Draft {
	d := validDraft()
	counter := find(d, "counter")
	second := counter.Cookies[0]
	second.Pattern = Pattern{Name: "lang", Match: MatchExact}
	second.Category = Functional
	counter.Cookies = append(counter.Cookies, second)
	return d
}

// answer makes a Choice of functional and statistics, and of services.
func answer(functional, statistics bool, services ...any) Choice {
	c := Choice{Categories: map[CategoryKey]bool{Functional: functional, Statistics: statistics}}
	for i := 0; i+1 < len(services); i += 2 {
		if c.Services == nil {
			c.Services = map[ServiceRef]bool{}
		}
		c.Services[ServiceRef(services[i].(string))] = services[i+1].(bool)
	}
	return c
}

func TestAsks(t *testing.T) {
	units := askingDraft().Asks()
	want := []struct {
		category CategoryKey
		service  ServiceKey
		refs     []ServiceRef
	}{
		{Functional, "", []ServiceRef{"functional/counter"}},
		{Statistics, "", []ServiceRef{"statistics/counter", "statistics/tickets"}},
		{Marketing, "video", []ServiceRef{"marketing/video", "statistics/video"}},
	}
	if len(units) != len(want) {
		t.Fatalf("%d units, want %d: %+v", len(units), len(want), units)
	}
	for i, u := range units {
		if u.Category != want[i].category || u.Service != want[i].service || len(u.Refs) != len(want[i].refs) || len(u.Checksum) != 6 {
			t.Errorf("unit %d = %+v, want %+v", i, u, want[i])
			continue
		}
		for j, ref := range u.Refs {
			if ref != want[i].refs[j] {
				t.Errorf("unit %d refers to %v, want %v", i, u.Refs, want[i].refs)
			}
		}
	}
}

func TestGrants(t *testing.T) {
	c := answer(false, true, "statistics/tickets", false, "functional/counter", true, "marketing/video", true)
	for _, tt := range []struct {
		category         CategoryKey
		service          ServiceKey
		banner, in_place bool
	}{
		{Necessary, "forms", true, true},
		{Statistics, "counter", true, false}, // a yes in the banner starts nothing that is asked for in place
		{Statistics, "tickets", false, false},
		{Functional, "counter", true, true},
		{Functional, "other", false, false},
		{Marketing, "video", true, true},
		{Marketing, "other", false, false},
		{"unheard-of", "x", false, false},
	} {
		if got := c.Grants(tt.category, tt.service); got != tt.banner {
			t.Errorf("Grants(%s, %s) = %v", tt.category, tt.service, got)
		}
		if got := c.GrantsInPlace(tt.category, tt.service); got != tt.in_place {
			t.Errorf("GrantsInPlace(%s, %s) = %v", tt.category, tt.service, got)
		}
	}
	if (Choice{}).Grants(Statistics, "counter") {
		t.Error("no answer grants")
	}
}

func TestJudge(t *testing.T) {
	for _, tt := range []struct {
		what   string
		choice Choice
		method Method
		want   State
	}{
		{"all", answer(true, true), AcceptAll, StateGiven},
		{"all, video still refused", answer(true, true, "marketing/video", false), AcceptAll, StatePartlyGiven},
		{"all, video still granted", answer(true, true, "marketing/video", true, "statistics/video", true), AcceptAll, StateGiven},
		{"none", answer(false, false), RejectAll, StateRefused},
		{"none, said service by service", answer(false, false, "statistics/tickets", false, "marketing/video", false), RejectAll, StateRefused},
		{"none in the banner, video still granted", answer(false, false, "marketing/video", true), RejectAll, StatePartlyGiven},
		{"one of two", answer(false, true), Save, StatePartlyGiven},
		{"both, saved", answer(true, true), Save, StateGiven},
		{"neither, saved", answer(false, false), Save, StateRefused},
		{"one service of a category", answer(false, false, "statistics/tickets", true), Save, StatePartlyGiven},
		{"a category but one service", answer(true, false, "statistics/counter", true, "statistics/tickets", false), Save, StatePartlyGiven},
		{"a category, and its services by name", answer(false, true, "statistics/counter", true, "statistics/tickets", true), Save, StatePartlyGiven},
		{"a category, but not what is asked in place", answer(true, true, "statistics/video", false), Save, StatePartlyGiven},
		{"every service by itself", answer(false, false, "statistics/tickets", true, "statistics/counter", true, "functional/counter", true), Save, StateGiven},
		{"all taken back", answer(false, false), Withdraw, StateWithdrawn},
		{"all taken back, video too", answer(false, false, "marketing/video", false), Withdraw, StateWithdrawn},
		{"run out", answer(false, false), Expiry, StateExpired},
		{"video once, banner unanswered", answer(false, false, "marketing/video", true), PlaceholderOnce, StatePartlyGiven},
		{"video always, banner accepted", answer(true, true, "marketing/video", true, "statistics/video", true), PlaceholderAlways, StateGiven},
		{"signal", answer(false, false), SignalMethod, StateRefused},
		{"page's own code", answer(false, true, "marketing/video", true), APIMethod, StatePartlyGiven},
	} {
		got, err := askingDraft().Judge(tt.choice, tt.method)
		if err != nil || got != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.what, got, err, tt.want)
		}
	}
}

func TestJudgeRefuses(t *testing.T) {
	missing := answer(true, true)
	delete(missing.Categories, Functional)
	extra := func(category CategoryKey) Choice {
		c := answer(true, true)
		c.Categories[category] = true
		return c
	}
	for _, tt := range []struct {
		what   string
		choice Choice
		method Method
		code   string
	}{
		{"no answer", Choice{}, Save, "missing_category"},
		{"one category left out", missing, AcceptAll, "missing_category"},
		{"category that does not exist", extra("SECRET"), AcceptAll, "unknown_category"},
		{"category that cannot be chosen", extra(Necessary), AcceptAll, "unknown_category"},
		{"category that is asked for in place only", extra(Marketing), AcceptAll, "unknown_category"},
		{"service that does not exist", answer(true, true, "statistics/SECRET", true), Save, "unknown_service"},
		{"service of another category", answer(true, true, "functional/tickets", true), Save, "unknown_service"},
		{"necessary service", answer(true, true, "necessary/forms", true), Save, "unknown_service"},
		{"service that is switched off", answer(true, true, "marketing/old-login", true), Save, "unknown_service"},
		{"no reference", answer(true, true, "SECRET", true), Save, "unknown_service"},
		{"unknown method", answer(true, true), "SECRET", "unknown_method"},
		{"no method", answer(true, true), "", "unknown_method"},
		{"all, yet not all", answer(false, true), AcceptAll, "method_mismatch"},
		{"all, yet not one service", answer(true, true, "statistics/tickets", false), AcceptAll, "category_mismatch"},
		{"a category of which one service is denied", answer(false, true, "statistics/tickets", false), Save, "category_mismatch"},
		{"a category of which everything is denied", answer(false, true, "statistics/tickets", false, "statistics/counter", false), Save, "category_mismatch"},
		{"none, yet one", answer(false, true), RejectAll, "method_mismatch"},
		{"none, yet one service", answer(false, false, "statistics/tickets", true), RejectAll, "method_mismatch"},
		{"taken back, yet granted", answer(false, true), Withdraw, "method_mismatch"},
		{"taken back, yet video granted", answer(false, false, "marketing/video", true), Withdraw, "method_mismatch"},
		{"run out, yet granted", answer(true, true), Expiry, "method_mismatch"},
		{"signal that grants", answer(false, true), SignalMethod, "method_mismatch"},
		{"placeholder that grants nothing", answer(false, false), PlaceholderAlways, "method_mismatch"},
		{"placeholder that denies", answer(true, true, "marketing/video", false), PlaceholderOnce, "method_mismatch"},
	} {
		state, err := askingDraft().Judge(tt.choice, tt.method)
		var e *Error
		if !errors.As(err, &e) || e.Kind != Invalid || e.Code != tt.code || state != "" {
			t.Errorf("%s: %q, %v; want Invalid %s", tt.what, state, err, tt.code)
		} else if strings.Contains(e.Error(), "SECRET") {
			t.Errorf("%s: the error repeats what was sent: %v", tt.what, e)
		}
	}
	if _, err := (&Draft{}).Judge(Choice{}, RejectAll); KindOf(err) != Invalid {
		t.Errorf("a notice that asks nothing was decided: %v", err)
	}
}

// What the state says must follow from what may run, for any answers that do not
// contradict themselves.
func TestJudgeAgreesWithGrants(t *testing.T) {
	d := askingDraft()
	rapid.Check(t, func(t *rapid.T) {
		c := answer(rapid.Bool().Draw(t, "functional"), rapid.Bool().Draw(t, "statistics"))
		c.Services = rapid.MapOf(rapid.SampledFrom([]ServiceRef{"statistics/counter", "statistics/tickets", "functional/counter", "marketing/video", "statistics/video"}), rapid.Bool()).Draw(t, "services")
		state, err := d.Judge(c, Save)
		if contradictory(d, c) {
			if err == nil {
				t.Fatalf("%v was judged %s", c, state)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		granted := map[ServiceRef]bool{}
		for _, unit := range d.Asks() {
			for _, ref := range unit.Refs {
				if unit.Service == "" {
					granted[ref] = c.Grants(ref.Split())
				} else if _, answered := c.Services[ref]; answered {
					granted[ref] = c.GrantsInPlace(ref.Split())
				}
			}
		}
		any, all := false, true
		for yes := range maps.Values(granted) {
			any, all = any || yes, all && yes
		}
		if (state == StateRefused) == any || (state == StateGiven) != all {
			t.Fatalf("%v is %s", granted, state)
		}
	})
}

// contradictory says whether a category is granted of which a part is denied.
func contradictory(d *Draft, c Choice) bool {
	for _, unit := range d.Asks() {
		for _, ref := range unit.Refs {
			if yes, named := c.Services[ref]; unit.Service == "" && c.Categories[unit.Category] && named && !yes {
				return true
			}
		}
	}
	return false
}

// Judge runs for every Decision.
func BenchmarkJudge(b *testing.B) {
	d := askingDraft()
	c := answer(true, true, "marketing/video", true)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Judge(c, Save); err != nil {
			b.Fatal(err)
		}
	}
}
