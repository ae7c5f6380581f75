package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// begun is the kind of file that says that a tree has begun: beside its keys, and
// with its origin in it.
const begun = ".begun"

// Begin notes that a tree has begun, once the anchor knows it. Until then a key is
// no sign of anything: it may be all that a crash or a full disk let through.
func (k Keys) Begin(name, origin string) error {
	if there, err := k.Begun(name); there || err != nil {
		return err
	}
	if err := writeFile(k.path(name, begun), []byte(origin+"\n"), 0o644); err != nil {
		return fmt.Errorf("note that the tree has begun: %w", err)
	}
	return nil
}

// Begun says whether a tree of that name has ever begun.
func (k Keys) Begun(name string) (bool, error) {
	_, err := os.Stat(k.path(name, begun))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Origins gives the trees that have begun, by the name of their keys' files.
func (k Keys) Origins() (map[string]string, error) {
	paths, err := filepath.Glob(filepath.Join(k.Folder, "*"+begun))
	if err != nil {
		return nil, fmt.Errorf("list the trees that have begun: %w", err)
	}
	found := make(map[string]string)
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), begun)
		text, err := os.ReadFile(k.path(name, begun))
		if err != nil {
			return nil, fmt.Errorf("read which tree has begun: %w", err)
		}
		found[name] = strings.TrimSpace(string(text))
	}
	return found, nil
}
