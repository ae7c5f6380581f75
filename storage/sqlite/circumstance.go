package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// maxCircumstances bounds the memory that known circumstances take. Visitors
// who make up combinations cannot fill it: it is emptied and fills again.
const maxCircumstances = 50_000

// circumstanceKey is everything that decisions have in common.
type circumstanceKey struct {
	site     consent.SiteKey
	notice   consent.NoticeNumber
	bundle   consent.BundleID
	language consent.Language
	method   consent.Method
	layer    consent.Layer
	state    consent.State
	gpc      bool
	choice   string // JSON with sorted keys
}

// circumstance is a row of its table with the choice decoded.
type circumstance struct {
	id     int64
	site   int64
	key    circumstanceKey
	choice consent.Choice
	record []byte // with which the records of its decisions begin
}

// fill writes the shared fields into a Decision. The maps are copies: what a
// caller does to its Decision must not reach another's.
func (c *circumstance) fill(d *consent.Decision) {
	d.Site, d.Notice, d.Bundle, d.Language = c.key.site, c.key.notice, c.key.bundle, c.key.language
	d.Method, d.Layer, d.State, d.GPC = c.key.method, c.key.layer, c.key.state, c.key.gpc
	d.Choice = consent.Choice{Categories: maps.Clone(c.choice.Categories), Services: maps.Clone(c.choice.Services)}
}

func keyOf(d *consent.Decision) (circumstanceKey, error) {
	text, err := encodeChoice(d.Choice)
	if err != nil {
		return circumstanceKey{}, err
	}
	return circumstanceKey{d.Site, d.Notice, d.Bundle, d.Language, d.Method, d.Layer, d.State, d.GPC, text}, nil
}

// encode makes the beginning of the records.
func (c *circumstance) encode(organisation string, notice, bundle []byte) {
	k := &c.key
	shared := ledger.Circumstance{
		Organisation: consent.OrganisationID(organisation), Site: k.site, Notice: k.notice, Bundle: k.bundle,
		Language: k.language, Method: k.method, Layer: k.layer, State: k.state, GPC: k.gpc, Choice: k.choice,
	}
	copy(shared.NoticeHash[:], notice)
	copy(shared.BundleHash[:], bundle)
	c.record = shared.Encode()
}

// owned copies the strings, which may be the caller's to overwrite.
func (k circumstanceKey) owned() circumstanceKey {
	k.site = consent.SiteKey(strings.Clone(string(k.site)))
	k.bundle = consent.BundleID(strings.Clone(string(k.bundle)))
	k.language = consent.Language(strings.Clone(string(k.language)))
	k.method = consent.Method(strings.Clone(string(k.method)))
	k.layer = consent.Layer(strings.Clone(string(k.layer)))
	k.state = consent.State(strings.Clone(string(k.state)))
	return k
}

// circumstances remembers the rows of the table, which never change.
type circumstances struct {
	mu    sync.RWMutex
	byKey map[circumstanceKey]*circumstance
	byID  map[int64]*circumstance
}

func newCircumstances() *circumstances {
	return &circumstances{byKey: make(map[circumstanceKey]*circumstance), byID: make(map[int64]*circumstance)}
}

func (cs *circumstances) find(key circumstanceKey) *circumstance {
	cs.mu.RLock()
	defer cs.mu.RUnlock()
	return cs.byKey[key]
}

func (cs *circumstances) get(id int64) *circumstance {
	cs.mu.RLock()
	defer cs.mu.RUnlock()
	return cs.byID[id]
}

// keep remembers rows that are committed.
func (cs *circumstances) keep(fresh map[circumstanceKey]*circumstance) {
	if len(fresh) == 0 {
		return
	}
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if len(cs.byID)+len(fresh) > maxCircumstances {
		clear(cs.byKey)
		clear(cs.byID)
	}
	for key, c := range fresh {
		cs.byKey[key], cs.byID[c.id] = c, c
	}
}

const insertCircumstance = `
INSERT INTO circumstance (site, notice, bundle, language, method, layer, state, gpc, choice)
SELECT site.id, ?, bundle.id, ?, ?, ?, ?, ?, ?
FROM site JOIN bundle ON bundle.site = site.id AND bundle.key = ?
WHERE site.key = ?
ON CONFLICT (site, notice, bundle, language, method, layer, state, gpc, choice) DO NOTHING`

const selectCircumstance = `
SELECT circumstance.id, site.id, notice.hash, bundle.hash, notice.json ->> '$.draft.organisation.id'
FROM site
JOIN bundle ON bundle.site = site.id AND bundle.key = ?
JOIN notice ON notice.site = site.id AND notice.number = ?
JOIN circumstance ON circumstance.site = site.id AND circumstance.notice = notice.number AND circumstance.bundle = bundle.id
  AND language = ? AND method = ? AND layer = ? AND state = ? AND gpc = ? AND choice = ?
WHERE site.key = ?`

// intern gives the row for a key within the writer's transaction, and makes it
// when it is new.
func intern(ctx context.Context, conn *sql.Conn, key circumstanceKey) (*circumstance, error) {
	_, err := conn.ExecContext(ctx, insertCircumstance, key.notice, string(key.language), string(key.method),
		string(key.layer), string(key.state), key.gpc, key.choice, string(key.bundle), string(key.site))
	if isConstraint(err) {
		return nil, whyRefused(ctx, conn, key, err)
	}
	if err != nil {
		return nil, fmt.Errorf("store a circumstance: %w", err)
	}
	c := &circumstance{key: key}
	var notice, bundle []byte
	var organisation string
	err = conn.QueryRowContext(ctx, selectCircumstance, string(key.bundle), key.notice, string(key.language), string(key.method),
		string(key.layer), string(key.state), key.gpc, key.choice, string(key.site)).Scan(&c.id, &c.site, &notice, &bundle, &organisation)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, whyRefused(ctx, conn, key, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("read a circumstance: %w", err)
	}
	c.encode(organisation, notice, bundle)
	return c, json.Unmarshal([]byte(key.choice), &c.choice)
}

// whyRefused finds the sentence for a decision whose circumstance cannot be.
func whyRefused(ctx context.Context, conn *sql.Conn, key circumstanceKey, cause error) error {
	var site, bundle, notice int
	err := conn.QueryRowContext(ctx, `
SELECT count(*), count(bundle.id), count(notice.id) FROM site
LEFT JOIN bundle ON bundle.site = site.id AND bundle.key = ?
LEFT JOIN notice ON notice.site = site.id AND notice.number = ?
WHERE site.key = ?`, string(key.bundle), key.notice, string(key.site)).Scan(&site, &bundle, &notice)
	switch {
	case err != nil:
		return fmt.Errorf("look for the site: %w", err)
	case site == 0:
		return errNoSite(key.site)
	case bundle == 0:
		return consent.Errorf(consent.Invalid, "unknown_bundle", "There is no bundle %q of the site %s. Load the site's script again.", key.bundle, key.site)
	case notice == 0:
		return consent.Errorf(consent.Invalid, "unknown_notice", "There is no notice %d of the site %s. Load the site's script again.", key.notice, key.site)
	default:
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_decision", Message: "The decision breaks a rule of the log. Send method, layer, state and language as the manual names them.", Err: cause}
	}
}
