package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
)

// Dropped is the last head of a tree whose leaves were removed with their year.
// It is signed as a checkpoint with one more line (C2SP tlog-checkpoint,
// extension lines), so that no other checkpoint can be taken for one.
type Dropped struct {
	Head
	Time time.Time // UTC, milliseconds
	Lost int64     // leaves of the tree's end that were gone before, as a later part has said
}

// droppedLine is the line.
const droppedLine = "dropped %s after losing %d\n"

func (d *Dropped) text() []byte {
	return fmt.Appendf(d.Head.text(), droppedLine, d.Time.UTC().Format(time.RFC3339Nano), d.Lost)
}

// Sign gives the signed checkpoint with the line.
func (d *Dropped) Sign(signer note.Signer) ([]byte, error) {
	return note.Sign(&note.Note{Text: string(d.text())}, signer)
}

// OpenDropped reads what Sign has written with one of the keys.
func OpenDropped(signed []byte, keys note.Verifiers) (*Dropped, error) {
	head, err := OpenCheckpoint(signed, keys)
	if err != nil {
		return nil, err
	}
	d := &Dropped{Head: *head}
	var when string
	rest, _ := bytes.CutPrefix(signed, head.text())
	if _, err := fmt.Sscanf(string(rest), droppedLine, &when, &d.Lost); err == nil {
		d.Time, err = time.Parse(time.RFC3339Nano, when)
		if err == nil && d.Lost >= 0 && bytes.HasPrefix(signed, append(d.text(), '\n')) {
			return d, nil
		}
	}
	return nil, errors.New("the checkpoint does not say that the ledger was dropped")
}

// Contradicts says how what is kept of a tree contradicts a head that was signed
// of it; it has no code when it does not. An earlier head can no longer be derived.
func (d *Dropped) Contradicts(signed Head) consent.Flaw {
	switch {
	case signed.Size > d.Size+d.Lost:
		return counts(consent.FlawDroppedLeaves, "a checkpoint was signed for %d leaves, and the ledger had %d when its year was dropped", signed.Size, d.Size+d.Lost)
	case signed.Size == d.Size && signed.Root != d.Root:
		return flaw(consent.FlawDroppedChanged, "the root that was signed for %d leaves is not that of the ledger whose year was dropped", signed.Size)
	}
	return consent.Flaw{}
}
