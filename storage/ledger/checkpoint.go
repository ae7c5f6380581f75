package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Head is a tree at one moment.
type Head struct {
	Origin string // names the tree in the whole world
	Size   int64
	Root   tlog.Hash
}

// text gives what is signed of a head.
func (h *Head) text() []byte {
	return log.Checkpoint{Origin: h.Origin, Size: uint64(h.Size), Hash: h.Root[:]}.Marshal() //nolint:gosec // a size is never negative
}

// Sign gives the signed checkpoint of a head (C2SP tlog-checkpoint).
func (h *Head) Sign(signer note.Signer) ([]byte, error) {
	return note.Sign(&note.Note{Text: string(h.text())}, signer)
}

// addSignature adds one more signature to a signed checkpoint.
func addSignature(signed []byte, signer note.Signer) ([]byte, error) {
	text := signed[:bytes.LastIndex(signed, []byte("\n\n"))+1]
	alone, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		return nil, fmt.Errorf("sign the checkpoint: %w", err)
	}
	return append(bytes.Clone(signed), alone[len(text)+1:]...), nil
}

// OpenCheckpoint reads a checkpoint that one of the keys has signed. Signatures
// by other keys, such as those of witnesses, are left alone.
func OpenCheckpoint(signed []byte, keys note.Verifiers) (*Head, error) {
	opened, err := note.Open(signed, keys)
	if by := signedBy(err); by != "" {
		return nil, &otherKeyError{by}
	}
	if err != nil {
		return nil, unopened(err)
	}
	head, err := ParseHead([]byte(opened.Text))
	if err != nil {
		return nil, err
	}
	for _, signature := range opened.Sigs {
		if signature.Name == head.Origin {
			return head, nil
		}
	}
	return nil, fmt.Errorf("the checkpoint of %s is signed by others, but not by its own key", head.Origin)
}

// unopened says why a checkpoint does not open.
func unopened(err error) error {
	var unsigned *note.UnverifiedNoteError
	var forged *note.InvalidSignatureError
	if errors.As(err, &unsigned) || errors.As(err, &forged) {
		return fmt.Errorf("open the checkpoint: %w", err)
	}
	return fmt.Errorf("the checkpoint is not a whole signed text, with an empty line and signatures at its end: get it again as it was published (%w)", err)
}

// otherKeyError says that a checkpoint was signed by a key of its tree that is not
// among those that were asked.
type otherKeyError struct{ by string }

func (e *otherKeyError) Error() string {
	return "none of the given keys has signed it; it is signed by the key " + e.by
}

// openGiven reads a checkpoint with keys that somebody gave.
func openGiven(signed []byte, keys note.Verifiers) (*Head, error) {
	head, err := OpenCheckpoint(signed, keys)
	return head, advised(err)
}

// advised adds what helps against keys of yesterday: one that they lack is no
// fault of the ledger as yet.
func advised(err error) error {
	var other *otherKeyError
	if errors.As(err, &other) {
		return fmt.Errorf("%w: fetch the keys of the site again, from /SITE/log/keys, because it may be newer than those "+
			"(samtykke log rotate, or a new part of the ledger)", err)
	}
	return err
}

// signedBy names the tree's own keys whose signatures are on a checkpoint that
// none of the keys opens; nothing when something else is wrong with it.
func signedBy(err error) string {
	var unknown *note.UnverifiedNoteError
	if !errors.As(err, &unknown) {
		return ""
	}
	head, err := ParseHead([]byte(unknown.Note.Text))
	if err != nil {
		return ""
	}
	var names []string
	for _, signature := range unknown.Note.UnverifiedSigs {
		if signature.Name == head.Origin {
			names = append(names, fmt.Sprintf("%s+%08x", signature.Name, signature.Hash))
		}
	}
	return strings.Join(names, " and ")
}

// ParseHead reads the text of a checkpoint, whoever signed it.
func ParseHead(text []byte) (*Head, error) {
	var c log.Checkpoint
	if _, err := c.Unmarshal(text); err != nil {
		return nil, fmt.Errorf("read the checkpoint: %w", err)
	}
	if len(c.Hash) != HashSize || c.Size >= maxLeaves {
		return nil, errors.New("the checkpoint holds no size and root of ours")
	}
	return &Head{Origin: c.Origin, Size: int64(c.Size), Root: tlog.Hash(c.Hash)}, nil
}
