package main

import (
	"context"
	"encoding/json"
	"path"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/ledger"
)

type logWitnessCmd struct {
	access
	Site consent.SiteKey `arg:"" optional:"" help:"Key of the site; all sites when left out."`
	Seen string          `placeholder:"ORIGIN" help:"Write the newest checkpoint that this server, as a witness, has seen of that ledger, and nothing else."`
	JSON bool            `name:"json" help:"Write one JSON object."`
}

// Help says who needs which key.
func (c *logWitnessCmd) Help() string {
	return `The ledger key is for the witnesses of this server: they put it into witness.watch. The witness key is for those whom this server witnesses: they put it into witness.ask, after the address. Both are made on first use.

The table shows how far each witness has followed each ledger. A server that is running asks them; this verb reads what they said last. A second table shows the ledgers that this server follows as a witness, and what it refused.

Examples:

  samtykke log witness --config samtykke.yaml
  samtykke log witness gjerdrum --config samtykke.yaml --json
  samtykke log witness --seen samtykke.a.example.no/consent/gjerdrum/2026
  samtykke help ledger`
}

// Run shows keys and witnesses.
func (c *logWitnessCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	followed, err := storage.Followed(settings)
	if err != nil {
		return err
	}
	if c.Seen != "" {
		return c.writeSeen(t, followed)
	}
	store, err := c.openWith(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if c.Site != "" {
		if _, err := known(ctx, store, c.Site); err != nil {
			return err
		}
	}
	shown, err := newWitnesses(settings)
	if err != nil {
		return err
	}
	shown.Follows = followed
	trees, err := store.Trees(ctx, c.Site)
	if err != nil {
		return err
	}
	quoting, err := quotingParts(ctx, store, trees)
	if err != nil {
		return err
	}
	for i := range trees {
		shown.add(&trees[i], quoting)
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(shown)
	}
	return shown.write(t)
}

// witnesses is what there is to say, as a program reads it.
type witnesses struct {
	LedgerKey  string         `json:"ledger_key"`
	WitnessKey string         `json:"witness_key"`
	Required   int            `json:"required"`
	Witnesses  []witnessState `json:"witnesses"`
	// Follows are the ledgers of others that this server follows as a witness.
	Follows []ledger.Followed `json:"follows"`
}

type witnessState struct {
	Witness string          `json:"witness"`
	Site    consent.SiteKey `json:"site"`
	Origin  string          `json:"origin"`
	Size    int64           `json:"size"`
	Behind  int64           `json:"behind"`
	Time    string          `json:"time,omitempty"`
	Trouble string          `json:"trouble,omitempty"`
	Forked  bool            `json:"forked"`
	// QuotedBy is a later part that quotes this one's end and that the witness has
	// seen: this one it is asked for no more.
	QuotedBy string `json:"quoted_by,omitempty"`
}

func newWitnesses(settings *config.Config) (*witnesses, error) {
	if settings.Public.URL == "" {
		return nil, consent.Errorf(consent.Invalid, "no_url", "Witnesses know a server by its address: set public.url first, such as https://samtykke.example.no.")
	}
	keys, host := storage.Keys(settings), settings.Public.URL.Host()
	ledgerKey, err := keys.HostKey(host)
	if err != nil {
		return nil, err
	}
	witnessKey, err := keys.WitnessKey(host)
	if err != nil {
		return nil, err
	}
	_, quorum, err := settings.Witness.Peers()
	return &witnesses{LedgerKey: ledgerKey.String(), WitnessKey: witnessKey.String(), Required: quorum.Required, Witnesses: []witnessState{}}, err
}

func (w *witnesses) add(tree *consent.Tree, quoting map[string]*consent.Tree) {
	for i, state := range tree.Witnesses {
		one := witnessState{
			Witness: state.Witness, Site: tree.Site, Origin: tree.Origin, Size: state.Size, Behind: max(tree.Size-state.Size, 0),
			Trouble: state.Trouble, Forked: state.Forked,
		}
		if state.Size > 0 {
			one.Time = state.Time.UTC().Format(time.RFC3339)
		}
		if one.Behind > 0 && !one.Forked {
			if one.QuotedBy = seenThrough(tree, i, quoting); one.QuotedBy != "" {
				one.Behind = 0
			}
		}
		w.Witnesses = append(w.Witnesses, one)
	}
}

func (w *witnesses) write(t *terminal) error {
	t.say("Ledger key, for the witnesses of this server:\n  %s\nWitness key, for those whom this server witnesses:\n  %s\n", w.LedgerKey, w.WitnessKey)
	if err := w.writeAsked(t); err != nil {
		return err
	}
	return writeFollowed(t, w.Follows)
}

// writeAsked shows how far the witnesses of this server are.
func (w *witnesses) writeAsked(t *terminal) error {
	if len(w.Witnesses) == 0 {
		t.say("No witness is asked, or there is no decision yet: see \"samtykke help ledger\".")
		return nil
	}
	if w.Required == 1 {
		t.say("1 signature is required.\n")
	} else {
		t.say("%d signatures are required.\n", w.Required)
	}
	list := newTable(t, column{title: "WITNESS"}, column{title: "LEDGER"}, column{title: "SEEN", right: true},
		column{title: "BEHIND", right: true}, column{title: "TIME"}, column{title: "TROUBLE"})
	var forked []witnessState
	for _, one := range w.Witnesses {
		trouble := one.Trouble
		if one.QuotedBy != "" {
			trouble = "ended; witnessed through " + path.Base(one.QuotedBy)
		}
		if one.Forked {
			forked, trouble = append(forked, one), "FORK: "+trouble
		}
		list.add(one.Witness, one.Origin, grouped(one.Size), grouped(one.Behind), orDash(one.Time), orDash(trouble))
	}
	if err := list.write(); err != nil {
		return err
	}
	if len(forked) > 0 {
		sayForked(t, forked)
	}
	return nil
}
