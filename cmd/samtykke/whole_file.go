package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// writeWhole lets write fill a file that appears at path when it is complete, or
// not at all: half an export looks like a whole one. What is there already stays
// until then. What is no ordinary file (a pipe, /dev/stdout) is written to
// directly.
func writeWhole(path string, write func(io.Writer) error) error {
	named := path
	mode := os.FileMode(0o600)
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return fmt.Errorf("%s is a folder: name a file in it", path)
		}
		if !info.Mode().IsRegular() {
			return writeInto(path, write)
		}
		mode = info.Mode().Perm()
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return unwritable(named, err)
		}
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return unwritable(named, err)
	}
	err = write(part)
	if err == nil {
		err = errors.Join(part.Chmod(mode), part.Sync())
	}
	if err = errors.Join(err, part.Close()); err == nil {
		if err = os.Rename(part.Name(), path); err != nil {
			err = unwritable(named, err)
		}
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}

func writeInto(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0) //nolint:gosec // the administrator names the file
	if err != nil {
		return unwritable(path, err)
	}
	return errors.Join(write(file), file.Close())
}

// unwritable says of the file that the person has named why it cannot be
// written, and what to do. The name of the unfinished file is nobody's business.
func unwritable(named string, err error) error {
	folder := filepath.Dir(named)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s cannot be written: there is no folder %s; make it, or name another", named, folder)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s cannot be written: you may not write in %s; name a folder of your own", named, folder)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%s cannot be written: the disk is full; make room, or name another disk", named)
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("%s cannot be written: %w", named, err)
}
