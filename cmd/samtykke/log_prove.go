package main

import (
	"context"
	"io"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

type logProveCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	ID   string          `arg:"" name:"receipt" help:"Receipt of the decision."`
	Pack string          `placeholder:"FILE" help:"Take it out of this audit pack instead of the database."`
	Key  string          `placeholder:"FILE" help:"With --pack: verifier keys to believe instead of those in the pack."`
	Out  string          `short:"o" placeholder:"FILE" help:"Write to this file, such as decision.tlog-proof; otherwise to standard output."`
}

// Help says what the file is.
func (c *logProveCmd) Help() string {
	return `The file is a C2SP tlog-proof: the record of the decision with its salt, its place in the ledger, the hashes that lead from there to the root, and the signed checkpoint. It can be checked by anyone who has the ledger's verifier key, now and later, without this server.

It holds the whole record. Give it to the visitor, or to whoever may see that. The audit trail tells that it was taken out, unless that was from an audit pack.

Examples:

  samtykke log prove gjerdrum 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b -o decision.tlog-proof
  samtykke log prove gjerdrum 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b --pack pack.zip
  samtykke log verify --receipt decision.tlog-proof --key keys.txt`
}

// Run writes the proof.
func (c *logProveCmd) Run(ctx context.Context, t *terminal) (err error) {
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	id, err := consent.ParseDecisionID(strings.TrimSpace(c.ID))
	if err != nil {
		return misusef("the receipt: %w", err)
	}
	receipt, err := c.receipt(ctx, t, id)
	if err != nil {
		return err
	}
	write := func(out io.Writer) error {
		_, err := out.Write(receipt)
		return err
	}
	if c.Out == "" {
		return write(t.out)
	}
	return writeWhole(c.Out, write)
}

// receipt takes it from the database or from a pack.
func (c *logProveCmd) receipt(ctx context.Context, t *terminal, id consent.DecisionID) (receipt []byte, err error) {
	if c.Pack != "" {
		if receipt, err = provePacked(c.Pack, c.Key, c.Site, id); err == nil && c.Key == "" {
			t.remark("%s", ownKeys)
		}
		return receipt, err
	}
	if c.Key != "" {
		return nil, misusef("--key is for --pack: the database has the keys")
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return nil, err
	}
	defer closing(store, &err)
	if receipt, err = store.Receipt(ctx, c.Site, id); err != nil {
		return nil, err
	}
	return receipt, tellNow(ctx, t, store, c.Site, "log.receipt", id.String())
}
