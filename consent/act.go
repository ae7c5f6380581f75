package consent

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Act is who does what for which reason: the circumstances of a change that an
// administrator makes. It travels with the change, and is stored in the same
// transaction.
type Act struct {
	Time         time.Time
	Account      AccountID      // 0 for the program itself, a command on the machine, or nobody who is known
	Organisation OrganisationID // whose trail it is written to, "" for the installation's
	Site         SiteKey        // "" when it is about none
	Action       string         // such as "draft.save"; stable
	Object       string         // what it is about within the Site, such as the key of a service
	Reason       string         // what the person gave as the reason
	Changes      []FieldChange  // what it changed, as far as that is told
	More         int            // how many fields more it changed
	Rest         []ChangesLeft  // what those are, by kind; none in acts from before it was told
	ChangesHash  Hash           // of all that it changed (ChangesHash), zero when it is not known
}

// byItself are the actions of the program itself.
var byItself = []string{"log.expired", "publish.due", "publish.fail"}

// byStrangers are the actions on the pages of whoever is not logged in yet. No command has
// one of these names. Where it is known whose account it is about, an Act names that; in
// trails from before it did, and where nobody is known, it was still no command.
var byStrangers = []string{"login.begin", "login.fail", "member.join", "password.choose", "password.renew", "identity.link", "identity.renew"}

// Doer is what kind of actor did something. What people are called is theirs to choose,
// this is not.
type Doer string

// The kinds: a person on the pages, a program with a person's key, this program by itself,
// a command on the machine, and somebody on the pages who was not logged in.
const (
	ByPerson   Doer = "person"
	ByKey      Doer = "key"
	ByProgram  Doer = "program"
	ByCommand  Doer = "command"
	ByStranger Doer = "stranger"
)

// ByItself are the actions that nobody else does.
func ByItself() []string { return slices.Clone(byItself) }

// ByStrangers are the actions of whoever is not logged in.
func ByStrangers() []string { return slices.Clone(byStrangers) }

// Doers are all kinds.
var Doers = []Doer{ByPerson, ByKey, ByProgram, ByCommand, ByStranger}

// By says what kind of them did it.
func (a *Act) By() Doer {
	switch {
	case a.Account == 0 && slices.Contains(byItself, a.Action):
		return ByProgram
	case a.Account == 0 && slices.Contains(byStrangers, a.Action):
		return ByStranger
	case a.Account == 0:
		return ByCommand
	case strings.HasPrefix(a.Action, withKey):
		return ByKey
	}
	return ByPerson
}

// The longest texts of an Act, in bytes. What is longer is cut.
const (
	maxActObject = 200
	maxActReason = 4 * LongestReason // whole, whatever letters it has
)

// LongestReason is how long a reason may be that a person writes, in characters.
const LongestReason = 2000

// Acting is an Act on its way: it is stored once, with the first change that is.
type Acting struct {
	Act    Act
	stored atomic.Bool
}

// Waits says whether the Act is still to be stored.
func (a *Acting) Waits() bool { return !a.stored.Load() }

// Stored says that it is.
func (a *Acting) Stored() { a.stored.Store(true) }

// actingKey is where a context carries an Acting.
type actingKey struct{}

// WithAct gives a context in which a change is this Act.
func WithAct(ctx context.Context, act Act) context.Context {
	act.Object, act.Reason = cutAtWord(OnOneLine(act.Object), maxActObject), cut(act.Reason, maxActReason)
	return context.WithValue(ctx, actingKey{}, &Acting{Act: act})
}

// WithoutAct gives a context in which a change is no Act: it is a part of one that is
// stored already.
func WithoutAct(ctx context.Context) context.Context {
	return context.WithValue(ctx, actingKey{}, (*Acting)(nil))
}

// TellingMore gives a context whose Act tells one thing more of what it is about, such
// as "notice=3". Where there is no Act, nothing is told.
func TellingMore(ctx context.Context, told string) context.Context {
	act, acts := ActOf(ctx)
	if !acts {
		return ctx
	}
	act.Object = strings.TrimSpace(act.Object + " " + told)
	return WithAct(ctx, act)
}

// ActingOf gives the Act that a change is, nil for none.
func ActingOf(ctx context.Context) *Acting {
	acting, _ := ctx.Value(actingKey{}).(*Acting)
	return acting
}

// ActOf gives the Act that a context carries.
func ActOf(ctx context.Context) (Act, bool) {
	if acting := ActingOf(ctx); acting != nil {
		return acting.Act, true
	}
	return Act{}, false
}

// cut shortens a text to whole characters.
func cut(text string, most int) string {
	for len(text) > most {
		runes := []rune(text)
		text = string(runes[:min(len(runes)-1, most)])
	}
	return text
}

// cutAtWord does the same, after a whole word where there is one, and says so.
func cutAtWord(text string, most int) string {
	if len(text) <= most {
		return text
	}
	text = text[:clusterAt(text, most-len(leftOutEnds))]
	if blank := strings.LastIndexByte(text, ' '); blank > most/2 {
		text = text[:blank]
	}
	return text + leftOutEnds
}

// ActEntry is an Act at its place in a trail.
type ActEntry struct {
	Year   int   // of the trail, UTC
	Part   int   // of the year: 1, and one more for each time that it broke off
	Number int64 // within the part, from 0
	Act
}

// ActPublish is the action of publishing a Draft at once. Who asks a trail for it gets
// what was published by an approval, by a program and at its time, too.
const ActPublish = "notice.publish"

// TrailQuery selects Acts of one trail, newest first. Zero fields select
// everything.
type TrailQuery struct {
	Organisation OrganisationID
	Account      AccountID
	Site         SiteKey
	Action       string    // of this name; ActPublish gives whatever made a Notice
	EveryWay     bool      // with a key, too, and what a command did in the name of Account
	By           Doer      // of this kind of actor
	Publishing   bool      // only what is about publishing: proposals, approvals, times, and what made a Notice
	From         time.Time // of those from this moment on
	Until        time.Time // of those before this moment
	Before       *ActEntry // continue with those that are older
	Limit        int       // at most this many; 0 means 100
}

// TrailAudit is what an audit of a trail found.
type TrailAudit struct {
	Organisation OrganisationID
	Year, Part   int
	Acts         int64
	Fault        Flaw        // without a code when it holds
	Broke        *TrailBreak // where it broke off, and another goes on; nil when it did not
}

// TrailStore is what administrators have done: an append-only log, with a Merkle
// tree over each Organisation's year as over the Decisions of a Site.
type TrailStore interface {
	// RecordAct stores an Act that changes nothing else: a look, an export, a login
	// that failed.
	RecordAct(ctx context.Context, act Act) error
	// Acts gives one page of a trail.
	Acts(ctx context.Context, query TrailQuery) ([]ActEntry, error)
	// CountActs tells how many acts the trails of an Organisation have.
	CountActs(ctx context.Context, organisation OrganisationID) (int64, error)
	// AuditTrails derives every trail of an Organisation anew from what is stored:
	// acts, leaves, root, seal and the newest signed head beside the database.
	AuditTrails(ctx context.Context, organisation OrganisationID) ([]TrailAudit, error)
	// BeginTrails starts the next part of every trail that is not what was signed of
	// it, with Acts that tell what is lost. Before that nothing is appended to one.
	BeginTrails(ctx context.Context, now time.Time) ([]TrailBreak, error)
}

// Place names where an act stands in its trail, for ParseActPlace.
func (e *ActEntry) Place() string {
	return strconv.Itoa(e.Year) + "." + strconv.Itoa(e.Part) + "." + strconv.FormatInt(e.Number, 10)
}

// ParseActPlace reads a place, and says whether it is one.
func ParseActPlace(text string) (*ActEntry, bool) {
	words := strings.Split(text, ".")
	if len(words) != 3 {
		return nil, false
	}
	year, err := strconv.Atoi(words[0])
	part, errPart := strconv.Atoi(words[1])
	number, errNumber := strconv.ParseInt(words[2], 10, 64)
	place := &ActEntry{Year: year, Part: part, Number: number}
	return place, err == nil && errPart == nil && errNumber == nil && place.Place() == text
}
