package ledger

import (
	"context"
	"encoding/json"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// leavesName names a file of a tree's leaves, by the number of the span.
func leavesName(folder string, span int64) string {
	name := leavesFile
	if span > 0 {
		name = strings.Replace(name, ".", "-"+strconv.FormatInt(span, 10)+".", 1)
	}
	return folder + "/" + name
}

// treeInPack is how far a tree has come.
type treeInPack struct {
	consent.Tree
	folder        string
	files, leaves int64
}

// trees writes the leaves, and then the heads that hold them. While leaves are
// read, decisions are erased: a record may be gone that an event explains which the
// heads from before do not hold. So what was appended since comes, too, until
// nothing was missing in what was read last.
func (w *packer) trees(ctx context.Context) error {
	all := make(map[string]*treeInPack)
	var trees []consent.Tree
	for again := true; again; again = w.lacks {
		w.lacks = false
		var err error
		if trees, err = w.Store.Trees(ctx, w.Site); err != nil {
			return err
		}
		if err := w.begin(ctx, trees); err != nil {
			return err
		}
		for i := range trees {
			t := all[trees[i].Origin]
			if t == nil {
				t = &treeInPack{folder: "ledger/" + path.Base(trees[i].Origin)}
				all[trees[i].Origin] = t
			}
			if t.leaves > 0 && !trees[i].Dropped.IsZero() {
				continue // dropped since: the head from before holds what is packed
			}
			t.Tree = trees[i]
			if err := w.tree(ctx, t); err != nil {
				return err
			}
		}
	}
	for i := range trees { // the newest first: it says what is gone from the others
		if err := w.head(all[trees[i].Origin]); err != nil {
			return err
		}
	}
	return nil
}

// begin counts what is to be packed, and looks at first for what is kept.
func (w *packer) begin(ctx context.Context, trees []consent.Tree) (err error) {
	w.total = 0
	for i := range trees {
		w.total += leavesOf(&trees[i])
	}
	if w.Keep != "" && w.kept == nil {
		w.kept, err = openKept(ctx, w.Pack, trees)
	}
	return err
}

// leavesOf gives how many leaves of a tree there are to pack.
func leavesOf(t *consent.Tree) int64 {
	if t.Dropped.IsZero() {
		return t.Size
	}
	return 0
}

// tree writes the leaves of a tree that are not in the pack yet, in one file at
// least.
func (w *packer) tree(ctx context.Context, t *treeInPack) error {
	size := leavesOf(&t.Tree)
	for t.files == 0 || t.leaves < size {
		s := span{tree: &t.Tree, number: t.files, first: t.leaves, end: min(t.leaves+w.Span, size)}
		if err := w.span(ctx, &s, leavesName(t.folder, t.files)); err != nil {
			return err
		}
		t.files, t.leaves = t.files+1, s.end
	}
	return nil
}

// head writes a tree's head, which holds all leaves of it in the pack.
func (w *packer) head(t *treeInPack) error {
	if err := w.bytes(t.folder+"/"+checkpointFile, t.Checkpoint); err != nil {
		return err
	}
	if t.Witnessed != nil {
		if err := w.bytes(t.folder+"/"+witnessedFile, t.Witnessed); err != nil {
			return err
		}
	}
	w.list.Trees = append(w.list.Trees, packedTree{t.Origin, t.folder, t.leaves, t.Dropped})
	return w.bytes(t.folder+"/"+keysFile, []byte(t.Keys))
}

// span is a run of leaves that one file holds.
type span struct {
	tree       *consent.Tree
	number     int64
	first, end int64 // indexes: first <= index < end
}

// span writes a file of leaves. Only full ones are kept, in the places that they
// have each time: the last one of a tree still grows.
func (w *packer) span(ctx context.Context, s *span, name string) error {
	write := func(to io.Writer) error { return w.leaves(ctx, s, to) }
	if w.kept == nil || s.end-s.first < w.Span || s.first != s.number*w.Span {
		return w.file(name, write)
	}
	one := w.kept.usable(s)
	if one == nil {
		var err error
		if one, err = w.kept.write(s, write); err != nil {
			return err
		}
	} else {
		w.reached(w.done + w.Span)
	}
	w.list.Files[name] = one.File
	return w.kept.copy(w.zip, s, one, name)
}

func (w *packer) leaves(ctx context.Context, s *span, to io.Writer) error {
	lines := json.NewEncoder(to)
	err := w.Store.Leaves(ctx, s.tree.Origin, s.first, func(leaf *Leaf) error {
		if leaf.Index >= s.end {
			return io.EOF
		}
		line := packedLeaf{Index: leaf.Index, Hashes: leaf.Hashes, Event: string(leaf.Event)}
		if leaf.Record != nil {
			line.Salt, line.Record = leaf.Salt[:], leaf.Record
		}
		w.lacks = w.lacks || leaf.Record == nil && leaf.Event == nil
		w.reached(w.done + 1)
		return lines.Encode(line)
	})
	if err == io.EOF { //nolint:errorlint // our own, from above
		return nil
	}
	return err
}

// reached counts the leaves that are written, and says so now and then.
func (w *packer) reached(done int64) {
	if done/1000 > w.done/1000 || done == w.total {
		w.Report(done, w.total)
	}
	w.done = done
}
