package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/samtykke/samtykke/consent"
)

// journalled names a decision as the journal does.
type journalled struct {
	site consent.SiteKey
	id   consent.DecisionID
}

// journalReading is what is known of a journal up to the end of a line.
type journalReading struct {
	file  os.FileInfo // which was read
	end   int64
	lines int
	sum   journalSum
	held  int // the last line that is sealed with all before it; 0 before there is one

	secret Secret // nil when there is none
	each   func(Line)

	restricted map[journalled]Line
	erased     map[journalled]erasedWhy
}

// erasedWhy is by whom and on which ground something was erased, as far as that is
// listed.
type erasedWhy struct {
	actor  consent.Actor
	ground consent.ErasureReason
}

// loose counts the lines at the end that no seal vouches for.
func (r *journalReading) loose() int { return r.lines - r.held }

// catchUp reads what was added since. What does not follow on what was read before
// is read anew: somebody may have written all of the file.
func (j *Journal) catchUp() error {
	before := j.known.end
	err := j.readOn()
	if before > 0 && (err != nil || j.known.loose() > 0) {
		j.known.file = nil
		err = j.readOn()
	}
	return err
}

// readOn reads from where it ended last. A file that another has taken the place
// of, or that is shorter, is read from its start.
func (j *Journal) readOn() (err error) {
	secret, err := j.keys.Secret(false)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.Open(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		j.known.begin(nil, secret)
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the journal of erasures: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("read the journal of erasures: %w", err)
	}
	if j.known.file == nil || !os.SameFile(info, j.known.file) || info.Size() < j.known.end || !bytes.Equal(secret, j.known.secret) {
		j.known.begin(info, secret)
	}
	rest := bufio.NewReader(io.NewSectionReader(file, j.known.end, info.Size()-j.known.end))
	for {
		line, err := rest.ReadBytes('\n')
		j.read += int64(len(line))
		switch {
		case errors.Is(err, io.EOF): // the rest was cut off
			return nil
		case err != nil:
			return fmt.Errorf("read the journal of erasures: %w", err)
		}
		if err := j.known.take(line); err != nil {
			return fmt.Errorf("line %d of the journal of erasures %s is damaged: restore the file from its backup", j.known.lines+1, j.path)
		}
	}
}

// begin forgets what was read. Without the secret no seal is worth anything, which
// is said when one is needed.
func (r *journalReading) begin(info os.FileInfo, secret Secret) {
	*r = journalReading{
		file: info, secret: secret, each: r.each,
		restricted: make(map[journalled]Line), erased: make(map[journalled]erasedWhy),
	}
}

// take takes a whole line.
func (r *journalReading) take(text []byte) error {
	var line Line
	if err := json.Unmarshal(text, &line); err != nil {
		return err
	}
	r.lines++
	if r.secret != nil && r.sum.isSealed(r.secret, text) {
		r.held = r.lines
	}
	r.sum = r.sum.after(text)
	r.end += int64(len(text))
	if r.each != nil {
		r.each(line)
		return nil
	}
	switch {
	case !line.ID.IsZero():
		r.erased[journalled{line.Site, line.ID}] = erasedWhy{line.Actor, line.Ground}
	case !line.Frozen.IsZero():
		r.restricted[journalled{line.Site, line.Frozen}] = line
	case !line.Released.IsZero():
		r.restricted[journalled{line.Site, line.Released}] = line
	}
	return nil
}

// trusted refuses lines that somebody has added or taken away who has no keys.
func (r *journalReading) trusted(j *Journal) error {
	if r.loose() == 0 {
		return nil
	}
	_, sealed, err := j.keys.noted()
	if err != nil || !sealed {
		return err // it is from before journals were sealed
	}
	if r.secret == nil {
		return fmt.Errorf("the journal of erasures %s cannot be checked, because the secret that seals it is not there: put the folder of keys back from its backup; "+
			"if it is lost, samtykke log rotate SITE makes a new one", j.path)
	}
	return fmt.Errorf("line %d of the journal of erasures %s was written by somebody who has not the keys, or a line before it was changed or taken away: nothing is erased or frozen by it. "+
		"Take the line away, or put the journal back as it was. Only if you know that all of its lines are right, remove %s: then the next start of the server seals it as it stands",
		r.held+1, j.path, j.keys.sealedPath())
}
