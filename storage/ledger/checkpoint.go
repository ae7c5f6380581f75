package ledger

import (
	"bytes"
	"errors"
	"fmt"

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
	if err != nil {
		return nil, fmt.Errorf("open the checkpoint: %w", err)
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
