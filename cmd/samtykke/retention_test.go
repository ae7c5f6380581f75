package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestRetention: what is older than the notice says goes by itself when a server
// runs, and by a command; what is younger stays, and the ledger holds.
func TestRetention(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	young := newPost(exampleBundle(t), "accept_all", true)
	decide(t, server, young)
	i.old(t, 1, 3)
	i.old(t, 2, 4)
	i.old(t, 3, 4)
	must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", oldID(3).String(), "--data", i.data)
	i.edit(t, "retention: P2Y", "retention: P18M")
	said := must(t, "notice", "diff", "gjerdrum", "--data", i.data)
	if !strings.Contains(said, "18 months instead of 2 years") || !strings.Contains(said, "2 stored decisions are older") || !strings.Contains(said, "1 decision is as old, and frozen") {
		t.Errorf("a shorter retention is told as\n%s", said)
	}
	this := time.Now().UTC().Year()
	for _, step := range []struct {
		yes  string
		want reported
	}{
		{"", reported{Removed: 2, Frozen: 1, Years: []reportedYear{{this - 4, 1, 1, false}, {this - 3, 1, 0, true}}}},
		{"--yes", reported{Done: true, Removed: 2, Frozen: 1, Years: []reportedYear{{this - 4, 1, 1, false}, {this - 3, 1, 0, true}}}},
		{"--yes", reported{Done: true, Frozen: 1, Years: []reportedYear{{this - 4, 0, 1, false}}}},
	} {
		if got := i.expire(t, strings.Fields(step.yes)...); !reflect.DeepEqual(got, step.want) {
			t.Errorf("log expire %s reports %+v, want %+v", step.yes, got, step.want)
		}
	}
	must(t, "log", "release", "gjerdrum", "--receipt", oldID(3).String(), "--why", "Case 2026/1234", "--yes", "--data", i.data)
	if said := must(t, "log", "expire", "gjerdrum", "--data", i.data); !strings.Contains(said, "1 would go") || !strings.Contains(said, "WOULD GO") {
		t.Errorf("without --yes it says %q", said)
	}
	if said := must(t, "log", "expire", "gjerdrum", "--yes", "--data", i.data); !strings.Contains(said, "removed 1,") || !strings.Contains(said, "REMOVED") {
		t.Errorf("with --yes it says %q", said)
	}
	if said := must(t, "log", "expire", "gjerdrum", "--data", i.data); !strings.Contains(said, "Nothing is older") {
		t.Errorf("afterwards it says %q", said)
	}
	if said := must(t, "log", "expire", "gjerdrum", "--past", "--data", i.data); !strings.Contains(said, fmt.Sprintf("ledger of %d", this-3)) {
		t.Errorf("of what went before it says %q", said)
	}
	i.old(t, 4, 3)
	i.old(t, 5, 3)
	if i.askedBefore(t) || !i.askedBefore(t) {
		t.Fatal("what a program asks for again is not known")
	}
	if n := len(i.exported(t)); n != 3 {
		t.Fatalf("%d decisions are there before the server looks, want 3", n)
	}
	server = restart(t, i, server)
	for end := time.Now().Add(patience); len(i.exported(t)) != 1; <-time.After(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a running server keeps what is too old")
		}
	}
	if left := i.exported(t); left[0].ID != young.ID {
		t.Errorf("the wrong one is left: %+v", left)
	}
	must(t, "log", "verify", "--data", i.data)
	decide(t, server, newPost(exampleBundle(t), "reject_all", false))
	server.stop(syscall.SIGTERM)
	if i.askedBefore(t) {
		t.Error("the answer to a program outlives its day")
	}
	if line := fmt.Sprintf("site=gjerdrum decisions=2 frozen=0 by_year.%d=2\n", this-3); strings.Count(server.log.String(), line) != 1 {
		t.Errorf("the server does not log %q once:\n%s", line, server.log)
	}
}

// TestClockYearsAhead: a server whose clock leapt removes nothing, says so, and goes
// on once somebody says that the clock is right.
func TestClockYearsAhead(t *testing.T) {
	debugAt := "127.0.0.1:" + strconv.Itoa(freePort(t))
	t.Setenv("SAMTYKKE_DEBUG_LISTEN", debugAt)
	i := newInstallation(t)
	server := i.start(t)
	server.stop(syscall.SIGTERM)
	i.old(t, 1, 3)
	i.old(t, 2, 4)
	store := i.open(t)
	before := time.Now().AddDate(-3, 0, 0)
	if err := errors.Join(store.SaveClock(t.Context(), consent.Clock{Last: before}), store.Close()); err != nil {
		t.Fatal(err)
	}
	server = i.start(t)
	until(t, "the metrics to tell of the leap", func() bool {
		return strings.Contains(fetch(t, "http://"+debugAt+"/metrics"), "\nsamtykke_clock_doubted 1\n")
	})
	refused := invoke(t, "log", "expire", "gjerdrum", "--yes", "--data", i.data)
	if refused.code == 0 || !strings.Contains(refused.err, consent.DayOf(before).String()) || !strings.Contains(refused.err, "--trust-clock") {
		t.Errorf("log expire ends with %d and says %q", refused.code, refused.err)
	}
	if n := len(i.exported(t)); n != 2 {
		t.Fatalf("%d decisions are left, want 2", n)
	}
	must(t, "log", "expire", "gjerdrum", "--yes", "--trust-clock", "--data", i.data)
	if n := len(i.exported(t)); n != 0 {
		t.Errorf("%d decisions are left though the clock is right", n)
	}
	i.old(t, 3, 3)
	leapt := server
	server = restart(t, i, server)
	if said := leapt.log.String(); strings.Count(said, "leapt ahead") != 1 || !strings.Contains(said, "--trust-clock") {
		t.Errorf("the log does not say once that the clock leapt:\n%s", said)
	}
	for end := time.Now().Add(patience); len(i.exported(t)) != 0; <-time.After(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a server whose clock is trusted keeps what is too old")
		}
	}
	must(t, "log", "verify", "--data", i.data)
	server.stop(syscall.SIGTERM)
}

// reported is what "log expire --json" says, without the times.
type reported struct {
	Done            bool
	Removed, Frozen int
	Years           []reportedYear
}

type reportedYear struct {
	Year, Removed, Frozen int
	Dropped               bool
}

// expire runs the verb and checks that the times of its report are right.
func (i installation) expire(t *testing.T, flags ...string) reported {
	t.Helper()
	var got struct {
		reported
		Site         string
		Time, Before time.Time
	}
	said := must(t, append([]string{"log", "expire", "gjerdrum", "--json", "--data", i.data}, flags...)...)
	if err := json.Unmarshal([]byte(said), &got); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if got.Site != "gjerdrum" || time.Since(got.Time) > patience || !got.Before.Before(got.Time.AddDate(-1, 0, 0)) {
		t.Errorf("the report says %s", said)
	}
	return got.reported
}

// old stores a decision of some years ago.
func (i installation) old(t *testing.T, n byte, years int) {
	t.Helper()
	store := i.open(t)
	_, err := store.Append(t.Context(), &consent.Decision{
		ID: oldID(n), Site: "gjerdrum", Visitor: consent.VisitorKey{n}, Notice: 1, Bundle: consent.BundleID(exampleBundle(t)),
		Language: consent.Bokmaal, Method: consent.RejectAll, Layer: consent.LayerFirst, State: consent.StateRefused,
		Time: time.Now().AddDate(-years, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// askedBefore says whether it is known what a program asked for two days ago, and has
// it ask.
func (i installation) askedBefore(t *testing.T) bool {
	t.Helper()
	store := i.open(t)
	known, err := store.BeginRepeat(t.Context(), consent.HashOf([]byte("id")), consent.HashOf([]byte("request")), time.Now().Add(-2*consent.RepeatLasts))
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	return known != nil
}

// oldID is its id.
func oldID(n byte) consent.DecisionID { return consent.DecisionID{n, 6: 0x70, 8: 0x80} }

// restart stops a server and starts another.
func restart(t *testing.T, i installation, server *running) *running {
	t.Helper()
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("the server ended with %d", code)
	}
	return i.start(t)
}
