package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// RefusalKind says why a witness did not cosign a checkpoint that a ledger it
// watches has signed.
type RefusalKind string

// The kinds of refusals.
const (
	// OtherRoot: two roots of one size are signed. That alone proves two ledgers.
	OtherRoot RefusalKind = "other_root"
	// Unproven: nothing shows that it begins with what is known. The proof is not
	// signed, so whoever has the checkpoint could have sent a wrong one.
	Unproven RefusalKind = "unproven"
	// Shorter: it has fewer leaves than are known. It can be an old one.
	Shorter RefusalKind = "shorter"
)

// Refused is what a witness refused last of a ledger, with the proof: the signed
// checkpoint, which is held against the one that is known.
type Refused struct {
	Kind       RefusalKind `json:"kind"`
	Size       int64       `json:"size"`
	Time       time.Time   `json:"time"`
	Checkpoint string      `json:"checkpoint"`
}

// Followed is a ledger that a witness follows.
type Followed struct {
	Origin     string    `json:"origin"`
	Size       int64     `json:"size"`
	Time       time.Time `json:"time"` // of the newest checkpoint
	Checkpoint string    `json:"checkpoint"`
	Refused    *Refused  `json:"refused,omitempty"`
}

// refuse gives the answer to a checkpoint that does not extend what is known, and
// notes what contradicts it.
func (w *Witness) refuse(head, known *Head, submission *consent.Submission, now time.Time) error {
	var answer error = &consent.SizeError{Known: known.Size}
	var kind RefusalKind
	switch {
	case head.Size == known.Size && head.Root != known.Root:
		kind = OtherRoot
	case head.Size < known.Size:
		kind = Shorter
	case submission.From != known.Size:
		return answer
	default:
		kind = Unproven
		answer = consent.Errorf(consent.Invalid, "bad_proof", "The proof does not show that the ledger has only grown.")
	}
	if known.Size == 0 {
		return answer
	}
	return errors.Join(answer, w.note(head, &Refused{kind, head.Size, now.UTC().Truncate(time.Second), string(submission.Checkpoint)}))
}

// note keeps a refusal. Whoever sends the same again writes nothing, and what
// proves two ledgers stays until somebody takes it away.
func (w *Witness) note(head *Head, refused *Refused) error {
	before, err := loadRefused(w.refusedPath(head.Origin))
	if err != nil {
		return err
	}
	if before != nil && (before.Kind == OtherRoot || before.Kind == refused.Kind && refused.Time.Sub(before.Time) < time.Minute) {
		return nil
	}
	text, err := json.Marshal(refused)
	if err == nil {
		err = writeFile(w.refusedPath(head.Origin), append(text, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep what the witness refused: %w", err)
	}
	return nil
}

// forgive forgets what was refused of a ledger that has grown since, as one does
// that was sent late.
func (w *Witness) forgive(origin string) error {
	before, err := loadRefused(w.refusedPath(origin))
	if err != nil || before == nil || before.Kind == OtherRoot {
		return err
	}
	return os.Remove(w.refusedPath(origin))
}

func (w *Witness) refusedPath(origin string) string {
	return strings.TrimSuffix(w.path(origin), followedFile) + refusedFile
}

// loadRefused gives nil for no refusal.
func loadRefused(path string) (*Refused, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the folder is the settings'
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // there is none
	}
	refused := new(Refused)
	if err == nil {
		err = json.Unmarshal(text, refused)
	}
	if err != nil {
		return nil, fmt.Errorf("read what the witness refused: %w; remove %s", err, path)
	}
	return refused, nil
}

// FollowedIn gives the ledgers that the witness follows whose memory is in a
// folder, by their names.
func FollowedIn(folder string) (all []Followed, err error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*"+followedFile))
	if err != nil {
		return nil, fmt.Errorf("list what the witness knows: %w", err)
	}
	for _, path := range paths {
		one, err := followedAt(path)
		if err != nil {
			return nil, err
		}
		all = append(all, *one)
	}
	slices.SortFunc(all, func(a, b Followed) int { return strings.Compare(a.Origin, b.Origin) })
	return all, nil
}

func followedAt(path string) (*Followed, error) {
	signed, err := os.ReadFile(path) //nolint:gosec // the folder is the settings'
	if err != nil {
		return nil, fmt.Errorf("read what the witness knows: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read what the witness knows: %w", err)
	}
	head, err := ParseHead(signed)
	if err != nil {
		return nil, fmt.Errorf("what the witness knows in %s is damaged: %w", path, err)
	}
	one := &Followed{Origin: head.Origin, Size: head.Size, Time: info.ModTime().UTC().Truncate(time.Second), Checkpoint: string(signed)}
	one.Refused, err = loadRefused(strings.TrimSuffix(path, followedFile) + refusedFile)
	return one, err
}
