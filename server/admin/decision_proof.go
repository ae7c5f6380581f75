package admin

import (
	"bytes"
	"errors"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/proof"
)

// treePlace proves a decision to the ledger, now: what is shown was checked for this
// page.
func (r *request) treePlace(entry *consent.Entry) placeInLog {
	place, err := proof.Of(r.ctx, r.Store, r.Prove, entry)
	if err != nil {
		r.Log.ErrorContext(r.ctx, "a decision could not be proven", "site", string(entry.Site), "error", err)
		return placeInLog{Why: r.say("log_proof_none")}
	}
	shown := placeInLog{Holds: place.Broken == nil}
	if place.Proven != nil {
		shown.Proven = *place.Proven
	}
	switch {
	case errors.Is(place.Broken, proof.ErrOther):
		shown.Why = r.say("log_proof_other")
	case place.Broken != nil:
		shown.Why = r.say("log_proof_broken")
	}
	return shown
}

// decisionReceiptGet gives the receipt as a file that anyone can check: the same
// bytes as the command "samtykke log prove" writes.
func (r *request) decisionReceiptGet() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	receipt, err := r.Store.Receipt(r.ctx, entry.Site, entry.ID)
	if err != nil {
		return err
	}
	if err := r.took("log.receipt", entry); err != nil {
		return err
	}
	return r.file(entry.ID.String()+".tlog-proof", "text/plain; charset=utf-8", receipt)
}

// decisionRecordGet gives the record of ISO/IEC TS 27560, after the notice that it
// refers to: the same bytes as "samtykke log export --format jsonld".
func (r *request) decisionRecordGet() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	shared, err := export.NewRecorder(r.Store, entry.Site).Circumstance(r.ctx, entry)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := export.NewLD(&out, nil).Put(entry, shared); err != nil {
		return err
	}
	if err := r.took("log.record", entry); err != nil {
		return err
	}
	return r.file(entry.ID.String()+".jsonl", "application/x-ndjson", out.Bytes())
}

// file sends a file for a person to keep.
func (r *request) file(name, kind string, content []byte) error {
	r.c.Set(fiber.HeaderContentType, kind)
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return r.c.Send(content)
}
