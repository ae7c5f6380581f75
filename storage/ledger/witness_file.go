package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// WitnessFile is a file, apart from the database, of what witnesses said of each
// tree. Only the server writes it.
type WitnessFile struct {
	path   string
	quorum consent.Quorum

	mu    sync.RWMutex
	known map[string]*said // by origin
}

// said is a line of the file. The checkpoints are signed notes with their
// cosignatures.
type said struct {
	Origin     string   `json:"origin"`
	Checkpoint string   `json:"checkpoint,omitempty"` // the newest that enough have cosigned
	Pending    string   `json:"pending,omitempty"`    // a newer one, that too few have cosigned
	Witnesses  []saidBy `json:"witnesses"`
}

type saidBy struct {
	Witness string    `json:"witness"`
	Size    int64     `json:"size"`
	Time    time.Time `json:"time,omitzero"`
	Trouble string    `json:"trouble,omitempty"`
	Forked  bool      `json:"forked,omitempty"`
}

// OpenWitnessFile reads the file. Without a quorum nothing is known, whatever the
// file holds. A checkpoint that has too few cosignatures by the quorum of now is
// left out.
func OpenWitnessFile(path string, quorum consent.Quorum) (*WitnessFile, error) {
	w := &WitnessFile{path: path, quorum: quorum, known: make(map[string]*said)}
	if len(quorum.Witnesses) == 0 {
		return w, nil
	}
	data, err := os.ReadFile(path) //nolint:gosec // G304: the administrator names it
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what witnesses said: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, maxLine)
	for number := 1; lines.Scan(); number++ {
		one := &said{}
		if err := json.Unmarshal(lines.Bytes(), one); err != nil || one.Origin == "" {
			return nil, fmt.Errorf("line %d of %s is damaged: remove the file, and the witnesses are asked anew", number, path)
		}
		one.Checkpoint, one.Pending = w.sorted(one)
		w.known[one.Origin] = one
	}
	return w, lines.Err()
}

// sorted puts each of a line's two checkpoints where it belongs by the quorum.
func (w *WitnessFile) sorted(one *said) (checkpoint, pending string) {
	for _, signed := range []string{one.Checkpoint, one.Pending} {
		head, err := ParseHead([]byte(signed))
		if err != nil || head.Origin != one.Origin {
			continue
		}
		if w.enough([]byte(signed)) {
			checkpoint = signed
		} else {
			pending = signed
		}
	}
	return checkpoint, pending
}

// enough says whether enough witnesses have cosigned.
func (w *WitnessFile) enough(signed []byte) bool {
	_, err := Witnessed(signed, w.quorum)
	return err == nil
}

// Tree gives the newest checkpoint of a tree that enough witnesses have cosigned,
// nil for none, and how far each witness is, in the order of the quorum.
func (w *WitnessFile) Tree(origin string) (checkpoint []byte, states []consent.WitnessState) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	one := w.known[origin]
	if one == nil {
		one = &said{}
	}
	for _, witness := range w.quorum.Witnesses {
		by := one.by(witness.Name)
		states = append(states, consent.WitnessState{
			Witness: witness.Name, Size: by.Size, Time: by.Time, Trouble: by.Trouble, Forked: by.Forked,
		})
	}
	if one.Checkpoint != "" {
		checkpoint = []byte(one.Checkpoint)
	}
	return checkpoint, states
}

// by gives what a witness said; an empty line when it said nothing.
func (s *said) by(witness string) saidBy {
	for _, by := range s.Witnesses {
		if by.Witness == witness {
			return by
		}
	}
	return saidBy{Witness: witness}
}

// Add keeps answers. It is all on disk when it returns.
func (w *WitnessFile) Add(answers []consent.WitnessAnswer) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	changed := maps.Clone(w.known)
	for i := range answers {
		origin := answers[i].Origin
		one := &said{Origin: origin}
		if before := changed[origin]; before != nil {
			*one = *before
			one.Witnesses = slices.Clone(before.Witnesses)
		}
		if err := w.take(one, &answers[i]); err != nil {
			return err
		}
		changed[origin] = one
	}
	if err := w.write(changed); err != nil {
		return err
	}
	w.known = changed
	return nil
}

// take puts one answer into a tree's line.
func (w *WitnessFile) take(one *said, answer *consent.WitnessAnswer) error {
	by := saidBy{answer.Witness, answer.Size, answer.Time, answer.Trouble, answer.Forked}
	at := slices.IndexFunc(one.Witnesses, func(b saidBy) bool { return b.Witness == answer.Witness })
	if at < 0 {
		one.Witnesses, at = append(one.Witnesses, by), len(one.Witnesses)
	}
	one.Witnesses[at] = by
	if len(answer.Cosignature) == 0 {
		return nil
	}
	head, err := ParseHead(answer.Checkpoint)
	if err != nil {
		return err
	}
	place := one.place(head.Size, answer.Checkpoint)
	if place == nil {
		return nil // something newer is there
	}
	before, err := Cosigners([]byte(*place), w.quorum)
	if err != nil {
		return err
	}
	if !slices.Contains(before, answer.Witness) {
		*place += string(answer.Cosignature)
	}
	if place == &one.Pending && w.enough([]byte(one.Pending)) {
		one.Checkpoint, one.Pending = one.Pending, ""
	}
	return nil
}

// place gives where a cosignature of a size belongs: the checkpoint of that size,
// which is put there when it is the newest; nil when there are newer ones only.
func (s *said) place(size int64, checkpoint []byte) *string {
	sizeOf := func(signed string) int64 {
		head, err := ParseHead([]byte(signed))
		if err != nil {
			return -1
		}
		return head.Size
	}
	switch enough, pending := sizeOf(s.Checkpoint), sizeOf(s.Pending); {
	case size == enough:
		return &s.Checkpoint
	case size < enough || size < pending:
		return nil
	case size > pending:
		s.Pending = string(checkpoint)
	}
	return &s.Pending
}

func (w *WitnessFile) write(known map[string]*said) error {
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	lines.SetEscapeHTML(false)
	for _, origin := range slices.Sorted(maps.Keys(known)) {
		if err := lines.Encode(known[origin]); err != nil {
			return err
		}
	}
	if err := writeFile(w.path, text.Bytes(), 0o600); err != nil {
		return fmt.Errorf("keep what witnesses said: %w", err)
	}
	return nil
}
