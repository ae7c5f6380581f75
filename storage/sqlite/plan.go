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
	planTable = `
SELECT plan.id, site.key, plan.state, plan.revision, plan.revision <> site.revision, proposer, proposed, comment, due, coalesce(decider, 0), decided, reason
FROM plan JOIN site ON site.id = plan.site`
	planOf   = planTable + ` WHERE site.key = ?`
	duePlans = planTable + ` WHERE plan.state = 'scheduled' AND plan.due <= ? AND plan.revision = site.revision ORDER BY plan.due, plan.id`

	planAndDraft = `SELECT site.id, site.revision, coalesce(plan.id, 0) FROM site LEFT JOIN plan ON plan.site = site.id WHERE site.key = ?`
	insertPlan   = `
INSERT INTO plan (site, state, revision, proposer, proposed, comment, due) VALUES (?, ?, ?, ?, ?, ?, ?)`
	dropPlan = `DELETE FROM plan WHERE site = ?`
	endPlan  = `DELETE FROM plan WHERE site = (SELECT id FROM site WHERE key = ?)`

	// Nothing comes of a plan whose draft is another by now. It can be ended.
	ofDraft  = `revision = (SELECT revision FROM site WHERE site.id = plan.site)`
	standing = ` WHERE id = ?1 AND state = ?2 AND ` + ofDraft
	movePlan = `
UPDATE plan SET state = ?3, decider = nullif(?4, 0), decided = ?5, reason = ?6
WHERE id = ?1 AND state = ?2 AND (?3 IN ('returned', 'cancelled') OR ` + ofDraft + `)`
	takePlan = `DELETE FROM plan` + standing

	waitingPlan = `
SELECT plan.state FROM plan JOIN site ON site.id = plan.site
WHERE site.key = ? AND plan.revision = site.revision AND plan.state IN ('proposed', 'scheduled')`

	draftSaver = `SELECT saver, revision FROM site INDEXED BY site_entry WHERE key = ?`
	// The one who saved last counts even when a notice was made at the same time.
	draftSavers = `
SELECT saver FROM site WHERE key = ?1 AND saver > 0
UNION SELECT saver.account FROM saver JOIN site ON site.id = saver.site WHERE site.key = ?1`
)

// Plan gives what is planned for a site's draft.
func (s *Store) Plan(ctx context.Context, site consent.SiteKey) (*consent.Plan, error) {
	plan, err := scanPlan(s.reads.row(ctx, planOf, string(site)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "no_plan", "Nothing is planned for the draft of %s.", site)
	}
	return plan, err
}

// DuePlans gives what is to be carried out.
func (s *Store) DuePlans(ctx context.Context, now time.Time) ([]consent.Plan, error) {
	return listed(ctx, s.reads, duePlans, scanPlan, millis(now))
}

// SetPlan stores a plan in place of the one that was there.
func (s *Store) SetPlan(ctx context.Context, plan *consent.Plan, was consent.PlanID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		var site int64
		var revision consent.DraftRevision
		var is consent.PlanID
		err := conn.QueryRowContext(ctx, planAndDraft, string(plan.Site)).Scan(&site, &revision, &is)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return errNoSite(plan.Site)
		case err != nil:
			return fmt.Errorf("read the plan: %w", err)
		case revision != plan.Revision:
			return consent.Errorf(consent.Conflict, "draft_changed", "Somebody else has changed the draft of %s meanwhile. Look at it again.", plan.Site)
		case is != was:
			return errPlanChanged()
		}
		if _, err := conn.ExecContext(ctx, dropPlan, site); err != nil {
			return fmt.Errorf("store the plan: %w", err)
		}
		done, err := conn.ExecContext(ctx, insertPlan, site, string(plan.State), int64(plan.Revision), int64(plan.Proposer), millis(plan.Proposed), plan.Comment, millisOrNone(plan.Due))
		if err != nil {
			return fmt.Errorf("store the plan: %w", err)
		}
		id, err := done.LastInsertId()
		plan.ID = consent.PlanID(id)
		return err
	})
}

// MovePlan stores what has become of a plan.
func (s *Store) MovePlan(ctx context.Context, plan *consent.Plan, from consent.PlanState) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		decided := int64(0)
		if !plan.Decided.IsZero() {
			decided = millis(plan.Decided)
		}
		done, err := conn.ExecContext(ctx, movePlan, int64(plan.ID), string(from), string(plan.State), int64(plan.Decider), decided, plan.Reason)
		return stood(done, err)
	})
}

// SavePlanned appends a notice and ends its plan, or does nothing.
func (s *Store) SavePlanned(ctx context.Context, plan *consent.Plan, notice *consent.Notice) error {
	return s.saveNotice(ctx, plan.Site, notice, func(ctx context.Context, conn *sql.Conn) error {
		if plan.Decider == 0 {
			if err := mayAlone(ctx, conn, plan.Site); err != nil {
				return err
			}
		}
		done, err := conn.ExecContext(ctx, takePlan, int64(plan.ID), string(plan.State))
		return stood(done, err)
	})
}

// lapsing has the act of the running job tell that a plan waits for the draft that it
// changes, and so falls away. Only jobs call it, before they change the draft.
func (w *writer) lapsing(ctx context.Context, conn *sql.Conn, site consent.SiteKey) error {
	state, err := was(ctx, conn, waitingPlan, string(site))
	if err == nil && state != "" {
		w.changed(consent.PlanField, state, consent.PlanLapsed)
	}
	return err
}

// stood says that a plan did not stand any more.
func stood(done sql.Result, err error) error {
	if err != nil {
		return fmt.Errorf("store the plan: %w", err)
	}
	if changed, err := done.RowsAffected(); err != nil || changed == 1 {
		return err
	}
	return errPlanChanged()
}

func errPlanChanged() error {
	return consent.Errorf(consent.Conflict, "plan_changed", "What was planned is something else by now. Look at it again.")
}

// Saver gives who saved a draft last.
func (s *Store) Saver(ctx context.Context, site consent.SiteKey) (saver consent.AccountID, revision consent.DraftRevision, err error) {
	err = s.reads.row(ctx, draftSaver, string(site)).Scan(&saver, &revision)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, errNoSite(site)
	}
	return saver, revision, err
}

// Savers gives who changed a draft since the last notice.
func (s *Store) Savers(ctx context.Context, site consent.SiteKey) (savers []consent.AccountID, err error) {
	err = s.reads.each(ctx, draftSavers, func(rows *sql.Rows) error {
		var id consent.AccountID
		err := rows.Scan(&id)
		savers = append(savers, id)
		return err
	}, string(site))
	return savers, err
}

// saverOf gives whose change a draft is, 0 for a command on the machine.
func saverOf(ctx context.Context) int64 {
	act, _ := consent.ActOf(ctx)
	return int64(act.Account)
}

func scanPlan(row oneRow) (*consent.Plan, error) {
	plan := new(consent.Plan)
	var proposed, due, decided int64
	err := row.Scan(&plan.ID, &plan.Site, &plan.State, &plan.Revision, &plan.Fallen, &plan.Proposer, &proposed, &plan.Comment, &due,
		&plan.Decider, &decided, &plan.Reason)
	if err != nil {
		return nil, err
	}
	plan.Proposed, plan.Due, plan.Decided = moment(proposed), momentOrNone(due), momentOrNone(decided)
	return plan, nil
}
