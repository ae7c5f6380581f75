package ledger_test

import (
	"crypto/sha256"
	"flag"
	"math/bits"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/storage/ledger"
)

// stepsVariable is how many steps the model takes at least.
const stepsVariable = "DEV_TEST_STEPS"

// naive is a tree as RFC 6962 defines it, section 2.1: the data of its leaves.
type naive [][]byte

func (n naive) root() [sha256.Size]byte {
	switch len(n) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, n[0]...))
	}
	k := 1 << (bits.Len(uint(len(n)-1)) - 1) // the largest power of two smaller than that
	left, right := n[:k].root(), n[k:].root()
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

// database is what is committed, and with it the same by the naive tree.
type database struct {
	rows  []ledger.Leaf
	head  ledger.Head
	naive naive
}

func (d *database) clone() *database {
	return &database{slices.Clone(d.rows), d.head, slices.Clone(d.naive)}
}

func (d *database) read(leaves []int64) ([][]byte, error) {
	found := make([][]byte, len(leaves))
	for i, leaf := range leaves {
		found[i] = d.rows[leaf].Hashes
	}
	return found, nil
}

// there gives the indexes of the records that can be opened.
func (d *database) there() []int64 {
	var there []int64
	for i := range d.rows {
		if d.rows[i].Record != nil {
			there = append(there, int64(i))
		}
	}
	return there
}

// refused says whether the program would start with this database and that
// anchor. It asks the package only.
func (d *database) refused(anchor ledger.Head) bool {
	if d.head.Size < anchor.Size {
		return true
	}
	root, err := ledger.LeafHashes(d.read).Root(anchor.Size)
	return err != nil || root != anchor.Root
}

// program is the writer with its open transaction, and all around it that
// survives a crash.
type program struct {
	frontier ledger.Frontier
	added    []ledger.Leaf
	naive    naive // of the added
	removed  []int64

	database *database
	backups  []*database
	anchor   ledger.Head

	records int // ever made: each is different
	seen    *seen
}

// seen counts what came to pass, so that the model cannot do nothing unnoticed.
type seen struct {
	steps, audits, proofs, restored, older, forked int
	largest                                        int64
}

func newProgram(seen *seen) *program {
	empty := ledger.Head{Origin: origin, Root: naive(nil).root()}
	return &program{database: &database{head: empty}, anchor: empty, seen: seen}
}

// add appends a leaf to the open transaction.
func (p *program) add(row ledger.Leaf, hash tlog.Hash, data []byte) {
	row.Index = p.frontier.Size()
	row.Hashes = p.frontier.Append(nil, hash)
	p.added = append(p.added, row)
	p.naive = append(p.naive, data)
}

func (p *program) addRecord() {
	p.records++
	row := ledger.Leaf{Salt: sha256.Sum256(strconv.AppendInt(nil, int64(p.records), 10)), Record: strconv.AppendInt([]byte("record "), int64(p.records), 10)}
	entry := sha256.Sum256(slices.Concat([]byte("samtykke/consent/v1\x00"), row.Salt[:], row.Record))
	p.add(row, ledger.RecordLeaf(&row.Salt, row.Record), entry[:])
}

// remove takes records away in the open transaction.
func (p *program) remove(t *rapid.T, kind ledger.EventKind, indexes []int64) {
	event := ledger.Event{Kind: kind, Time: time.UnixMilli(int64(p.records)), Spans: ledger.Spans(indexes)}
	data, err := event.Encode()
	if err != nil {
		t.Fatal(err)
	}
	p.removed = append(p.removed, indexes...)
	p.add(ledger.Leaf{Event: data}, ledger.EventLeaf(data), append([]byte("samtykke/event/v1\x00"), data...))
}

// removable gives the committed records that are not being removed already.
func (p *program) removable(t *rapid.T) []int64 {
	there := slices.DeleteFunc(p.database.there(), func(i int64) bool { return slices.Contains(p.removed, i) })
	if len(there) == 0 {
		t.SkipNow()
	}
	return there
}

// resume begins anew from what is committed.
func (p *program) resume(t *rapid.T) {
	p.added, p.naive, p.removed = nil, nil, nil
	frontier, err := ledger.ResumeFrontier(p.database.head.Size, p.database.read)
	if err != nil {
		t.Fatal(err)
	}
	p.frontier = frontier
}

func (p *program) Append(t *rapid.T) {
	for range rapid.IntRange(1, 5).Draw(t, "records") {
		p.addRecord()
	}
}

func (p *program) Erase(t *rapid.T) {
	there := p.removable(t)
	some := rapid.SliceOfNDistinct(rapid.SampledFrom(there), 1, min(3, len(there)), rapid.ID[int64]).Draw(t, "erased")
	slices.Sort(some)
	p.remove(t, ledger.Erase, some)
}

func (p *program) Expire(t *rapid.T) {
	there := p.removable(t)
	p.remove(t, ledger.Expire, there[:rapid.IntRange(1, min(8, len(there))).Draw(t, "expired")])
}

func (p *program) Commit(*rapid.T) {
	d := p.database
	d.rows, d.naive = append(d.rows, p.added...), append(d.naive, p.naive...)
	for _, i := range p.removed {
		d.rows[i].Record, d.rows[i].Salt = nil, ledger.Salt{}
	}
	d.head = ledger.Head{Origin: origin, Size: p.frontier.Size(), Root: p.frontier.Root()}
	p.added, p.naive, p.removed = nil, nil, nil
}

func (p *program) Crash(t *rapid.T) { p.resume(t) }

func (p *program) MoveAnchor(*rapid.T) { p.anchor = p.database.head }

func (p *program) BackUp(*rapid.T) {
	p.backups = append(p.backups, p.database.clone())
	if len(p.backups) > 4 {
		p.backups = p.backups[1:]
	}
}

// Restore puts a backup in the place of the database. What the anchor has seen
// and the backup has not must be noticed, and only that.
func (p *program) Restore(t *rapid.T) {
	if len(p.backups) == 0 {
		t.SkipNow()
	}
	backup := rapid.SampledFrom(p.backups).Draw(t, "backup").clone()
	older := p.anchor.Size > backup.head.Size
	forked := !older && backup.naive[:p.anchor.Size].root() != p.anchor.Root
	if have := backup.refused(p.anchor); have != (older || forked) {
		t.Fatalf("a backup of %d leaves is refused: %t, though the anchor is at %d (fork: %t)", backup.head.Size, have, p.anchor.Size, forked)
	}
	switch { // refused, the operator puts the database back
	case older:
		p.seen.older++
		p.forkUnnoticed(t, backup)
	case forked:
		p.seen.forked++
	default:
		p.seen.restored++
		p.database = backup
		p.resume(t)
	}
}

// forkUnnoticed goes on from a backup as if nobody had looked, until it is as
// large as the anchor. Then the anchor's root must show it.
func (p *program) forkUnnoticed(t *rapid.T, backup *database) {
	fork := &program{database: backup, records: p.records}
	fork.resume(t)
	for fork.frontier.Size() < p.anchor.Size {
		fork.addRecord()
	}
	fork.Commit(t)
	if !fork.database.refused(p.anchor) {
		t.Fatalf("a fork of %d leaves has the anchor's root", p.anchor.Size)
	}
}

// Audit finds nothing, and counts what there is.
func (p *program) Audit(t *rapid.T) {
	d := p.database
	audit := ledger.NewAudit(origin, p.anchor, d.head)
	p.seen.audits++
	events := int64(0)
	for i := range d.rows {
		audit.Leaf(&d.rows[i])
		if d.rows[i].Event != nil {
			events++
		}
	}
	if faults := audit.Finish(&d.head); len(faults) > 0 {
		t.Fatalf("an honest log of %d leaves has faults: %v", len(d.rows), faults)
	}
	there := int64(len(d.there()))
	opened, removed, counted := audit.Counts()
	if opened != there || counted != events || opened+removed+counted != d.head.Size {
		t.Fatalf("of %d leaves %d open, %d are gone and %d are events, instead of %d that open and %d events", d.head.Size, opened, removed, counted, there, events)
	}
}

// Prove has the other implementation verify a proof of each kind.
func (p *program) Prove(t *rapid.T) {
	d := p.database
	if d.head.Size == 0 {
		t.SkipNow()
	}
	p.seen.proofs++
	size := rapid.Int64Range(1, d.head.Size).Draw(t, "size")
	i := rapid.Int64Range(0, size-1).Draw(t, "index")
	root := d.naive[:size].root()
	path, err := ledger.LeafHashes(d.read).Inclusion(size, i)
	if err != nil {
		t.Fatal(err)
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(d.naive[i])
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(i), uint64(size), leaf, plain(path), root[:]); err != nil {
		t.Fatalf("leaf %d of %d: %v", i, size, err)
	}
	consistency, err := ledger.LeafHashes(d.read).Consistency(d.head.Size, size)
	if err != nil {
		t.Fatal(err)
	}
	if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(size), uint64(d.head.Size), plain(consistency), root[:], d.head.Root[:]); err != nil {
		t.Fatalf("from %d to %d leaves: %v", size, d.head.Size, err)
	}
}

// Check holds after every step.
func (p *program) Check(t *rapid.T) {
	p.seen.steps++
	p.seen.largest = max(p.seen.largest, p.frontier.Size())
	d := p.database
	if d.head.Size != int64(len(d.naive)) || len(d.rows) != len(d.naive) || p.frontier.Size() != int64(len(d.naive)+len(p.naive)) {
		t.Fatalf("%d leaves are committed, as %d rows under a head of %d; with the %d added the tree has %d", len(d.naive), len(d.rows), d.head.Size, len(p.naive), p.frontier.Size())
	}
	whole := slices.Concat(d.naive, p.naive)
	if root := p.frontier.Root(); root != whole.root() {
		t.Fatalf("%d leaves have the root %s", len(whole), root)
	}
	if len(p.naive) > 0 && d.head.Root != d.naive.root() {
		t.Fatalf("%d committed leaves have the root %s", len(d.naive), d.head.Root)
	}
}

// TestTheLogIsWhatANaiveTreeIs takes random steps with both. The variable
// DEV_TEST_STEPS asks for more of them.
func TestTheLogIsWhatANaiveTreeIs(t *testing.T) {
	least, each := 10_000, "60"
	if text := os.Getenv(stepsVariable); text != "" {
		asked, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("%s: %v", stepsVariable, err)
		}
		least, each = asked, "300"
	}
	before := flag.Lookup("rapid.steps").Value.String()
	if err := flag.Set("rapid.steps", each); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = flag.Set("rapid.steps", before) }()
	var seen seen
	for seen.steps < least && !t.Failed() {
		rapid.Check(t, func(t *rapid.T) { t.Repeat(rapid.StateMachineActions(newProgram(&seen))) })
	}
	t.Logf("%+v", seen)
	if least >= 10_000 && min(seen.audits, seen.proofs, seen.restored, seen.older) == 0 {
		t.Error("something never came to pass")
	}
}
