package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// packOf says what an unfinished pack is of: it can only go on as it began.
type packOf struct {
	Program string          `json:"program"`
	Site    consent.SiteKey `json:"site"`
}

// resumePack writes a pack with the help of the folder FILE.part, which keeps what
// is whole when it is interrupted, and is gone when the pack has its name.
func resumePack(named string, pack *ledger.Pack, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(named); err == nil && !info.Mode().IsRegular() {
		return misusef("%s is no ordinary file: --resume needs one that can be put aside", named)
	}
	pack.Keep = named + ".part"
	what := packOf{release, pack.Site}
	if err := what.begin(pack.Keep); err != nil {
		return unwritable(named, err)
	}
	if err := private(pack.Keep); err != nil {
		return err
	}
	lock, err := os.Open(pack.Keep)
	if err != nil {
		return unwritable(named, err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("another program is writing %s: wait for it, or name another file", pack.Keep)
	}
	if err := what.recognise(pack.Keep); err != nil {
		return err
	}
	whole, err := ledger.CreateAnew(filepath.Join(pack.Keep, "whole.zip"))
	if err != nil {
		return unwritable(named, err)
	}
	if err := errors.Join(write(whole), whole.Sync(), whole.Close()); err != nil {
		return err
	}
	if err := os.Rename(whole.Name(), named); err != nil {
		return unwritable(named, err)
	}
	return os.RemoveAll(pack.Keep)
}

// packFile is the file of the folder that says what it is of.
const packFile = "pack.json"

// begin makes the folder, unless something of that name is there. It has its name
// only when it says what it is of.
func (p packOf) begin(folder string) error {
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	made, err := os.MkdirTemp(filepath.Dir(folder), "."+filepath.Base(folder)+".*")
	if err != nil {
		return err
	}
	text, err := json.Marshal(p)
	if err == nil {
		err = os.WriteFile(filepath.Join(made, packFile), text, 0o600)
	}
	if err == nil {
		err = os.Rename(made, folder)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(made))
	}
	return nil
}

// private refuses a folder that is not the user's alone. In a folder where many
// write, such as /tmp, anyone can have made it beforehand: then they would get the
// log, or choose what is written over.
func private(folder string) error {
	info, err := os.Lstat(folder)
	if err != nil {
		return err
	}
	owner, known := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.IsDir():
		return cannotGoOn(folder, "is no folder")
	case !known || int(owner.Uid) != os.Geteuid():
		return cannotGoOn(folder, "belongs to another user")
	case info.Mode().Perm()&0o077 != 0:
		return cannotGoOn(folder, "is open to other users")
	}
	return nil
}

// recognise refuses a folder that is not of this pack.
func (p packOf) recognise(folder string) error {
	text, err := os.ReadFile(filepath.Join(folder, packFile)) //nolint:gosec // the administrator names the folder
	if errors.Is(err, fs.ErrNotExist) {
		return cannotGoOn(folder, "is no unfinished pack")
	}
	if err != nil {
		return err
	}
	var before packOf
	if json.Unmarshal(text, &before) != nil || before != p {
		return cannotGoOn(folder, "is of another pack, or of another version of this program")
	}
	return nil
}

func cannotGoOn(folder, why string) error {
	return fmt.Errorf("%s %s, so the pack cannot go on: remove it to begin anew, or name another file", folder, why)
}
