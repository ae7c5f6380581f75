package soak

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// promises are what a store has acknowledged, as the other side knows it.
type promises struct {
	stored map[int64]ack // the last answer of each
	erased map[int64]bool
	first  map[int64]ack // the first answer of each
	fresh  []ack         // not checked since they came
	sent   int64         // no higher number was ever sent
	floor  int64         // up to here all are settled

	erases  bool // some decisions are erased again
	refused int  // answers that promised nothing
	again   int  // decisions that were sent again
	proved  int  // receipts that were checked
}

func newPromises() *promises {
	return &promises{stored: make(map[int64]ack), erased: make(map[int64]bool), first: make(map[int64]ack)}
}

// doomed says that a decision is erased at some time, if it has not been.
func (p *promises) doomed(n int64) bool { return p.erases && n%erasedEach == 0 }

func (p *promises) settled(n int64) bool {
	_, stored := p.stored[n]
	return p.erased[n] || stored && !p.doomed(n)
}

// note reads a line of an appender.
func (p *promises) note(line []byte) error {
	var one ack
	if err := json.Unmarshal(line, &one); err != nil {
		return fmt.Errorf("a line that is no ack: %q: %w", line, err)
	}
	p.sent = max(p.sent, one.N)
	switch one.Kind {
	case "stored":
		if first, again := p.first[one.N]; again && (first.Index != one.Index || !bytes.Equal(first.Salt, one.Salt)) {
			return fmt.Errorf("decision %d was stored at index %d, and sent again it is at %d", one.N, first.Index, one.Index)
		} else if !again {
			p.first[one.N] = one
		}
		p.stored[one.N] = one
		p.fresh = append(p.fresh, one)
	case "erased":
		p.erased[one.N] = true
	default:
		p.refused++
	}
	return nil
}

// attempted notes from a line that something was tried, and believes no more.
func (p *promises) attempted(line []byte) {
	var one ack
	if json.Unmarshal(line, &one) == nil {
		p.sent = max(p.sent, one.N)
	}
}

// open gives the numbers that may have been sent, for all that is known, and are
// not settled: they are sent again.
func (p *promises) open() []int64 {
	var list []int64
	for n := p.floor + 1; n <= p.sent; n++ {
		if !p.settled(n) {
			list = append(list, n)
		} else if n == p.floor+1 {
			p.floor = n
		}
	}
	p.again += len(list)
	return list
}

// broken says what does not hold.
type broken []string

func (b *broken) add(format string, args ...any) {
	if len(*b) < 20 {
		*b = append(*b, fmt.Sprintf(format, args...))
	}
}

// receipts fetches the receipt of each decision that was answered since it was
// called last: it stands where the answer said, opens with the same salt, and its
// tree extends that of the answer.
func (p *promises) receipts(ctx context.Context, store consent.Store) (broken, error) {
	var found broken
	keys, err := treeKeys(ctx, store)
	if err != nil {
		return nil, err
	}
	extended := make(map[string]bool)
	for _, one := range p.fresh {
		if p.erased[one.N] || p.doomed(one.N) {
			continue
		}
		if err := provesDecision(ctx, store, keys, one); err != nil {
			found.add("decision %d was acknowledged: %v", one.N, err)
		}
		if signed := string(one.Checkpoint); !extended[signed] {
			extended[signed] = true
			if err := extends(ctx, store, keys, one.Checkpoint); err != nil {
				found.add("the checkpoint that decision %d was answered with: %v", one.N, err)
			}
		}
	}
	p.proved += len(p.fresh)
	p.fresh = p.fresh[:0]
	return found, nil
}

func treeKeys(ctx context.Context, store consent.Store) (note.Verifiers, error) {
	trees, err := store.Trees(ctx, site)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	for _, tree := range trees {
		text.WriteString(tree.Keys)
	}
	return ledger.ParseVerifiers(text.String())
}

func provesDecision(ctx context.Context, store consent.Store, keys note.Verifiers, one ack) error {
	text, err := store.Receipt(ctx, site, idOf(one.N))
	if err != nil {
		return err
	}
	receipt, err := ledger.ParseReceipt(text)
	if err != nil {
		return err
	}
	record, _, err := receipt.Verify(keys)
	if err != nil {
		return err
	}
	want := decisionOf(one.N)
	if receipt.Index != one.Index || !bytes.Equal(receipt.Salt[:], one.Salt) {
		return fmt.Errorf("it stands at index %d with another salt, and the answer said %d", receipt.Index, one.Index)
	}
	if record.ID != want.ID || record.State != want.State || record.Method != want.Method {
		return fmt.Errorf("it is another: %+v", record)
	}
	return nil
}

// extends says that the tree of today begins with the one of a checkpoint.
func extends(ctx context.Context, store consent.Store, keys note.Verifiers, signed []byte) error {
	old, err := ledger.OpenCheckpoint(signed, keys)
	if err != nil {
		return err
	}
	head, err := newest(ctx, store, keys, old.Origin)
	if err != nil {
		return err
	}
	if old.Size == head.Size && old.Root == head.Root {
		return nil
	}
	path, err := store.Consistency(ctx, old.Origin, old.Size, head.Size)
	if err != nil {
		return err
	}
	proof := make(tlog.TreeProof, len(path))
	for i, hash := range path {
		proof[i] = tlog.Hash(hash)
	}
	return tlog.CheckTree(proof, head.Size, head.Root, old.Size, old.Root)
}

// all audits the ledger, and counts every decision of the log: what was
// acknowledged is there once, what was erased is not, nothing is there twice.
func (p *promises) all(ctx context.Context, store consent.Store) (broken, error) {
	var found broken
	audited, err := store.Audit(ctx, "", func(int64, int64) {})
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	for _, fault := range audited.Faults {
		if p.unfinished(fault.Why) {
			continue
		}
		found.add("the audit: %s, index %d: %s", fault.Origin, fault.Index, fault.Why)
	}
	times, err := p.count(ctx, store, &found)
	if err != nil {
		return nil, err
	}
	for n := range p.stored {
		if times[n] == 0 && !p.erased[n] && !p.doomed(n) {
			found.add("decision %d was acknowledged and is lost", n)
		}
	}
	for n := range p.erased {
		if times[n] != 0 {
			found.add("decision %d was erased, which was acknowledged, and is there", n)
		}
	}
	return found, nil
}

// unfinished says that a fault is about an erasure that a kill came into, and that
// nobody was told of: the next start finishes it.
func (p *promises) unfinished(why string) bool {
	if !p.erases || !strings.Contains(why, "the erasure was not finished") {
		return false
	}
	for n := int64(0); n <= p.sent; n += erasedEach {
		if !p.erased[n] && strings.Contains(why, idOf(n).String()) {
			return true
		}
	}
	return false
}

// count says how often each decision is in the log.
func (p *promises) count(ctx context.Context, store consent.Store, found *broken) (map[int64]int, error) {
	times := make(map[int64]int)
	query := consent.LogQuery{Site: site, Oldest: true, Limit: 10_000}
	for {
		entries, err := store.Read(ctx, query)
		if err != nil || len(entries) == 0 {
			return times, err
		}
		for i := range entries {
			query.After = entries[i].Index
			n := int64(binary.BigEndian.Uint64(entries[i].ID[8:]) &^ 0x8000_0000_0000_0000)
			if entries[i].ID != idOf(n) || n > p.sent {
				found.add("the log holds a decision that nobody sent: %s", entries[i].ID)
			}
			if times[n]++; times[n] == 2 {
				found.add("decision %d is in the log twice", n)
			}
		}
	}
}

// ErrBroken says that something that was promised does not hold.
var ErrBroken = errors.New("what was acknowledged does not hold")

// check opens the database that was left, as any command does, and looks for
// what was promised. Its error is an ErrBroken.
func (p *promises) check(ctx context.Context, options sqlite.Options, whole bool) error {
	store, err := sqlite.Open(ctx, options)
	if err != nil {
		return errors.Join(ErrBroken, err)
	}
	found, err := p.receipts(ctx, store)
	if err == nil && whole {
		var more broken
		more, err = p.all(ctx, store)
		found = append(found, more...)
	}
	err = errors.Join(err, store.Close()) //nolint:contextcheck // closing is not to be cut short
	if err == nil && len(found) == 0 {
		return nil
	}
	return errors.Join(ErrBroken, err, errors.New(strings.Join(found, "\n")))
}

// newest gives the head of a tree as it is now.
func newest(ctx context.Context, store consent.Store, keys note.Verifiers, origin string) (*ledger.Head, error) {
	trees, err := store.Trees(ctx, site)
	if err != nil {
		return nil, err
	}
	for _, tree := range trees {
		if tree.Origin == origin {
			return ledger.OpenCheckpoint(tree.Checkpoint, keys)
		}
	}
	return nil, fmt.Errorf("the ledger %s is gone", origin)
}
