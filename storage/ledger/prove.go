package ledger

import "github.com/samtykke/samtykke/consent"

// Prove checks a receipt against verifier keys, one a line. What the receipt says is
// given with the error, too, when it could be read at all: it is not proven then.
func Prove(text []byte, keys string) (*consent.Proven, error) {
	receipt, err := ParseReceipt(text)
	if err != nil {
		return nil, err
	}
	record, err := ParseRecord(receipt.Record)
	if err != nil {
		return nil, err
	}
	head, err := ParseHead(receipt.Checkpoint)
	if err != nil {
		return nil, err
	}
	said := &consent.Proven{Decision: record.ID, Origin: head.Origin, Index: receipt.Index, Size: head.Size, Checkpoint: receipt.Checkpoint}
	verifiers, err := ParseVerifiers(keys)
	if err == nil {
		_, _, err = receipt.Verify(verifiers)
	}
	return said, err
}
