package admin

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// placeOf proves a decision to the ledger, now: what is shown was checked for this
// page, against the keys that the ledger has signed with.
func (r *request) treePlace(entry *consent.Entry) placeInLog {
	receipt, err := r.Store.Receipt(r.ctx, entry.Site, entry.ID)
	var proven *consent.Proven
	var keys string
	if err == nil {
		proven, _ = r.Prove(receipt, "") // where it says that it stands
		keys, err = r.keysOf(entry.Site, proven)
	}
	if err != nil {
		r.Log.ErrorContext(r.ctx, "a decision could not be proven", "site", string(entry.Site), "error", err)
		return placeInLog{Why: r.say("log_proof_none")}
	}
	proven, err = r.Prove(receipt, keys)
	switch {
	case proven == nil:
		return placeInLog{Why: err.Error(), Lang: consent.English}
	case err != nil:
		return placeInLog{Proven: *proven, Why: err.Error(), Lang: consent.English}
	case proven.Decision != entry.ID:
		return placeInLog{Proven: *proven, Why: r.say("log_proof_other")}
	}
	return placeInLog{Proven: *proven, Holds: true}
}

// keysOf gives the keys of the tree in which a decision stands.
func (r *request) keysOf(site consent.SiteKey, at *consent.Proven) (string, error) {
	trees, err := r.Store.Trees(r.ctx, site)
	if err != nil || at == nil {
		return "", err
	}
	for i := range trees {
		if trees[i].Origin == at.Origin {
			return trees[i].Keys, nil
		}
	}
	return "", nil
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
