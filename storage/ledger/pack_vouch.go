package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
)

// copies are the notices or bundles of a pack, by what records call them.
type copies[K cmp.Ordered] struct {
	held     map[K]consent.Hash
	referred map[K]bool // by a record, whose hash may be another: then it is a fault
}

func newCopies[K cmp.Ordered]() *copies[K] {
	return &copies[K]{make(map[K]consent.Hash), make(map[K]bool)}
}

// refer says whether what a record calls by a name is in the pack under that name:
// whoever opens it there must read what the visitor saw.
func (c *copies[K]) refer(name K, hash consent.Hash) bool {
	c.referred[name] = true
	held, there := c.held[name]
	return there && held == hash
}

// referHash says whether one of this hash, in text, is in the pack.
func (c *copies[K]) referHash(hash string) bool {
	for name, held := range c.held {
		if held.String() == hash {
			c.referred[name] = true
			return true
		}
	}
	return false
}

// maxNamed is how many are named of what nothing vouches for.
const maxNamed = 10

// unreferred says which of them no record refers to, or nothing. A pack holds all
// that was ever published, so it may rightly have such.
func (c *copies[K]) unreferred(what string) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(c.held)) {
		if !c.referred[name] {
			names = append(names, fmt.Sprint(name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	count := len(names)
	if count > maxNamed {
		names = append(names[:maxNamed], "...")
	}
	return []string{fmt.Sprintf("%d of %d %s, to which no decision in the pack refers (%s)", count, len(c.held), what, strings.Join(names, ", "))}
}

// sayUnvouched lists what the pack holds and the ledger does not vouch for. It is
// no fault: every pack has some.
func (u *unpacker) sayUnvouched() {
	u.sayWithheld()
	all := &u.found.Unvouched
	*all = append(*all, u.notices.unreferred("notices")...)
	*all = append(*all, u.bundles.unreferred("bundles")...)
	if u.pictures > 0 {
		*all = append(*all, fmt.Sprintf("the pictures of the banner (%d)", u.pictures))
	}
	if len(u.foreign) > 0 {
		*all = append(*all, strings.Join(u.foreign, " and ")+", not as this program writes them: they came from another version of it, or from somebody else; "+
			"check receipts with \"samtykke log verify --receipt\" or the page that the site publishes at /verify.html")
	}
	*all = append(*all, "the time at which the pack says that it was made ("+u.list.Made.Format(time.RFC3339)+")")
}

// namedKeys holds the keys that the pack names beside a ledger against those that
// were given: they must have signed, too, and others are named.
func (u *unpacker) namedKeys(packed packedTree, text string, signed ...[]byte) {
	if u.Trusted == "" {
		return
	}
	file := packed.Folder + "/" + keysFile
	named, err := ParseVerifiers(text)
	if err != nil {
		u.fault(packed.Origin, -1, file+": "+err.Error())
		return
	}
	for _, checkpoint := range signed {
		if checkpoint == nil {
			continue
		}
		if _, err := note.Open(checkpoint, named); err != nil {
			u.fault(packed.Origin, -1, file+" does not name the key that signed the ledger: it was changed")
			break
		}
	}
	given, strange := make(map[string]bool), 0
	for line := range strings.Lines(u.Trusted) {
		given[strings.TrimSpace(line)] = true
	}
	for line := range strings.Lines(text) {
		if key := strings.TrimSpace(line); key != "" && !given[key] {
			strange++
		}
	}
	if strange > 0 {
		u.found.Unvouched = append(u.found.Unvouched, fmt.Sprintf("%d of the keys in %s, which are not among those that you gave with --key", strange, file))
	}
}
