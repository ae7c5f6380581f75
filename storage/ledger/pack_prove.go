package ledger

import (
	"archive/zip"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// PackProof gives the receipt of a decision out of a pack, without the database:
// its record, and the hashes that lead from there to the checkpoint in the pack. The
// keys are those of the pack unless others are given. The receipt holds, whatever
// else is wrong with the pack; VerifyPack tells that. The error is NotFound when no
// record in the pack is of that decision.
func PackProof(archive *zip.Reader, site consent.SiteKey, id consent.DecisionID, trusted string) ([]byte, error) {
	u, err := openPack(archive, PackCheck{Trusted: trusted})
	if err != nil {
		return nil, err
	}
	if u.list.Site != site {
		return nil, consent.Errorf(consent.Invalid, "other_site", "The pack is of the site %s, not of %s.", u.list.Site, site)
	}
	for _, packed := range u.listed() {
		found, err := u.find(packed, id)
		if err != nil {
			return nil, err
		}
		if found != nil {
			return u.prove(packed, found)
		}
	}
	return nil, consent.Errorf(consent.NotFound, "no_decision",
		"The pack holds no record of that decision: it was erased or has expired, it is younger than the pack or of other days, or the receipt is not whole.")
}

// find gives the leaf of a decision, or nil.
func (u *unpacker) find(packed packedTree, id consent.DecisionID) (found *Leaf, err error) {
	err = u.each(packed, func(leaf *Leaf) error {
		if leaf.Record == nil {
			return nil
		}
		record, err := ParseRecord(leaf.Record)
		if err == nil && record.ID == id {
			found = leaf
			return errFound
		}
		return err
	})
	if found != nil {
		return found, nil
	}
	return nil, err
}

// errFound ends a walk through leaves early.
var errFound = errors.New("found")

// prove makes the receipt, and holds it against the keys before it gives it.
func (u *unpacker) prove(packed packedTree, leaf *Leaf) ([]byte, error) {
	signed, err := u.read(packed.Folder + "/" + checkpointFile)
	if err != nil {
		return nil, err
	}
	_, given, err := u.keyTexts(packed)
	if err != nil {
		return nil, err
	}
	keys, err := ParseVerifiers(given)
	if err != nil {
		return nil, err
	}
	head, err := openGiven(signed, keys)
	if err != nil {
		return nil, err
	}
	path, err := u.hashesOf(packed).Inclusion(head.Size, leaf.Index)
	if err != nil {
		return nil, fmt.Errorf("prove leaf %d of %s: %w", leaf.Index, packed.Origin, err)
	}
	receipt := Receipt{leaf.Index, leaf.Salt, leaf.Record, path, signed}
	if _, _, err := receipt.Verify(keys); err != nil {
		return nil, err
	}
	return receipt.Encode(), nil
}

// hashesOf reads the hashes of some leaves by walking through all: only those that
// a path needs are held.
func (u *unpacker) hashesOf(packed packedTree) LeafHashes {
	return func(leaves []int64) ([][]byte, error) {
		wanted := make(map[int64][]byte, len(leaves))
		for _, index := range leaves {
			wanted[index] = nil
		}
		err := u.each(packed, func(leaf *Leaf) error {
			if _, ok := wanted[leaf.Index]; ok {
				wanted[leaf.Index] = leaf.Hashes
			}
			return nil
		})
		hashes := make([][]byte, len(leaves))
		for i, index := range leaves {
			hashes[i] = wanted[index]
		}
		return hashes, err
	}
}
