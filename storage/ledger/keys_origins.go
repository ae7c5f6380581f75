package ledger

import (
	"fmt"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Origins gives the trees that there is a verifier key of, by the name of the
// key's files. What is no such key is another's file, or is told of elsewhere.
func (k Keys) Origins() (map[string]string, error) {
	paths, err := filepath.Glob(filepath.Join(k.Folder, "*.pub"))
	if err != nil {
		return nil, fmt.Errorf("list the verifier keys: %w", err)
	}
	found := make(map[string]string)
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".pub")
		text, err := k.Verifiers(name)
		if err != nil {
			return nil, err
		}
		first, _, _ := strings.Cut(text, "\n")
		if verifier, err := note.NewVerifier(strings.TrimSpace(first)); err == nil {
			found[name] = verifier.Name()
		}
	}
	return found, nil
}
