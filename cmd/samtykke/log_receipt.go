package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// checkReceipts proves each receipt in a file against the key of its ledger and
// shows what it is a receipt of.
func checkReceipts(t *terminal, file, key string, quorum consent.Quorum, asJSON bool) error {
	receipts, err := readReceipts(file)
	if err != nil {
		return err
	}
	given, err := keyText(key)
	if err != nil {
		return err
	}
	keys, err := ledger.ParseVerifiers(given)
	if err != nil {
		return misusef("--key: %w", err)
	}
	for i := range receipts {
		if i > 0 && !asJSON {
			t.say("")
		}
		if err := checkReceipt(t, &receipts[i], keys, quorum, asJSON); err != nil {
			if len(receipts) > 1 {
				err = fmt.Errorf("decision %d of %d: %w", i+1, len(receipts), err)
			}
			return fmt.Errorf("%s does not hold: %w", file, err)
		}
	}
	return nil
}

func checkReceipt(t *terminal, given *givenReceipt, keys note.Verifiers, quorum consent.Quorum, asJSON bool) error {
	receipt, err := ledger.ParseReceipt(given.proof)
	if err != nil {
		return err
	}
	record, head, err := receipt.Verify(keys)
	if err != nil {
		return err
	}
	unproved, err := given.beside(receipt, record, head)
	if err != nil {
		return err
	}
	var by []string
	if len(quorum.Witnesses) > 0 {
		if by, err = ledger.Witnessed(receipt.Checkpoint, quorum); err != nil {
			return err
		}
	}
	if asJSON {
		out := newReceiptJSON(receipt, record, head)
		out.WitnessedBy, out.Witnesses, out.Required = by, len(quorum.Witnesses), quorum.Required
		return json.NewEncoder(t.out).Encode(out)
	}
	if err := showReceipt(t, receipt, record, head, by, quorum); err != nil {
		return err
	}
	if len(unproved) > 0 {
		t.say("Beside it stands what no ledger proves: %s.", strings.Join(unproved, ", "))
	}
	return nil
}

func showReceipt(t *terminal, receipt *ledger.Receipt, record *ledger.Record, head *ledger.Head, by []string, quorum consent.Quorum) error {
	facts := newTable(t, column{}, column{})
	facts.add("Decision", record.ID.String())
	facts.add("Site", string(record.Site))
	facts.add("Organisation", string(record.Organisation))
	facts.add("Time", record.Time.Format(stamp))
	facts.add("State", string(record.State))
	facts.add("Method", string(record.Method))
	facts.add("Choice", record.Choice)
	facts.add("Language", string(record.Language))
	facts.add("Notice", strconv.Itoa(int(record.Notice))+", SHA-256 "+record.NoticeHash.String())
	facts.add("Bundle", string(record.Bundle)+", SHA-256 "+record.BundleHash.String())
	facts.add("Ledger", head.Origin)
	facts.add("Place", "index "+strconv.FormatInt(receipt.Index, 10)+" of "+strconv.FormatInt(head.Size, 10))
	if len(by) > 0 {
		facts.add("Witnesses", witnessedBy(by, quorum)+": "+strings.Join(by, ", "))
	}
	if err := facts.flush(); err != nil {
		return err
	}
	t.say("\nThe receipt holds: the ledger that the key belongs to has this decision, unchanged.")
	return nil
}

// receiptJSON is a checked receipt as a program reads it.
type receiptJSON struct {
	Holds        bool            `json:"holds"`
	ID           string          `json:"id"`
	Site         string          `json:"site"`
	Organisation string          `json:"organisation"`
	Time         string          `json:"time"`
	State        string          `json:"state"`
	Method       string          `json:"method"`
	Choice       json.RawMessage `json:"choice"`
	Language     string          `json:"language"`
	Notice       int             `json:"notice"`
	NoticeHash   string          `json:"notice_hash"`
	Bundle       string          `json:"bundle"`
	BundleHash   string          `json:"bundle_hash"`
	Origin       string          `json:"origin"`
	Index        int64           `json:"index"`
	Size         int64           `json:"size"`
	WitnessedBy  []string        `json:"witnessed_by,omitempty"` // when witnesses were asked for
	Witnesses    int             `json:"witnesses,omitempty"`
	Required     int             `json:"required,omitempty"`
}

func newReceiptJSON(receipt *ledger.Receipt, record *ledger.Record, head *ledger.Head) receiptJSON {
	return receiptJSON{
		Holds: true, ID: record.ID.String(), Site: string(record.Site), Organisation: string(record.Organisation),
		Time: record.Time.Format(stamp), State: string(record.State), Method: string(record.Method),
		Choice: json.RawMessage(record.Choice), Language: string(record.Language),
		Notice: int(record.Notice), NoticeHash: record.NoticeHash.String(),
		Bundle: string(record.Bundle), BundleHash: record.BundleHash.String(),
		Origin: head.Origin, Index: receipt.Index, Size: head.Size,
	}
}
