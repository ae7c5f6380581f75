package main

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A gap raises one loud line the same day, and is among the metrics when its day is
// over; a quiet day and a small site raise none. The verb names it and exits with 1.
func TestAlarm(t *testing.T) {
	h := newHouse(t, map[string]any{})
	now := time.Now()
	today := consent.MidnightOf(now)
	add := func(site consent.SiteKey, daysAgo, shown, decided int) {
		t.Helper()
		day := today.AddDate(0, 0, -daysAgo)
		err := h.store.AddTallies(t.Context(), []consent.Tally{{Site: site, Day: day, Shown: shown, Decided: decided, Acknowledged: decided}})
		if err != nil {
			t.Fatal(err)
		}
	}
	storagetest.Publish(t.Context(), t, h.store, "late")
	storagetest.Publish(t.Context(), t, h.store, "broken")
	storagetest.Publish(t.Context(), t, h.store, "small")
	for n := 3; n <= 10; n++ {
		add("late", n, 500, 200)
		add("broken", n, 500, 200)
		add("small", n, 10, 3)
	}
	add("late", 0, 500, 2)
	add("small", 0, 9, 1)
	var said bytes.Buffer
	alarm := newAlarm(h.store, func() time.Time { return now }, slog.New(slog.NewTextHandler(&said, nil)))
	look := func() {
		t.Helper()
		if err := alarm.look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	look()
	if n := strings.Count(said.String(), "ALARM"); n != 1 || !strings.Contains(said.String(), "site=late") {
		t.Errorf("it said %q", said.String())
	}
	add("broken", 0, 400, 0)
	said.Reset()
	look()
	look()
	if n := strings.Count(said.String(), "ALARM"); n != 1 || !strings.Contains(said.String(), "site=broken") {
		t.Errorf("it said %q", said.String())
	}
	if got := alarm.reading().Value(); got != 0 {
		t.Errorf("%v gaps of a day that goes on are among the metrics", got)
	}
	now = today.Add(25 * time.Hour)
	look()
	if got := alarm.reading().Value(); got != 2 {
		t.Errorf("%v gaps among the metrics", got)
	}
}

func TestReconcileVerb(t *testing.T) {
	h := newHouse(t, map[string]any{})
	path := h.settings.Storage.SQLite.Path
	storagetest.Publish(t.Context(), t, h.store, "skogen")
	today := consent.MidnightOf(time.Now())
	run := func(args ...string) (int, string) {
		t.Helper()
		var out bytes.Buffer
		args = append([]string{"log", "reconcile", "--data", strings.TrimSuffix(path, "/"+databaseFile)}, args...)
		code := run(context.WithoutCancel(t.Context()), args, &terminal{out: &out, err: &out, clock: time.Now})
		return code, out.String()
	}
	if code, said := run(); code != exitDone || !strings.Contains(said, "nothing was counted") {
		t.Errorf("%d %q", code, said)
	}
	day := consent.Tally{Site: "skogen", Day: today, Shown: 900, Decided: 3, Acknowledged: 3}
	if err := h.store.AddTallies(t.Context(), []consent.Tally{day}); err != nil {
		t.Fatal(err)
	}
	code, said := run("skogen")
	if code != exitDone || !strings.Contains(said, "< 5") || strings.Contains(said, " 3 ") || !strings.Contains(said, "Nothing is missing") {
		t.Errorf("%d %q", code, said)
	}
	if _, said := run("--json"); !strings.Contains(said, `"decided":"< 5"`) && !strings.Contains(said, `"decided":"\u003c 5"`) {
		t.Errorf("%q", said)
	}
	day.Shown, day.Decided = 0, 300
	if err := h.store.AddTallies(t.Context(), []consent.Tally{day}); err != nil {
		t.Fatal(err)
	}
	if code, said := run("skogen"); code != exitFailure || !strings.Contains(said, "were not stored") || !strings.Contains(said, "free some space") {
		t.Errorf("%d %q", code, said)
	}
	if code, _ := run("--from", "2026-13-01"); code != exitMisuse {
		t.Errorf("a day that is none: %d", code)
	}
}
