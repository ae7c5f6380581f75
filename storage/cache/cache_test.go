package cache_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/cache"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

const serverKey = "a key of the server's, long enough for anyone"

// TestSuite with a Redis, and with none that answers: then only memory is left.
func TestSuite(t *testing.T) {
	t.Run("redis", func(t *testing.T) { runSuite(t, startRedis(t).url) })
	t.Run("redis is absent", func(t *testing.T) { runSuite(t, fmt.Sprintf("redis://127.0.0.1:%d/0", freePort(t))) })
}

func runSuite(t *testing.T, url string) {
	t.Helper()
	storagetest.Run(t, func(t *testing.T) consent.Store {
		t.Helper()
		return wrap(t, openSQLite(t), cache.Options{URL: url, Key: serverKey}) // all on one Redis
	})
}

func openSQLite(t *testing.T) consent.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samtykke.db")
	sqlitetest.Begin(t, path)
	store, err := sqlite.Open(t.Context(), sqlite.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, store.Close()) })
	return store
}

func wrap(t *testing.T, store consent.Store, options cache.Options) *cache.Cache {
	t.Helper()
	if options.Clock == nil {
		options.Clock = time.Now
	}
	c, err := cache.Wrap(store, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, c.Close()) })
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// counting is a store that counts its reads and can hold them back.
type counting struct {
	consent.Store
	notices, bundles, entries, current atomic.Int64
	gate                               chan struct{} // nil: open
}

func (s *counting) wait() {
	if s.gate != nil {
		<-s.gate
	}
}

func (s *counting) Notice(ctx context.Context, site consent.SiteKey, number consent.NoticeNumber) (*consent.Notice, error) {
	s.notices.Add(1)
	s.wait()
	return s.Store.Notice(ctx, site, number)
}

func (s *counting) Bundle(ctx context.Context, site consent.SiteKey, id consent.BundleID) (*consent.Bundle, error) {
	s.bundles.Add(1)
	s.wait()
	return s.Store.Bundle(ctx, site, id)
}

func (s *counting) NoticeEntry(ctx context.Context, site consent.SiteKey, number consent.NoticeNumber) (consent.NoticeEntry, error) {
	s.entries.Add(1)
	return s.Store.NoticeEntry(ctx, site, number)
}

func (s *counting) BundleEntry(ctx context.Context, site consent.SiteKey, id consent.BundleID) (consent.BundleEntry, error) {
	s.entries.Add(1)
	return s.Store.BundleEntry(ctx, site, id)
}

func (s *counting) CurrentNotice(ctx context.Context, site consent.SiteKey) (consent.NoticeEntry, error) {
	s.current.Add(1)
	s.wait()
	return s.Store.CurrentNotice(ctx, site)
}

// Close leaves the store open for whoever else uses it.
func (s *counting) Close() error { return nil }

// clock is a clock that stands still until it is moved.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(1_772_000_000, c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }

// A publish by another process is seen within a second; one by this process at once.
func TestPublishIsSeen(t *testing.T) {
	ctx, store, clock := t.Context(), openSQLite(t), new(clock)
	counted := &counting{Store: store}
	here := wrap(t, counted, cache.Options{Clock: clock.now})
	storagetest.Publish(ctx, t, store, "skogen")
	publish := func(store consent.Store, number consent.NoticeNumber) {
		notice, err := consent.Freeze(storagetest.Draft("skogen"), number, storagetest.Morning)
		must(t, err)
		must(t, store.SaveNotice(ctx, "skogen", notice))
	}
	want := func(number consent.NoticeNumber) {
		t.Helper()
		got, err := here.CurrentNotice(ctx, "skogen")
		must(t, err)
		if got.Number != number {
			t.Fatalf("the current notice is %d, want %d", got.Number, number)
		}
	}
	want(1)
	publish(store, 2)
	clock.advance(time.Second)
	want(2)
	publish(here, 3)
	want(3)
	asked := counted.current.Load()
	for range 100 {
		want(3)
	}
	if n := counted.current.Load() - asked; n != 0 {
		t.Fatalf("the store was asked %d times for what is known", n)
	}
	alone, err := consent.Freeze(storagetest.Draft("skogen"), 4, storagetest.Morning)
	must(t, err)
	must(t, here.SaveAlone(ctx, "skogen", alone))
	want(4)
	clock.advance(-time.Hour) // the clock was put back
	publish(store, 5)
	want(5)
}

// slow is a store whose answer about the current notice takes its time on the way.
type slow struct {
	consent.Store
	read, deliver chan struct{}
}

func (s *slow) CurrentNotice(ctx context.Context, site consent.SiteKey) (consent.NoticeEntry, error) {
	entry, err := s.Store.CurrentNotice(ctx, site)
	close(s.read)
	<-s.deliver
	return entry, err
}

// An answer from before a publish that arrives after it does not bring the old
// notice back.
func TestSlowAnswerIsOld(t *testing.T) {
	ctx, store := t.Context(), openSQLite(t)
	behind := &slow{store, make(chan struct{}), make(chan struct{})}
	here := wrap(t, behind, cache.Options{Clock: new(clock).now})
	storagetest.Publish(ctx, t, store, "skogen")
	asked := make(chan consent.NoticeEntry)
	go func() {
		entry, err := here.CurrentNotice(ctx, "skogen")
		if err != nil {
			t.Error(err)
		}
		asked <- entry
	}()
	<-behind.read
	notice, err := consent.Freeze(storagetest.Draft("skogen"), 2, storagetest.Morning)
	must(t, err)
	must(t, here.SaveNotice(ctx, "skogen", notice))
	close(behind.deliver)
	if entry := <-asked; entry != notice.Entry() {
		t.Errorf("the slow caller got notice %d, want the one published meanwhile", entry.Number)
	}
	entry, err := here.CurrentNotice(ctx, "skogen")
	if err != nil || entry != notice.Entry() {
		t.Errorf("the current notice is %d (%v), want 2", entry.Number, err)
	}
}

// A site that is published a moment after somebody asked for it in vain is there.
func TestAbsenceIsBelievedForAMoment(t *testing.T) {
	ctx, store, clock := t.Context(), openSQLite(t), new(clock)
	counted := &counting{Store: store}
	here := wrap(t, counted, cache.Options{Clock: clock.now, Entries: 8})
	for range 50 {
		_, err := here.Bundle(ctx, "skogen", "bundle-one")
		wantNotFound(t, err)
		_, err = here.Notice(ctx, "skogen", 1)
		wantNotFound(t, err)
		_, err = here.CurrentNotice(ctx, "skogen")
		wantNotFound(t, err)
	}
	if n := counted.bundles.Load() + counted.notices.Load() + counted.current.Load(); n != 3 {
		t.Fatalf("the store was asked %d times for what is absent, want once each", n)
	}
	site := storagetest.Publish(ctx, t, store, "skogen")
	clock.advance(time.Second)
	_, err := here.Bundle(ctx, "skogen", site.Bundle.ID)
	must(t, err)
	_, err = here.Notice(ctx, "skogen", 1)
	must(t, err)
	_, err = here.CurrentNotice(ctx, "skogen")
	must(t, err)

	_, err = here.Bundle(ctx, "havet", "bundle-one")
	wantNotFound(t, err)
	storagetest.Publish(ctx, t, here, "havet") // by this process: at once
	_, err = here.Bundle(ctx, "havet", "bundle-one")
	must(t, err)
}

func wantNotFound(t *testing.T, err error) {
	t.Helper()
	if consent.KindOf(err) != consent.NotFound {
		t.Fatalf("got %v, want not found", err)
	}
}

// Ten thousand visitors after a restart ask the store once, and one who goes
// away takes no other's answer with it.
func TestStampede(t *testing.T) {
	store := openSQLite(t)
	site := storagetest.Publish(t.Context(), t, store, "skogen")
	counted := &counting{Store: store, gate: make(chan struct{})}
	here := wrap(t, counted, cache.Options{})
	var wg sync.WaitGroup
	impatient, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := here.Bundle(impatient, "skogen", site.Bundle.ID)
		left <- err
	}()
	until(t, "the first caller asks the store", func() bool { return counted.bundles.Load() == 1 })
	for range 10_000 {
		wg.Go(func() {
			got, err := here.Bundle(t.Context(), "skogen", site.Bundle.ID)
			if err != nil || got.Hash != site.Bundle.Hash {
				t.Errorf("got %v (%v)", got, err)
			}
		})
	}
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) || consent.KindOf(err) != consent.Unavailable {
		t.Errorf("the caller that gave up got %v", err)
	}
	close(counted.gate)
	wg.Wait()
	if n := counted.bundles.Load(); n != 1 {
		t.Fatalf("the store was asked %d times, want once", n)
	}
}

// A cold start puts no more than a few questions to the store at once.
func TestColdStart(t *testing.T) {
	store := openSQLite(t)
	counted := &counting{Store: store, gate: make(chan struct{})}
	here := wrap(t, counted, cache.Options{})
	var wg sync.WaitGroup
	for n := range 200 {
		wg.Go(func() {
			if _, err := here.Notice(t.Context(), "skogen", consent.NoticeNumber(n+1)); consent.KindOf(err) != consent.NotFound {
				t.Errorf("got %v", err)
			}
		})
	}
	until(t, "the store is busy", func() bool { return counted.notices.Load() >= 8 })
	if n := counted.notices.Load(); n > 8 {
		t.Errorf("the store got %d questions at once, want 8 at most", n)
	}
	close(counted.gate)
	wg.Wait()
}

func TestBadURLShowsNoPassword(t *testing.T) {
	_, err := cache.Wrap(openSQLite(t), cache.Options{URL: "redis://user:hemmelig@[::bad", Clock: time.Now})
	if err == nil {
		t.Fatal("a broken address was taken")
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if text := fmt.Sprintf("%v %#v", e, e); contains(text, "hemmelig") {
			t.Fatalf("the error shows the password: %s", text)
		}
	}
}
