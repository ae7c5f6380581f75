package export

import (
	"encoding/base64"
	"io"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/samtykke/samtykke/consent"
)

// A row group is what is held in memory before it is written; a batch is what is
// handed over at a time.
const (
	rowGroup = 20_000
	rowBatch = 500
)

// parquetRow is a record with a type for each column. Words that repeat are in
// dictionaries; lists are sorted, categories before services.
type parquetRow struct {
	Schema     string   `parquet:"schema_version,dict"`
	ID         [16]byte `parquet:"id,uuid"`
	Site       string   `parquet:"site,dict"`
	Hosts      []string `parquet:"scope_hosts,list" parquet-element:",dict"`
	Event      string   `parquet:"event_type,dict"`
	Entity     string   `parquet:"entity,dict"`
	Time       int64    `parquet:"time,timestamp(millisecond)"` // UTC
	Visitor    string   `parquet:"visitor"`                     // visitor key, base64url
	State      string   `parquet:"state,dict"`
	Method     string   `parquet:"method,dict"`
	Layer      string   `parquet:"layer,dict"`
	Language   string   `parquet:"language,dict"`
	Granted    []string `parquet:"granted,list" parquet-element:",dict"`
	Denied     []string `parquet:"denied,list" parquet-element:",dict"`
	Previous   string   `parquet:"previous,optional"`
	GPC        bool     `parquet:"gpc"`
	Skew       int64    `parquet:"skew_seconds"`
	ValidUntil int64    `parquet:"valid_until,optional,timestamp(millisecond)"`
	Notice     int32    `parquet:"notice"`
	NoticeHash string   `parquet:"notice_hash,dict"`
	Bundle     string   `parquet:"bundle,dict"`
	BundleHash string   `parquet:"bundle_hash,dict"`
	Frozen     bool     `parquet:"frozen"` // restricted (GDPR art. 18)
}

// parquetExport writes decisions in row groups, so that memory does not grow with
// the log.
type parquetExport struct {
	file  *parquet.GenericWriter[parquetRow]
	batch []parquetRow
}

// NewParquet makes a Format of Parquet, written by a release of the program.
func NewParquet(out io.Writer, release string) Format {
	return &parquetExport{
		file: parquet.NewGenericWriter[parquetRow](out,
			parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("samtykke", release, "")),
		batch: make([]parquetRow, 0, rowBatch),
	}
}

// Begin has nothing to write.
func (x *parquetExport) Begin() error { return nil }

// Put keeps a decision until a batch is full.
func (x *parquetExport) Put(entry *consent.Entry, shared *Circumstance) error {
	row := parquetRow{
		Schema: RecordSchema, ID: entry.ID, Site: string(entry.Site), Hosts: shared.Hosts, Event: Expressed, Entity: Entity(entry.Method),
		Time: entry.Time.UnixMilli(), Visitor: base64.RawURLEncoding.EncodeToString(entry.Visitor[:]),
		State: string(entry.State), Method: string(entry.Method), Layer: string(entry.Layer), Language: string(entry.Language),
		Granted: shared.Granted, Denied: shared.Denied, Previous: entry.Previous.String(), GPC: entry.GPC, Skew: int64(entry.Skew / time.Second),
		Notice: int32(entry.Notice), NoticeHash: shared.NoticeHash, Bundle: string(entry.Bundle), BundleHash: shared.BundleHash, Frozen: entry.Frozen, //nolint:gosec // a site does not publish 2³¹ notices
	}
	if until := entry.ValidUntil(&shared.Notice.Draft.Site); !until.IsZero() {
		row.ValidUntil = until.UnixMilli()
	}
	x.batch = append(x.batch, row)
	if len(x.batch) == rowBatch {
		return x.write()
	}
	return nil
}

func (x *parquetExport) write() error {
	_, err := x.file.Write(x.batch)
	x.batch = x.batch[:0]
	return err
}

// Finish writes the last rows, and the index at the end without which a Parquet
// file cannot be read.
func (x *parquetExport) Finish() error {
	if err := x.write(); err != nil {
		return err
	}
	return x.file.Close()
}
