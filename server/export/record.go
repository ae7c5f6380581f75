// Package export writes Decisions for others to read: rows for spreadsheets, lines
// for programs, and records in the words of ISO/IEC TS 27560. It reads a log of any
// length page by page and holds no more than that in memory.
package export

import (
	"context"
	"encoding/base64"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Record is one decision as exports hold it: everything that is stored about
// it, what its notice and bundle add, and what ISO/IEC TS 27560 wants to be said
// although it is the same everywhere. Field names are the vocabulary's.
type Record struct {
	Schema     string               `json:"schema_version"`
	ID         string               `json:"id"`
	Site       consent.SiteKey      `json:"site"`
	Hosts      []string             `json:"scope_hosts"` // where the decision holds
	Event      string               `json:"event_type"`
	Entity     string               `json:"entity"`  // who made it: subject or system
	Time       string               `json:"time"`    // RFC 3339, UTC, milliseconds
	Visitor    string               `json:"visitor"` // visitor key, base64url
	State      consent.State        `json:"state"`
	Method     consent.Method       `json:"method"`
	Layer      consent.Layer        `json:"layer"`
	Language   consent.Language     `json:"language"`
	Choice     consent.Choice       `json:"choice"`
	Previous   *string              `json:"previous"`
	GPC        bool                 `json:"gpc"`
	Skew       int64                `json:"skew_seconds"`
	ValidUntil *string              `json:"valid_until"` // RFC 3339, UTC, milliseconds; null for one showing only
	Notice     consent.NoticeNumber `json:"notice"`
	NoticeHash string               `json:"notice_hash"`
	Bundle     consent.BundleID     `json:"bundle"`
	BundleHash string               `json:"bundle_hash"`
	Frozen     bool                 `json:"frozen"` // restricted (GDPR art. 18)
}

const (
	// RecordSchema names the form of a record.
	RecordSchema = "consent-event/1"
	// Expressed is the only type of event: "explicit" is kept for GDPR art. 9.
	Expressed = "expressed"
)

// Stamp is RFC 3339 to the millisecond.
const Stamp = "2006-01-02T15:04:05.000Z07:00"

// Recorder makes records. It looks up each notice and bundle once, and keeps what
// records have in common.
type Recorder struct {
	store   consent.Store
	site    consent.SiteKey
	notices map[consent.NoticeNumber]*consent.Notice
	bundles map[consent.BundleID]string
	known   map[circumstanceKey][]*Circumstance
	count   int // of circumstances
}

// NewRecorder makes one for the decisions of a Site.
func NewRecorder(store consent.Store, site consent.SiteKey) *Recorder {
	return &Recorder{
		store: store, site: site,
		notices: map[consent.NoticeNumber]*consent.Notice{},
		bundles: map[consent.BundleID]string{},
		known:   map[circumstanceKey][]*Circumstance{},
	}
}

// Notices gives those that entries so far refer to.
func (r *Recorder) Notices() []consent.NoticeNumber {
	return slices.Sorted(maps.Keys(r.notices))
}

// Record gives the entry with what its notice and bundle add.
func (r *Recorder) Record(ctx context.Context, entry *consent.Entry) (*Record, error) {
	shared, err := r.Circumstance(ctx, entry)
	if err != nil {
		return nil, err
	}
	return shared.Record(entry), nil
}

// Record gives the entry as the circumstance completes it.
func (c *Circumstance) Record(entry *consent.Entry) *Record {
	out := &Record{
		Schema: RecordSchema, ID: entry.ID.String(), Site: entry.Site,
		Hosts: c.Hosts, Event: Expressed, Entity: Entity(entry.Method),
		Time:    entry.Time.UTC().Format(Stamp),
		Visitor: base64.RawURLEncoding.EncodeToString(entry.Visitor[:]),
		State:   entry.State, Method: entry.Method, Layer: entry.Layer, Language: entry.Language,
		Choice: entry.Choice, GPC: entry.GPC, Skew: int64(entry.Skew / time.Second),
		Notice: entry.Notice, NoticeHash: c.NoticeHash,
		Bundle: entry.Bundle, BundleHash: c.BundleHash, Frozen: entry.Frozen,
	}
	if until := entry.ValidUntil(&c.Notice.Draft.Site); !until.IsZero() {
		text := until.UTC().Format(Stamp)
		out.ValidUntil = &text
	}
	if !entry.Previous.IsZero() {
		previous := entry.Previous.String()
		out.Previous = &previous
	}
	return out
}

// Entity says who made a decision. Time runs out by itself; all else is the
// visitor's doing.
func Entity(method consent.Method) string {
	if method == consent.Expiry {
		return "system"
	}
	return "subject"
}

func (r *Recorder) notice(ctx context.Context, number consent.NoticeNumber) (*consent.Notice, error) {
	if notice, ok := r.notices[number]; ok {
		return notice, nil
	}
	notice, err := r.store.Notice(ctx, r.site, number)
	if err == nil {
		r.notices[number] = notice
	}
	return notice, err
}

// bundle gives the hash of a bundle, empty when its bytes are gone.
func (r *Recorder) bundle(ctx context.Context, id consent.BundleID) (string, error) {
	if hash, ok := r.bundles[id]; ok {
		return hash, nil
	}
	bundle, err := r.store.Bundle(ctx, r.site, id)
	var missing *consent.Error
	switch {
	case errors.As(err, &missing) && missing.Kind == consent.NotFound:
		r.bundles[id] = ""
	case err != nil:
		return "", err
	default:
		r.bundles[id] = bundle.Hash.String()
	}
	return r.bundles[id], nil
}

// Answers gives what a choice grants and denies, categories before services.
func Answers(choice consent.Choice) (granted, denied []string) {
	sort := func(key string, yes bool) {
		if yes {
			granted = append(granted, key)
		} else {
			denied = append(denied, key)
		}
	}
	for _, key := range sortedKeys(choice.Categories) {
		sort(string(key), choice.Categories[key])
	}
	for _, ref := range sortedKeys(choice.Services) {
		sort(string(ref), choice.Services[ref])
	}
	return granted, denied
}

func sortedKeys[K ~string, V any](from map[K]V) []K {
	keys := make([]K, 0, len(from))
	for key := range from {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
