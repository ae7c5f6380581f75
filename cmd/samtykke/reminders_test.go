package main

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// TestReminders lets each hour of a request's time pass, with a server that is
// started anew each day: a line on the days that count, and one alone.
func TestReminders(t *testing.T) {
	ctx := t.Context()
	store, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(t.TempDir(), "samtykke.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	if err := store.SaveDraft(ctx, storagetest.Draft("skogen"), storagetest.Morning); err != nil {
		t.Fatal(err)
	}
	request, err := consent.Receive(consent.Request{
		ID: consent.NewRequestID(storagetest.Morning, [10]byte{7}), Site: "skogen", Kind: consent.RequestAccess,
		Channel: consent.ChannelLetter, Receipt: storagetest.ID(1), Case: "2026/1234",
	}, consent.DayOf(storagetest.Morning), storagetest.Morning)
	if err == nil {
		err = store.AddRequest(ctx, request)
	}
	if err != nil {
		t.Fatal(err)
	}
	want := map[int]string{7: "due_within_a_week=1 overdue=0", 2: "due_within_a_week=1 overdue=0", -1: "due_within_a_week=0 overdue=1", -2: "due_within_a_week=0 overdue=1"}
	for left := 30; left >= -2; left-- {
		var said bytes.Buffer
		for hour := range 12 {
			now := time.Unix(int64(request.Due())*24*60*60, 0).UTC().AddDate(0, 0, -left).Add(time.Duration(hour+5) * time.Hour)
			if err := remindNow(ctx, store, now, slog.New(slog.NewTextHandler(&said, nil))); err != nil {
				t.Fatal(err)
			}
		}
		if lines := strings.Count(said.String(), "\n"); lines != min(1, len(want[left])) || !strings.Contains(said.String(), want[left]) {
			t.Errorf("%d days left: %q, want one line with %q", left, said.String(), want[left])
		}
		for _, secret := range []string{request.ID.String(), request.Receipt.String(), string(request.Case)} {
			if strings.Contains(said.String(), secret) {
				t.Errorf("the log names %s", secret)
			}
		}
	}
	overdue := func(at consent.Day) [2]float64 {
		var values [2]float64
		for i, reading := range requestReadings(store, func() time.Time { return time.Unix(int64(at)*24*60*60, 0).Add(time.Hour) }) {
			values[i] = reading.Value()
		}
		return values
	}
	if before, after := overdue(request.Due()), overdue(request.Due()+1); before != [2]float64{1, 0} || after != [2]float64{1, 1} {
		t.Errorf("open and overdue: %v on the last day, %v afterwards", before, after)
	}
	_, err = store.AppendRequest(ctx, "skogen", request.ID, consent.RequestEvent{
		Step: consent.StepAnswered, Time: storagetest.Morning, Day: request.Received(), Outcome: consent.OutcomeGranted,
	})
	if got := overdue(request.Due() + 1); err != nil || got != [2]float64{0, 0} {
		t.Errorf("after the answer (%v): %v", err, got)
	}
}
