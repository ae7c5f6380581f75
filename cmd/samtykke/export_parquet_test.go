package main_test

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/samtykke/samtykke/consent"
)

// analysed is a row of a Parquet file as somebody else would read it.
type analysed struct {
	ID         [16]byte `parquet:"id,uuid"`
	Time       int64    `parquet:"time,timestamp(millisecond)"`
	Visitor    string   `parquet:"visitor"`
	State      string   `parquet:"state"`
	Method     string   `parquet:"method"`
	Language   string   `parquet:"language"`
	Hosts      []string `parquet:"scope_hosts,list"`
	Granted    []string `parquet:"granted,list"`
	Denied     []string `parquet:"denied,list"`
	Previous   string   `parquet:"previous,optional"`
	GPC        bool     `parquet:"gpc"`
	Skew       int64    `parquet:"skew_seconds"`
	ValidUntil *int64   `parquet:"valid_until,optional,timestamp(millisecond)"`
	NoticeHash string   `parquet:"notice_hash"`
}

// TestParquetHoldsWhatTheLogHolds reads an export of two row groups back, and
// holds it against the lines that programs get.
func TestParquetHoldsWhatTheLogHolds(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 20_500)
	path := filepath.Join(t.TempDir(), "log.parquet")
	must(t, "log", "export", "gjerdrum", "--format", "parquet", "-o", path, "--data", i.data)
	rows, err := parquet.ReadFile[analysed](path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(must(t, "log", "export", "gjerdrum", "--format", "jsonl", "--data", i.data)), "\n")
	if len(rows) != len(lines) {
		t.Fatalf("%d rows of %d decisions", len(rows), len(lines))
	}
	for n, line := range lines {
		var want exported
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		have := rows[n]
		until := ""
		if have.ValidUntil != nil {
			until = time.UnixMilli(*have.ValidUntil).UTC().Format("2006-01-02T15:04:05.000Z07:00")
		}
		var previous string
		if want.Previous != nil {
			previous = *want.Previous
		}
		yes := 0
		for _, granted := range want.Choice.Categories {
			yes += map[bool]int{true: 1}[granted]
		}
		for _, granted := range want.Choice.Services {
			yes += map[bool]int{true: 1}[granted]
		}
		if consent.DecisionID(have.ID).String() != want.ID || time.UnixMilli(have.Time).UTC().Format("2006-01-02T15:04:05.000Z07:00") != want.Time ||
			have.Visitor != want.Visitor || have.State != want.State || have.Method != want.Method || have.Language != want.Language ||
			len(have.Hosts) != len(want.Hosts) || len(have.Granted) != yes ||
			len(have.Granted)+len(have.Denied) != len(want.Choice.Categories)+len(want.Choice.Services) ||
			have.Previous != previous || have.GPC != want.GPC || have.Skew != want.Skew || until != want.ValidUntil || have.NoticeHash != want.NoticeHash {
			t.Fatalf("row %d is %+v, want %s", n, have, line)
		}
	}
	readElsewhere(t, path, len(lines))
}

// readElsewhere has a program of other people read the file, where there is one.
func readElsewhere(t *testing.T, path string, rows int) {
	t.Helper()
	script := `import sys, pyarrow.parquet as p; t = p.read_table(sys.argv[1]); print(t.num_rows, t.schema.field("time").type)`
	if exec.Command("python3", "-c", "import pyarrow.parquet").Run() != nil {
		t.Log("read by the library only: there is no python3 with pyarrow here")
		return
	}
	out, err := exec.Command("python3", "-c", script, path).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != fmt.Sprint(rows, " timestamp[ms, tz=UTC]") {
		t.Errorf("pyarrow says %s: %v", out, err)
	}
}
