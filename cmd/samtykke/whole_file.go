package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// writeWhole lets write fill a file that appears at path when it is complete, or
// not at all: half an export looks like a whole one. What is there already stays
// until then. What is no ordinary file (a pipe, /dev/stdout) is written to
// directly.
func writeWhole(path string, write func(io.Writer) error) error {
	mode := os.FileMode(0o600)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return writeInto(path, write)
		}
		mode = info.Mode().Perm()
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	err = write(part)
	if err == nil {
		err = errors.Join(part.Chmod(mode), part.Sync())
	}
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}

func writeInto(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0) //nolint:gosec // the administrator names the file
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
