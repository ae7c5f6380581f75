package consent

import (
	"context"
	"time"
)

// Witness keeps the newest checkpoint of other ledgers, and signs that each has
// only grown since (C2SP tlog-witness). So a ledger cannot show one thing to one
// and another to somebody else.
type Witness interface {
	// AddCheckpoint cosigns a checkpoint that extends the newest one that is known
	// of its tree, and gives the signature's lines. What it cosigned is on disk
	// before it returns, and it never cosigns two roots of one size. Errors are
	// NotFound for a tree that it does not watch, Forbidden without a signature
	// that it trusts, Invalid (code "malformed") for what is no such request, Invalid
	// for a proof that does not hold, and *SizeError for another size than it knows.
	AddCheckpoint(ctx context.Context, submission *Submission, now time.Time) ([]byte, error)
}

// SizeError is the answer to a checkpoint that does not extend what a witness
// knows.
type SizeError struct {
	Known int64 // the size that it does know
}

// Error says what to do.
func (e *SizeError) Error() string {
	return "The witness knows another size of the ledger: prove the growth from that one."
}

// WitnessState is how far a witness has followed one tree.
type WitnessState struct {
	Witness string    // its name
	Size    int64     // of the newest checkpoint that it has cosigned; 0 for none
	Time    time.Time // when it did
	Trouble string    // why it did not cosign the newest that it was asked for; empty when it did
	Forked  bool      // because it knows another tree of that name: a fork, or an old copy of the database
}

// WitnessAnswer is what a witness said when it was asked to cosign a checkpoint.
type WitnessAnswer struct {
	Origin      string
	Checkpoint  []byte // signed
	Cosignature []byte // a line; empty when there is trouble
	WitnessState
}

// Quorum is whose cosignatures count, and how many of them it takes.
type Quorum struct {
	Witnesses []VerifierKey
	Required  int
}

// NewQuorum makes a Quorum. Without a number it takes more than half, so that no
// two trees can both have enough. One witness under two names counts once.
func NewQuorum(witnesses []VerifierKey, required int) (Quorum, error) {
	if required == 0 {
		required = len(witnesses)/2 + 1
	}
	if len(witnesses) == 0 || required < 1 || required > len(witnesses) {
		return Quorum{}, Errorf(Invalid, "bad_quorum", "%d cosignatures of %d witnesses cannot be had.", required, len(witnesses))
	}
	names, keys := map[string]bool{}, map[[32]byte]bool{}
	for _, key := range witnesses {
		switch {
		case key.Kind != KeyCosignature:
			return Quorum{}, Errorf(Invalid, "bad_witness", "The key of %s is that of a ledger, not of a witness: \"samtykke log witness\" there shows both.", key.Name)
		case names[key.Name], keys[key.Public]:
			return Quorum{}, Errorf(Invalid, "bad_witness", "The witness %s is there twice: each counts once.", key.Name)
		}
		names[key.Name], keys[key.Public] = true, true
	}
	return Quorum{Witnesses: witnesses, Required: required}, nil
}
