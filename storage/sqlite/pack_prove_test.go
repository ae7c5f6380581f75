package sqlite

import (
	"archive/zip"
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// TestPackProves: every record of a pack gives the very receipt that the database
// gives, and nothing else does.
func TestPackProves(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	var file bytes.Buffer
	err := ledger.Pack{Site: "skogen", Store: s, Made: storagetest.Morning, Span: 16, Report: func(int64, int64) {}, More: packHelp}.Write(t.Context(), &file)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	trees, err := s.Trees(t.Context(), "skogen")
	if err != nil {
		t.Fatal(err)
	}
	proved, first := 0, consent.DecisionID{}
	for _, tree := range trees {
		err := s.Leaves(t.Context(), tree.Origin, 0, func(leaf *ledger.Leaf) error {
			if leaf.Record == nil {
				return nil
			}
			record, err := ledger.ParseRecord(leaf.Record)
			if err != nil {
				return err
			}
			got, err := ledger.PackProof(pack, "skogen", record.ID, tree.Keys)
			if err != nil {
				return err
			}
			if want, err := s.Receipt(t.Context(), "skogen", record.ID); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s: the pack gives\n%s\nand the database %v\n%s", record.ID, got, err, want)
			}
			proved, first = proved+1, record.ID
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if proved != 56 {
		t.Errorf("%d are proved", proved)
	}
	const foreign = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
	if _, err := ledger.PackProof(pack, "skogen", first, foreign); err == nil || !strings.Contains(err.Error(), "none of the given keys") {
		t.Errorf("with a foreign key: %v", err)
	}
	if _, err := ledger.PackProof(pack, "fjellet", first, ""); consent.KindOf(err) != consent.Invalid {
		t.Errorf("of another site: %v", err)
	}
	if _, err := ledger.PackProof(pack, "skogen", storagetest.ID(99999), ""); consent.KindOf(err) != consent.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}
