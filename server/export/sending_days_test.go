package export_test

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// slowly takes each part of a file a day and a half after the one before.
type slowly struct {
	now   time.Time
	taken int
}

// Write takes a part.
func (s *slowly) Write(data []byte) (int, error) {
	s.now, s.taken = s.now.Add(36*time.Hour), s.taken+len(data)
	return len(data), nil
}

// An export that takes days is told when it ends, at that time and in the trail of that
// year, and once a day on the way: those who are told of much that was read see it, also
// when it never ends.
func TestExportThatTakesDaysIsSeen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	sqlitetest.Begin(t, path)
	store, err := sqlite.Open(t.Context(), sqlite.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	site := storagetest.Publish(t.Context(), t, store, "skogen")
	const size = 600
	for n := range size {
		if _, err := store.Append(t.Context(), site.Decision(n)); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Date(2026, 12, 30, 12, 0, 0, 0, time.UTC)
	receiver := &slowly{now: began}
	conn, other := net.Pipe()
	t.Cleanup(func() { _ = conn.Close(); _ = other.Close() })
	sending := &export.Sending{
		Store: store, Query: consent.LogQuery{Site: "skogen", From: began.AddDate(-9, 0, 0)}, Now: began, Form: "jsonld", Log: slog.New(slog.DiscardHandler),
		To:     &export.Receiver{Conn: conn, May: func(context.Context) error { return nil }},
		Ended:  consent.Act{Time: began, Account: 7, Organisation: "kommunen", Site: "skogen", Action: "log.exported", Object: "form=jsonld from=2017-12-30"},
		Record: store.RecordAct, Clock: func() time.Time { return receiver.now },
	}
	sending.Stream(t.Context(), bufio.NewWriterSize(io.Writer(receiver), 256<<10))
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: "kommunen"})
	if err != nil || len(acts) < 3 {
		t.Fatalf("an export from %s to %s is told %d times, %v", began, receiver.now, len(acts), err)
	}
	if end := acts[0]; !end.Time.Equal(receiver.now) || end.Year != receiver.now.Year() || !regexp.MustCompile(`^form=jsonld decisions=600 added=\d+ whole from=2017-12-30$`).MatchString(end.Object) {
		t.Errorf("it ended at %s: %+v", receiver.now, end)
	}
	for _, each := range acts[1:] {
		if !strings.Contains(each.Object, " so_far ") || !each.Time.After(began) {
			t.Errorf("on the way it is told as %+v", each)
		}
	}
	sum := 0
	for i := range acts {
		decisions, _ := acts[i].Taken()
		sum += decisions
	}
	if sum != size {
		t.Errorf("on all days together it took %d, want %d: %+v", sum, size, acts)
	}
	today := consent.DayOf(receiver.now)
	read, err := consent.Readings(t.Context(), store, "kommunen", today-1, today)
	if err != nil || len(read) == 0 || read[0].Account != 7 || !read[0].Many() || read[0].Wholes != 1 {
		t.Errorf("at its end it is seen as %+v, %v", read, err)
	}
}
