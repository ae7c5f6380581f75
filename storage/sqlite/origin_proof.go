package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	saveOriginProof = `
INSERT INTO origin_proof (organisation, origin, token, method, proven, checked, fault) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (organisation, origin) DO UPDATE SET token = excluded.token, method = excluded.method,
  proven = excluded.proven, checked = excluded.checked, fault = excluded.fault`

	originProofs = `
SELECT organisation, origin, token, method, proven, checked, fault FROM origin_proof
WHERE ?1 = '' OR organisation = ?1 ORDER BY organisation, origin`
)

// SaveOriginProof keeps a proof in place of an earlier one.
func (s *Store) SaveOriginProof(ctx context.Context, proof *consent.OriginProof) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, saveOriginProof, string(proof.Organisation), proof.Origin, proof.Token,
			string(proof.Method), millisOrNone(proof.Proven), millisOrNone(proof.Checked), string(proof.Fault))
		if isConstraint(err) {
			return &consent.Error{Kind: consent.Invalid, Code: "invalid_origin_proof", Message: "The proof breaks a rule: name an organisation that is there, and an origin.", Err: err}
		}
		if err != nil {
			return fmt.Errorf("store the proof of an origin: %w", err)
		}
		return nil
	})
}

// OriginProofs gives an organisation's proofs, or all.
func (s *Store) OriginProofs(ctx context.Context, organisation consent.OrganisationID) ([]consent.OriginProof, error) {
	var all []consent.OriginProof
	err := s.reads.each(ctx, originProofs, func(rows *sql.Rows) error {
		var p consent.OriginProof
		var proven, checked int64
		err := rows.Scan(&p.Organisation, &p.Origin, &p.Token, &p.Method, &proven, &checked, &p.Fault)
		p.Proven, p.Checked = momentOrNone(proven), momentOrNone(checked)
		all = append(all, p)
		return err
	}, string(organisation))
	if err != nil {
		return nil, fmt.Errorf("read the proofs of origins: %w", err)
	}
	return all, nil
}
