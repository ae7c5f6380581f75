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
// erased. A database that is put back from a backup still holds it, and forgets
// it again by the journal.
type Journal struct{ Path string }

// Erased is a line of the journal.
type Erased struct {
	Site consent.SiteKey    `json:"site"`
	ID   consent.DecisionID `json:"id"`
	Time time.Time          `json:"time"`
}

// Add appends lines. They are on disk when it returns. A line that a crash cut
// off makes room for them.
func (j Journal) Add(lines []Erased) (err error) {
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

// dropCut takes away what follows the last whole line.
func dropCut(file *os.File) error {
	data, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	if whole := bytes.LastIndexByte(data, '\n') + 1; whole < len(data) {
		return file.Truncate(int64(whole))
	}
	return nil
}

// Load gives every line. The last one may be cut off by a crash; then what it
// meant to say was never done.
func (j Journal) Load() ([]Erased, error) {
	data, err := os.ReadFile(j.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal of erasures: %w", err)
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	var all []Erased
	lines := bufio.NewScanner(bytes.NewReader(whole))
	for number := 1; lines.Scan(); number++ {
		var line Erased
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("line %d of the journal of erasures %s is damaged: restore the file from its backup", number, j.Path)
		}
		all = append(all, line)
	}
	return all, lines.Err()
}
