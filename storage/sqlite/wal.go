package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// WALSize gives the bytes of the write-ahead log beside the database at path; 0
// when there is none. It is emptied when the writer has nothing to do: one that
// keeps growing means a reader that never ends.
func WALSize(path string) (int64, error) {
	info, err := os.Stat(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("measure the write-ahead log: %w", err)
	}
	return info.Size(), nil
}
