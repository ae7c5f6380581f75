package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// unfinished is an export that can go on after an interruption: FILE.part holds
// what is written, and FILE.part.state how much of it is whole. It becomes FILE
// when it is complete.
type unfinished struct {
	named string // the file that the person has named
	part  *os.File
	size  int64 // bytes that are written
	state partState
}

// noteEvery is how many bytes are written between two notes of how far the file
// has come: so much is written again at most.
const noteEvery = 2 << 20

// partState is what is known of an unfinished file. Whatever the file holds past
// Size was not known to be whole when the export stopped.
type partState struct {
	Export exported           `json:"export"`
	Size   int64              `json:"size"`  // bytes
	After  int64              `json:"after"` // index of the last decision
	ID     consent.DecisionID `json:"id"`    // of the same
	// Notices are those that decisions so far refer to.
	Notices []consent.NoticeNumber `json:"notices"`
}

// exported says what is exported and how: a file can only go on as it began.
type exported struct {
	Program  string               `json:"program"`
	Site     consent.SiteKey      `json:"site"`
	From     int64                `json:"from,omitempty"` // milliseconds since 1970
	To       int64                `json:"to,omitempty"`
	Category consent.CategoryKey  `json:"category,omitempty"`
	Method   consent.Method       `json:"method,omitempty"`
	Language consent.Language     `json:"language,omitempty"`
	Notice   consent.NoticeNumber `json:"notice,omitempty"`
	ID       consent.DecisionID   `json:"receipt,omitempty"`
	Format   string               `json:"format"`
	BOM      bool                 `json:"bom,omitempty"`
	// Separator is empty for the usual one.
	Separator string `json:"separator,omitempty"`
}

func (c *logExportCmd) exported(query consent.LogQuery) exported {
	what := exported{
		Program: release, Site: query.Site, Category: query.Category, Method: query.Method, Language: query.Language, Notice: query.Notice, ID: query.ID,
		Format: c.Format, BOM: c.BOM,
	}
	if c.semicolons() {
		what.Separator = c.Separator
	}
	if !query.From.IsZero() {
		what.From = query.From.UnixMilli()
	}
	if !query.To.IsZero() {
		what.To = query.To.UnixMilli()
	}
	return what
}

// openUnfinished goes on with the unfinished file of an export, or begins one.
func openUnfinished(ctx context.Context, named string, what exported, store consent.Log) (*unfinished, error) {
	if info, err := os.Stat(named); err == nil && !info.Mode().IsRegular() {
		return nil, misusef("%s is no ordinary file: --resume needs one that can be put aside", named)
	}
	part, err := os.OpenFile(named+".part", os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600) //nolint:gosec // the administrator names the file
	if errors.Is(err, syscall.ELOOP) {
		return nil, fmt.Errorf("%s.part is a link, so the export cannot go on: remove it, or name another file", named)
	}
	if err != nil {
		return nil, unwritable(named, err)
	}
	u := &unfinished{named: named, part: part, state: partState{Export: what}}
	if err = u.own(); err == nil {
		err = u.goOn(ctx, store)
	}
	if err != nil {
		return nil, errors.Join(err, part.Close())
	}
	return u, nil
}

// own refuses files that somebody else can have made beforehand in a folder where
// many write, such as /tmp: then they would get the log, or choose what is written
// over or left out.
func (u *unfinished) own() error {
	info, err := u.part.Stat()
	if err != nil {
		return err
	}
	if why := notOwn(info); why != "" {
		return u.refuse(why)
	}
	info, err = os.Lstat(u.stateFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if why := notOwn(info); why != "" {
		return fmt.Errorf("%s %s, so the export cannot go on: remove it to begin anew, or name another file", u.stateFile(), why)
	}
	return nil
}

// notOwn says why a file is not the user's own, with this name alone.
func notOwn(info fs.FileInfo) string {
	file, known := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.Mode().IsRegular():
		return "is no ordinary file"
	case !known || int(file.Uid) != os.Geteuid():
		return "belongs to another user"
	case file.Nlink != 1:
		return "has a second name"
	default:
		return ""
	}
}

// goOn reads how far the file has come and cuts off what is not whole.
func (u *unfinished) goOn(ctx context.Context, store consent.Log) error {
	if err := syscall.Flock(int(u.part.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("another export is writing %s: wait for it, or name another file", u.part.Name())
	}
	text, err := os.ReadFile(u.stateFile())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		var before partState
		if json.Unmarshal(text, &before) != nil || before.Export != u.state.Export {
			return u.refuse("is of another export, or of another version of this program")
		}
		if u.state = before; u.state.After > 0 {
			if err := u.recognise(ctx, store); err != nil {
				return err
			}
		}
	}
	if info, err := u.part.Stat(); err != nil || info.Size() < u.state.Size {
		return errors.Join(err, u.refuse("is shorter than it was"))
	}
	if err := u.part.Truncate(u.state.Size); err != nil {
		return err
	}
	u.size, err = u.part.Seek(u.state.Size, io.SeekStart)
	return err
}

// recognise makes sure that the log is the one that the file is of: it still
// holds the last decision, at the same place.
func (u *unfinished) recognise(ctx context.Context, store consent.Log) error {
	found, err := store.Read(ctx, consent.LogQuery{Site: u.state.Export.Site, ID: u.state.ID})
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].Index != u.state.After {
		return u.refuse("ends with a decision that this log does not hold, or no longer does")
	}
	return nil
}

func (u *unfinished) refuse(why string) error {
	return fmt.Errorf("%s %s, so the export cannot go on: remove it and %s to begin anew, or name another file",
		u.part.Name(), why, filepath.Base(u.stateFile()))
}

func (u *unfinished) stateFile() string { return u.part.Name() + ".state" }

// nextState is the state that is being written.
func (u *unfinished) nextState() string { return u.stateFile() + ".new" }

// fresh says that nothing is written yet.
func (u *unfinished) fresh() bool { return u.state.Size == 0 }

// notices are those that the file holds or refers to already.
func (u *unfinished) notices() []consent.NoticeNumber {
	if u == nil {
		return nil
	}
	return u.state.Notices
}

// Write counts what the file holds.
func (u *unfinished) Write(data []byte) (int, error) {
	n, err := u.part.Write(data)
	u.size += int64(n)
	return n, err
}

// keep notes, every now and then, that the file is whole up to and with a
// decision. The bytes are on disk before the note is.
func (u *unfinished) keep(last *consent.Entry, notices []consent.NoticeNumber) error {
	if u.size < u.state.Size+noteEvery {
		return nil
	}
	u.state.Size, u.state.After, u.state.ID = u.size, last.Index, last.ID
	for _, number := range notices {
		if !slices.Contains(u.state.Notices, number) {
			u.state.Notices = append(u.state.Notices, number)
		}
	}
	text, err := json.Marshal(u.state)
	if err == nil {
		err = u.part.Sync()
	}
	if err != nil {
		return err
	}
	return u.note(text)
}

// note replaces the state. No link is followed.
func (u *unfinished) note(text []byte) error {
	file, err := ledger.CreateAnew(u.nextState())
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), u.stateFile())
}

// complete gives the file its name.
func (u *unfinished) complete() error {
	if err := errors.Join(u.part.Sync(), u.part.Close()); err != nil {
		return err
	}
	if err := os.Rename(u.part.Name(), u.named); err != nil {
		return unwritable(u.named, err)
	}
	for _, state := range []string{u.stateFile(), u.nextState()} {
		if err := os.Remove(state); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
