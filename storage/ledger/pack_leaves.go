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

// trees writes each tree's leaves, and the head that holds them.
func (w *packer) trees(ctx context.Context) error {
	trees, err := w.Store.Trees(ctx, w.Site)
	if err != nil {
		return err
	}
	for i := range trees {
		w.total += leavesOf(&trees[i])
	}
	if w.Keep != "" {
		if w.kept, err = openKept(ctx, w.Pack, trees); err != nil {
			return err
		}
	}
	for i := range trees {
		if err := w.tree(ctx, &trees[i]); err != nil {
			return err
		}
	}
	return nil
}

// leavesOf gives how many leaves of a tree there are to pack.
func leavesOf(t *consent.Tree) int64 {
	if t.Dropped.IsZero() {
		return t.Size
	}
	return 0
}

// tree writes a tree, its leaves in one file at least.
func (w *packer) tree(ctx context.Context, t *consent.Tree) error {
	folder, size := "ledger/"+path.Base(t.Origin), leavesOf(t)
	opens, err := w.opens(ctx, t)
	if err != nil {
		return err
	}
	var counts leafCounts
	for n := int64(0); n == 0 || n*w.Span < size; n++ {
		s := span{tree: t, number: n, first: n * w.Span, end: min((n+1)*w.Span, size), opens: opens}
		if err := w.span(ctx, &s, leavesName(folder, n)); err != nil {
			return err
		}
		counts.sum(w.counts)
	}
	if err := w.bytes(folder+"/"+checkpointFile, t.Checkpoint); err != nil {
		return err
	}
	if t.Witnessed != nil {
		if err := w.bytes(folder+"/"+witnessedFile, t.Witnessed); err != nil {
			return err
		}
	}
	w.list.Trees = append(w.list.Trees, packedTree{t.Origin, folder, counts, t.Dropped})
	return w.bytes(folder+"/"+keysFile, []byte(t.Keys))
}

// span is a run of leaves that one file holds.
type span struct {
	tree       *consent.Tree
	number     int64
	first, end int64 // indexes: first <= index < end
	opens      run   // whose records the pack has
}

// span writes a file of leaves. Only full ones are kept: the last one of a tree
// still grows.
func (w *packer) span(ctx context.Context, s *span, name string) error {
	write := func(to io.Writer) error { return w.leaves(ctx, s, to) }
	if w.kept == nil || s.end-s.first < w.Span {
		return w.file(name, write)
	}
	one := w.kept.usable(s)
	if one == nil {
		var err error
		if one, err = w.kept.write(s, write, &w.counts); err != nil {
			return err
		}
	} else {
		w.reached(w.done + w.Span)
	}
	w.list.Files[name], w.counts = one.File, one.Counts
	return w.kept.copy(w.zip, s, one, name)
}

func (w *packer) leaves(ctx context.Context, s *span, to io.Writer) error {
	lines := json.NewEncoder(to)
	w.counts = leafCounts{}
	err := w.Store.Leaves(ctx, s.tree.Origin, s.first, func(leaf *Leaf) error {
		if leaf.Index >= s.end {
			return io.EOF
		}
		line := packedLeaf{Index: leaf.Index, Hashes: leaf.Hashes, Event: string(leaf.Event)}
		leaf.Withheld = leaf.Record != nil && !s.opens.has(leaf.Index)
		if line.Withheld = leaf.Withheld; leaf.Record != nil && !leaf.Withheld {
			line.Salt, line.Record = leaf.Salt[:], leaf.Record
		}
		w.counts.add(leaf)
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
	if w.Report != nil && (done/1000 > w.done/1000 || done == w.total) {
		w.Report(done, w.total)
	}
	w.done = done
}
