package consent

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// between gives an Act that tells what differs between two Drafts.
func between(t *testing.T, before, after *Draft) Act {
	t.Helper()
	changes, err := DraftChanges(before, after)
	if err != nil {
		t.Fatal(err)
	}
	return changing(t, changes...)
}

// shows says whether an Act shows that something of a kind changed in a part: told field
// by field, or summed up.
func (a *Act) shows(kind, part string) bool {
	for i := range a.Changes {
		c := &a.Changes[i]
		thing, field := c.Place()
		if c.part() == part && (slices.Contains(field, kind) || len(field) == 0 && (kind == thing[0] || len(thing) > 2 && kind == thing[2])) {
			return true
		}
	}
	return slices.ContainsFunc(a.Rest, func(left ChangesLeft) bool { return left.Kind == kind && slices.Contains(left.Parts, part) })
}

// adds holds that what is told and what is summed up are all of it.
func (a *Act) adds(t *testing.T) {
	t.Helper()
	left := 0
	for _, each := range a.Rest {
		left += each.Fields
	}
	if left != a.More {
		t.Errorf("%d of %d fields more are summed up: %+v", left, a.More, a.Rest)
	}
}

// A name that changes together with ten kinds that weigh more hides no host that another
// service got beside it.
func TestARenameHidesNoSecondHost(t *testing.T) {
	before, after := validDraft(), validDraft()
	decoy := find(after, "counter")
	decoy.Key, decoy.Hosts, decoy.Category, decoy.Basis, decoy.Ask = "counter2", []string{"decoy.example"}, Marketing, BasisNecessary, AskInPlace
	decoy.Provider.Name, decoy.Retention, decoy.Locations, decoy.NeverOn = "Another AS", "P3Y", []string{"US"}, []string{"/x"}
	decoy.Recipients = []Provider{{Name: "Broker Inc.", Country: []string{"US"}, Transfer: &Transfer{Country: "US", Basis: TransferSCC}}}
	decoy.Cookies[0].Lifetime.Declared = "P9Y"
	tickets := find(after, "tickets")
	tickets.Hosts = append(tickets.Hosts, "second.evil.example")
	act := between(t, before, after)
	act.adds(t)
	for _, want := range [][2]string{
		{"hosts", "services.tickets"},
		{"hosts", "services.counter"},
		{"hosts", "services.counter2"},
		{"services", "services.counter"},
		{"services", "services.counter2"},
		{"recipients", "services.counter2"},
		{"legal_basis", "services.counter2"},
		{"lifetime", "services.counter2"},
		{"cookies", "services.counter2"},
		{"purpose", "services.counter2"},
	} {
		if !act.shows(want[0], want[1]) {
			t.Errorf("%s of %s are hidden: %v %+v", want[0], want[1], act.Changes, act.Rest)
		}
	}
}

// Of the hosts that a service got, each is told whole or counted, and none is cut.
func TestEveryHostIsToldOrCounted(t *testing.T) {
	before, after := validDraft(), validDraft()
	s := *find(after, "counter")
	s.Key, s.Hosts, s.Cookies = "tracker", nil, nil
	for n := range 9 {
		s.Hosts = append(s.Hosts, fmt.Sprintf("host%d.%s.evil.example", n, strings.Repeat("x", 20)))
	}
	after.Services = append(after.Services, s)
	act := between(t, before, after)
	act.adds(t)
	told, counted := []string{}, 0
	for _, c := range act.Changes {
		if c.Field == "services.tracker.hosts" {
			told = append(told, strings.Fields(c.Is)...)
		}
	}
	for _, left := range act.Rest {
		if left.Kind == "hosts" {
			counted = left.Fields
		}
	}
	for _, host := range told {
		if !slices.Contains(s.Hosts, host) {
			t.Errorf("a host is told as %q", host)
		}
	}
	if len(told)+counted != 9 || len(told) < 2 {
		t.Errorf("%d hosts are told and %d counted: %v %+v", len(told), counted, act.Changes, act.Rest)
	}
}

// What has only another name is told after what changed with it.
func TestARenameTellsWhatChangedWithIt(t *testing.T) {
	before, after := validDraft(), validDraft()
	renamed := find(after, "counter")
	renamed.Key, renamed.Cookies[0].Lifetime.Declared = "counter2", "P9Y"
	renamed.Recipients = []Provider{{Name: "Broker Inc.", Country: []string{"US"}}}
	renamed.Purpose = Text{Bokmaal: "Selger besøk.", Nynorsk: "Sel besøk.", English: "Sells visits."}
	act := between(t, before, after)
	act.adds(t)
	told := fmt.Sprint(act.Changes)
	for _, want := range []string{"services.counter2 ", "Broker Inc.", "P9Y", "Sells visits."} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told: %s", want, told)
		}
	}
	if strings.Contains(told, "legal_basis") {
		t.Errorf("what stayed is told before what changed: %s", told)
	}
}

// However much changes, a rest is short, every kind is named and everything is counted.
func TestARestIsBounded(t *testing.T) {
	var changes []FieldChange
	for n := range 40_000 {
		changes = append(changes, FieldChange{fmt.Sprintf("services.\"<service>\"%d.%s", n, weighty[2+n%(len(weighty)-2)]), "\"", `\`})
	}
	act := changing(t, changes...)
	act.adds(t)
	text, err := json.Marshal(act.Rest)
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > 2*maxActParts+100*len(weighty) || len(act.Rest) < len(weighty)-3 {
		t.Errorf("%d kinds in %d bytes", len(act.Rest), len(text))
	}
	for _, left := range act.Rest {
		if len(left.Parts) == 0 || len(left.Parts)+left.More != left.Fields {
			t.Errorf("of %s there are %d in %d parts and %d more", left.Kind, left.Fields, len(left.Parts), left.More)
		}
	}
}
