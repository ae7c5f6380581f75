package ledger

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Receipt is a Decision with all that proves it, as one text that can be
// verified without any server (C2SP tlog-proof). Its extra data is what the
// leaf commits to: the salt and the record.
type Receipt struct {
	Index      int64
	Salt       Salt
	Record     []byte
	Path       tlog.RecordProof
	Checkpoint []byte // signed
}

// Encode gives the text of a .tlog-proof file.
func (r *Receipt) Encode() []byte {
	p := proof.TLogProof{
		Index: uint64(r.Index), Checkpoint: r.Checkpoint, //nolint:gosec // an index is never negative
		ExtraData: append(r.Salt[:len(r.Salt):len(r.Salt)], r.Record...),
	}
	for _, hash := range r.Path {
		p.Hashes = append(p.Hashes, hash)
	}
	return p.Marshal()
}

// proofHeader is the first line of a receipt.
const proofHeader = "c2sp.org/tlog-proof@v1\n"

// ParseReceipt reads the text of a .tlog-proof file that holds a record.
func ParseReceipt(text []byte) (*Receipt, error) {
	if !bytes.HasPrefix(text, []byte(proofHeader)) {
		return nil, fmt.Errorf("it is no receipt, because it does not begin with the line %q: give the .tlog-proof file as it was saved, or the JSON of one's decisions", proofHeader[:len(proofHeader)-1])
	}
	var p proof.TLogProof
	if err := p.Unmarshal(text); err != nil {
		return nil, fmt.Errorf("the receipt is not whole, or was changed: get the file again (%w)", err)
	}
	r := &Receipt{Index: int64(p.Index), Checkpoint: p.Checkpoint} //nolint:gosec // a negative one is outside every tree
	if len(p.ExtraData) <= len(r.Salt) {
		return nil, errors.New("the receipt holds no record")
	}
	copy(r.Salt[:], p.ExtraData)
	r.Record = p.ExtraData[len(r.Salt):]
	for _, hash := range p.Hashes {
		r.Path = append(r.Path, hash)
	}
	return r, nil
}

// Verify proves that the record is in the tree whose checkpoint one of the keys
// has signed, and gives both.
func (r *Receipt) Verify(keys note.Verifiers) (*Record, *Head, error) {
	head, err := openGiven(r.Checkpoint, keys)
	if err != nil {
		return nil, nil, err
	}
	record, err := ParseRecord(r.Record)
	if err != nil {
		return nil, nil, err
	}
	if err := tlog.CheckRecord(r.Path, head.Size, head.Root, r.Index, RecordLeaf(&r.Salt, r.Record)); err != nil {
		return nil, nil, fmt.Errorf("the record is not at index %d of the tree of %s: the path does not lead to the root that was signed, so record, salt, index or path was changed", r.Index, head.Origin)
	}
	return record, head, nil
}
