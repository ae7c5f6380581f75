package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Circumstance is what many Decisions have in common. Its encoding begins each
// of their records.
type Circumstance struct {
	Organisation consent.OrganisationID
	Site         consent.SiteKey
	Notice       consent.NoticeNumber
	NoticeHash   consent.Hash
	Bundle       consent.BundleID
	BundleHash   consent.Hash
	Language     consent.Language
	Method       consent.Method
	Layer        consent.Layer
	State        consent.State
	GPC          bool
	Choice       string // JSON with sorted keys, as it is stored
}

// Record is a Decision as a leaf commits to it: every field in a fixed order,
// each after its length as four bytes, big endian. It is not JSON, because JSON
// has more than one way to write the same thing.
type Record struct {
	Circumstance
	ID       consent.DecisionID
	Visitor  consent.VisitorKey
	Previous consent.DecisionID
	Time     time.Time     // UTC, milliseconds
	Skew     time.Duration // whole seconds
}

// The number of fields of the two parts.
const (
	circumstanceFields = 12
	recordFields       = circumstanceFields + 5
)

// Encode gives the bytes that begin the records of this circumstance.
func (c *Circumstance) Encode() []byte {
	gpc := "0"
	if c.GPC {
		gpc = "1"
	}
	to := make([]byte, 0, 256)
	to = field(to, string(c.Organisation))
	to = field(to, string(c.Site))
	to = number(to, int64(c.Notice))
	to = field(to, string(c.NoticeHash[:]))
	to = field(to, string(c.Bundle))
	to = field(to, string(c.BundleHash[:]))
	to = field(to, string(c.Language))
	to = field(to, string(c.Method))
	to = field(to, string(c.Layer))
	to = field(to, string(c.State))
	to = field(to, gpc)
	return field(to, c.Choice)
}

// AppendRecord appends a record: the bytes of its circumstance and what is its
// own. What is not there has no bytes: a visitor who is only counted, or the
// previous of a first Decision.
func AppendRecord(to, circumstance []byte, id consent.DecisionID, visitor consent.VisitorKey, previous consent.DecisionID, milliseconds, skew int64) []byte {
	to = append(to, circumstance...)
	to = field(to, string(id[:]))
	if visitor.IsZero() {
		to = field(to, "")
	} else {
		to = field(to, string(visitor[:]))
	}
	if previous.IsZero() {
		to = field(to, "")
	} else {
		to = field(to, string(previous[:]))
	}
	to = number(to, milliseconds)
	return number(to, skew)
}

// Encode gives the record's bytes.
func (r *Record) Encode() []byte {
	return AppendRecord(nil, r.Circumstance.Encode(), r.ID, r.Visitor, r.Previous, r.Time.UnixMilli(), int64(r.Skew/time.Second))
}

func field(to []byte, value string) []byte {
	to = binary.BigEndian.AppendUint32(to, uint32(len(value))) //nolint:gosec // no field is that long
	return append(to, value...)
}

func number(to []byte, value int64) []byte {
	to = binary.BigEndian.AppendUint32(to, 8)
	return binary.BigEndian.AppendUint64(to, uint64(value)) //nolint:gosec // the same 64 bits
}

// errRecord says that bytes are no record.
var errRecord = errors.New("the record is not one of ours")

// ParseRecord reads a record. It accepts only the bytes that Encode writes.
func ParseRecord(data []byte) (*Record, error) {
	fields, err := split(data)
	if err != nil {
		return nil, err
	}
	r := &Record{Circumstance: Circumstance{
		Organisation: consent.OrganisationID(fields[0]), Site: consent.SiteKey(fields[1]), Bundle: consent.BundleID(fields[4]),
		Language: consent.Language(fields[6]), Method: consent.Method(fields[7]), Layer: consent.Layer(fields[8]),
		State: consent.State(fields[9]), GPC: string(fields[10]) == "1", Choice: string(fields[11]),
	}}
	r.Notice = consent.NoticeNumber(integer(fields[2]))
	copy(r.NoticeHash[:], fields[3])
	copy(r.BundleHash[:], fields[5])
	copy(r.ID[:], fields[12])
	copy(r.Visitor[:], fields[13])
	copy(r.Previous[:], fields[14])
	r.Time = time.UnixMilli(integer(fields[15])).UTC()
	r.Skew = time.Duration(integer(fields[16])) * time.Second
	if string(r.Encode()) != string(data) {
		return nil, fmt.Errorf("%w: a field has the wrong length", errRecord)
	}
	return r, nil
}

func split(data []byte) (fields [recordFields][]byte, err error) {
	for i := range fields {
		if len(data) < 4 {
			return fields, fmt.Errorf("%w: it ends before field %d", errRecord, i+1)
		}
		length := binary.BigEndian.Uint32(data)
		data = data[4:]
		if uint64(length) > uint64(len(data)) {
			return fields, fmt.Errorf("%w: field %d is cut off", errRecord, i+1)
		}
		fields[i], data = data[:length], data[length:]
	}
	if len(data) > 0 {
		return fields, fmt.Errorf("%w: something follows it", errRecord)
	}
	return fields, nil
}

// integer reads a number of eight bytes; others are 0, which Encode refuses.
func integer(value []byte) int64 {
	if len(value) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(value)) //nolint:gosec // the same 64 bits
}
