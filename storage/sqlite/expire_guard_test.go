package sqlite

import (
	"bytes"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Who can write to the database has nothing expire before its time by naming it,
// and keeps nothing that is due by naming what is frozen.
func TestExpireBelievesOnlyTime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	if n, err := s.Restrict(t.Context(), "skogen", consent.Restriction{ID: storagetest.ID(30), Reason: consent.ReasonAsked, Time: storagetest.Morning}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	db := sql.OpenDB(newConnector(path, "mode=rw", nil))
	if _, err := db.ExecContext(t.Context(), "INSERT INTO expiring SELECT seq FROM decision"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := len(decisionsBefore(t, s, wellAfter))
	years, err := s.Expire(t.Context(), "skogen", storagetest.Morning.Add(-time.Hour), wellAfter)
	if err != nil || len(years) != 0 || len(decisionsBefore(t, s, wellAfter)) != before {
		t.Errorf("expired: %+v: %v, and %d of %d are left", years, err, len(decisionsBefore(t, s, wellAfter)), before)
	}
	green(t, s)
}

// Who can write to the database makes a notice that keeps nothing for long, has the
// server itself remove what stands there, and takes the notice away again. The
// ledger says by whose word it went.
func TestExpiryByAForgedNotice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	published, err := consent.InForce(t.Context(), s, "skogen")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Expire(t.Context(), "skogen", storagetest.Morning.Add(time.Hour), wellAfter); err != nil { // by its word
		t.Fatal(err)
	}
	green(t, s)
	forged := []byte(strings.Replace(string(published.JSON), `"retention":"`, `"retention":"PT1S`, 1))
	if string(forged) == string(published.JSON) {
		t.Fatal("the notice does not say how long decisions are kept")
	}
	hash := consent.HashOf(forged)
	tamper(t, path, fmt.Sprintf(`INSERT INTO notice (site, number, hash, published, json)
SELECT site, number + 1, x'%x', published, CAST(x'%x' AS TEXT) FROM notice WHERE site = (SELECT id FROM site WHERE key = 'skogen') ORDER BY number DESC LIMIT 1`, hash[:], forged))
	before := decisionsBefore(t, s, wellAfter)
	if _, err := s.Expire(t.Context(), "skogen", before[len(before)/2].Time, wellAfter); err != nil {
		t.Fatal(err)
	}
	if after := decisionsBefore(t, s, wellAfter); len(after) == len(before) {
		t.Fatal("nothing expired, so nothing is proven")
	}
	tamper(t, path, fmt.Sprintf("DELETE FROM notice WHERE hash = x'%x'", hash[:]))
	why := "by the word of the notice with the hash " + hash.String()
	wantOneFault(t, s, why)
	var pack bytes.Buffer
	err = ledger.Pack{Site: "skogen", Store: s, Made: storagetest.Morning, Span: 16, Report: func(int64, int64) {}}.Write(t.Context(), &pack)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := verifyPack(pack.Bytes(), ""); err != nil || len(found.Faults) != 1 || !strings.Contains(found.Faults[0].Why, why) {
		t.Errorf("the pack of it: %v %+v", err, found)
	}
}

// A year is not dropped because the table of hours has forgotten it.
func TestDropBelievesNoHours(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	if n, err := s.Restrict(t.Context(), "skogen", consent.Restriction{ID: storagetest.ID(30), Reason: consent.ReasonAsked, Time: storagetest.Morning}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if _, err := s.Expire(t.Context(), "skogen", yearEnd, wellAfter); err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(newConnector(path, "mode=rw", nil))
	if _, err := db.ExecContext(t.Context(), "DELETE FROM hour WHERE hour < unixepoch('2027-01-01') / 3600"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	years, err := s.Expire(t.Context(), "skogen", yearEnd, wellAfter)
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range years {
		if year.Dropped {
			t.Errorf("a year of which a frozen decision is left was dropped: %+v", years)
		}
	}
}
