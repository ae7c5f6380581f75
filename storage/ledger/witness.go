package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/consent"
)

// maxWatched is how many trees are kept of: one key that is watched may sign for
// many, and must not fill the disk.
const maxWatched = 50_000

// The files of a ledger: the newest checkpoint, and what was refused last.
const (
	followedFile = ".checkpoint"
	refusedFile  = ".refused"
)

// Witness cosigns the checkpoints of other ledgers. It keeps the newest of each
// in a file of its own, apart from the database and its backups: a witness that
// forgets could be made to cosign a fork.
type Witness struct {
	folder string
	key    *cosigner
	watch  []consent.VerifierKey

	mu sync.Mutex // with the lock on the folder: one update at a time
}

var _ consent.Witness = (*Witness)(nil)

// NewWitness makes a witness of that host, with its memory in the folder. A key
// that it watches vouches for the tree of its own name, and for those below it.
func NewWitness(keys Keys, host, folder string, watch []consent.VerifierKey) (*Witness, error) {
	key, err := keys.cosigner(host + "/witness")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for what the witness knows: %w", err)
	}
	return &Witness{folder: folder, key: key, watch: watch}, nil
}

// AddCheckpoint cosigns a checkpoint that extends what is known.
func (w *Witness) AddCheckpoint(_ context.Context, submission *consent.Submission, now time.Time) ([]byte, error) {
	text, head, err := w.trusted(submission.Checkpoint)
	if err != nil {
		return nil, err
	}
	if submission.From > head.Size {
		return nil, consent.Errorf(consent.Invalid, "malformed", "The old size is larger than the checkpoint's.")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.extend(head, submission, now); err != nil {
		return nil, err
	}
	return w.key.cosign(text, now), nil
}

// trusted opens a checkpoint of a tree that is watched, with a signature of one
// of the keys that vouch for it.
func (w *Witness) trusted(signed []byte) (text []byte, head *Head, err error) {
	end := strings.LastIndex(string(signed), "\n\n")
	if end < 0 {
		return nil, nil, consent.Errorf(consent.Invalid, "malformed", "There is no signed checkpoint.")
	}
	head, err = ParseHead(signed[:end+1])
	if err != nil || !strings.HasPrefix(string(signed), string(head.text())) {
		return nil, nil, consent.Errorf(consent.Invalid, "malformed", "The checkpoint does not have origin, size and root as it should.")
	}
	var keys []consent.VerifierKey
	for _, key := range w.watch {
		if head.Origin == key.Name || strings.HasPrefix(head.Origin, key.Name+"/") {
			keys = append(keys, key)
		}
	}
	if keys == nil {
		return nil, nil, consent.Errorf(consent.NotFound, "unknown_ledger", "This witness does not watch that ledger. Those who run it can add its key to the setting witness.watch.")
	}
	var bad *note.InvalidSignatureError
	var none *note.UnverifiedNoteError
	switch opened, err := note.Open(signed, Verifiers(keys)); {
	case errors.As(err, &bad), errors.As(err, &none):
		return nil, nil, consent.Errorf(consent.Forbidden, "unsigned", "No key that this witness trusts for that ledger has signed the checkpoint.")
	case err != nil:
		return nil, nil, consent.Errorf(consent.Invalid, "malformed", "The checkpoint is not a signed note.")
	default:
		return []byte(opened.Text), head, nil
	}
}

// extend holds a head against the newest that is known of its tree, and puts it
// on disk in its place. Both happen under one lock, so that of two heads that
// extend the same one only one can.
func (w *Witness) extend(head *Head, submission *consent.Submission, now time.Time) (err error) {
	lock, err := lockFile(filepath.Join(w.folder, "lock"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	known, err := w.load(head.Origin)
	if err != nil {
		return err
	}
	if submission.From != known.Size || head.Size == known.Size && head.Root != known.Root || !extends(head, known, submission.Path) {
		return w.refuse(head, known, submission, now)
	}
	if head.Size == known.Size {
		return nil
	}
	if err := w.save(head.Origin, submission.Checkpoint, known.Size == 0); err != nil {
		return err
	}
	return w.forgive(head.Origin)
}

// extends says whether the proof leads from what is known to the head.
func extends(head, known *Head, path []consent.Hash) bool {
	if known.Size == 0 || head.Size == known.Size {
		return len(path) == 0
	}
	proof := make(tlog.TreeProof, len(path))
	for i, hash := range path {
		proof[i] = tlog.Hash(hash)
	}
	return tlog.CheckTree(proof, head.Size, head.Root, known.Size, known.Root) == nil
}

// load gives the newest head that is known of a tree: an empty one at first.
func (w *Witness) load(origin string) (*Head, error) {
	signed, err := os.ReadFile(w.path(origin))
	if errors.Is(err, fs.ErrNotExist) {
		return &Head{Origin: origin, Root: emptyRoot}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what the witness knows: %w", err)
	}
	head, err := ParseHead(signed)
	if err != nil || head.Origin != origin {
		return nil, fmt.Errorf("what the witness knows of %s is damaged: restore %s from a copy of the same moment, or watch that ledger no more", origin, w.path(origin))
	}
	return head, nil
}

func (w *Witness) save(origin string, signed []byte, isNew bool) error {
	if isNew {
		files, err := filepath.Glob(filepath.Join(w.folder, "*"+followedFile))
		if err != nil {
			return fmt.Errorf("read what the witness knows: %w", err)
		}
		if len(files) >= maxWatched {
			return fmt.Errorf("the witness knows %d ledgers already, and takes no more", len(files))
		}
	}
	if err := writeFile(w.path(origin), signed, 0o600); err != nil {
		return fmt.Errorf("keep what the witness knows: %w", err)
	}
	return nil
}

// path names the file of a tree: an origin may hold what no file name can.
func (w *Witness) path(origin string) string {
	sum := sha256.Sum256([]byte(origin))
	return filepath.Join(w.folder, hex.EncodeToString(sum[:])+followedFile)
}
