package main

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// record is one decision as exports hold it: everything that is stored about
// it, what its notice and bundle add, and what ISO/IEC TS 27560 wants to be said
// although it is the same everywhere. Field names are the vocabulary's.
type record struct {
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
	recordSchema = "consent-event/1"
	// expressed is the only type of event: "explicit" is kept for GDPR art. 9.
	expressed = "expressed"
)

// stamp is RFC 3339 to the millisecond.
const stamp = "2006-01-02T15:04:05.000Z07:00"

// recorder makes records. It looks up each notice and bundle once.
type recorder struct {
	store   consent.Store
	site    consent.SiteKey
	notices map[consent.NoticeNumber]*consent.Notice
	bundles map[consent.BundleID]string
}

func newRecorder(store consent.Store, site consent.SiteKey) *recorder {
	return &recorder{
		store: store, site: site,
		notices: map[consent.NoticeNumber]*consent.Notice{},
		bundles: map[consent.BundleID]string{},
	}
}

// record gives the entry with what its notice and bundle add.
func (r *recorder) record(ctx context.Context, entry *consent.Entry) (*record, error) {
	notice, err := r.notice(ctx, entry.Notice)
	if err != nil {
		return nil, err
	}
	bundle, err := r.bundle(ctx, entry.Bundle)
	if err != nil {
		return nil, err
	}
	out := &record{
		Schema: recordSchema, ID: entry.ID.String(), Site: entry.Site,
		Hosts: notice.Draft.Site.Hosts(), Event: expressed, Entity: entity(entry.Method),
		Time:    entry.Time.UTC().Format(stamp),
		Visitor: base64.RawURLEncoding.EncodeToString(entry.Visitor[:]),
		State:   entry.State, Method: entry.Method, Layer: entry.Layer, Language: entry.Language,
		Choice: entry.Choice, GPC: entry.GPC, Skew: int64(entry.Skew / time.Second),
		Notice: entry.Notice, NoticeHash: notice.Hash.String(),
		Bundle: entry.Bundle, BundleHash: bundle, Frozen: entry.Frozen,
	}
	if until := entry.ValidUntil(&notice.Draft.Site); !until.IsZero() {
		text := until.UTC().Format(stamp)
		out.ValidUntil = &text
	}
	if !entry.Previous.IsZero() {
		previous := entry.Previous.String()
		out.Previous = &previous
	}
	return out, nil
}

// entity says who made a decision. Time runs out by itself; all else is the
// visitor's doing.
func entity(method consent.Method) string {
	if method == consent.Expiry {
		return "system"
	}
	return "subject"
}

func (r *recorder) notice(ctx context.Context, number consent.NoticeNumber) (*consent.Notice, error) {
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
func (r *recorder) bundle(ctx context.Context, id consent.BundleID) (string, error) {
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

// csvHeader names the columns of cells.
var csvHeader = []string{
	"schema_version", "id", "site", "scope_hosts", "event_type", "entity", "time", "visitor", "state", "method", "layer", "language", "granted", "denied",
	"previous", "gpc", "skew_seconds", "valid_until", "notice", "notice_hash", "bundle", "bundle_hash", "frozen",
}

// cells gives the record as a row of a spreadsheet. Lists have spaces between.
// The choice becomes two columns of keys; a key with a slash is a service.
func (r *record) cells() []string {
	granted, denied := r.answers()
	return []string{
		r.Schema, r.ID, string(r.Site), strings.Join(r.Hosts, " "), r.Event, r.Entity,
		r.Time, r.Visitor, string(r.State), string(r.Method),
		string(r.Layer), string(r.Language), strings.Join(granted, " "), strings.Join(denied, " "),
		orEmpty(r.Previous), strconv.FormatBool(r.GPC), strconv.FormatInt(r.Skew, 10), orEmpty(r.ValidUntil),
		strconv.Itoa(int(r.Notice)), r.NoticeHash, string(r.Bundle), r.BundleHash, strconv.FormatBool(r.Frozen),
	}
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// answers gives what was granted and denied, categories before services.
func (r *record) answers() (granted, denied []string) {
	sort := func(key string, yes bool) {
		if yes {
			granted = append(granted, key)
		} else {
			denied = append(denied, key)
		}
	}
	for _, key := range sortedKeys(r.Choice.Categories) {
		sort(string(key), r.Choice.Categories[key])
	}
	for _, ref := range sortedKeys(r.Choice.Services) {
		sort(string(ref), r.Choice.Services[ref])
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
