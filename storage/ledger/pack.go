package ledger

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The forms of an audit pack: of the whole log, and with the records of some days alone.
const (
	packSchema     = "audit-pack/1"
	daysPackSchema = "audit-pack-days/1"
)

// The files of a pack. Leaves, checkpoint and keys lie in a folder for each tree.
const (
	manifestFile   = "manifest.json"
	leavesFile     = "leaves.jsonl" // the first span; leaves-1.jsonl and so on follow
	checkpointFile = "checkpoint.txt"
	witnessedFile  = "witnessed.txt" // where witnesses have cosigned
	keysFile       = "keys.txt"
)

// The files of a pack that help people, and that no decision vouches for.
const (
	ReadMeFile        = "READ-ME.txt"
	VerifierFile      = "verify.html"
	SpecificationFile = "SPECIFICATION.txt"
)

// Pack is what an audit pack is made from.
type Pack struct {
	Site  consent.SiteKey
	Store consent.Store
	Made  time.Time
	// Days are those whose records the pack opens, nil for all. Of the others it has the
	// hashes.
	Days *PackDays
	// More are files that help people, by name: how to verify, the page that does,
	// and what it takes to do it without us.
	More map[string][]byte
	// Span is how many leaves a file holds, a power of two. 0 means 262,144.
	Span int64
	// Keep is a folder in which files of leaves are kept, so that a pack that was
	// interrupted need not write them again. Empty keeps none.
	Keep string
	// Report is told how many leaves are written, of how many; nil for nobody.
	Report func(done, total int64)
}

// manifest lists what is in a pack. It comes last.
type manifest struct {
	Schema string              `json:"schema"`
	Site   consent.SiteKey     `json:"site"`
	Made   time.Time           `json:"made"`
	Days   *PackDays           `json:"days,omitempty"`
	Trees  []packedTree        `json:"trees"`
	Shown  shownCounts         `json:"shown"`
	Files  map[string]packFile `json:"files"`
}

type packedTree struct {
	Origin     string    `json:"origin"`
	Folder     string    `json:"folder"`
	leafCounts           // of what is in the pack
	Dropped    time.Time `json:"dropped,omitzero"` // since when there are none
}

type packFile struct {
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// packedLeaf is a line of a tree's leaves.
type packedLeaf struct {
	Index  int64  `json:"index"`
	Hashes []byte `json:"hashes"`
	Event  string `json:"event,omitempty"`
	Salt   []byte `json:"salt,omitempty"`
	Record []byte `json:"record,omitempty"`
	// Withheld says that the record is there and is not in this pack.
	Withheld bool `json:"withheld,omitempty"`
}

// packer writes a pack.
type packer struct {
	Pack
	zip  *zip.Writer
	list manifest
	kept *kept // nil when nothing is

	done, total int64
	counts      leafCounts // of the span that is written
}

// Write writes the pack as a ZIP file: every leaf of the Site's trees with the
// records and salts that open them, checkpoints and keys, every notice, every
// bundle with its pictures, and a manifest with the hash of each file and with how
// much there is of each kind, all as they are at one moment. It holds no more than a few leaves in memory.
func (p Pack) Write(ctx context.Context, to io.Writer) error {
	return p.Store.Snapshot(ctx, func(at consent.Store) error {
		p.Store = at
		return p.write(ctx, to)
	})
}

func (p Pack) write(ctx context.Context, to io.Writer) error {
	if p.Span == 0 {
		p.Span = 1 << 18
	}
	w := &packer{Pack: p, zip: zip.NewWriter(to), list: manifest{
		Schema: p.Days.schema(), Site: p.Site, Made: p.Made.UTC().Truncate(time.Second), Days: p.Days, Trees: []packedTree{}, Files: map[string]packFile{},
	}}
	for _, step := range []func(context.Context) error{w.trees, w.notices, w.more, w.manifest} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("write the audit pack: %w", err)
		}
	}
	return w.zip.Close()
}

// header is what the ZIP file says of a file that is written as it comes.
func (w *packer) header(name string) *zip.FileHeader {
	return &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.list.Made}
}

// file writes one file and notes its hash.
func (w *packer) file(name string, write func(io.Writer) error) error {
	into, err := w.zip.CreateHeader(w.header(name))
	if err != nil {
		return err
	}
	counted := &counting{to: into, sum: sha256.New()}
	if err := write(counted); err != nil {
		return err
	}
	w.list.Files[name] = counted.file()
	return nil
}

func (w *packer) bytes(name string, data []byte) error {
	return w.file(name, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// notices writes every notice, and the bundle that visitors ran for it.
func (w *packer) notices(ctx context.Context) error {
	entries, err := w.Store.Notices(ctx, w.Site)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		notice, err := w.Store.Notice(ctx, w.Site, entry.Number)
		if err != nil {
			return err
		}
		if err := w.bytes("notices/"+strconv.Itoa(int(entry.Number))+".json", notice.JSON); err != nil {
			return err
		}
	}
	bundles, err := w.Store.Bundles(ctx, w.Site)
	if err != nil {
		return err
	}
	for _, id := range bundles {
		bundle, err := w.Store.Bundle(ctx, w.Site, id)
		if err != nil {
			return err
		}
		for _, name := range sortedNames(bundle.Files) {
			if err := w.bytes("bundles/"+string(id)+"/"+name, bundle.Files[name]); err != nil {
				return err
			}
		}
		if err := w.pictures(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// pictures writes those of a bundle.
func (w *packer) pictures(ctx context.Context, id consent.BundleID) error {
	taken, err := w.Store.Screenshots(ctx, w.Site, id)
	if err != nil {
		return err
	}
	for i := range taken {
		name := fmt.Sprintf("pictures/%s/%s-%s-%d.png", id, taken[i].Language, taken[i].Layer, taken[i].Width)
		if err := w.bytes(name, taken[i].PNG); err != nil {
			return err
		}
	}
	return nil
}

func (w *packer) more(context.Context) error {
	for _, name := range sortedNames(w.More) {
		if err := w.bytes(name, w.More[name]); err != nil {
			return err
		}
	}
	return nil
}

func (w *packer) manifest(context.Context) error {
	into, err := w.zip.CreateHeader(w.header(manifestFile))
	if err != nil {
		return err
	}
	w.list.Shown = countShown(w.list.Files)
	return w.list.write(into)
}

// write is the one way in which a manifest is written.
func (m *manifest) write(to io.Writer) error {
	lines := json.NewEncoder(to)
	lines.SetIndent("", "  ")
	return lines.Encode(m)
}

// counting hashes and counts what goes through it.
type counting struct {
	to    io.Writer
	sum   hash.Hash
	bytes int64
}

func (c *counting) Write(data []byte) (int, error) {
	n, err := c.to.Write(data)
	c.sum.Write(data[:n])
	c.bytes += int64(n)
	return n, err
}
