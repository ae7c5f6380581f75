package export

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Taken is what the audit trail is told of how much an export took.
type Taken struct {
	Count  int  // decisions, less than none where they are not counted
	Again  bool // the trail was told before of some
	Added  int  // of the decisions, since then
	Whole  bool // that is as many as the log had, whatever the export was narrowed to
	Going  bool // more may follow
	Broken bool // it did not come to its end
}

// Told completes what the trail is told of an export with what it took. That stands before
// what narrows the export, which is cut where it is long. That it took a whole log is told
// where something narrows it: else it is known.
func Told(object, form string, took Taken) string {
	before, narrowed, _ := strings.Cut(object, "form="+form)
	told := before + "form=" + form
	if took.Count >= 0 {
		told += " decisions=" + strconv.Itoa(took.Count)
	}
	if took.Count >= 0 && took.Again {
		told += " " + consent.AddedTaken + strconv.Itoa(took.Added)
	}
	if took.Whole && took.Count > 0 && strings.TrimSpace(narrowed) != "" {
		told += " " + consent.WholeLog
	}
	if took.Going {
		told += " so_far"
	}
	if took.Broken {
		told += " broken_off"
	}
	return told + narrowed
}

// tell has the audit trail know how much was taken out, and when: that may be days after
// the export began.
func (s *Sending) tell(ctx context.Context, took Taken) {
	act := s.Ended
	act.Time = s.Clock()
	s.told = consent.DayOf(act.Time)
	if s.Form == PackForm { // which counts leaves, not decisions
		took.Count = -1
	}
	took.Again, took.Added = s.again, took.Count-s.toldCount
	s.again, s.toldCount = true, took.Count
	act.Object = Told(act.Object, s.Form, took)
	if err := s.Record(ctx, act); err != nil {
		s.Log.ErrorContext(ctx, "how much an export took could not be written down", "site", string(act.Site), "error", err)
	}
}

// daily writes an export, and has the trail know once a day what was taken so far: one that
// is never finished, or takes weeks, is seen by those who are told of much that was read.
type daily struct {
	ctx context.Context
	*Sending
	to io.Writer
}

// Write writes a part.
func (d daily) Write(data []byte) (int, error) {
	if consent.DayOf(d.Clock()) > d.told {
		d.tell(d.ctx, Taken{Count: d.count, Going: true})
	}
	return d.to.Write(data)
}
