// Package ledger makes a log of Decisions into evidence that anyone can verify:
// a Merkle tree for each Site and year (RFC 6962, section 2), whose root is
// signed as a checkpoint after every committed batch (C2SP tlog-checkpoint).
//
// A leaf commits to a record with a salt of its own. Erasure removes record and
// salt; the leaf stays, as a value that opens nothing, and a later leaf names
// it. So every proof and every checkpoint stays valid.
//
// The package knows no database: an engine stores what it computes, and gives
// it back to be audited.
package ledger
