package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The leaf of an act that tells of no changes is what it was before changes were told,
// to the byte: else no older trail would hold.
func TestAnActWithoutChangesHasTheLeafThatItHad(t *testing.T) {
	act := consent.Act{Time: storagetest.Morning, Account: 7, Organisation: "kommunen", Site: "skogen", Action: "draft.save", Object: "a", Reason: "b"}
	got, err := encodeAct(&act, "")
	must(t, err)
	const want = `{"schema":"act/1","time":"2026-03-02T08:30:00.000Z","account":7,"organisation":"kommunen","site":"skogen","action":"draft.save","object":"a","reason":"b"}`
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// A trail from before changes were told holds after the migration, and grows.
func TestTrailFromBeforeChangesHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s, err := Open(t.Context(), Options{Path: path, Exclusive: true})
	must(t, err)
	must(t, s.RecordAct(t.Context(), act("draft.save")))
	must(t, s.Close())
	db := openWriting(path)
	for _, statement := range []string{"ALTER TABLE login DROP COLUMN name", "DROP TABLE given_day", "ALTER TABLE act DROP COLUMN changes", "DELETE FROM goose_db_version WHERE version_id >= 31"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	must(t, db.Close())
	walkedTrail(t, path)
	if found := trailFaults(t, path); len(found) != 1 || found[0].Fault != "" || found[0].Acts != 10 {
		t.Errorf("got %+v", found)
	}
}
