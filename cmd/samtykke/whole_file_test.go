package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// brittle is a store whose log gives pages of one decision, and calls after at
// the third: what a full disk, a lost database or an impatient person does.
type brittle struct {
	consent.Store
	after func() error
}

func (s brittle) Read(ctx context.Context, query consent.LogQuery) ([]consent.Entry, error) {
	if query.After >= 2 {
		if err := s.after(); err != nil {
			return nil, err
		}
		return nil, ctx.Err()
	}
	return []consent.Entry{{Index: query.After + 1}}, ctx.Err()
}

func (brittle) Notice(context.Context, consent.SiteKey, consent.NoticeNumber) (*consent.Notice, error) {
	return &consent.Notice{}, nil
}

func (brittle) Bundle(context.Context, consent.SiteKey, consent.BundleID) (*consent.Bundle, error) {
	return nil, consent.Errorf(consent.NotFound, "unknown_bundle", "gone")
}

// export writes the store's log to path as the verb does.
func (s brittle) export(ctx context.Context, path string) error {
	verb := &logExportCmd{Format: "jsonl", Out: path}
	return verb.save(ctx, &terminal{out: io.Discard, err: io.Discard, clock: time.Now}, s, consent.LogQuery{})
}

func TestExportAppearsWholeOrNotAtAll(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	lost := errors.New("the disk is gone")
	for _, test := range []struct {
		name string
		ctx  context.Context
		end  func() error
		err  error
	}{
		{"done", t.Context(), func() error { return nil }, nil},
		{"failed", t.Context(), func() error { return lost }, lost},
		{"interrupted", ctx, func() error { interrupt(); return nil }, context.Canceled},
	} {
		for _, before := range []string{"", "the export of yesterday\n"} {
			path := filepath.Join(t.TempDir(), "log.jsonl")
			want, files := before, 0
			if before != "" {
				put(t, path, before)
				files = 1
			}
			if err := (brittle{after: test.end}).export(test.ctx, path); !errors.Is(err, test.err) {
				t.Errorf("%s: have %v, want %v", test.name, err, test.err)
			}
			have, _ := os.ReadFile(path)
			if test.err == nil {
				files = 1
				if strings.Count(string(have), "\n") != 2 {
					t.Errorf("%s: have %q, want two decisions", test.name, have)
				}
			} else if string(have) != want {
				t.Errorf("%s: have %q, want %q", test.name, have, want)
			}
			if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != files {
				t.Errorf("%s: left behind: %v, %v", test.name, left, err)
			}
		}
	}
}

// TestWholeFileTakesThePlaceOfAnother keeps what an administrator has arranged.
func TestWholeFileTakesThePlaceOfAnother(t *testing.T) {
	dir := t.TempDir()
	path, link, pipe := filepath.Join(dir, "log.csv"), filepath.Join(dir, "newest"), filepath.Join(dir, "pipe")
	fill := func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }
	put(t, path, "old and longer")
	for _, err := range []error{os.Chmod(path, 0o640), os.Symlink(path, link), syscall.Mkfifo(pipe, 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writeWhole(link, fill); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o640 || info.Size() != 3 {
		t.Errorf("the file behind the link: %v, %v", info, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link: %v, %v", info, err)
	}
	piped := make(chan string)
	go func() {
		text, _ := os.ReadFile(pipe)
		piped <- string(text)
	}()
	if err := writeWhole(pipe, fill); err != nil {
		t.Fatal(err)
	}
	if have := <-piped; have != "new" {
		t.Errorf("the pipe gave %q", have)
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestWholeFileNamesWhatThePersonNamed, and the repair, never its own unfinished file.
func TestWholeFileNamesWhatThePersonNamed(t *testing.T) {
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	put(t, plain, "no folder")
	fill := func(io.Writer) error { return nil }
	for path, want := range map[string]string{
		filepath.Join(dir, "nosuch", "x.csv"): "there is no folder " + filepath.Join(dir, "nosuch") + "; make it",
		filepath.Join(plain, "x.csv"):         "there is no folder " + plain,
		dir:                                   "is a folder: name a file in it",
		"/proc/x.csv":                         "/proc/x.csv cannot be written: ",
	} {
		err := writeWhole(path, fill)
		if err == nil || !strings.HasPrefix(err.Error(), path+" ") || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), ".part") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestInventoryCheckNamesTheRepair of a site file that cannot be read.
func TestInventoryCheckNamesTheRepair(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		dir:                          dir + " is a folder: name the site file in it",
		filepath.Join(dir, "nosuch"): "there is no file " + filepath.Join(dir, "nosuch") + ": name your site file",
	} {
		if _, _, err := readSite(&terminal{clock: time.Now}, path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
