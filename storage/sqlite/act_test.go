package sqlite

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
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
	for _, statement := range []string{"ALTER TABLE invitation DROP COLUMN made_with", "ALTER TABLE login DROP COLUMN name", "ALTER TABLE frozen DROP COLUMN why", "DROP TABLE given_day", "ALTER TABLE act DROP COLUMN changes", "DROP TRIGGER services_are_published", "DROP TABLE published_service", "ALTER TABLE site DROP COLUMN review_months", "DROP INDEX site_entry", "DROP INDEX act_by_action", "DELETE FROM goose_db_version WHERE version_id >= 31"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	must(t, db.Close())
	walkedTrail(t, path)
	if found := trailFaults(t, path); len(found) != 1 || found[0].Fault.Code != "" || found[0].Acts != 10 {
		t.Errorf("got %+v", found)
	}
}

// The longest that an act can tell of its changes is stored, whatever characters are in it.
func TestTheLongestChangesAreStored(t *testing.T) {
	s, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "samtykke.db"), Exclusive: true})
	must(t, err)
	defer s.Close()
	fields := []string{
		"category", "hosts", "recipients", "provider", "transfer", "storage_locations", "lifetime", "retention", "ask", "never_on", "signals", "purpose", "legal_basis",
		"data_categories", "policy_mode", "automatic_gating", "consent_log", "second_factor", "two_people", "exemption", "countries", "validity", "expires", "outcome", "name",
	}
	var changes []consent.FieldChange
	for n := range 5000 {
		changes = append(changes, consent.FieldChange{Field: fmt.Sprintf(`services."\%d.`, n) + fields[n%len(fields)], Was: strings.Repeat("<", 60), Is: strings.Repeat("<", 50) + `\"`})
	}
	long := act("draft.save")
	must(t, long.Changing(changes...))
	must(t, s.RecordAct(t.Context(), long))
	acts, err := s.Acts(t.Context(), consent.TrailQuery{Organisation: "kommunen"})
	must(t, err)
	if len(acts) != 1 || acts[0].More != long.More || !reflect.DeepEqual(acts[0].Rest, long.Rest) || len(long.Rest) == 0 {
		t.Errorf("got %+v", acts)
	}
}

// What an act told before it summed up the rest is what its leaf is taken over, to the byte.
func TestAnActFromBeforeTheRestHasTheLeafThatItHad(t *testing.T) {
	old := act("draft.save")
	const stored = `{"fields":[{"field":"a","was":"\u003cb","is":"c"}],"more":3}`
	must(t, decodeChanges(&old, stored))
	if old.More != 3 || old.Rest != nil || old.Changes[0].Was != "<b" {
		t.Errorf("read as %+v", old)
	}
	got, err := encodeAct(&old, stored)
	must(t, err)
	const want = `{"schema":"act/2","time":"2026-03-02T08:30:00.000Z","account":7,"organisation":"kommunen","site":"","action":"draft.save","object":"","reason":"",` +
		`"changes":"{\"fields\":[{\"field\":\"a\",\"was\":\"\\u003cb\",\"is\":\"c\"}],\"more\":3}"}`
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
