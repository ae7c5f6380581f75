package ledger

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/samtykke/samtykke/consent"
)

// kept is a folder of compressed spans: each has a file, and beside it one that
// says what is in it and comes last. What was erased or has expired since must not
// come into a pack, so a span in which something has is written again.
type kept struct {
	folder  string
	sizes   map[string]int64     // of the trees now, by origin
	known   map[string]*keptSpan // by name
	removed []removedSince
}

// keptSpan is what is known of a span.
type keptSpan struct {
	Origin     string           `json:"origin"`
	First      int64            `json:"first"` // index
	End        int64            `json:"end"`
	Hashes     []byte           `json:"hashes"` // that its last leaf completes: the root of the whole span among them
	Sizes      map[string]int64 `json:"sizes"`  // of the trees before it was read: what was removed since, later leaves say
	Counts     leafCounts       `json:"counts"`
	File       packFile         `json:"file"`
	CRC32      uint32           `json:"crc32"`
	Compressed packFile         `json:"compressed"`
}

// removedSince is what a leaf says that was appended after a span was kept.
type removedSince struct {
	in    string // the origin of its tree
	index int64
	of    string // the origin of the tree that the spans are in
	spans []Span
}

// openKept reads what a folder holds of a site's trees.
func openKept(ctx context.Context, p Pack, trees []consent.Tree) (*kept, error) {
	k := &kept{folder: p.Keep, sizes: make(map[string]int64), known: make(map[string]*keptSpan)}
	for i := range trees {
		t := &trees[i]
		k.sizes[t.Origin] = t.Size
		for n := range leavesOf(t) / p.Span {
			s := span{tree: t, number: n, first: n * p.Span, end: (n + 1) * p.Span}
			one, err := k.read(&s)
			if err != nil {
				return nil, err
			}
			is, err := one.is(ctx, p.Store, &s)
			if err != nil {
				return nil, err
			}
			if is {
				k.known[s.name()] = one
			}
		}
	}
	for i := range trees {
		if err := k.learn(ctx, p.Store, &trees[i]); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// name is that of a span's files.
func (s *span) name() string { return fmt.Sprintf("%s-%d", path.Base(s.tree.Origin), s.number) }

func (k *kept) file(s *span, kind string) string { return filepath.Join(k.folder, s.name()+kind) }

// read gives what is known of a span, or nil.
func (k *kept) read(s *span) (*keptSpan, error) {
	text, err := os.ReadFile(k.file(s, ".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // nothing is known
	}
	if err != nil {
		return nil, err
	}
	one := &keptSpan{}
	if err := json.Unmarshal(text, one); err != nil {
		return nil, fmt.Errorf("%s is damaged: remove the folder to begin anew", k.file(s, ".json"))
	}
	return one, nil
}

// is says whether it is that span of this database.
func (one *keptSpan) is(ctx context.Context, store consent.Store, s *span) (same bool, err error) {
	if one == nil || one.Origin != s.tree.Origin || one.First != s.first || one.End != s.end || one.Counts.Leaves != s.end-s.first {
		return false, nil
	}
	err = store.Leaves(ctx, s.tree.Origin, s.end-1, func(leaf *Leaf) error {
		same = bytes.Equal(leaf.Hashes, one.Hashes)
		return io.EOF
	})
	if err == io.EOF { //nolint:errorlint // our own, from above
		return same, nil
	}
	return same, err
}

// learn reads what a tree says was removed since the first span was kept.
func (k *kept) learn(ctx context.Context, store consent.Store, t *consent.Tree) error {
	from := t.Size
	for _, one := range k.known {
		from = min(from, one.Sizes[t.Origin])
	}
	if from == t.Size {
		return nil
	}
	return store.Leaves(ctx, t.Origin, from, func(leaf *Leaf) error {
		if leaf.Event == nil {
			return nil
		}
		event, err := ParseEvent(leaf.Event)
		if err != nil || !event.Removes() {
			return err
		}
		of := event.Origin
		if of == "" {
			of = t.Origin
		}
		k.removed = append(k.removed, removedSince{t.Origin, leaf.Index, of, event.Spans})
		return nil
	})
}

// usable gives a span that is kept and whole, if there is one.
func (k *kept) usable(s *span) *keptSpan {
	one := k.known[s.name()]
	if one == nil {
		return nil
	}
	for _, since := range k.removed {
		if since.of != s.tree.Origin || since.index < one.Sizes[since.in] {
			continue
		}
		for _, gone := range since.spans {
			if gone[0] < s.end && gone[1] >= s.first {
				return nil
			}
		}
	}
	return one
}

// write keeps a span, of which counts tells when its leaves are written. What is said
// of it is on disk after it.
func (k *kept) write(s *span, leaves func(io.Writer) error, counts *leafCounts) (*keptSpan, error) {
	if err := os.Remove(k.file(s, ".json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file, err := CreateAnew(k.file(s, ".deflated"))
	if err != nil {
		return nil, err
	}
	one := &keptSpan{Origin: s.tree.Origin, First: s.first, End: s.end, Sizes: k.sizes}
	err = one.compress(file, leaves)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, err
	}
	one.Counts = *counts
	text, err := json.Marshal(one)
	if err != nil {
		return nil, err
	}
	return one, writeFile(k.file(s, ".json"), text, 0o600)
}

// compress writes the leaves, and notes what a ZIP file says of them.
func (one *keptSpan) compress(to io.Writer, leaves func(io.Writer) error) error {
	packed := &counting{to: to, sum: sha256.New()}
	deflated, err := flate.NewWriter(packed, flate.DefaultCompression)
	if err != nil {
		return err
	}
	crc, last := crc32.NewIEEE(), &lastLine{}
	plain := &counting{to: io.MultiWriter(deflated, crc, last), sum: sha256.New()}
	if err := errors.Join(leaves(plain), deflated.Close()); err != nil {
		return err
	}
	one.File, one.Compressed, one.CRC32 = plain.file(), packed.file(), crc.Sum32()
	var leaf packedLeaf
	if err := json.Unmarshal(last.line, &leaf); err != nil || leaf.Index != one.End-1 {
		return fmt.Errorf("the leaves of %s end before their time: run samtykke log verify", one.Origin)
	}
	one.Hashes = leaf.Hashes
	return nil
}

// lastLine keeps what was written last: a line is written in one piece.
type lastLine struct{ line []byte }

func (l *lastLine) Write(data []byte) (int, error) {
	l.line = append(l.line[:0], data...)
	return len(data), nil
}

// copy puts a kept span into the pack as it is.
func (k *kept) copy(into *zip.Writer, s *span, one *keptSpan, name string) (err error) {
	file, err := os.Open(k.file(s, ".deflated"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	raw, err := into.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: one.CRC32,
		CompressedSize64: uint64(one.Compressed.Bytes), UncompressedSize64: uint64(one.File.Bytes), //nolint:gosec // they were counted
	})
	if err != nil {
		return err
	}
	copied := &counting{to: raw, sum: sha256.New()}
	if _, err := io.Copy(copied, file); err != nil {
		return err
	}
	if copied.file() != one.Compressed {
		return fmt.Errorf("%s was changed: remove the folder to begin anew", file.Name())
	}
	return nil
}

// file says what has gone through.
func (c *counting) file() packFile { return packFile{hex.EncodeToString(c.sum.Sum(nil)), c.bytes} }
