package ledger

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
)

// The sizes that a pack's files may have where they are read whole: a pack may
// come from anyone.
const (
	maxSmallFile = 64 << 20
	maxLine      = 1 << 20
)

// PackCheck is what a pack is audited against.
type PackCheck struct {
	// File is the whole pack, of which what lies around its parts is checked, too.
	File *io.SectionReader
	// Trusted are verifier keys, one a line. Without any, those of the pack are
	// believed; with them, nothing that the pack says about itself is.
	Trusted string
	// Quorum are witnesses of which enough must have cosigned a checkpoint of each
	// tree. Without any, nothing is asked of them.
	Quorum consent.Quorum
	// More are the files that this program puts into a pack to help people.
	More map[string][]byte
	// Kept are checkpoints that the ledgers must still begin with.
	Kept Kept
	// Report is told how many leaves are read, of how many.
	Report func(done, total int64)
}

// openPack reads what a pack says that it holds.
func openPack(archive *zip.Reader, against PackCheck) (*unpacker, error) {
	u := &unpacker{
		PackCheck: against, files: make(map[string]*zip.File), removals: make(Removals), quotes: newQuotes(),
		notices: newCopies[consent.NoticeNumber](), bundles: newCopies[consent.BundleID](),
	}
	for _, file := range archive.File {
		if u.files[file.Name] != nil {
			return nil, fmt.Errorf("the pack holds %s twice", file.Name)
		}
		u.files[file.Name] = file
	}
	return u, u.manifest()
}

// VerifyPack audits a pack as a database is audited, on any machine.
func VerifyPack(archive *zip.Reader, against PackCheck) (*consent.LedgerAudit, error) {
	u, err := openPack(archive, against)
	if err != nil {
		return nil, err
	}
	u.hashes()
	trees := u.listed()
	for _, tree := range trees {
		u.total += tree.Leaves
	}
	for _, tree := range trees {
		if err := u.tree(tree); err != nil {
			return nil, err
		}
	}
	u.sayMissed()
	for _, left := range u.Kept.Left() {
		u.fault("", left.Index, left.Why)
	}
	u.vouched()
	lacking, err := u.complete()
	if err != nil {
		return nil, err
	}
	u.layout(trees, lacking)
	if err := u.frame(archive); err != nil {
		return nil, err
	}
	u.sayUnvouched()
	return &u.found, nil
}

// unpacker reads a pack.
type unpacker struct {
	PackCheck

	files       map[string]*zip.File
	list        manifest
	found       consent.LedgerAudit
	notices     *copies[consent.NoticeNumber]
	bundles     *copies[consent.BundleID]
	pictures    int
	foreign     []string // files that help people, and are not this program's
	removals    Removals
	quotes      quotes
	opens       opened // of the tree that is read
	missed      []missed
	done, total int64
}

func (u *unpacker) fault(origin string, index int64, why string) {
	if len(u.found.Faults) < maxFaults {
		u.found.Faults = append(u.found.Faults, consent.LedgerFault{Site: u.list.Site, Origin: origin, Index: index, Flaw: consent.Flaw{Why: why}})
	} else {
		u.found.More = true
	}
}

func (u *unpacker) tree(packed packedTree) error {
	text, err := u.read(packed.Folder + "/" + checkpointFile)
	if err != nil {
		return err
	}
	named, given, err := u.keyTexts(packed)
	if err != nil {
		return err
	}
	keys, err := ParseVerifiers(given)
	if err != nil {
		return err
	}
	head := u.head(packed.Origin, text, keys)
	one := consent.TreeAudit{Tree: consent.Tree{Site: u.list.Site, Origin: packed.Origin, Checkpoint: text, Keys: given, Dropped: packed.Dropped}}
	if head != nil {
		one.Size, u.quotes.heads[packed.Origin] = head.Size, head
	}
	heads := u.witnessed(packed, keys, &one.Tree)
	kept, faults := u.Kept.Take(packed.Origin, keys)
	for _, fault := range faults {
		u.fault(packed.Origin, -1, fault.Why)
	}
	heads = append(heads, kept...)
	u.namedKeys(packed, named, text, one.Witnessed)
	if packed.Dropped.IsZero() {
		u.derive(packed, head, u.quotes.within(packed.Origin, packed.Leaves, heads), &one)
	} else {
		u.dropped(packed, text, keys, heads)
	}
	u.found.Trees = append(u.found.Trees, one)
	return nil
}

// keyTexts gives the keys that the pack names for a tree, and those to believe: the
// same, unless others are trusted.
func (u *unpacker) keyTexts(packed packedTree) (named, given string, err error) {
	text, err := u.read(packed.Folder + "/" + keysFile)
	if named, given = string(text), u.Trusted; given == "" {
		given = named
	}
	return named, given, err
}

// dropped holds what is left of a tree whose leaves are gone against what was
// signed, and what witnesses have seen.
func (u *unpacker) dropped(packed packedTree, signed []byte, keys note.Verifiers, heads []Head) {
	fault := func(why string) { u.fault(packed.Origin, -1, why) }
	last, err := OpenDropped(signed, keys)
	if err != nil {
		fault("the last checkpoint of the dropped year does not hold: " + advised(err).Error())
		return
	}
	if none := (leafCounts{}); packed.leafCounts != none {
		fault(miscounted(packed.leafCounts, none))
	}
	if !last.Time.Equal(packed.Dropped) {
		fault("the ledger was not dropped when the manifest says")
	}
	for _, name := range u.spans(packed) {
		if u.list.Files[name].Bytes > 0 {
			fault("the ledger was dropped, and the pack holds leaves of it")
		}
	}
	if year, err := strconv.Atoi(strings.SplitN(path.Base(packed.Origin), "-", 2)[0]); err != nil || last.Time.Year() <= year {
		fault("the ledger was dropped before its year was over")
	}
	for _, head := range heads {
		if why := last.Contradicts(head).Why; why != "" {
			fault(why)
		}
	}
}

// derive holds a tree's leaves against its head.
func (u *unpacker) derive(packed packedTree, head *Head, heads []Head, one *consent.TreeAudit) {
	audit, read := NewAudit(packed.Origin, heads...), leafCounts{}
	u.opens = opened{gap: -1}
	err := u.each(packed, func(leaf *Leaf) error {
		u.leaf(packed.Origin, leaf, audit)
		read.add(leaf)
		return nil
	})
	if err != nil {
		u.fault(packed.Origin, -1, err.Error())
	}
	u.inDays(packed.Origin)
	u.found.Withheld += read.Withheld
	if read != packed.leafCounts {
		u.fault(packed.Origin, -1, miscounted(packed.leafCounts, read))
	}
	u.removals.Settle(audit)
	faults := audit.Finish(head)
	u.found.More = u.found.More || audit.More()
	for _, fault := range faults {
		u.fault(packed.Origin, fault.Index, fault.Why)
	}
	if head == nil {
		one.Size = audit.Head().Size
	}
	for notice, index := range audit.ExpiredBy() {
		if notice != "" && !u.notices.referHash(notice) {
			u.fault(packed.Origin, index, WithoutNotice(notice).Why)
		}
	}
	one.Opened, one.Removed, one.Events = audit.Counts()
}

// head opens the checkpoint. One that does not hold is a fault, which is told once
// of the same checkpoint, and then there is no head to hold anything against.
func (u *unpacker) head(origin string, signed []byte, keys note.Verifiers) *Head {
	head, err := openGiven(signed, keys)
	if err == nil && head.Origin != origin {
		err = fmt.Errorf("it is of %s", head.Origin)
	}
	if err != nil {
		fault := consent.LedgerFault{Site: u.list.Site, Origin: origin, Index: -1, Flaw: consent.Flaw{Why: "the checkpoint does not hold: " + err.Error()}}
		if !slices.Contains(u.found.Faults, fault) {
			u.fault(origin, -1, fault.Why)
		}
		return nil
	}
	return head
}

// witnessed opens the checkpoint that witnesses have cosigned. Whether a tree may
// lack one, vouched says when all trees are read; a dropped one may, because there
// is nothing left that they could cosign.
func (u *unpacker) witnessed(packed packedTree, keys note.Verifiers, tree *consent.Tree) []Head {
	name := packed.Folder + "/" + witnessedFile
	if u.files[name] == nil {
		if packed.Dropped.IsZero() {
			u.quotes.unseen[packed.Origin] = "no witness has cosigned it"
		}
		return nil
	}
	signed, err := u.read(name)
	if err == nil && len(u.Quorum.Witnesses) > 0 {
		_, err = Cosigners(signed, u.Quorum)
	}
	if err != nil {
		u.fault(packed.Origin, -1, err.Error())
		return nil
	}
	if _, err := Witnessed(signed, u.Quorum); len(u.Quorum.Witnesses) > 0 && err != nil {
		u.quotes.unseen[packed.Origin] = err.Error()
		return nil
	}
	tree.Witnessed = signed
	if head := u.head(packed.Origin, signed, keys); head != nil {
		u.quotes.seen[packed.Origin] = head.Size
		return []Head{*head}
	}
	return nil
}

// leaf audits one leaf.
func (u *unpacker) leaf(origin string, leaf *Leaf, audit *Audit) {
	before := audit.opened
	audit.Leaf(leaf)
	u.quote(origin, leaf)
	u.along(origin, leaf)
	if audit.opened > before { // what was changed leads nowhere, and the audit says so
		u.record(origin, leaf)
	}
	if u.done++; u.done%1000 == 0 || u.done == u.total {
		u.Report(u.done, u.total)
	}
}

// record holds a record against the pack: it is of this site, and its number and
// id lead to what the visitor saw.
func (u *unpacker) record(origin string, leaf *Leaf) {
	record, err := ParseRecord(leaf.Record)
	if err == nil {
		u.opens.at(record.Time)
	}
	switch {
	case err != nil:
		u.fault(origin, leaf.Index, err.Error())
	case record.Site != u.list.Site:
		u.fault(origin, leaf.Index, "the record is of another site")
	case !u.notices.refer(record.Notice, record.NoticeHash):
		u.missing(origin, leaf.Index, fmt.Sprintf("notices/%d.json is not there, or is not the notice that the visitor saw", record.Notice))
	case !u.bundles.refer(record.Bundle, record.BundleHash):
		u.missing(origin, leaf.Index, fmt.Sprintf("bundles/%s/%s is not there, or is not what the visitor ran", record.Bundle, consent.MainFile))
	}
}

// missed is what decisions refer to and the pack lacks.
type missed struct {
	origin string
	index  int64 // of the first
	why    string
	more   int // decisions
}

// missing notes it: each such thing is told once, for the first decision.
func (u *unpacker) missing(origin string, index int64, why string) {
	for i := range u.missed {
		if one := &u.missed[i]; one.origin == origin && one.why == why {
			one.more++
			return
		}
	}
	u.missed = append(u.missed, missed{origin, index, why, 0})
}

func (u *unpacker) sayMissed() {
	for _, one := range u.missed {
		if one.more > 0 {
			one.why += fmt.Sprintf("; the same of %d more decisions", one.more)
		}
		u.fault(one.origin, one.index, one.why)
	}
}

func sortedNames[V any](files map[string]V) []string { return slices.Sorted(maps.Keys(files)) }
