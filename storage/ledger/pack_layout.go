package ledger

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// placed are the names of files in a pack that are of no tree.
var placed = regexp.MustCompile(`^(manifest\.json|READ-ME\.txt|SPECIFICATION\.txt|verify\.html|notices/[1-9][0-9]{0,8}\.json|` +
	`bundles/[\w-]+/[\w.-]+\.js|pictures/[\w-]+/[a-z]+-(first|second)-[1-9][0-9]*\.png)$`)

// treeFolder names the folder of a tree.
func treeFolder(origin string) string { return "ledger/" + path.Base(origin) }

// listed gives the trees of the manifest, each a single time: otherwise the leaves
// of one would count for more.
func (u *unpacker) listed() []packedTree {
	seen := make(map[string]bool)
	return slices.DeleteFunc(slices.Clone(u.list.Trees), func(tree packedTree) bool {
		again := seen[tree.Origin]
		seen[tree.Origin] = true
		switch {
		case again:
			u.fault(tree.Origin, -1, "the manifest lists the ledger more than once")
		case tree.Folder != treeFolder(tree.Origin):
			u.fault(tree.Origin, -1, "its folder in the pack is "+tree.Folder+", and must be "+treeFolder(tree.Origin))
		default:
			return false
		}
		return true
	})
}

// complete holds the list of ledgers, which nobody has signed, against the keys
// that were given: each names the ledger that it is of. It gives the folders of
// those that the pack leaves out.
func (u *unpacker) complete() (lacking map[string]bool, err error) {
	packed := make(map[string]bool)
	for _, tree := range u.list.Trees {
		packed[tree.Origin] = true
	}
	lacking = make(map[string]bool)
	for line := range strings.Lines(u.Trusted) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		key, err := note.NewVerifier(line)
		if err != nil {
			return nil, err
		}
		if !packed[key.Name()] {
			u.fault(key.Name(), -1, "there is a key of this ledger, and the pack does not hold it")
			packed[key.Name()] = true
			lacking[treeFolder(key.Name())] = true
		}
	}
	if len(packed) == 0 {
		u.fault("", -1, "the pack lists no ledger, so no decision in it was checked: either nobody has decided yet, or the ledger was left out")
	}
	return lacking, nil
}

// layout finds what has no place in a pack: whoever writes the manifest anew can
// list anything in it. A ledger that is lacking was named already, and its files
// are not, one by one.
func (u *unpacker) layout(trees []packedTree, lacking map[string]bool) {
	known := make(map[string]bool)
	for _, tree := range trees {
		for _, name := range append(u.spans(tree), tree.Folder+"/"+checkpointFile, tree.Folder+"/"+witnessedFile, tree.Folder+"/"+keysFile) {
			known[name] = true
		}
	}
	for _, name := range sortedNames(u.files) {
		if !known[name] && !placed.MatchString(name) && !lacking[path.Dir(name)] {
			u.fault("", -1, name+" does not belong in a pack")
		}
	}
}
