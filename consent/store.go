package consent

import (
	"context"
	"time"
)

// Store is everything that is remembered. An engine implements it; a cache may
// wrap it. Handlers ask for the one or two ports that they use.
type Store interface {
	SiteStore
	NoticeStore
	BundleStore
	ScreenshotStore
	EntryStore
	Log
	Ledger
	FindingStore
	RequestStore
	SubjectStore
	TallyStore
	FiguresStore
	RefusalStore
	DraftStore
	PlanStore
	TwoStore
	OrganisationStore
	CatalogueStore
	AccountStore
	LoginStore
	TrailStore
	FactorStore
	InvitationStore
	IdentityStore
	APIKeyStore
	ClockStore
	OriginProofStore
	RecipientStore
	ReviewStore
	RepeatStore
	// Bundles gives the ids of a Site's Bundles, oldest first.
	Bundles(ctx context.Context, site SiteKey) ([]BundleID, error)
	// Ready says whether the store can take a Decision now.
	Ready(ctx context.Context) error
	// Close commits what has gathered and releases the store.
	Close() error
}

// SiteEntry is a Site in a list.
type SiteEntry struct {
	Key          SiteKey
	Organisation OrganisationID
	Name         Text
	Notice       NoticeNumber // current, 0 when nothing is published
	Changed      time.Time    // when the draft was saved last
}

// SiteStore keeps Sites and their Drafts.
type SiteStore interface {
	// SaveDraft creates the Site or replaces its Draft. It makes the Organisation when
	// there is none of that id, with an Act (organisation.add) where saving is one, and
	// leaves one that is there as it is. Where saving is an Act, none is made beside one of
	// its number: that is a Conflict (code "same_number"). A Site stays in its Organisation:
	// a Draft of another one is a Conflict (code "other_organisation"), and nothing is saved.
	SaveDraft(ctx context.Context, draft Draft, now time.Time) error
	// Draft gives the Site's Draft, or NotFound.
	Draft(ctx context.Context, site SiteKey) (*Draft, error)
	// Site gives one Site's entry, or NotFound.
	Site(ctx context.Context, site SiteKey) (SiteEntry, error)
	// Sites gives every Site in key order.
	Sites(ctx context.Context) ([]SiteEntry, error)
}

// NoticeEntry is a Notice in a list.
type NoticeEntry struct {
	Number    NoticeNumber
	Hash      Hash
	Published time.Time
}

// NoticeStore keeps Notices. A Notice is never changed or removed while a
// Decision refers to it.
type NoticeStore interface {
	// SaveNotice appends the Notice and makes it the current one. Its number
	// must be the current number plus one, else Conflict: read again and retry.
	SaveNotice(ctx context.Context, site SiteKey, notice *Notice) error
	// CurrentNotice gives the newest Notice's entry, or NotFound for an unknown
	// Site or one that has published nothing. It is cheap: callers ask for it on
	// every request.
	CurrentNotice(ctx context.Context, site SiteKey) (NoticeEntry, error)
	// Notice gives one Notice with its Draft decoded, or NotFound.
	Notice(ctx context.Context, site SiteKey, number NoticeNumber) (*Notice, error)
	// Notices lists a Site's Notices, newest first.
	Notices(ctx context.Context, site SiteKey) ([]NoticeEntry, error)
}

// BundleStore keeps the bytes that visitors ran.
type BundleStore interface {
	// SaveBundle keeps a Bundle. Saving the same id again changes nothing.
	SaveBundle(ctx context.Context, bundle *Bundle) error
	// Bundle gives one Bundle with its files, or NotFound.
	Bundle(ctx context.Context, site SiteKey, id BundleID) (*Bundle, error)
}

// BundleEntry is a Bundle without its files.
type BundleEntry struct {
	Notice     NoticeNumber
	NoticeHash Hash
	Hash       Hash // of the main file
	Built      time.Time
}

// EntryStore vouches for copies that are kept elsewhere: a copy of a Notice or
// a Bundle that does not fit its entry is not the store's. It is cheap: the
// content is not read.
type EntryStore interface {
	// NoticeEntry gives the entry of one Notice, or NotFound.
	NoticeEntry(ctx context.Context, site SiteKey, number NoticeNumber) (NoticeEntry, error)
	// BundleEntry gives the entry of one Bundle, or NotFound.
	BundleEntry(ctx context.Context, site SiteKey, id BundleID) (BundleEntry, error)
}

// Entry is a Decision at its place in the Log. Index grows with every
// appended Decision of the Site and is never used twice.
type Entry struct {
	Index  int64
	Frozen bool // restricted (GDPR art. 18): kept, not used
	Held   bool // for a reason that its visitor cannot release
	Decision
}

// Appended is a Decision in the Log with its place in the ledger.
type Appended struct {
	Entry
	Proof Proof
	Again bool // it was there already
}

// LogQuery selects Decisions of one Site. Zero fields select everything.
type LogQuery struct {
	Site     SiteKey
	From     time.Time   // inclusive
	To       time.Time   // exclusive
	Category CategoryKey // Decisions that grant this Category, wholly or in part
	Method   Method
	Language Language     // that the banner was in
	Notice   NoticeNumber // that was shown
	ID       DecisionID   // the receipt
	After    int64        // continue past this Index
	Oldest   bool         // oldest first (exports, following); newest first otherwise
	Limit    int          // at most this many; 0 means 100, at most 10,000
}

// Log is the append-only sequence of a Site's Decisions.
type Log interface {
	// Append stores a Decision and returns it as stored, only after it is on
	// disk. The same id with the same content (all but Time and Skew) returns
	// what was stored first; with other content it is a Conflict. A full queue
	// or disk is Unavailable: nothing was promised, the caller retries. An
	// erased id is NotFound (code "erased"): the caller forgets it.
	Append(ctx context.Context, decision *Decision) (*Appended, error)
	// Read gives one page of a query, in index order (Oldest) or its reverse.
	Read(ctx context.Context, query LogQuery) ([]Entry, error)
	// LogSize gives how many Decisions the log of a Site has.
	LogSize(ctx context.Context, site SiteKey) (int, error)
	// Decisions gives all that a visitor has decided on a Site, oldest first.
	Decisions(ctx context.Context, site SiteKey, visitor VisitorKey) ([]Entry, error)
	// Erase removes Decisions with the salts that open their leaves (GDPR art.
	// 17). It leaves stubs with id and time, so that a late retry cannot bring one
	// back, and a leaf in the ledger that says which indexes are gone. It returns
	// how many were removed; when that is none there is no Act. A frozen one goes at the visitor's word, unless
	// it is needed for a legal claim: that one stays, and the rest goes. At the
	// operator's word it is a Conflict (code "frozen"), and nothing is removed.
	Erase(ctx context.Context, site SiteKey, what Erasure) (int, error)
	// Due counts what Expire would remove, and what is as old and frozen. Nothing
	// is changed.
	Due(ctx context.Context, site SiteKey, before time.Time) ([]Expired, error)
	// Expire removes the Site's Decisions from before a moment with their salts,
	// because their retention has ended, and leaves in the ledger which indexes
	// are gone. Frozen ones stay until they are released. A past year of which no
	// Decision is left loses its leaves, too: its last signed head stays. It returns
	// what went and what stayed, by year with the oldest first; when it was
	// interrupted, what went until then.
	Expire(ctx context.Context, site SiteKey, before, now time.Time) ([]Expired, error)
	// Removals gives when Expire removed something, newest first.
	Removals(ctx context.Context, site SiteKey) ([]Removal, error)
	// Restrict freezes Decisions or releases them (GDPR art. 18). It returns how
	// many it changed: what is frozen already keeps its reason and time, unless it
	// was frozen because its visitor asked, and is now for another reason.
	Restrict(ctx context.Context, site SiteKey, what Restriction) (int, error)
}

// FindingStore counts what visitors' pages report.
type FindingStore interface {
	// AddFindings adds the counts to the day's rows.
	AddFindings(ctx context.Context, findings []Finding) error
	// Findings lists a Site's findings, newest day first, at most 1,000.
	Findings(ctx context.Context, site SiteKey) ([]Finding, error)
}

// RequestQuery selects Requests. Zero fields select everything.
type RequestQuery struct {
	Site SiteKey
	Open bool // those that are not answered yet
}

// RequestStore is the register of data subjects' Requests. It is append-only: a
// Request is a row with its events, and neither is ever changed.
type RequestStore interface {
	// AddRequest appends a Request as Receive has made it. The same id again is a
	// Conflict, an unknown Site NotFound.
	AddRequest(ctx context.Context, request *Request) error
	// AppendRequest appends an event to a Request and gives the Request with it,
	// only after it is on disk. The rules are those of Request.Append, held
	// against what is stored; an unknown Request is NotFound.
	AppendRequest(ctx context.Context, site SiteKey, id RequestID, event RequestEvent) (*Request, error)
	// Request gives one Request with its events, or NotFound.
	Request(ctx context.Context, site SiteKey, id RequestID) (*Request, error)
	// Requests lists Requests with their events: those that are due first come
	// first.
	Requests(ctx context.Context, query RequestQuery) ([]Request, error)
}
