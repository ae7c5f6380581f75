package consent

import (
	"context"
	"time"
)

// Proof says where a Decision stands in its Site's ledger. With the record it
// is enough to check later that the Decision is there unchanged.
type Proof struct {
	Origin     string // names the tree
	Index      int64  // of the Decision's leaf
	Salt       [32]byte
	Checkpoint []byte // signed note of a tree that holds the leaf (C2SP tlog-checkpoint)
}

// Tree is one of a Site's trees: the ledger of a year.
type Tree struct {
	Site       SiteKey
	Year       int
	Origin     string
	Size       int64
	Checkpoint []byte // signed note of the newest head
	Keys       string // every verifier key that ever signed for the tree, one a line, the newest last
	Witnessed  []byte // the newest checkpoint that enough witnesses have cosigned; nil when there is none
	Witnesses  []WitnessState
	Dropped    time.Time // when its leaves were removed, because its year is past and every Decision gone; zero while they are there
}

// Leaf is one place of a tree as it is kept.
type Leaf struct {
	Index  int64
	Hashes []byte   // of the subtrees that are full with it: its own hash first
	Event  []byte   // JSON, of a leaf about the tree itself
	Record []byte   // that it commits to; nil when it is gone
	Salt   [32]byte // that opens it
	// Withheld is for a record that is there and that a pack of some days leaves out.
	Withheld bool
}

// LedgerFault is something in the ledger that does not hold.
type LedgerFault struct {
	Site   SiteKey
	Origin string
	Index  int64 // of the leaf; -1 when it is not about one
	Flaw
	Repair string // statements for the database, of several lines, that Why speaks of
}

// LedgerAudit is what an audit found. The ledger holds when there is no fault.
type LedgerAudit struct {
	Trees  []TreeAudit
	Faults []LedgerFault // by tree and index
	More   bool          // there are more than are listed
	// Breaks says where a later part begins and nobody here knows how long the one
	// before it was: its anchor was lost, a witness knows another, or nothing of it is
	// left. Leaves may be missing of which nothing tells.
	Breaks []LedgerBreak
	// Early says of which Notice Decisions are dated before it was published, and where
	// the first of them is. Their leaves hold, and nobody can have answered then.
	Early []EarlyDecisions
	// Unvouched says what an audit pack holds that nothing in its ledger vouches for:
	// whoever made the pack can have put it there.
	Unvouched []string
	// Unsigning says of which trees that grow the signing key is not there, or the
	// secret of its heads. What was signed holds all the same, and a server could
	// not go on.
	Unsigning []LedgerFault
	// Withheld counts the records that an audit pack of some days leaves out.
	Withheld int64
}

// TreeAudit is what an audit read of one tree.
type TreeAudit struct {
	Tree
	Opened   int64  // records that are there and fit their leaves
	Removed  int64  // records that are gone, and a later leaf says why
	Events   int64  // leaves about the tree itself
	QuotedBy string // the origin of a later part that witnesses have cosigned and that quotes this tree's head, when they never cosigned this one
	Lost     int64  // leaves that were signed and are gone, because the database was rolled back; a later part says so
}

// Ledger proves the Log to anyone.
type Ledger interface {
	// Trees gives the trees of a Site, or of all when there is no key, by Site and
	// the newest first, each with its signed checkpoint. A Site without Decisions
	// has none.
	Trees(ctx context.Context, site SiteKey) ([]Tree, error)
	// Receipt gives a Decision with its proof as a C2SP tlog-proof, or NotFound.
	// Its checkpoint is the newest that enough witnesses have cosigned, when that
	// covers the Decision, and else the newest.
	Receipt(ctx context.Context, site SiteKey, id DecisionID) ([]byte, error)
	// Consistency proves that a tree of size to extends what it was at the size
	// from: the hashes of RFC 6962, section 2.1.2. From is at least 1. A tree whose
	// leaves were dropped with their year proves nothing (NotFound, "dropped").
	Consistency(ctx context.Context, origin string, from, to int64) ([]Hash, error)
	// Cosign keeps what witnesses said of checkpoints. From then on receipts carry
	// the cosignatures, once there are enough.
	Cosign(ctx context.Context, answers []WitnessAnswer) error
	// Leaves hands on the leaves of a tree in order, from an index on, until yield
	// fails. A leaf holds only until yield returns. A dropped tree has none.
	Leaves(ctx context.Context, origin string, from int64, yield func(*Leaf) error) error
	// Snapshot has read see the store as it is at one moment, however long it takes.
	// It is for what must fit together: what is erased meanwhile is only gone from
	// the disk once it has ended.
	Snapshot(ctx context.Context, read func(Store) error) error
	// Begin starts the next part of each of a Site's trees that were rolled back, or
	// whose anchor is lost, with a leaf that quotes the last checkpoint that is known
	// of them, and gives the origins of the new parts.
	Begin(ctx context.Context, site SiteKey, now time.Time) ([]string, error)
	// Rotate has a new key sign for the Site's newest tree from now on, and for each
	// earlier one whose key is lost. It gives the new verifier keys, one a line. What
	// earlier keys signed stays valid.
	Rotate(ctx context.Context, site SiteKey, now time.Time) (string, error)
	// Audit derives every tree of a Site, or of all when there is no key, anew
	// from what is stored, and holds it against heads, signatures and the anchor.
	// It reports as it goes how many leaves it has read of how many. A ledger of
	// which somebody kept a signed checkpoint must still begin with what that says.
	Audit(ctx context.Context, site SiteKey, report func(done, total int64), kept ...[]byte) (*LedgerAudit, error)
}
