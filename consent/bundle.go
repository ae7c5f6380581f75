package consent

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"time"
)

// BundleID names a Bundle. It is derived from the bundle's inputs (Notice hash
// and banner source), because a file cannot contain its own hash.
type BundleID string

// MainFile is the name of a Bundle's main file; panels are "panel.nb.js".
const MainFile = "main.js"

// Bundle is the built bytes of banner and Notice for one Site, kept as long as
// a Decision refers to it.
type Bundle struct {
	Site   SiteKey
	ID     BundleID
	Notice NoticeNumber
	// NoticeHash is the hash of that Notice.
	NoticeHash Hash
	// Hash is the SHA-256 of the main file: what the visitor's browser ran. That
	// names the other files, so that who holds the hash holds them all.
	Hash  Hash
	Built time.Time
	Files map[string][]byte // by name: main.js, panel.nb.js, ...
}

// NameParts ends the main file with a comment that the other files fit: the first
// 128 bits of a SHA-256 over their names and hashes.
func NameParts(files map[string][]byte) {
	parts := partHashes(files)
	files[MainFile] = append(bytes.TrimRight(files[MainFile], "\n"), namesParts(parts)...)
}

// Whole says that the main file has the Bundle's hash and names the other files as
// they are.
func (b *Bundle) Whole() bool {
	main := b.Files[MainFile]
	return HashOf(main) == b.Hash && PartsFit(main, partHashes(b.Files))
}

// PartsFit says that a main file names the other files, by name, with these hashes.
func PartsFit(main []byte, parts map[string]Hash) bool {
	return bytes.HasSuffix(main, namesParts(parts))
}

func partHashes(files map[string][]byte) map[string]Hash {
	parts := make(map[string]Hash, len(files))
	for name, body := range files {
		if name != MainFile {
			parts[name] = HashOf(body)
		}
	}
	return parts
}

func namesParts(parts map[string]Hash) []byte {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		fmt.Fprintf(sum, "%s %s\n", name, parts[name])
	}
	return []byte("\n//" + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:16]))
}
