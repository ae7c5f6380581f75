package auditing_test

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// store is a log that is audited in a minute, and what of it does not hold.
type store struct {
	mu     sync.Mutex
	faults []consent.LedgerFault
	fails  error
	asked  []consent.SiteKey
	acts   int64    // that each trail has
	trails []string // that were audited
	fault  string   // of each trail
}

// spoil makes the log one that does not hold, or that cannot be read.
func (s *store) spoil(faults []consent.LedgerFault, fails error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.fails = faults, fails
}

// find makes every trail one that does not hold.
func (s *store) find(fault string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

func (s *store) Audit(ctx context.Context, site consent.SiteKey, report func(done, total int64), _ ...[]byte) (*consent.LedgerAudit, error) {
	s.mu.Lock()
	s.asked = append(s.asked, site)
	s.mu.Unlock()
	report(1, 2)
	select {
	case <-time.After(time.Minute):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails != nil {
		return nil, s.fails
	}
	found := &consent.LedgerAudit{Faults: s.faults}
	for _, key := range []consent.SiteKey{"havet", "skogen"} {
		if site == "" || site == key {
			found.Trees = append(found.Trees, consent.TreeAudit{Tree: consent.Tree{Site: key, Size: int64(len(key))}, Opened: 4, Removed: 1})
		}
	}
	return found, nil
}

func (s *store) CountActs(context.Context, consent.OrganisationID) (int64, error) {
	return s.acts, nil
}

func (s *store) AuditTrails(_ context.Context, of consent.OrganisationID) ([]consent.TrailAudit, error) {
	s.mu.Lock()
	s.trails = append(s.trails, string(of))
	defer s.mu.Unlock()
	if s.fails != nil {
		return nil, s.fails
	}
	return []consent.TrailAudit{{Organisation: of, Acts: s.acts, Fault: consent.Flaw{Code: consent.FlawCode(s.fault), Why: s.fault}}}, nil
}

// order gives what was audited.
func (s *store) order() []string {
	names := make([]string, len(s.asked))
	for i, site := range s.asked {
		names[i] = cmp.Or(string(site), "all")
	}
	return names
}

func (*store) Organisations(context.Context) ([]consent.Organisation, error) {
	return []consent.Organisation{{ID: "kommunen"}}, nil
}

func (*store) Sites(context.Context) ([]consent.SiteEntry, error) {
	return []consent.SiteEntry{{Key: "havet"}, {Key: "skogen"}}, nil
}

// run has audits run in a bubble of time, and gives what was logged.
func run(t *testing.T, s *store, test func(*auditing.Audits)) (log string) {
	t.Helper()
	var lines strings.Builder
	synctest.Test(t, func(t *testing.T) {
		audits := auditing.New(s, time.Now, slog.New(slog.NewTextHandler(&lines, nil)))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- audits.Run(ctx) }()
		synctest.Wait()
		test(audits)
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return lines.String()
}

func TestTheLogIsAuditedEachDay(t *testing.T) {
	s := &store{}
	log := run(t, s, func(audits *auditing.Audits) {
		if state := audits.Of("skogen"); state.Last != nil || state.Waiting {
			t.Errorf("before the first audit the state is %+v", state)
		}
		if faults := audits.Readings()[0].Value(); !math.IsNaN(faults) {
			t.Errorf("before the first audit the metrics know of %v faults", faults)
		}
		time.Sleep(60*time.Minute + 30*time.Second) // it is one o'clock in Norway
		if state := audits.Of("skogen"); !state.Waiting || state.Done != 1 || state.Total != 2 || state.Last != nil {
			t.Errorf("during the first audit the state is %+v", state)
		}
		time.Sleep(time.Minute)
		state := audits.Of("skogen")
		if state.Waiting || state.Last == nil || !state.Last.Holds() || state.Last.Leaves != 6 || state.Last.Records != 4 || state.Last.Removed != 1 {
			t.Errorf("after the first audit the state is %+v, %+v", state, state.Last)
		}
		first := state.Last.Ended
		s.spoil([]consent.LedgerFault{{Site: "havet", Flaw: consent.Flaw{Why: "an index is missing"}}}, nil)
		time.Sleep(24*time.Hour + 2*time.Minute)
		if state := audits.Of("skogen"); !state.Last.Holds() || !state.Last.Ended.After(first) {
			t.Errorf("another site's fault is told as %+v", state.Last)
		}
		if state := audits.Of("havet"); state.Last.Holds() || audits.Readings()[0].Value() != 1 {
			t.Errorf("a fault is told as %+v, and as %v", state.Last, audits.Readings()[0].Value())
		}
	})
	if !strings.Contains(log, "site=havet faults=1") || len(s.asked) != 2 {
		t.Errorf("%q were audited, and the log of the server says:\n%s", s.asked, log)
	}
}

// What is about no site, such as a damaged page of the database, is told of each.
func TestADamagedDatabaseIsTold(t *testing.T) {
	run(t, &store{faults: []consent.LedgerFault{{Index: -1, Flaw: consent.Flaw{Why: "a page is damaged"}}}}, func(audits *auditing.Audits) {
		audits.Ask("skogen")
		audits.Ask("skogen")
		time.Sleep(2 * time.Minute) // the first of the day comes after it
		if state := audits.Of("skogen"); state.Last.Holds() || state.Waiting {
			t.Errorf("a damaged database is told as %+v", state)
		}
	})
}

func TestWhoAsksIsAnsweredOnce(t *testing.T) {
	s := &store{}
	run(t, s, func(audits *auditing.Audits) {
		audits.Ask("skogen")
		audits.Ask("skogen")
		audits.Ask("havet")
		synctest.Wait()
		audits.Ask("skogen")
		if !audits.Of("skogen").Waiting || !audits.Of("havet").Waiting {
			t.Error("who asked is not told to wait")
		}
		time.Sleep(62 * time.Minute)
		if state := audits.Of("havet"); state.Waiting || state.Last == nil {
			t.Errorf("the second of those who asked gets %+v", state)
		}
		s.spoil(nil, errors.New("the disk is gone"))
		last := audits.Of("skogen").Last
		audits.Ask("skogen")
		time.Sleep(40 * time.Minute)
		if state := audits.Of("skogen"); state.Failed.IsZero() || state.Last.Ended.Before(last.Ended) {
			t.Errorf("an audit that failed is told as %+v", state)
		}
	})
	if strings.Join(s.order(), " ") != "skogen havet all skogen" {
		t.Errorf("audited were %q", s.order())
	}
}
