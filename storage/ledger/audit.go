package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/consent"
)

// Leaf is one place of a tree as an engine or a file keeps it.
type Leaf = consent.Leaf

// Fault is something in a tree that does not hold.
type Fault struct {
	Index int64 // -1 when it is not about one leaf
	consent.Flaw
}

// maxFaults is how many faults an audit lists.
const maxFaults = 100

// Audit derives a tree anew from its leaves, in order, and finds what does not
// hold. The auditor's rule: every index either opens, or a later leaf says that
// it was erased or has expired.
type Audit struct {
	origin  string
	tree    Frontier
	next    int64
	broken  bool   // a leaf is missing, so nothing above it can be derived
	gone    Set    // whose record is not there and not yet explained
	removed int64  // how many were explained
	opened  int64  // how many records were there and held
	events  int64  // how many leaves are about the tree
	erased  int64  // how many records they say were erased
	wanted  []Head // heads that the tree must have had, by size
	others  []Removal
	faults  []Fault
	scratch []byte

	expiredBy map[string]int64
}

// NewAudit begins an audit of a tree that must extend each of the heads.
func NewAudit(origin string, heads ...Head) *Audit {
	a := &Audit{origin: origin, gone: make(Set), expiredBy: make(map[string]int64)}
	for _, head := range heads {
		if head.Size == 0 {
			continue
		}
		a.wanted = append(a.wanted, head)
	}
	slices.SortFunc(a.wanted, func(x, y Head) int { return cmp.Compare(x.Size, y.Size) })
	return a
}

// Leaf takes the next leaf.
func (a *Audit) Leaf(leaf *Leaf) {
	switch {
	case leaf.Index < 0 || leaf.Index >= maxLeaves:
		a.fault(a.next, flaw(consent.FlawLeafOrder, "a leaf says that its index is %d, which no tree has", leaf.Index))
		return
	case leaf.Index < a.next:
		a.fault(leaf.Index, flaw(consent.FlawLeafOrder, "the leaf comes twice, or after a later one"))
		return
	case leaf.Index > a.next:
		a.fault(a.next, flaw(consent.FlawLeafMissing, "the leaf is missing"))
		a.broken = true
	}
	a.next = leaf.Index + 1
	if want := hashesAt(leaf.Index) * HashSize; len(leaf.Hashes) != want {
		a.fault(leaf.Index, flaw(consent.FlawLeafHashes, "the leaf keeps %d bytes of hashes instead of %d", len(leaf.Hashes), want))
		a.broken = true
		return
	}
	stored := tlog.Hash(leaf.Hashes[:HashSize])
	switch {
	case leaf.Event != nil:
		a.event(leaf, stored)
	case leaf.Withheld: // its hash is all that is there, and the tree holds it
	case leaf.Record == nil:
		a.gone.Add(leaf.Index)
		if leaf.Salt != (Salt{}) {
			a.fault(leaf.Index, flaw(consent.FlawSaltLeft, "the record is gone, but its salt is still there: the record could be guessed"))
		}
	case RecordLeaf(&leaf.Salt, leaf.Record) != stored:
		a.fault(leaf.Index, flaw(consent.FlawRecordChanged, "the record, its salt or its hash was changed: they do not fit each other"))
	default:
		a.opened++
	}
	a.grow(leaf, stored)
}

// event takes a leaf about the tree.
func (a *Audit) event(leaf *Leaf, stored tlog.Hash) {
	a.events++
	if leaf.Record != nil || leaf.Salt != (Salt{}) {
		a.fault(leaf.Index, flaw(consent.FlawEventRecord, "there is a record or a salt beside an event: the leaf does not commit to it"))
	}
	if EventLeaf(leaf.Event) != stored {
		a.fault(leaf.Index, flaw(consent.FlawEventChanged, "the event or its hash was changed: they do not fit each other"))
		return
	}
	event, err := ParseEvent(leaf.Event)
	if err != nil {
		a.fault(leaf.Index, consent.Flaw{Code: consent.FlawEventUnreadable, Why: err.Error()})
		return
	}
	if !event.Removes() {
		return
	}
	if event.Kind == Erase {
		for _, span := range event.Spans {
			a.erased += span[1] - span[0] + 1
		}
	} else if _, before := a.expiredBy[event.Notice]; !before {
		a.expiredBy[event.Notice] = leaf.Index
	}
	if event.Origin != "" {
		a.others = append(a.others, Removal{event.Origin, event.Spans})
		return
	}
	for _, span := range event.Spans {
		if !span.within(leaf.Index) {
			a.fault(leaf.Index, span.flaw("the event", "do not come before it"))
			continue
		}
		a.explain(fmt.Sprintf("leaf %d", leaf.Index), span)
	}
}

// Removal is what one part of a ledger says about records of another.
type Removal struct {
	Origin string
	Spans  []Span
}

// ExpiredBy gives the notices, by their hashes, that said how long records were
// kept that have expired, with the first leaf that says so. Leaves from before they
// named one have "".
func (a *Audit) ExpiredBy() map[string]int64 { return a.expiredBy }

// WithoutNotice says what it means that a notice by whose word records expired is
// not there: whoever puts one in past the server, which keeps nothing for long,
// cannot take it away again.
func WithoutNotice(hash string) consent.Flaw {
	return flaw(consent.FlawNoticeGone, "decisions expired by the word of the notice with the hash %s, which is not there: "+
		"it was put there past the server, or changed or taken away since", hash)
}

// Others gives what the tree says about records in others.
func (a *Audit) Others() []Removal { return a.others }

// Explain takes what another part of the ledger says about records that are gone
// from this one, after the last leaf.
func (a *Audit) Explain(from string, spans []Span) {
	for _, span := range spans {
		a.explain(from, span)
	}
}

func (a *Audit) explain(from string, span Span) {
	if !span.within(a.next) {
		a.fault(-1, span.flaw(from, "are not all there"))
		return
	}
	for index := span[0]; index <= span[1] && !a.full(); index++ {
		if a.gone.remove(index) {
			a.removed++
		} else {
			a.fault(index, flaw(consent.FlawRecordThere, "%s says that the record is gone, but it is there", from))
		}
	}
}

// grow derives the hashes above a leaf and holds them against what is kept.
func (a *Audit) grow(leaf *Leaf, stored tlog.Hash) {
	if a.broken {
		return
	}
	a.scratch = a.tree.Append(a.scratch[:0], stored)
	for level := 0; string(a.scratch) != string(leaf.Hashes); level++ {
		at := level * HashSize
		if string(a.scratch[at:at+HashSize]) != string(leaf.Hashes[at:at+HashSize]) {
			first := leaf.Index + 1 - 1<<level
			a.fault(leaf.Index, consent.Flaw{
				Code: consent.FlawHashChanged, N: first, Of: leaf.Index,
				Why: fmt.Sprintf("the hash above the leaves %d to %d is not what the leaves give: it was changed, or one of them", first, leaf.Index),
			})
			break
		}
	}
	for len(a.wanted) > 0 && a.wanted[0].Size == a.tree.Size() {
		if head := a.wanted[0]; a.tree.Root() != head.Root {
			a.fault(leaf.Index, consent.Flaw{
				Code: consent.FlawRootOther, N: head.Size,
				Why: fmt.Sprintf("the first %d leaves do not give the root that was signed for them: one of them was changed, or the tree was forked", head.Size),
			})
		}
		a.wanted = a.wanted[1:]
	}
}

// Finish holds the tree against the head that is kept of it, and gives every
// fault, by index. Without a head, nothing is said of one.
func (a *Audit) Finish(kept *Head) []Fault {
	for index := range a.gone.each {
		a.fault(index, flaw(consent.FlawRecordGone, "the record is gone, and no later leaf says why"))
	}
	if !a.broken {
		a.compare(kept)
		for _, head := range a.wanted {
			a.fault(a.next, counts(consent.FlawLeavesRemoved, "a checkpoint was signed for %d leaves, and there are %d: leaves were removed, or the database was rolled back", head.Size, a.tree.Size()))
		}
	}
	slices.SortStableFunc(a.faults, func(x, y Fault) int { return cmp.Compare(uint64(x.Index), uint64(y.Index)) }) //nolint:gosec // -1 goes last
	return a.faults[:min(len(a.faults), maxFaults)]
}

// compare holds the tree against its head.
func (a *Audit) compare(kept *Head) {
	switch root := a.tree.Root(); {
	case kept == nil:
	case kept.Size != a.tree.Size():
		a.fault(-1, counts(consent.FlawHeadSize, "the head counts %d leaves, and there are %d", kept.Size, a.tree.Size()))
	case kept.Root != root:
		a.fault(-1, flaw(consent.FlawHeadRoot, "the head's root is %s, and the leaves give %s", kept.Root, root))
	}
}

// More says that there are more faults than Finish gave.
func (a *Audit) More() bool { return len(a.faults) > maxFaults }

// Counts gives how many records were opened, how many are gone for a reason that
// a later leaf gives, and how many leaves are about the tree itself.
func (a *Audit) Counts() (opened, removed, events int64) { return a.opened, a.removed, a.events }

// Erased gives how many records the tree says were erased, here and in others.
func (a *Audit) Erased() int64 { return a.erased }

// Head gives the tree so far.
func (a *Audit) Head() Head { return Head{Origin: a.origin, Size: a.tree.Size(), Root: a.tree.Root()} }

func (a *Audit) fault(index int64, what consent.Flaw) {
	if !a.full() {
		a.faults = append(a.faults, Fault{index, what})
	}
}

// full says that there are more faults than anyone reads.
func (a *Audit) full() bool { return len(a.faults) >= 10*maxFaults }
