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
	"path/filepath"
	"slices"
)

// Anchor is a small file, apart from the database, that holds the newest signed
// checkpoint of each tree. A database that is older than its anchor was rolled
// back: appending to it would fork the tree.
type Anchor struct{ Path string }

// anchored is a line of the file.
type anchored struct {
	Origin     string `json:"origin"`
	Checkpoint string `json:"checkpoint"`
}

// whole says that the line holds a checkpoint, and of its own tree.
func (a *anchored) whole() bool {
	head, err := ParseHead([]byte(a.Checkpoint))
	return err == nil && head.Origin == a.Origin
}

// Load gives the signed checkpoints by origin. There are none before the first
// start.
func (a Anchor) Load() (map[string][]byte, error) {
	data, err := os.ReadFile(a.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string][]byte{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the anchor: %w", err)
	}
	found := make(map[string][]byte)
	lines := bufio.NewScanner(bytes.NewReader(data))
	for number := 1; lines.Scan(); number++ {
		var one anchored
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil || !one.whole() || found[one.Origin] != nil {
			return nil, fmt.Errorf("line %d of the anchor %s is damaged: restore the file from its backup", number, a.Path)
		}
		found[one.Origin] = []byte(one.Checkpoint)
	}
	return found, lines.Err()
}

// Tidy removes what a crash left of anchors that were being written.
func (a Anchor) Tidy() (err error) {
	unfinished := func() []string {
		found, _ := filepath.Glob(a.Path + ".[0-9]*") // fails for a faulty pattern alone
		return found
	}
	if len(unfinished()) == 0 {
		return nil
	}
	lock, err := lockFile(a.Path + ".lock") // nobody writes one now
	if err != nil {
		return fmt.Errorf("lock the anchor: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	for _, each := range unfinished() {
		err = errors.Join(err, os.Remove(each))
	}
	return err
}

// Advance moves the anchor forward to the given checkpoints. One that is behind
// what the file holds already changes nothing, because another process was
// faster; one of the same size with another root is a fork, and an error, which
// keeps no other tree back.
func (a Anchor) Advance(checkpoints map[string][]byte) (err error) {
	lock, err := lockFile(a.Path + ".lock")
	if err != nil {
		return fmt.Errorf("lock the anchor: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	known, err := a.Load()
	if err != nil {
		return err
	}
	changed := false
	var errs []error
	for origin, signed := range checkpoints {
		ahead, err := isAhead(origin, signed, known[origin])
		if err != nil {
			errs = append(errs, err)
		} else if ahead {
			known[origin], changed = signed, true
		}
	}
	if changed {
		errs = append(errs, a.write(known))
	}
	return errors.Join(errs...)
}

// isAhead says whether a checkpoint belongs to a longer tree than another, which
// may be none.
func isAhead(origin string, signed, than []byte) (bool, error) {
	head, err := ParseHead(signed)
	if err != nil {
		return false, err
	}
	if head.Origin != origin {
		return false, fmt.Errorf("the checkpoint of %s cannot be the anchor of %s", head.Origin, origin)
	}
	if than == nil {
		return true, nil
	}
	known, err := ParseHead(than)
	if err != nil {
		return false, err
	}
	if head.Size == known.Size && head.Root != known.Root {
		return false, fmt.Errorf("the tree of %s was forked: it has two roots at the size %d", head.Origin, head.Size)
	}
	return head.Size > known.Size, nil
}

func (a Anchor) write(checkpoints map[string][]byte) error {
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	lines.SetEscapeHTML(false)
	for _, origin := range slices.Sorted(maps.Keys(checkpoints)) {
		if err := lines.Encode(anchored{origin, string(checkpoints[origin])}); err != nil {
			return err
		}
	}
	if err := writeFile(a.Path, text.Bytes(), 0o600); err != nil {
		return fmt.Errorf("move the anchor: %w", err)
	}
	return nil
}
