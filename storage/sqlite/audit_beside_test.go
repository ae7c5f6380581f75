package sqlite

import (
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// TestAuditBesideAServer: while a server appends and erases, another program audits
// the same file, and finds nothing wrong.
func TestAuditBesideAServer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	server := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, server, "skogen")
	var ended atomic.Bool
	var next atomic.Int64
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for !ended.Load() {
				n := int(next.Add(1))
				if _, err := server.Append(t.Context(), site.Decision(n)); err != nil {
					t.Error(err)
					return
				}
				if n%3 > 0 {
					continue
				}
				if _, err := server.Erase(t.Context(), "skogen", consent.Erasure{Visitor: storagetest.Visitor(n), Actor: consent.ActorVisitor, Time: storagetest.Morning}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	auditor := openTest(t, Options{Path: path})
	for range 8 {
		found, err := auditor.Audit(t.Context(), "", func(int64, int64) {})
		if err != nil {
			t.Errorf("beside a server that writes: %v", err)
			break
		}
		if len(found.Faults) > 0 {
			t.Errorf("beside a server that writes: %+v", found.Faults[:min(3, len(found.Faults))])
			break
		}
	}
	ended.Store(true)
	all.Wait()
	green(t, server)
}
