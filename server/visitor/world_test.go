package visitor_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
)

// noon is when every test begins.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// world is a running server over a real database, with the Gjerdrum example
// published.
type world struct {
	t      testing.TB
	server *server.Server
	store  consent.Store
	addr   string
	folder string
	clock  *clock
	log    *logBuffer
	notice *consent.Notice
	bundle consent.BundleID
}

// clock is moved by hand.
type clock struct{ nanos atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(0, c.nanos.Load()).UTC() }
func (c *clock) advance(d time.Duration) { c.nanos.Add(int64(d)) }

// logBuffer is everything that the server logged, at every level.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// setup is what a test may alter before the server starts.
type setup struct {
	*config.Config
	store   consent.Store
	listen  func(net.Listener) net.Listener // nil: as it is
	witness consent.Witness
}

// start makes a world. The changes may alter the settings or wrap the store.
func start(tb testing.TB, change ...func(*setup)) *world {
	tb.Helper()
	w := &world{t: tb, folder: tb.TempDir(), clock: new(clock), log: new(logBuffer)}
	w.clock.nanos.Store(noon.UnixNano())
	path := filepath.Join(w.folder, "samtykke.db")
	sqlitetest.Begin(tb, path)
	store, err := sqlite.Open(tb.Context(), sqlite.Options{Path: path, Exclusive: true})
	if err != nil {
		tb.Fatal(err)
	}
	w.store = store
	settings := &setup{Config: config.Default(), store: store}
	settings.Public.URL = "https://samtykke.example.no"
	settings.Limits.DecisionsPerMinute = 1 << 30
	settings.Limits.SitePerDay = 1 << 30
	settings.Log.Level = slog.LevelDebug
	for _, alter := range change {
		alter(settings)
	}
	w.server, err = server.New(server.Options{
		Config: settings.Config, Store: settings.store, Witness: settings.witness, Bundler: banner.New(settings.store, consent.Shipped(), w.clock.now), Clock: w.clock.now,
		Log: slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: settings.Log.Level})),
	})
	if err != nil {
		tb.Fatal(err)
	}
	listener, err := net.Listen("tcp4", "0.0.0.0:0") // every loopback address is a network of its own
	if err != nil {
		tb.Fatal(err)
	}
	w.addr = fmt.Sprintf("127.0.0.1:%d", listener.Addr().(*net.TCPAddr).Port)
	if settings.listen != nil {
		listener = settings.listen(listener)
	}
	served := make(chan error, 1)
	go func() { served <- w.server.Serve(listener) }()
	tb.Cleanup(func() {
		if err := w.server.Shutdown(context.Background()); err != nil {
			tb.Errorf("shutdown: %v", err)
		}
		if err := <-served; err != nil {
			tb.Errorf("serve: %v", err)
		}
		if err := store.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	w.notice, w.bundle = w.publish("gjerdrum")
	return w
}

// publish makes a Site of that key out of the example, and the next Notice of
// it. Its bundle is put into the store by hand: what the bytes are is the
// business of package banner, and here they must only arrive unchanged.
func (w *world) publish(key consent.SiteKey, change ...func(*consent.Draft)) (*consent.Notice, consent.BundleID) {
	w.t.Helper()
	ctx := w.t.Context()
	data, err := os.ReadFile("../../examples/gjerdrum/site.yaml")
	if err != nil {
		w.t.Fatal(err)
	}
	draft, problems, err := config.ParseSite(data)
	if err != nil || len(problems.Faults()) > 0 {
		w.t.Fatal(err, problems.Faults())
	}
	draft.Site.Key = key
	draft.Site.Origins = append(draft.Site.Origins, "https://*."+string(key)+".example.no", "http://kommune.localhost:8090")
	for _, alter := range change {
		alter(draft)
	}
	if err := w.store.SaveDraft(ctx, *draft, w.clock.now()); err != nil {
		w.t.Fatal(err)
	}
	current, err := w.store.CurrentNotice(ctx, key)
	if err != nil && consent.KindOf(err) != consent.NotFound {
		w.t.Fatal(err)
	}
	notice, err := consent.Freeze(*draft, current.Number+1, w.clock.now())
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.store.SaveNotice(ctx, key, notice); err != nil {
		w.t.Fatal(err)
	}
	return notice, w.bundleOf(key, notice)
}

func (w *world) bundleOf(key consent.SiteKey, notice *consent.Notice) consent.BundleID {
	w.t.Helper()
	id := banner.ID(notice, consent.Shipped())
	main := fmt.Sprintf("/* main of %s, notice %d: æøå */\n", key, notice.Number)
	main += string(bytes.Repeat([]byte("samtykke("+string(key)+");\n"), 200))
	files := map[string][]byte{
		consent.MainFile: []byte(main),
		"panel.nb.js":    []byte("export const panel = '" + string(key) + "'\n"),
	}
	consent.NameParts(files)
	err := w.store.SaveBundle(w.t.Context(), &consent.Bundle{
		Site: key, ID: id, Notice: notice.Number, NoticeHash: notice.Hash,
		Hash: consent.HashOf(files[consent.MainFile]), Built: w.clock.now(), Files: files,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// token makes a visitor's token out of a number.
func token(n int) string {
	raw := make([]byte, 22)
	copy(raw[2:], fmt.Sprintf("%020d", n))
	return base64.RawURLEncoding.EncodeToString(raw)
}

// decisionID makes a UUID version 7 out of a number.
func decisionID(n int) string {
	return fmt.Sprintf("0195f3a0-%04x-7000-8000-%012x", n>>16&0xffff, n)
}

// acceptAll is a valid body of POST /gjerdrum/decisions.
func (w *world) acceptAll(n int) string {
	return fmt.Sprintf(`{"id":%q,"token":%q,"bundle":%q,"language":"nb","method":"accept_all","layer":"first",`+
		`"choice":{"categories":{"statistics":true}},"gpc":false,"time":%d}`, decisionID(n), token(n), w.bundle, noon.Unix())
}

// stored gives every Decision of a Site.
func (w *world) stored(site consent.SiteKey) []consent.Entry {
	w.t.Helper()
	var all []consent.Entry
	query := consent.LogQuery{Site: site, Oldest: true, Limit: 10_000}
	for {
		entries, err := w.store.Read(w.t.Context(), query)
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, entries...)
		if len(entries) < query.Limit {
			return all
		}
		query.After = entries[len(entries)-1].Index
	}
}
