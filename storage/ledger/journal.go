package ledger

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Journal is a file, apart from the database and its backups, of what was
// erased, frozen and released. A database that is put back from a backup does
// not know it, and learns it again from the journal. Each line is sealed with all
// that stands before it: nobody has a server erase who has not its keys.
//
// Whoever writes to a journal holds the database's lock: two never do at once.
type Journal struct {
	path string
	keys Keys

	mu    sync.Mutex
	known journalReading // as far as it was read
	read  int64          // bytes, ever
}

// NewJournal gives the journal at a path, which need not be there.
func NewJournal(path string, keys Keys) *Journal { return &Journal{path: path, keys: keys} }

// Path says where the journal lies.
func (j *Journal) Path() string { return j.path }

// Line is a line of the journal. One of its three ids is given, or it only seals
// what stands before it: a program that knows only erasures finds no id in the
// other lines, and passes over them.
type Line struct {
	Site     consent.SiteKey           `json:"site,omitempty"`
	ID       consent.DecisionID        `json:"id,omitzero"` // was erased
	Frozen   consent.DecisionID        `json:"frozen,omitzero"`
	Released consent.DecisionID        `json:"released,omitzero"`
	Reason   consent.RestrictionReason `json:"reason,omitempty"` // of freezing
	Actor    consent.Actor             `json:"actor,omitempty"`  // of erasing, and the ground for it: a restore tells the ledger the same again
	Ground   consent.ErasureReason     `json:"ground,omitempty"`
	Time     time.Time                 `json:"time,omitzero"`
	Sealed   bool                      `json:"sealed,omitempty"`
}

// Add appends lines. They are on disk when it returns. A line that a crash cut
// off makes room for them.
func (j *Journal) Add(lines []Line) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(lines) == 0 {
		return nil
	}
	if err := j.catchUp(); err != nil {
		return err
	}
	if err := j.known.trusted(j); err != nil {
		return err
	}
	return j.append(lines)
}

// append seals lines and writes them after the last whole one.
func (j *Journal) append(lines []Line) error {
	secret, err := j.keys.Secret(false)
	if err != nil {
		return err
	}
	text, err := sealLines(secret, j.known.sum, lines)
	if err == nil {
		err = j.write(text)
	}
	if err != nil {
		return fmt.Errorf("write the journal of erasures: %w", err)
	}
	return j.keys.note(j.known.lines + len(lines))
}

// write takes back what it cannot finish, as far as the disk lets it.
func (j *Journal) write(text []byte) (err error) {
	file, err := os.OpenFile(j.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err = file.Truncate(j.known.end); err == nil {
		_, err = file.WriteAt(text, j.known.end)
	}
	if err = errors.Join(err, file.Sync()); err == nil {
		err = syncFolder(j.path)
	}
	if err != nil {
		_ = file.Truncate(j.known.end)
	}
	return err
}

// Load reads every line anew. The last one may be cut off by a crash; then what it
// meant to say was never done.
func (j *Journal) Load() ([]Line, error) {
	var all []Line
	anew := Journal{path: j.path, keys: j.keys, known: journalReading{each: func(line Line) { all = append(all, line) }}}
	if err := anew.catchUp(); err != nil {
		return nil, err
	}
	if err := anew.known.trusted(j); err != nil {
		return nil, err
	}
	return all, nil
}

// Restricted gives the last word on each decision that was frozen. Only what was
// added since it was asked last is read.
func (j *Journal) Restricted() ([]Line, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.catchUp(); err != nil {
		return nil, err
	}
	return slices.Collect(maps.Values(j.known.restricted)), j.known.trusted(j)
}

// Erases says whether a decision is listed as erased.
func (j *Journal) Erases(site consent.SiteKey, id consent.DecisionID) (bool, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.catchUp(); err != nil {
		return false, err
	}
	_, erases := j.known.erased[journalled{site, id}]
	return erases, j.known.trusted(j)
}

// Why says who had a decision erased and on which ground, as far as it is listed: lines
// of early versions name neither.
func (j *Journal) Why(site consent.SiteKey, id consent.DecisionID) (consent.Actor, consent.ErasureReason, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.catchUp(); err != nil {
		return "", "", err
	}
	why := j.known.erased[journalled{site, id}]
	return why.actor, why.ground, j.known.trusted(j)
}

// Seal has a journal trusted as it stands, unless it was sealed before: one from
// before journals were sealed, or whose secret was lost. It says how many lines
// nobody vouches for but whoever asks for it.
func (j *Journal) Seal() (lines int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, sealed, err := j.keys.noted(); err != nil || sealed {
		return 0, err
	}
	if err := j.catchUp(); err != nil {
		return 0, err
	}
	if lines = j.known.loose(); lines > 0 {
		return lines, j.append([]Line{{Sealed: true}})
	}
	if _, err := j.keys.Secret(false); err != nil {
		return 0, err
	}
	return 0, j.keys.note(j.known.lines)
}

// Missing gives how many lines the journal has lost: it was cut off, or its file is
// not the one that it was. What those lines erased, a backup brings back.
func (j *Journal) Missing() (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.catchUp(); err != nil {
		return 0, err
	}
	had, _, err := j.keys.noted()
	return max(0, had-j.known.lines), err
}

// Accept has no line missed any more that is not there now.
func (j *Journal) Accept() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.catchUp(); err != nil {
		return err
	}
	return j.keys.writeNote(j.known.lines)
}
