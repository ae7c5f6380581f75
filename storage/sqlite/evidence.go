package sqlite

import (
	"context"
	"fmt"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const saltedDecision = `
SELECT ` + decisionColumns + `, salt FROM decision WHERE site = (SELECT id FROM site WHERE key = ?) AND id = ?`

// Trees gives a site's trees, the newest first.
func (s *Store) Trees(ctx context.Context, site consent.SiteKey) ([]consent.Tree, error) {
	found, err := readTrees(ctx, s.reads, allTrees, string(site))
	if err != nil {
		return nil, err
	}
	trees := make([]consent.Tree, len(found))
	for i, t := range found {
		if trees[i], err = s.described(t); err != nil {
			return nil, err
		}
	}
	return trees, nil
}

// described signs a committed head and adds what is needed to check it. Without
// the key, the rest is there.
func (s *Store) described(t *tree) (described consent.Tree, err error) {
	described = consent.Tree{Site: t.site, Year: t.year, Origin: t.origin, Size: t.size}
	described.Witnessed, described.Witnesses = s.witness.Tree(t.origin)
	if t.dropped != nil {
		described.Dropped, described.Checkpoint = t.dropped.Time, t.dropped.checkpoint
	} else if described.Checkpoint, err = s.signers.sign(t); err != nil {
		return described, err
	}
	described.Keys, _, err = s.signers.verifiers(t)
	return described, err
}

// Receipt gives a decision with all that proves it. It is made of a few looks of
// microseconds: watching each for a caller who gives up would cost as much again.
func (s *Store) Receipt(ctx context.Context, site consent.SiteKey, id consent.DecisionID) ([]byte, error) {
	ctx = context.WithoutCancel(ctx)
	e, err := s.evidence(ctx, site, id)
	if err != nil {
		return nil, err
	}
	checkpoint, size, err := s.witnessed(e)
	if err != nil {
		return nil, err
	}
	path, err := leafReader(ctx, s.reads, e.tree.id).Inclusion(size, e.index)
	if err != nil {
		return nil, fmt.Errorf("prove the decision: %w", err)
	}
	receipt := ledger.Receipt{Index: e.index, Salt: e.salt, Record: e.record, Path: path, Checkpoint: checkpoint}
	return receipt.Encode(), nil
}

// witnessed gives the checkpoint that a receipt carries: the newest with enough
// cosignatures, when it holds the leaf, and else the newest.
func (s *Store) witnessed(e *evidence) (checkpoint []byte, size int64, err error) {
	if checkpoint, _ := s.witness.Tree(e.tree.origin); checkpoint != nil {
		head, err := ledger.ParseHead(checkpoint)
		if err == nil && e.index < head.Size && head.Size <= e.tree.size {
			return checkpoint, head.Size, nil
		}
	}
	checkpoint, err = s.signers.sign(e.tree)
	return checkpoint, e.tree.size, err
}

// proof says where a decision that was stored earlier stands.
func (s *Store) proof(ctx context.Context, stored *consent.Entry) (consent.Proof, error) {
	e, err := s.evidence(ctx, stored.Site, stored.ID)
	if err != nil {
		return consent.Proof{}, err
	}
	checkpoint, err := s.signers.sign(e.tree)
	return consent.Proof{Origin: e.tree.origin, Index: e.index, Salt: e.salt, Checkpoint: checkpoint}, err
}

// evidence is what opens a decision's leaf, and where that is.
type evidence struct {
	salt   ledger.Salt
	record []byte
	tree   *tree
	index  int64
}

func (s *Store) evidence(ctx context.Context, site consent.SiteKey, id consent.DecisionID) (*evidence, error) {
	rec, salt, err := s.salted(ctx, site, id)
	if err != nil {
		return nil, err
	}
	shared, err := s.circumstance(ctx, rec.circumstance)
	if err != nil {
		return nil, err
	}
	e := &evidence{salt: salt, record: rec.encode(nil, shared)}
	trees, err := readTrees(ctx, s.reads, treesOfYear, string(site), yearOf(rec.time))
	if err != nil {
		return nil, err
	}
	for _, t := range trees {
		index, found, err := locate(ctx, s.reads, t, rec.seq)
		if err != nil {
			return nil, err
		}
		if found {
			e.tree, e.index = t, index
			return e, nil
		}
	}
	return nil, fmt.Errorf("decision %d has no leaf in the ledger: run samtykke log verify", rec.seq)
}

// salted reads a decision with its salt.
func (s *Store) salted(ctx context.Context, site consent.SiteKey, id consent.DecisionID) (rec record, salt ledger.Salt, err error) {
	rows, err := s.reads.query(ctx, saltedDecision, string(site), id[:])
	if err != nil {
		return rec, salt, fmt.Errorf("find the decision: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return rec, salt, err
		}
		return rec, salt, consent.Errorf(consent.NotFound, "unknown_receipt", "There is no decision %s of the site %s. It was erased, has expired or was lost when the log was put back from a backup, or the id is not whole; the visitor's own receipt file still proves it.", id, site)
	}
	var stored []byte
	var scan scanner
	rec, err = scan.record(rows, &stored)
	copy(salt[:], stored)
	return rec, salt, err
}

// encode appends the record that the row's leaf commits to.
func (r *row) encode(to []byte, shared *circumstance) []byte {
	return ledger.AppendRecord(to, shared.record, r.id, r.visitor, r.previous, r.time, r.skew)
}

// Leaves hands on the leaves of a tree from an index on, as they are stored now.
func (s *Store) Leaves(ctx context.Context, origin string, from int64, yield func(*consent.Leaf) error) error {
	trees, err := readTrees(ctx, s.reads, treeByOrigin, origin)
	if err != nil {
		return err
	}
	if len(trees) == 0 {
		return errNoTree(origin)
	}
	if trees[0].dropped != nil {
		return nil
	}
	reader := &auditor{Store: s, shared: newCircumstances(), seen: make(ledger.Set)}
	last := before(trees[0], from)
	for {
		page, err := reader.page(ctx, trees[0], last)
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			if page[i].Index >= trees[0].size {
				return nil // appended since
			}
			if err := yield(&page[i]); err != nil {
				return err
			}
		}
	}
}

func errNoTree(origin string) error {
	return consent.Errorf(consent.NotFound, "unknown_tree", "There is no ledger %q here. The site's checkpoint names the origin.", origin)
}

// Consistency proves that a tree extends what it was.
func (s *Store) Consistency(ctx context.Context, origin string, from, to int64) ([]consent.Hash, error) {
	trees, err := readTrees(ctx, s.reads, treeByOrigin, origin)
	if err != nil {
		return nil, err
	}
	if len(trees) == 0 {
		return nil, errNoTree(origin)
	}
	if to = min(to, trees[0].size); from < 1 || from > to {
		return nil, consent.Errorf(consent.Invalid, "no_such_size", "The ledger %s has %d leaves: ask for a size from 1 to that.", origin, to)
	}
	if trees[0].dropped != nil {
		return nil, errDropped(trees[0])
	}
	proof, err := leafReader(ctx, s.reads, trees[0].id).Consistency(to, from)
	if err != nil {
		return nil, fmt.Errorf("prove the ledger's growth: %w", err)
	}
	path := make([]consent.Hash, len(proof))
	for i, hash := range proof {
		path[i] = consent.Hash(hash)
	}
	return path, nil
}

// Cosign keeps what witnesses said.
func (s *Store) Cosign(_ context.Context, answers []consent.WitnessAnswer) error {
	return s.witness.Add(answers)
}
