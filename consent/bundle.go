package consent

import "time"

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
	// Hash is the SHA-256 of the main file: what the visitor's browser ran.
	Hash  Hash
	Built time.Time
	Files map[string][]byte // by name: main.js, panel.nb.js, ...
}
