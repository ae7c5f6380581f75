package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	insertOrganisation = `INSERT INTO organisation (id, name, number, created) VALUES (?, ?, ?, ?)`
	// One that cannot be an organisation here is only text in its draft, and one that is
	// there stays as it is, whatever a draft calls it.
	namedOrganisation = `
INSERT OR IGNORE INTO organisation (id, name, number, created) VALUES (?1, substr(?2, 1, 200), substr(?3, 1, 20), ?4)`
	changeOrganisation = `UPDATE organisation SET name = ?2, number = ?3 WHERE id = ?1`
	organisationName   = `SELECT name FROM organisation WHERE id = ?`
	organisationNumber = `SELECT number FROM organisation WHERE id = ?`
	numbered           = `SELECT id, name FROM organisation WHERE number = ? AND id <> ? ORDER BY id LIMIT 1`
	allOrganisations   = `SELECT id, name, number FROM organisation ORDER BY id`
)

// AddOrganisation makes an organisation that has no site yet.
func (s *Store) AddOrganisation(ctx context.Context, organisation consent.NewOrganisation, now time.Time) error {
	acting := consent.ActingOf(ctx)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if !organisation.Meant {
			if err := oneOfNumber(ctx, conn, &organisation.Organisation, ""); err != nil {
				return err
			}
		}
		_, err := conn.ExecContext(ctx, insertOrganisation, string(organisation.ID), organisation.Name, organisation.Number, millis(now))
		if isKey(err) {
			return consent.Errorf(consent.Conflict, "organisation_exists", "There is an organisation %q already. Choose another short name.", organisation.ID)
		}
		if err != nil || organisation.Administrator == 0 {
			return organisationError(err)
		}
		return s.writer.firstRole(ctx, conn, &organisation, acting)
	})
}

// oneOfNumber refuses an organisation whose number another one has than except. It is
// asked in the write: two that come at once make one.
func oneOfNumber(ctx context.Context, conn *sql.Conn, o *consent.Organisation, except consent.OrganisationID) error {
	if o.Number == "" {
		return nil
	}
	var known consent.Organisation
	err := conn.QueryRowContext(ctx, numbered, o.Number, string(except)).Scan(&known.ID, &known.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for the number: %w", err)
	}
	return consent.Errorf(consent.Conflict, "same_number", "There is an organisation with the number %s already: %s (%s).", o.Number, known.Name, known.ID)
}

// firstRole gives a new organisation its administrator. The trail of the organisation
// tells of it: the act that makes it stands in that of the installation.
func (w *writer) firstRole(ctx context.Context, conn *sql.Conn, o *consent.NewOrganisation, acting *consent.Acting) error {
	const role = consent.RoleAdministrator
	if err := (ended{w, conn, acting}).giving(ctx, o.Administrator, o.ID, role); err != nil {
		return err
	}
	told := w.changes
	w.changes = nil
	if acting == nil || !acting.Waits() {
		return nil
	}
	act, _ := consent.ActOf(consent.WithAct(ctx, consent.Act{
		Time: acting.Act.Time, Account: acting.Act.Account, Organisation: o.ID, Action: "member.role", Object: accountTold(o.Administrator) + " " + string(role),
	}))
	if err := act.Changing(told...); err != nil {
		return err
	}
	return w.record(ctx, &act)
}

// ChangeOrganisation changes name and number.
func (s *Store) ChangeOrganisation(ctx context.Context, organisation consent.Organisation) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		name, err := was(ctx, conn, organisationName, string(organisation.ID))
		if err != nil {
			return err
		}
		number, err := was(ctx, conn, organisationNumber, string(organisation.ID))
		if err != nil {
			return err
		}
		s.writer.changed("name", name, organisation.Name)
		s.writer.changed("number", number, organisation.Number)
		done, err := conn.ExecContext(ctx, changeOrganisation, string(organisation.ID), organisation.Name, organisation.Number)
		if err != nil {
			return organisationError(err)
		}
		return changedOne(done, "unknown_organisation", "There is no such organisation.")
	})
}

// Organisations gives all, by id.
func (s *Store) Organisations(ctx context.Context) ([]consent.Organisation, error) {
	var all []consent.Organisation
	err := s.reads.each(ctx, allOrganisations, func(rows *sql.Rows) error {
		var o consent.Organisation
		if err := rows.Scan(&o.ID, &o.Name, &o.Number); err != nil {
			return err
		}
		all = append(all, o)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the organisations: %w", err)
	}
	return all, nil
}

// organisationOf makes the organisation that a draft names, unless it is there. Where
// saving the draft is an act, making the organisation is one, too.
func (w *writer) organisationOf(ctx context.Context, conn *sql.Conn, draft *consent.Draft, acting *consent.Acting, now time.Time) error {
	o := &draft.Organisation
	done, err := conn.ExecContext(ctx, namedOrganisation, string(o.ID), o.Name, o.Number, millis(now))
	if err != nil {
		return fmt.Errorf("store the organisation: %w", err)
	}
	if made, err := done.RowsAffected(); err != nil || made == 0 || acting == nil || !acting.Waits() {
		return err
	}
	if err := oneOfNumber(ctx, conn, o, o.ID); err != nil {
		return err
	}
	act, _ := consent.ActOf(consent.WithAct(ctx, consent.Act{
		Time: acting.Act.Time, Account: acting.Act.Account, Action: "organisation.add", Object: o.Name,
	}))
	if err := act.Changing(); err != nil {
		return err
	}
	return w.record(ctx, &act)
}

func organisationError(err error) error {
	if isConstraint(err) {
		return &consent.Error{
			Kind: consent.Invalid, Code: "invalid_organisation", Err: err,
			Message: "The organisation needs a short name of 1 to 40 of a-z, 0-9 and hyphen, and a name of at most 200 characters.",
		}
	}
	if err != nil {
		return fmt.Errorf("store the organisation: %w", err)
	}
	return nil
}

// changedOne says that a change met nothing.
func changedOne(done sql.Result, code, message string) error {
	changed, err := done.RowsAffected()
	if err == nil && changed == 0 {
		return consent.Errorf(consent.NotFound, code, "%s", message)
	}
	return err
}
