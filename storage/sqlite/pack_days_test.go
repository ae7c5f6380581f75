package sqlite

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// packedDay gives the pack of one day of a log.
func packedDay(t *testing.T) []byte {
	t.Helper()
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	day := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	var pack bytes.Buffer
	err := ledger.Pack{
		Site: "skogen", Store: s, Made: storagetest.Morning, Span: 16, Report: func(int64, int64) {}, More: packHelp,
		Days: &ledger.PackDays{From: day, To: day.AddDate(0, 0, 1)},
	}.Write(t.Context(), &pack)
	if err != nil {
		t.Fatal(err)
	}
	return pack.Bytes()
}

// aLine is a line of a pack's leaves.
type aLine struct {
	Index    int64  `json:"index"`
	Hashes   []byte `json:"hashes"`
	Event    string `json:"event,omitempty"`
	Salt     []byte `json:"salt,omitempty"`
	Record   []byte `json:"record,omitempty"`
	Withheld bool   `json:"withheld,omitempty"`
}

// A pack of one day opens the records of that day and no others, and holds as a whole one
// does, with what it does not prove said.
func TestPackOfADayHolds(t *testing.T) {
	pack := packedDay(t)
	found, err := verifyPack(pack, "")
	if err != nil || len(found.Faults) > 0 {
		t.Fatalf("%v %+v", err, found)
	}
	var opened int64
	for _, tree := range found.Trees {
		opened += tree.Opened
	}
	if opened != 23 || found.Withheld != 56-23 { // 24 hours but for the erased one, of 60 decisions of which 4 are erased
		t.Errorf("%d are opened and %d left out", opened, found.Withheld)
	}
	if !strings.Contains(strings.Join(found.Unvouched, "\n"), "before the first and after the last") {
		t.Errorf("what it does not prove is not said: %q", found.Unvouched)
	}
	files, _ := unzip(t, pack)
	for name, data := range files {
		if !strings.Contains(name, "leaves") {
			continue
		}
		for line := range bytes.Lines(data) {
			var leaf aLine
			if err := json.Unmarshal(line, &leaf); err != nil {
				t.Fatal(err)
			}
			if leaf.Record == nil {
				continue
			}
			record, err := ledger.ParseRecord(leaf.Record)
			if err != nil || record.Time.Format(time.DateOnly) != "2026-03-03" {
				t.Errorf("it opens a record of %v: %v", record.Time, err)
			}
		}
	}
}

// Whoever makes such a pack fit after changing a record in it, or leaving one out between
// others, is found.
func TestChangedPackOfADayIsFound(t *testing.T) {
	files, order := unzip(t, packedDay(t))
	const name = "ledger/2026/leaves-1.jsonl"
	kept, manifest := files[name], files["manifest.json"]
	for what, change := range map[string]struct {
		leaf  func(*aLine)
		fault string
	}{
		"changed":  {func(l *aLine) { l.Record[len(l.Record)-1] ^= 1 }, "was changed"},
		"left out": {func(l *aLine) { l.Salt, l.Record, l.Withheld = nil, nil, true }, "is left out, and one behind it"},
		"removed":  {func(l *aLine) { l.Salt, l.Record = nil, nil }, "no later leaf says why"},
		"unsaid":   {func(l *aLine) { l.Hashes[0] ^= 1 }, ""},
	} {
		var out bytes.Buffer
		lines := json.NewEncoder(&out)
		for line := range bytes.Lines(kept) {
			var leaf aLine
			if err := json.Unmarshal(line, &leaf); err != nil {
				t.Fatal(err)
			}
			if leaf.Index == 25 {
				change.leaf(&leaf)
			}
			if err := lines.Encode(leaf); err != nil {
				t.Fatal(err)
			}
		}
		files[name] = out.Bytes()
		switch what {
		case "left out":
			files["manifest.json"] = bytes.Replace(bytes.Replace(manifest, []byte(`"records": 23`), []byte(`"records": 22`), 1), []byte(`"withheld": 14`), []byte(`"withheld": 15`), 1)
		case "removed":
			files["manifest.json"] = bytes.Replace(bytes.Replace(manifest, []byte(`"records": 23`), []byte(`"records": 22`), 1), []byte(`"removed": 3`), []byte(`"removed": 4`), 1)
		default:
			files["manifest.json"] = manifest
		}
		wantFault(t, what, rezip(t, files, order, true), change.fault)
	}
	files[name] = kept
	files["manifest.json"] = bytes.Replace(manifest, []byte(`"from": "2026-03-03T`), []byte(`"from": "2026-03-01T`), 1)
	if found, err := verifyPack(rezip(t, files, order, true), ""); err != nil || len(found.Faults) > 0 {
		t.Errorf("wider days than the records fill are refused: %v %+v", err, found)
	}
	files["manifest.json"] = bytes.Replace(manifest, []byte(`"from": "2026-03-03T00`), []byte(`"from": "2026-03-03T12`), 1)
	wantFault(t, "other days", rezip(t, files, order, true), "do not begin and end within its days")
	days := manifest[bytes.Index(manifest, []byte(`  "days"`)):bytes.Index(manifest, []byte(`  "trees"`))]
	files["manifest.json"] = bytes.Replace(bytes.Replace(manifest, days, nil, 1), []byte("audit-pack-days/1"), []byte("audit-pack/1"), 1)
	wantFault(t, "no days", rezip(t, files, order, true), "left out of a pack that holds the whole log")
}

func wantFault(t *testing.T, what string, pack []byte, says string) {
	t.Helper()
	found, err := verifyPack(pack, "")
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	for _, fault := range found.Faults {
		if strings.Contains(fault.Why, says) {
			return
		}
	}
	t.Errorf("%s: none of the faults says %q: %+v", what, says, found.Faults[:min(len(found.Faults), 3)])
}
