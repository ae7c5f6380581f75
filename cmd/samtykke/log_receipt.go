package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// checkReceipts proves each receipt in a file against the key of its ledger, and
// shows what they are receipts of when all of them hold.
func checkReceipts(t *terminal, file, key string, quorum consent.Quorum, asJSON bool) error {
	given, err := readReceipts(file)
	if err != nil {
		return err
	}
	text, err := keyText(key)
	if err != nil {
		return err
	}
	keys, err := ledger.ParseVerifiers(text)
	if err != nil {
		return misusef("--key: %w", err)
	}
	all := make([]*checkedReceipt, len(given.receipts))
	for i := range given.receipts {
		if all[i], err = checkReceipt(&given.receipts[i], keys, quorum); err != nil {
			if len(all) > 1 {
				err = fmt.Errorf("decision %d of %d: %w", i+1, len(all), err)
			}
			return fmt.Errorf("%s does not hold: %w", file, err)
		}
	}
	around, err := checkAround(given.around, all)
	if err != nil {
		return fmt.Errorf("%s does not hold: %w", file, err)
	}
	if asJSON {
		return writeReceipts(t, all, around, quorum)
	}
	return showReceipts(t, all, around, quorum)
}

// checkedReceipt is a receipt that holds.
type checkedReceipt struct {
	receipt  *ledger.Receipt
	record   *ledger.Record
	head     *ledger.Head
	by       []string // the witnesses that were asked for and have signed
	unproved []string // names of what stands beside it and no ledger proves
}

func checkReceipt(given *givenReceipt, keys note.Verifiers, quorum consent.Quorum) (checked *checkedReceipt, err error) {
	c := &checkedReceipt{}
	if c.receipt, err = ledger.ParseReceipt(given.proof); err != nil {
		return nil, err
	}
	if c.record, c.head, err = c.receipt.Verify(keys); err != nil {
		return nil, err
	}
	if c.unproved, err = given.beside(c.receipt, c.record, c.head); err != nil {
		return nil, err
	}
	if len(quorum.Witnesses) > 0 {
		c.by, err = ledger.Witnessed(c.receipt.Checkpoint, quorum)
	}
	return c, err
}

func writeReceipts(t *terminal, all []*checkedReceipt, around []string, quorum consent.Quorum) error {
	lines := json.NewEncoder(t.out)
	for _, c := range all {
		out := newReceiptJSON(c, around)
		out.Witnesses, out.Required = len(quorum.Witnesses), quorum.Required
		if err := lines.Encode(out); err != nil {
			return err
		}
	}
	return nil
}

func showReceipts(t *terminal, all []*checkedReceipt, around []string, quorum consent.Quorum) error {
	for i, c := range all {
		if i > 0 {
			t.say("")
		}
		if err := showReceipt(t, c, quorum); err != nil {
			return err
		}
	}
	if len(around) > 0 {
		t.say("\nNOT proven is what else stands in the file, which no ledger has: %s.", strings.Join(around, ", "))
	}
	return nil
}

func showReceipt(t *terminal, c *checkedReceipt, quorum consent.Quorum) error {
	record, head := c.record, c.head
	facts := newTable(t, column{}, column{})
	facts.add("Decision", record.ID.String())
	facts.add("Site", string(record.Site))
	facts.add("Organisation", string(record.Organisation))
	facts.add("Time", record.Time.Format(stamp))
	facts.add("State", string(record.State))
	facts.add("Method", string(record.Method))
	facts.add("Layer", string(record.Layer))
	facts.add("Choice", record.Choice)
	facts.add("Language", string(record.Language))
	facts.add("Signal", presentOr(record.GPC, "asked not to be tracked (Global Privacy Control)", "none"))
	facts.add("Notice", strconv.Itoa(int(record.Notice))+", SHA-256 "+record.NoticeHash.String())
	facts.add("Bundle", string(record.Bundle)+", SHA-256 "+record.BundleHash.String())
	facts.add("Previous", presentOr(!record.Previous.IsZero(), record.Previous.String(), "no earlier receipt was sent with it"))
	facts.add("Visitor key", presentOr(!record.Visitor.IsZero(), visitorKey(record), "not stored"))
	facts.add("Clock", skewText(record.Skew))
	facts.add("Ledger", head.Origin)
	facts.add("Place", "index "+strconv.FormatInt(c.receipt.Index, 10)+" of "+strconv.FormatInt(head.Size, 10))
	if len(c.by) > 0 {
		facts.add("Witnesses", witnessedBy(c.by, quorum)+": "+strings.Join(c.by, ", "))
	}
	if err := facts.flush(); err != nil {
		return err
	}
	t.say("\nThe receipt holds: the ledger that the key belongs to has this decision, unchanged.")
	if len(c.unproved) > 0 {
		t.say("NOT proven is what stands beside it and no ledger has: %s.", strings.Join(c.unproved, ", "))
	}
	return nil
}

func presentOr(there bool, text, otherwise string) string {
	if there {
		return text
	}
	return otherwise
}

// skewText says how far the browser's clock was off.
func skewText(skew time.Duration) string {
	switch seconds := int64(skew / time.Second); {
	case seconds > 0:
		return fmt.Sprintf("of the browser %d s ahead of the server's", seconds)
	case seconds < 0:
		return fmt.Sprintf("of the browser %d s behind the server's", -seconds)
	}
	return "of the browser as the server's"
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
	Layer        string          `json:"layer"`
	Choice       json.RawMessage `json:"choice"`
	Language     string          `json:"language"`
	GPC          bool            `json:"gpc"`
	Skew         int64           `json:"skew_seconds"`
	Visitor      any             `json:"visitor"`  // digest of the token, or null
	Previous     any             `json:"previous"` // id, or null
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
	Unproved     []string        `json:"not_proven"`        // names of what stands beside the proof and no ledger has
	Around       []string        `json:"not_proven_around"` // the same of the whole file
}

func newReceiptJSON(c *checkedReceipt, around []string) receiptJSON {
	record := c.record
	return receiptJSON{
		Holds: true, ID: record.ID.String(), Site: string(record.Site), Organisation: string(record.Organisation),
		Time: record.Time.Format(stamp), State: string(record.State), Method: string(record.Method), Layer: string(record.Layer),
		Choice: json.RawMessage(record.Choice), Language: string(record.Language),
		GPC: record.GPC, Skew: int64(record.Skew / time.Second),
		Visitor:  unlessZero(record.Visitor.IsZero(), visitorKey(record)),
		Previous: unlessZero(record.Previous.IsZero(), record.Previous.String()),
		Notice:   int(record.Notice), NoticeHash: record.NoticeHash.String(),
		Bundle: string(record.Bundle), BundleHash: record.BundleHash.String(),
		Origin: c.head.Origin, Index: c.receipt.Index, Size: c.head.Size,
		WitnessedBy: c.by, Unproved: append([]string{}, c.unproved...), Around: append([]string{}, around...),
	}
}
