package notify

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// remembered is how long what has been told is remembered: longer than anything
// is a cause to tell it.
const remembered = 90 * 24 * time.Hour

// memory is what has been told, in a file. Two processes do not share one.
type memory struct {
	path string
	Told map[string]time.Time `json:"told"` // by hashes: no address, no name
}

// recall reads the memory. One that cannot be read is an empty one: better
// told twice than not at all.
func recall(path string, log *slog.Logger) *memory {
	m := &memory{path: path}
	if path != "" {
		text, err := os.ReadFile(path) //nolint:gosec // the path is beside the database
		if err == nil {
			err = json.Unmarshal(text, m)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			log.Warn("what has been told is forgotten, and may be told again", "error", err)
			*m = memory{path: path}
		}
	}
	if m.Told == nil {
		m.Told = map[string]time.Time{}
	}
	return m
}

func (m *memory) told(channel, key string) bool {
	_, known := m.Told[idOf(channel, key)]
	return known
}

func (m *memory) keep(channel string, causes []cause, now time.Time) error {
	for _, each := range causes {
		m.Told[idOf(channel, each.key)] = now.UTC().Truncate(time.Second)
	}
	for id, at := range m.Told {
		if now.Sub(at) > remembered {
			delete(m.Told, id)
		}
	}
	return m.write()
}

// write puts a whole file in place of the old one.
func (m *memory) write() error {
	if m.path == "" {
		return nil
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(m.path), filepath.Base(m.path)+".*")
	if err != nil {
		return err
	}
	_, err = part.Write(text)
	err = errors.Join(err, part.Close())
	if err == nil {
		err = os.Rename(part.Name(), m.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}
