package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// AuditTrails derives every trail of an organisation anew from what is stored.
func (s *Store) AuditTrails(ctx context.Context, organisation consent.OrganisationID) (found []consent.TrailAudit, err error) {
	anchored, err := s.trailAnchors.file.Load() // first: the database may only know more
	if err != nil {
		return nil, err
	}
	err = s.snapshot(ctx, func(at *Store) error {
		var trails []*tree
		err := at.reads.each(ctx, trailsOf, func(rows *sql.Rows) error {
			t, err := scanTrail(rows)
			trails = append(trails, t)
			return err
		}, string(organisation))
		if err != nil {
			return fmt.Errorf("read the audit trails: %w", err)
		}
		for _, t := range trails {
			fault, err := at.auditTrail(ctx, organisation, t, anchored[t.origin])
			if err != nil {
				return err
			}
			found = append(found, consent.TrailAudit{Organisation: organisation, Year: t.year, Acts: t.size, Fault: fault})
			delete(anchored, t.origin)
		}
		return nil
	})
	return append(found, lostTrails(organisation, anchored)...), err
}

// lostTrails gives a fault for each head beside the database whose trail is not in it.
func lostTrails(organisation consent.OrganisationID, anchored map[string][]byte) []consent.TrailAudit {
	var lost []consent.TrailAudit
	for origin := range anchored {
		if _, name, found := bytes.Cut([]byte(origin), []byte("/audit/")); found {
			key, year, _ := bytes.Cut(name, []byte("/"))
			whose := consent.OrganisationID(key)
			if whose == installation {
				whose = ""
			}
			if whose == organisation {
				lost = append(lost, consent.TrailAudit{Organisation: organisation, Fault: fmt.Sprintf("The trail of %s is gone: its signed head is beside the database.", year)})
			}
		}
	}
	return lost
}

// auditTrail says what does not hold of a trail, "" for nothing.
func (s *Store) auditTrail(ctx context.Context, organisation consent.OrganisationID, t *tree, anchored []byte) (string, error) {
	var frontier ledger.Frontier
	var at *ledger.Head // of the signed head beside the database
	if anchored != nil {
		_, keys, err := s.trails.verifiers(t)
		if err == nil {
			at, err = ledger.OpenCheckpoint(anchored, keys)
		}
		if err != nil {
			return "The signed head beside the database cannot be checked: " + err.Error(), nil
		}
	}
	fault := ""
	err := s.reads.each(ctx, wholeTrail, func(rows *sql.Rows) error {
		if fault != "" {
			return nil
		}
		if at != nil && frontier.Size() == at.Size && frontier.Root() != at.Root {
			fault = fmt.Sprintf("One of the first %d acts is not what was signed.", at.Size)
			return nil
		}
		var err error
		fault, err = auditAct(rows, organisation, &frontier)
		return err
	}, t.id)
	switch {
	case err != nil || fault != "":
		return fault, err
	case frontier.Size() != t.size:
		return fmt.Sprintf("Act %d is missing.", frontier.Size()), nil
	case frontier.Root() != t.root:
		return "An act is not what it was when it was stored.", nil
	case !s.trails.isSealed(t):
		return "The head was not written by a program that has the keys.", nil
	case at != nil && at.Size > t.size:
		return fmt.Sprintf("The trail has %d acts, and %d were signed: it was rolled back.", t.size, at.Size), nil
	case at != nil && at.Size == t.size && at.Root != t.root:
		return "The trail is another than the one that was signed.", nil
	}
	return "", nil
}

// auditAct appends one act to the frontier, and says what does not hold of it.
func auditAct(rows *sql.Rows, organisation consent.OrganisationID, frontier *ledger.Frontier) (string, error) {
	act := consent.Act{Organisation: organisation}
	var number, ms int64
	var salt, hashes []byte
	if err := rows.Scan(&number, &ms, &act.Account, &act.Site, &act.Action, &act.Object, &act.Reason, &salt, &hashes); err != nil {
		return "", fmt.Errorf("read an act: %w", err)
	}
	act.Time = moment(ms)
	if number != frontier.Size() {
		return fmt.Sprintf("Act %d is missing.", frontier.Size()), nil
	}
	record, err := encodeAct(&act)
	if err != nil {
		return "", err
	}
	if len(salt) != len(ledger.Salt{}) || !bytes.Equal(frontier.Append(nil, ledger.RecordLeaf((*ledger.Salt)(salt), record)), hashes) {
		return fmt.Sprintf("Act %d is not what it was when it was stored.", number), nil
	}
	return "", nil
}
