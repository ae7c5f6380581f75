package ledger_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// sample gives a record with every field filled, different for each n.
func sample(n int) *ledger.Record {
	return &ledger.Record{
		Circumstance: ledger.Circumstance{
			Organisation: "864949762", Site: "gjerdrum", Notice: 3, NoticeHash: consent.Hash{1, 2, 3}, Bundle: "b1", BundleHash: consent.Hash{4, 5, 6},
			Language: consent.Bokmaal, Method: consent.Save, Layer: consent.LayerSecond, State: consent.StatePartlyGiven, GPC: true,
			Choice: `{"categories":{"statistics":true}}`,
		},
		ID: consent.DecisionID{1, 15: byte(n)}, Visitor: consent.VisitorKey{2, 21: byte(n)}, Previous: consent.DecisionID{3, 15: byte(n)},
		Time: time.Date(2026, 11, 22, 8, 0, 0, 123e6, time.UTC).Add(time.Duration(n) * time.Second), Skew: -3 * time.Second,
	}
}

// The fields of a record, as ParseRecord counts them from 0.
const (
	fieldNotice     = 2
	fieldNoticeHash = 3
	fieldBundleHash = 5
	fieldGPC        = 10
	fieldID         = 12
	fieldVisitor    = 13
	fieldPrevious   = 14
	fieldTime       = 15
	fieldSkew       = 16
	recordFields    = 17
)

// split takes a record's bytes apart, in the test's own way.
func split(t *testing.T, data []byte) [][]byte {
	var fields [][]byte
	for len(data) > 0 {
		length := binary.BigEndian.Uint32(data)
		fields = append(fields, data[4:4+length])
		data = data[4+length:]
	}
	if len(fields) != recordFields {
		t.Fatalf("a record has %d fields instead of %d", len(fields), recordFields)
	}
	return fields
}

func unsplit(fields [][]byte) []byte {
	var data []byte
	for _, field := range fields {
		data = binary.BigEndian.AppendUint32(data, uint32(len(field)))
		data = append(data, field...)
	}
	return data
}

// TestARecordIsReadBack holds for every record.
func TestARecordIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		record := anyRecord(t, rapid.String())
		again, err := ledger.ParseRecord(record.Encode())
		if err != nil {
			t.Fatal(err)
		}
		if *again != *record {
			t.Fatalf("%+v became %+v", record, again)
		}
	})
}

// TestDifferentRecordsHaveDifferentBytes tries texts that are alike, so that one
// field could be taken for the end of another.
func TestDifferentRecordsHaveDifferentBytes(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "a", "b", "ab", "\x00", "\x00\x00\x00\x01", "a\x00\x00\x00\x00"})
	rapid.Check(t, func(t *rapid.T) {
		one := anyRecord(t, text)
		other := *one
		for range rapid.IntRange(0, 3).Draw(t, "fields that differ") {
			redraw(t, &other, text)
		}
		if same := bytes.Equal(one.Encode(), other.Encode()); same != (*one == other) {
			t.Fatalf("the bytes of %+v and %+v are the same: %t", one, other, same)
		}
	})
}

// TestARecordBeginsWithItsCircumstance lets an engine encode that once for many.
func TestARecordBeginsWithItsCircumstance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord(t, rapid.String())
		made := ledger.AppendRecord([]byte("before"), r.Circumstance.Encode(), r.ID, r.Visitor, r.Previous, r.Time.UnixMilli(), int64(r.Skew/time.Second))
		if want := append([]byte("before"), r.Encode()...); !bytes.Equal(made, want) {
			t.Fatalf("appended, the record is %q instead of %q", made, want)
		}
	})
}

// anyRecord draws a record as Encode keeps it: milliseconds and whole seconds.
func anyRecord(t *rapid.T, text *rapid.Generator[string]) *ledger.Record {
	r := &ledger.Record{Time: time.UnixMilli(0).UTC()}
	for field := range recordFields {
		redrawField(t, r, field, text)
	}
	return r
}

func redraw(t *rapid.T, r *ledger.Record, text *rapid.Generator[string]) {
	redrawField(t, r, rapid.IntRange(0, recordFields-1).Draw(t, "field"), text)
}

func redrawField(t *rapid.T, r *ledger.Record, field int, text *rapid.Generator[string]) {
	name := fmt.Sprintf("field %d", field)
	word := func() string { return text.Draw(t, name) }
	switch field {
	case 0:
		r.Organisation = consent.OrganisationID(word())
	case 1:
		r.Site = consent.SiteKey(word())
	case fieldNotice:
		r.Notice = consent.NoticeNumber(rapid.Int().Draw(t, name))
	case fieldNoticeHash:
		fill(t, r.NoticeHash[:], name)
	case 4:
		r.Bundle = consent.BundleID(word())
	case fieldBundleHash:
		fill(t, r.BundleHash[:], name)
	case 6:
		r.Language = consent.Language(word())
	case 7:
		r.Method = consent.Method(word())
	case 8:
		r.Layer = consent.Layer(word())
	case 9:
		r.State = consent.State(word())
	case fieldGPC:
		r.GPC = rapid.Bool().Draw(t, name)
	case 11:
		r.Choice = word()
	case fieldID:
		fill(t, r.ID[:], name)
	case fieldVisitor:
		fill(t, r.Visitor[:], name)
	case fieldPrevious:
		fill(t, r.Previous[:], name)
	case fieldTime:
		r.Time = time.UnixMilli(rapid.Int64().Draw(t, name)).UTC()
	case fieldSkew:
		r.Skew = time.Duration(rapid.Int64Range(math.MinInt64/int64(time.Second), math.MaxInt64/int64(time.Second)).Draw(t, name)) * time.Second
	}
}

// fill draws bytes, often none: what is not there is written differently.
func fill(t *rapid.T, into []byte, name string) {
	clear(into)
	if rapid.Bool().Draw(t, name+" is there") {
		copy(into, rapid.SliceOfN(rapid.Byte(), len(into), len(into)).Draw(t, name))
	}
}

// TestWhatIsNotThereHasNoBytes keeps a counted visitor apart from a known one.
func TestWhatIsNotThereHasNoBytes(t *testing.T) {
	record := sample(1)
	record.Visitor, record.Previous = consent.VisitorKey{}, consent.DecisionID{}
	fields := split(t, record.Encode())
	if len(fields[fieldVisitor]) != 0 || len(fields[fieldPrevious]) != 0 {
		t.Errorf("nobody is written as %x, nothing before as %x", fields[fieldVisitor], fields[fieldPrevious])
	}
	if again, err := ledger.ParseRecord(record.Encode()); err != nil || *again != *record {
		t.Errorf("%+v became %+v, %v", record, again, err)
	}
}

// TestACutOrLengthenedRecordIsRefused tries every length.
func TestACutOrLengthenedRecordIsRefused(t *testing.T) {
	data := sample(1).Encode()
	for end := range data {
		refuse(t, data[:end], "the first %d bytes of %d", end, len(data))
	}
	for last := range 256 {
		refuse(t, append(slices.Clone(data), byte(last)), "a byte %#x at the end", last)
	}
	refuse(t, append(slices.Clone(data), data...), "a record after the record")
	refuse(t, binary.BigEndian.AppendUint32(slices.Clone(data), 0), "an empty field too many")
}

// TestALengthThatIsNotTheFieldsIsRefused changes each length, a bit at a time.
func TestALengthThatIsNotTheFieldsIsRefused(t *testing.T) {
	data := sample(1).Encode()
	at := 0
	for i, field := range split(t, data) {
		for bit := range 32 {
			wrong := slices.Clone(data)
			binary.BigEndian.PutUint32(wrong[at:], uint32(len(field))^1<<bit)
			refuse(t, wrong, "field %d of %d bytes says that it has %d", i, len(field), len(field)^1<<bit)
		}
		at += 4 + len(field)
	}
}

// TestAFieldHasOneWayToBeWritten refuses all others of the fields that are no
// texts, though the record is whole.
func TestAFieldHasOneWayToBeWritten(t *testing.T) {
	fields := split(t, sample(1).Encode())
	for _, i := range []int{fieldNotice, fieldNoticeHash, fieldBundleHash, fieldID, fieldVisitor, fieldPrevious, fieldTime, fieldSkew} {
		for _, length := range []int{0, 1, len(fields[i]) - 1, len(fields[i]) + 1, 2 * len(fields[i])} {
			if length == 0 && (i == fieldVisitor || i == fieldPrevious) {
				continue // nobody, and nothing before
			}
			wrong := slices.Clone(fields)
			wrong[i] = append(slices.Clone(fields[i]), make([]byte, len(fields[i]))...)[:length]
			refuse(t, unsplit(wrong), "field %d has %d bytes instead of %d", i, length, len(fields[i]))
		}
	}
	for _, other := range []struct {
		field int
		value string
		why   string
	}{
		{fieldGPC, "", "no word about GPC"},
		{fieldGPC, "2", "GPC is 2"},
		{fieldGPC, "01", "GPC is 01"},
		{fieldGPC, "true", "GPC is true"},
		{fieldVisitor, string(make([]byte, 22)), "nobody, written out"},
		{fieldPrevious, string(make([]byte, 16)), "nothing before, written out"},
		{fieldSkew, "\x7f\xff\xff\xff\xff\xff\xff\xff", "a skew that is no duration"},
		{fieldSkew, "\x80\x00\x00\x00\x00\x00\x00\x00", "a skew that is no duration, the other way"},
	} {
		wrong := slices.Clone(fields)
		wrong[other.field] = []byte(other.value)
		refuse(t, unsplit(wrong), "%s", other.why)
	}
}

func refuse(t *testing.T, data []byte, format string, values ...any) {
	if record, err := ledger.ParseRecord(data); err == nil {
		t.Errorf("%s: read as %+v", fmt.Sprintf(format, values...), record)
	}
}

// FuzzParseRecord holds for all bytes: what is read is written the same.
func FuzzParseRecord(f *testing.F) {
	data := sample(1).Encode()
	f.Add(data)
	f.Add([]byte{})
	f.Add((&ledger.Record{}).Encode())
	for end := 0; end < len(data); end += 13 {
		f.Add(data[:end])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		record, err := ledger.ParseRecord(data)
		if err != nil {
			return
		}
		if again := record.Encode(); !bytes.Equal(again, data) {
			t.Fatalf("%q is read, and written as %q", data, again)
		}
	})
}
