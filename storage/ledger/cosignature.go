package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
)

// stampSize is that of the time before the signature in a cosignature: seconds
// since 1970, big-endian.
const stampSize = 8

// cosigned is what a witness signs (C2SP tlog-cosignature, Ed25519).
func cosigned(seconds uint64, text []byte) []byte {
	return append([]byte("cosignature/v1\ntime "+strconv.FormatUint(seconds, 10)+"\n"), text...)
}

// cosigner is a witness's key.
type cosigner struct {
	consent.VerifierKey
	private ed25519.PrivateKey
}

// cosign gives the signature line for the text of a checkpoint.
func (c *cosigner) cosign(text []byte, now time.Time) []byte {
	seconds := uint64(max(now.Unix(), 0))
	raw := binary.BigEndian.AppendUint32(nil, c.ID)
	raw = binary.BigEndian.AppendUint64(raw, seconds)
	raw = append(raw, ed25519.Sign(c.private, cosigned(seconds, text))...)
	return []byte("— " + c.Name + " " + base64.StdEncoding.EncodeToString(raw) + "\n")
}

// newCosigner gives the key of a seed.
func newCosigner(name string, seed []byte) *cosigner {
	private := ed25519.NewKeyFromSeed(seed)
	public := [32]byte(private.Public().(ed25519.PublicKey)) //nolint:forcetypeassert // it is always of that type
	return &cosigner{consent.NewVerifierKey(name, consent.KeyCosignature, public), private}
}

// secret gives the key as its file holds it.
func (c *cosigner) secret() string {
	raw := append([]byte{consent.KeyCosignature}, c.private.Seed()...)
	return fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", c.Name, c.ID, base64.StdEncoding.EncodeToString(raw))
}

// parseCosigner reads what secret writes.
func parseCosigner(text string) (*cosigner, error) {
	parts := strings.SplitN(text, "+", 5)
	if len(parts) != 5 || parts[0] != "PRIVATE" || parts[1] != "KEY" {
		return nil, errors.New("it is no signing key")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize || raw[0] != consent.KeyCosignature {
		return nil, errors.New("it is not the key of a witness")
	}
	c := newCosigner(parts[2], raw[1:])
	if parts[3] != fmt.Sprintf("%08x", c.ID) {
		return nil, errors.New("its id does not fit the rest")
	}
	return c, nil
}

// noteVerifier checks signatures of one key, of either kind.
type noteVerifier struct{ consent.VerifierKey }

func (v noteVerifier) Name() string    { return v.VerifierKey.Name }
func (v noteVerifier) KeyHash() uint32 { return v.ID }

// Verify says whether the key has signed the text of a note.
func (v noteVerifier) Verify(text, signature []byte) bool {
	if v.Kind == consent.KeyEd25519 {
		return len(signature) == ed25519.SignatureSize && ed25519.Verify(v.Public[:], text, signature)
	}
	if len(signature) != stampSize+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature)
	return seconds <= math.MaxInt64 && ed25519.Verify(v.Public[:], cosigned(seconds, text), signature[stampSize:])
}

// Verifiers checks signatures of any of the keys.
func Verifiers(keys []consent.VerifierKey) note.Verifiers {
	list := make([]note.Verifier, len(keys))
	for i, key := range keys {
		list[i] = noteVerifier{key}
	}
	return note.VerifierList(list...)
}

// Cosignature finds a witness's signature among the lines that it answered with
// for a checkpoint, and gives the one line and when it was made.
func Cosignature(checkpoint, lines []byte, witness consent.VerifierKey) (line []byte, at time.Time, err error) {
	text, _, found := strings.Cut(string(checkpoint), "\n\n")
	if !found {
		return nil, time.Time{}, errors.New("the checkpoint is not signed")
	}
	opened, err := note.Open([]byte(text+"\n\n"+string(lines)), Verifiers([]consent.VerifierKey{witness}))
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("the witness's answer does not hold: %w", err)
	}
	raw, err := base64.StdEncoding.DecodeString(opened.Sigs[0].Base64)
	if err != nil {
		return nil, time.Time{}, err
	}
	seconds := binary.BigEndian.Uint64(raw[4:])
	return []byte("— " + witness.Name + " " + opened.Sigs[0].Base64 + "\n"), time.Unix(int64(seconds), 0).UTC(), nil //nolint:gosec // Verify bounds it
}

// Cosigners gives the names of the witnesses that have cosigned a checkpoint,
// in the order of the quorum. A signature in a witness's name that is not the
// witness's is an error, as one of the ledger's own would be.
func Cosigners(checkpoint []byte, quorum consent.Quorum) ([]string, error) {
	opened, err := note.Open(checkpoint, Verifiers(quorum.Witnesses))
	var unknown *note.UnverifiedNoteError
	if errors.As(err, &unknown) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("check the cosignatures: %w", err)
	}
	var names []string
	for _, witness := range quorum.Witnesses {
		for _, signature := range opened.Sigs {
			if signature.Name == witness.Name && signature.Hash == witness.ID {
				names = append(names, witness.Name)
			}
		}
	}
	return names, nil
}

// Witnessed gives who has cosigned a checkpoint, when that is enough. When it is
// not, the error names the number.
func Witnessed(checkpoint []byte, quorum consent.Quorum) ([]string, error) {
	names, err := Cosigners(checkpoint, quorum)
	if err != nil {
		return nil, err
	}
	if len(names) < quorum.Required {
		return nil, fmt.Errorf("it is witnessed by %d of %d, and %d are required", len(names), len(quorum.Witnesses), quorum.Required)
	}
	return names, nil
}
