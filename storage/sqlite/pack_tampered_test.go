//go:build !race

package sqlite

import (
	"bytes"
	"encoding/json"
	"testing"
)

// Whoever changes a byte of a file in the pack is found, also when the manifest
// is made to fit.
func TestTamperedPackIsFound(t *testing.T) {
	files, order := unzip(t, packed(t))
	for _, name := range order {
		data := files[name]
		step := max(1, len(data)/60)
		for at := 0; at < len(data); at += step {
			for _, fitted := range []bool{false, true} {
				if _, help := packHelp[name]; fitted && (name == "manifest.json" || help) {
					continue // what no record vouches for, only the manifest does
				}
				changed := bytes.Clone(data)
				changed[at] ^= 2
				files[name] = changed
				if found, err := verifyPack(rezip(t, files, order, fitted), ""); err == nil && len(found.Faults) == 0 && !sameMeaning(name, data, changed) {
					t.Errorf("byte %d of %s (manifest made to fit: %v) was changed, and the pack holds: %q", at, name, fitted, data[max(0, at-20):min(len(data), at+20)])
				}
			}
		}
		files[name] = data
	}
	for _, name := range order {
		kept := files[name]
		delete(files, name)
		if found, err := verifyPack(rezip(t, files, order, false), ""); err == nil && len(found.Faults) == 0 {
			t.Errorf("%s was taken out, and the pack holds", name)
		}
		files[name] = kept
	}
}

// sameMeaning says that a change left all that the manifest says but the time at
// which the pack was made, which nothing vouches for.
func sameMeaning(name string, before, after []byte) bool {
	if name != "manifest.json" {
		return false
	}
	var x, y packedManifest
	if json.Unmarshal(before, &x) != nil || json.Unmarshal(after, &y) != nil {
		return false
	}
	y.Made = x.Made
	one, _ := json.Marshal(x)
	other, _ := json.Marshal(y)
	return bytes.Equal(one, other)
}
