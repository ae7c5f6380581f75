package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Journal is a file, apart from the database and its backups, of what was
// erased, frozen and released. A database that is put back from a backup does
// not know it, and learns it again from the journal.
type Journal struct{ Path string }

// Line is a line of the journal. One of its three ids is given: a program that
// knows only erasures finds none in the other lines, and passes over them.
type Line struct {
	Site     consent.SiteKey           `json:"site"`
	ID       consent.DecisionID        `json:"id,omitzero"` // was erased
	Frozen   consent.DecisionID        `json:"frozen,omitzero"`
	Released consent.DecisionID        `json:"released,omitzero"`
	Reason   consent.RestrictionReason `json:"reason,omitempty"` // of freezing
	Time     time.Time                 `json:"time"`
}

// Add appends lines. They are on disk when it returns. A line that a crash cut
// off makes room for them.
func (j Journal) Add(lines []Line) (err error) {
	var text bytes.Buffer
	for _, line := range lines {
		if err := json.NewEncoder(&text).Encode(line); err != nil {
			return err
		}
	}
	file, err := os.OpenFile(j.Path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open the journal of erasures: %w", err)
	}
	if err = dropCut(file); err == nil {
		_, err = file.Write(text.Bytes())
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write the journal of erasures: %w", err)
	}
	return syncFolder(j.Path)
}

// dropCut takes away what follows the last whole line. The file is only read when
// there is something.
func dropCut(file *os.File) error {
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil || end == 0 {
		return err
	}
	last := make([]byte, 1)
	if _, err := file.ReadAt(last, end-1); err != nil || last[0] == '\n' {
		return err
	}
	data, err := io.ReadAll(io.NewSectionReader(file, 0, end))
	if err != nil {
		return err
	}
	return file.Truncate(int64(bytes.LastIndexByte(data, '\n') + 1))
}

// Load gives every line. The last one may be cut off by a crash; then what it
// meant to say was never done.
func (j Journal) Load() ([]Line, error) {
	data, err := os.ReadFile(j.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal of erasures: %w", err)
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	var all []Line
	lines := bufio.NewScanner(bytes.NewReader(whole))
	for number := 1; lines.Scan(); number++ {
		var line Line
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("line %d of the journal of erasures %s is damaged: restore the file from its backup", number, j.Path)
		}
		all = append(all, line)
	}
	return all, lines.Err()
}
