package ledger

import (
	"fmt"
	"path"
	"strings"
)

// leafCounts are the leaves of a tree, or of a part of it, by what is in them.
type leafCounts struct {
	Leaves  int64 `json:"leaves"`
	Records int64 `json:"records"` // with the record and its salt
	Removed int64 `json:"removed"` // whose record was erased or has expired
	Events  int64 `json:"events"`  // about the tree itself
	// Withheld are those whose record is there and is left out.
	Withheld int64 `json:"withheld,omitempty"`
}

func (c *leafCounts) add(leaf *Leaf) {
	c.Leaves++
	switch {
	case leaf.Event != nil:
		c.Events++
	case leaf.Withheld:
		c.Withheld++
	case leaf.Record != nil:
		c.Records++
	default:
		c.Removed++
	}
}

func (c *leafCounts) sum(more leafCounts) {
	c.Leaves += more.Leaves
	c.Records += more.Records
	c.Removed += more.Removed
	c.Events += more.Events
	c.Withheld += more.Withheld
}

// String says it in the words of a fault.
func (c leafCounts) String() string {
	said := fmt.Sprintf("%d leaves (%d records, %d removed ones, %d events", c.Leaves, c.Records, c.Removed, c.Events)
	if c.Withheld > 0 {
		said += fmt.Sprintf(", %d left out", c.Withheld)
	}
	return said + ")"
}

// shownCounts are what a pack holds of what visitors were shown.
type shownCounts struct {
	Notices  int `json:"notices"`
	Bundles  int `json:"bundles"` // each of several files
	Pictures int `json:"pictures"`
}

func (c shownCounts) String() string {
	return fmt.Sprintf("%d notices, %d bundles and %d pictures", c.Notices, c.Bundles, c.Pictures)
}

// countShown counts them in the names of a pack's files.
func countShown(files map[string]packFile) (c shownCounts) {
	bundles := make(map[string]bool)
	for name := range files {
		switch kind, _, _ := strings.Cut(name, "/"); kind {
		case "notices":
			c.Notices++
		case "bundles":
			bundles[path.Dir(name)] = true
		case "pictures":
			c.Pictures++
		}
	}
	c.Bundles = len(bundles)
	return c
}
