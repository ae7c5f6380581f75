package consent

import (
	"fmt"
	"strconv"
	"strings"
)

// TrailBegin is the action of an Act that tells of others that are lost.
const TrailBegin = "trail.begin"

// TrailBreak says where a trail broke off: its database was put back from an older
// copy, and what was signed of it is not there.
type TrailBreak struct {
	Organisation OrganisationID
	Trail        string    // the year and part: 2026, 2026-b
	Signed       TrailHead // the newest that is known of it
	Held         TrailHead // what the database still had then: less it may never have
}

// TrailHead is how long a trail was, and the root of its tree.
type TrailHead struct {
	Acts int64
	Root Hash
}

// Lost says how many Acts are gone for certain.
func (b *TrailBreak) Lost() int64 { return max(0, b.Signed.Acts-b.Held.Acts) }

// Object gives the object of the Act that tells of the break.
func (b *TrailBreak) Object() string { return b.Trail + " " + b.Signed.text() + " " + b.Held.text() }

func (h TrailHead) text() string { return fmt.Sprintf("%d:%s", h.Acts, h.Root) }

// ParseTrailBreak reads what Object writes, and says whether it was that.
func ParseTrailBreak(object string) (*TrailBreak, bool) {
	words := strings.Split(object, " ")
	if len(words) != 3 {
		return nil, false
	}
	signed, known := parseTrailHead(words[1])
	held, whole := parseTrailHead(words[2])
	return &TrailBreak{Trail: words[0], Signed: signed, Held: held}, known && whole
}

func parseTrailHead(text string) (TrailHead, bool) {
	acts, root, _ := strings.Cut(text, ":")
	n, err := strconv.ParseInt(acts, 10, 64)
	hash, malformed := ParseHash(root)
	return TrailHead{n, hash}, err == nil && malformed == nil && n >= 0
}
