package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	upsertSite = `
INSERT INTO site (key, organisation, name, draft, changed, saver) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (key) DO UPDATE SET
  name = ?3, draft = ?4, changed = ?5, saver = ?6, revision = revision + 1`
	insertSite = `
INSERT INTO site (key, organisation, name, draft, changed, saver) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO NOTHING`
	replaceDraft = `
UPDATE site SET name = ?3, draft = ?4, changed = ?5, saver = ?6, revision = revision + 1 WHERE key = ?1 AND organisation = ?2 AND revision = ?7`
	organisationOfSite = `SELECT organisation FROM site WHERE key = ?`
)

// SaveDraft creates the site or replaces its draft.
func (s *Store) SaveDraft(ctx context.Context, draft consent.Draft, now time.Time) error {
	row, err := siteRow(ctx, &draft, now)
	if err != nil {
		return err
	}
	changes, err := s.draftChanges(ctx, draft.Site.Key, &draft)
	if err != nil {
		return err
	}
	acting := consent.ActingOf(ctx)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		s.writer.changes = changes
		if err := staysIn(ctx, conn, &draft); err != nil {
			return err
		}
		if err := s.writer.lapsing(ctx, conn, draft.Site.Key); err != nil {
			return err
		}
		if err := s.writer.organisationOf(ctx, conn, &draft, acting, now); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, upsertSite, row...)
		return siteError(draft.Site.Key, err)
	})
}

// ReplaceDraft saves a draft that was made of a revision.
func (s *Store) ReplaceDraft(ctx context.Context, draft *consent.Draft, was consent.DraftRevision, now time.Time) error {
	row, err := siteRow(ctx, draft, now)
	if err != nil {
		return err
	}
	statement := insertSite
	if was > 0 {
		statement, row = replaceDraft, append(row, int64(was))
	}
	changes, err := s.draftChanges(ctx, draft.Site.Key, draft)
	if err != nil {
		return err
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		s.writer.changes = changes
		if err := staysIn(ctx, conn, draft); err != nil {
			return err
		}
		if err := s.writer.lapsing(ctx, conn, draft.Site.Key); err != nil {
			return err
		}
		return putDraft(ctx, conn, draft.Site.Key, statement, row)
	})
}

// staysIn refuses a draft that would move its site to another organisation: with it would
// go its log and its register, to people who were never to see them.
func staysIn(ctx context.Context, conn *sql.Conn, draft *consent.Draft) error {
	var in consent.OrganisationID
	err := conn.QueryRowContext(ctx, organisationOfSite, string(draft.Site.Key)).Scan(&in)
	if errors.Is(err, sql.ErrNoRows) || err == nil && in == draft.Organisation.ID {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read whose site it is: %w", err)
	}
	return consent.Errorf(consent.Conflict, "other_organisation", "The site %s is in the organisation %s, and a draft does not move it to %q.", draft.Site.Key, in, draft.Organisation.ID)
}

func putDraft(ctx context.Context, conn *sql.Conn, key consent.SiteKey, statement string, row []any) error {
	done, err := conn.ExecContext(ctx, statement, row...)
	if err != nil {
		return siteError(key, err)
	}
	if changed, err := done.RowsAffected(); err != nil || changed > 0 {
		return err
	}
	return consent.Errorf(consent.Conflict, "draft_changed", "Somebody else has changed the draft of %s meanwhile. Look at it again.", key)
}

// ReplaceDrafts saves several drafts with their acts, or none.
func (s *Store) ReplaceDrafts(ctx context.Context, changes []consent.DraftChange, now time.Time) error {
	rows, acts, told := make([][]any, len(changes)), make([]consent.Act, len(changes)), make([][]consent.FieldChange, len(changes))
	for i := range changes {
		acting := consent.WithAct(ctx, changes[i].Act)
		row, err := siteRow(acting, changes[i].Draft, now)
		if err != nil {
			return err
		}
		rows[i] = append(row, int64(changes[i].Was))
		if told[i], err = s.draftChanges(acting, changes[i].Draft.Site.Key, changes[i].Draft); err != nil {
			return err
		}
		acts[i], _ = consent.ActOf(acting)
	}
	return s.writer.run(consent.WithoutAct(ctx), func(ctx context.Context, conn *sql.Conn) error {
		for i := range changes {
			key := changes[i].Draft.Site.Key
			s.writer.changes = told[i]
			if err := staysIn(ctx, conn, changes[i].Draft); err != nil {
				return err
			}
			if err := s.writer.lapsing(ctx, conn, key); err != nil {
				return err
			}
			if err := putDraft(ctx, conn, key, replaceDraft, rows[i]); err != nil {
				return err
			}
			if err := acts[i].Changing(s.writer.changes...); err != nil {
				return err
			}
		}
		s.writer.changes = nil
		for i := range acts {
			if err := s.writer.record(ctx, &acts[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// draftChanges says what a draft changes, for its act: nothing when there is no act that
// waits, or no draft yet. It is asked before the writer's turn, since large drafts take
// a while to compare. A draft that others save meanwhile is refused by its revision.
func (s *Store) draftChanges(ctx context.Context, site consent.SiteKey, after *consent.Draft) ([]consent.FieldChange, error) {
	if acting := consent.ActingOf(ctx); acting == nil || !acting.Waits() {
		return nil, nil
	}
	before, err := s.Draft(ctx, site)
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return consent.DraftChanges(before, after)
}

// siteRow gives the columns of a site.
func siteRow(ctx context.Context, draft *consent.Draft, now time.Time) ([]any, error) {
	name, err := json.Marshal(draft.Site.Name)
	if err != nil {
		return nil, fmt.Errorf("encode the site's name: %w", err)
	}
	text, err := json.Marshal(draft)
	if err != nil {
		return nil, fmt.Errorf("encode the draft: %w", err)
	}
	return []any{string(draft.Site.Key), string(draft.Organisation.ID), string(name), string(text), millis(now), saverOf(ctx)}, nil
}

// siteError says that a row breaks a rule of the table.
func siteError(key consent.SiteKey, err error) error {
	if isConstraint(err) {
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_site", Message: fmt.Sprintf("The site key %q cannot be used. Write 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter or digit.", key), Err: err}
	}
	if err != nil {
		return fmt.Errorf("store the draft: %w", err)
	}
	return nil
}

// Draft gives a site's draft.
func (s *Store) Draft(ctx context.Context, site consent.SiteKey) (*consent.Draft, error) {
	draft, _, err := s.DraftAt(ctx, site)
	return draft, err
}

// DraftAt gives a site's draft and which revision it is.
func (s *Store) DraftAt(ctx context.Context, site consent.SiteKey) (*consent.Draft, consent.DraftRevision, error) {
	var text []byte
	var revision consent.DraftRevision
	err := s.reads.row(ctx, oneDraft, string(site)).Scan(&text, &revision)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, errNoSite(site)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read the draft: %w", err)
	}
	draft := new(consent.Draft)
	if err := json.Unmarshal(text, draft); err != nil {
		return nil, 0, fmt.Errorf("decode the draft of %s: %w", site, err)
	}
	return draft, revision, nil
}

// SiteSize gives how many bytes a site's draft takes, or its longest notice.
func (s *Store) SiteSize(ctx context.Context, site consent.SiteKey) (size int, err error) {
	err = s.reads.row(ctx, siteSize, string(site)).Scan(&size)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errNoSite(site)
	}
	return size, err
}

// Site gives one site's entry.
func (s *Store) Site(ctx context.Context, site consent.SiteKey) (consent.SiteEntry, error) {
	entry, err := scanSite(s.reads.row(ctx, oneSite, string(site)))
	if errors.Is(err, sql.ErrNoRows) {
		return entry, errNoSite(site)
	}
	return entry, err
}

// Sites gives every site in key order.
func (s *Store) Sites(ctx context.Context) ([]consent.SiteEntry, error) {
	var sites []consent.SiteEntry
	err := s.reads.each(ctx, allSites, func(rows *sql.Rows) error {
		entry, err := scanSite(rows)
		sites = append(sites, entry)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the sites: %w", err)
	}
	return sites, nil
}

func scanSite(row oneRow) (entry consent.SiteEntry, err error) {
	var name []byte
	var changed int64
	if err := row.Scan(&entry.Key, &entry.Organisation, &name, &changed, &entry.Notice); err != nil {
		return entry, err
	}
	entry.Changed = moment(changed)
	if err := json.Unmarshal(name, &entry.Name); err != nil {
		return entry, fmt.Errorf("decode the name of %s: %w", entry.Key, err)
	}
	return entry, nil
}
