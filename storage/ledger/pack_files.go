package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// manifest reads the list of what is in the pack. Whatever else it may say, such
// as a member that nobody knows, is gone when it is written again.
func (u *unpacker) manifest() error {
	text, err := u.read(manifestFile)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &u.list); err != nil || u.list.Schema != u.list.Days.schema() {
		return fmt.Errorf("%s is not that of an audit pack that this program reads", manifestFile)
	}
	var again bytes.Buffer
	if err := u.list.write(&again); err != nil {
		return err
	}
	if !bytes.Equal(again.Bytes(), text) {
		u.fault("", -1, manifestFile+" is not written as this program writes it: it was changed")
	}
	return nil
}

// miscounted says that the manifest counts otherwise than the pack is.
func miscounted(listed, read leafCounts) string {
	return fmt.Sprintf("the manifest says that the pack holds %s of it, and %s were read: it was changed", listed, read)
}

// hashes holds every file against the manifest, and notes what was published.
func (u *unpacker) hashes() {
	for _, name := range slices.Sorted(maps.Keys(u.files)) {
		if _, listed := u.list.Files[name]; !listed && name != manifestFile {
			u.fault("", -1, name+" is in the pack, but not in its manifest")
		}
	}
	parts := make(map[string]map[string]consent.Hash) // of bundles, by folder
	for _, name := range sortedNames(u.list.Files) {
		if hash, read := u.hash(name, u.list.Files[name]); read {
			u.place(name, hash, parts)
		}
	}
	if have := countShown(u.list.Files); have != u.list.Shown {
		u.fault("", -1, fmt.Sprintf("the manifest says that there are %s, and lists the files of %s: it was changed", u.list.Shown, have))
	}
	for _, folder := range sortedNames(parts) {
		if main, err := u.read(folder + consent.MainFile); err != nil || !consent.PartsFit(main, parts[folder]) {
			u.fault("", -1, "the files in "+folder+" are not those that its script names")
		}
	}
}

// hash holds one file against the manifest, and gives what it is.
func (u *unpacker) hash(name string, want packFile) (hash consent.Hash, read bool) {
	file, err := u.open(name)
	if err != nil {
		u.fault("", -1, err.Error())
		return hash, false
	}
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(file, want.Bytes+1))
	if err := errors.Join(err, file.Close()); err != nil {
		u.fault("", -1, fmt.Sprintf("%s cannot be read: %v", name, err))
		return hash, false
	}
	hash = consent.Hash(sum.Sum(nil))
	if n != want.Bytes || hex.EncodeToString(hash[:]) != want.SHA256 {
		u.fault("", -1, name+" is not what the manifest says: it was changed")
	}
	return hash, true
}

// place remembers what a file is, by where it lies. One that lies where nothing
// belongs is a fault of the layout.
func (u *unpacker) place(name string, hash consent.Hash, parts map[string]map[string]consent.Hash) {
	if !placed.MatchString(name) {
		return
	}
	folder, file := path.Split(name)
	switch kind, _, _ := strings.Cut(name, "/"); kind {
	case "notices":
		if number, err := strconv.Atoi(strings.TrimSuffix(file, ".json")); err == nil {
			u.notices.held[consent.NoticeNumber(number)] = hash
		}
	case "bundles":
		if parts[folder] == nil {
			parts[folder] = make(map[string]consent.Hash)
		}
		if file == consent.MainFile {
			u.bundles.held[consent.BundleID(path.Base(folder))] = hash
		} else {
			parts[folder][file] = hash
		}
	case "pictures":
		u.pictures++
	case ReadMeFile, VerifierFile, SpecificationFile:
		if own, known := u.More[name]; !known || consent.HashOf(own) != hash {
			u.foreign = append(u.foreign, name)
		}
	}
}
