package sqlite

import (
	"archive/zip"
	"bytes"
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// A year that was dropped before there were witnesses can never get their
// signatures: only the years that are there need them.
func TestPackOfAYearDroppedUnwitnessed(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	expireFirstYear(t, s, consent.Expired{Year: 2026, Gone: 37, Dropped: true})
	var pack bytes.Buffer
	if err := keptPack(t, s, "").Write(t.Context(), &pack); err != nil {
		t.Fatal(err)
	}
	key, err := ledger.Keys{Folder: t.TempDir()}.WitnessKey("samtykke.example.no")
	if err != nil {
		t.Fatal(err)
	}
	quorum, err := consent.NewQuorum([]consent.VerifierKey{key}, 1)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(pack.Bytes()), int64(pack.Len()))
	if err != nil {
		t.Fatal(err)
	}
	found, err := ledger.VerifyPack(archive, ledger.PackCheck{Quorum: quorum, Report: func(int64, int64) {}})
	if err != nil || len(found.Faults) != 1 || found.Faults[0].Origin != "localhost/consent/skogen/2027" || found.Faults[0].Why != "no witness has cosigned it" {
		t.Errorf("%v %+v", err, found.Faults)
	}
}
