package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

type logVerifyCmd struct {
	access
	Site    consent.SiteKey `arg:"" optional:"" help:"Key of the site; all sites when left out."`
	Receipt string          `placeholder:"FILE" help:"Check this receipt (.tlog-proof, or the JSON of one's decisions) instead. Needs no database."`
	Key     string          `placeholder:"KEY" help:"Verifier key of the ledger that the receipt or pack comes from, or a file that holds it."`
	Pack    string          `placeholder:"FILE" help:"Audit this pack (\"log pack\" writes it) instead. Needs no database."`
	Kept    []string        `placeholder:"FILE" help:"Checkpoint, receipt or JSON of one's decisions that somebody kept: the database or pack must still begin with what was signed then."`
	Witness string          `placeholder:"KEYS" help:"Witness keys, one a line, or a file that holds them: enough of these must have signed the receipt or pack."`
	Require int             `placeholder:"N" help:"How many of the witnesses must have signed; more than half when left out."`
	JSON    bool            `name:"json" help:"Write one JSON object."`
}

// Help says what is proven.
func (c *logVerifyCmd) Help() string {
	return `The audit reads every decision and derives the ledger anew: records, salts, leaves, trees, heads, notices, bundles, and the checkpoints that the anchor holds, of each ledger one. It names the first index that does not hold, and why. The exit code is 1 when something does not hold.

What was signed holds although the key is gone that would sign more: that is said and is no fault. Reading never makes a key.

The audit of all sites audits the trails of what administrators have done, too, as "trail verify" does.

An index either opens, or a later leaf says that it was erased or has expired. Anything else is tampering. Decisions that are dated before their notice was published are told, too, although their leaves hold: the clock was set back, or they were put there.

A pack is audited in the same way without any database. Give --key: otherwise its own keys are believed, and whoever made it could have made all of it anew. A pack without a ledger does not hold: no decision in it was checked. What the pack holds and no decision refers to, such as other notices, pictures and the page that verifies, is named as not vouched for.

A receipt is checked without any database: that the record is in the tree whose checkpoint the key has signed. Take the key from somewhere else than the receipt: the site publishes it at /SITE/log/keys. The JSON that a visitor downloads is checked as well: each decision in it.

With --kept, a database or a pack is held against what somebody kept from earlier, such as the published checkpoint of last month or a visitor's receipt. A ledger that was rolled back together with its anchor, or forked, does not begin with it.

With --witness, the signatures of witnesses are checked, too, and too few of them are a fault: then everyone is shown the same ledger. The audit of a database names a witness that has seen another ledger.

Examples:

  samtykke log verify
  samtykke log verify gjerdrum --json
  samtykke log verify --receipt 019ab0c4.tlog-proof --key keys.txt
  samtykke log verify --receipt 019ab0c4.tlog-proof --key keys.txt --witness three.txt --require 2
  samtykke log verify --pack gjerdrum.zip --key keys.txt
  samtykke log verify gjerdrum --kept checkpoint-october.txt`
}

// Run audits the database, or checks a receipt.
func (c *logVerifyCmd) Run(ctx context.Context, t *terminal) (err error) {
	switch {
	case c.Receipt != "" && c.Pack != "":
		return misusef("give either --receipt or --pack")
	case c.Receipt != "" && c.Key == "", c.Key != "" && c.Receipt == "" && c.Pack == "":
		return misusef("--receipt and --key belong together: a receipt is checked against the key of its ledger")
	case c.Receipt != "" && len(c.Kept) > 0:
		return misusef("--kept is held against a database or a pack, and --receipt is checked alone")
	case c.Require != 0 && c.Witness == "", c.Witness != "" && c.Receipt == "" && c.Pack == "":
		return misusef("--require belongs to --witness, and --witness to --receipt or --pack")
	}
	quorum, err := quorumOf(c.Witness, c.Require)
	if err != nil {
		return err
	}
	if c.Receipt != "" {
		return checkReceipts(t, c.Receipt, c.Key, quorum, c.JSON)
	}
	kept, err := keptCheckpoints(c.Kept)
	if err != nil {
		return err
	}
	report, finish := leafBar(t)
	var found *consent.LedgerAudit
	var trails *trailsAudited
	if c.Pack != "" {
		found, err = auditPack(c.Pack, c.Key, quorum, kept, report)
	} else {
		found, trails, err = c.auditDatabase(ctx, t, kept, report)
	}
	finish()
	if err != nil {
		return err
	}
	if c.JSON {
		err = writeAudit(t, found, trails, c.believed())
	} else {
		err = showAudit(t, found, trails, quorum)
	}
	if c.Pack != "" && c.Key == "" {
		tell := t.say
		if c.JSON {
			tell = t.remark
		}
		tell(ownKeys)
	}
	if err == nil && len(found.Faults) > 0 {
		return told{fmt.Errorf("%d faults", len(found.Faults))}
	}
	return err
}

// believed says whose keys a pack was audited with; nothing of a database.
func (c *logVerifyCmd) believed() string {
	switch {
	case c.Pack == "":
		return ""
	case c.Key == "":
		return "pack"
	}
	return "given"
}

// ownKeys says what an audit without keys from elsewhere leaves open.
const ownKeys = "NOT checked: whose log this is. The keys were those of the pack itself, so whoever made it could have made all of it anew, or left ledgers out. Give the keys that the site publishes at /SITE/log/keys with --key."

// auditDatabase audits one site, or all and the trails of administrators.
func (c *logVerifyCmd) auditDatabase(ctx context.Context, t *terminal, kept [][]byte, report func(done, total int64)) (found *consent.LedgerAudit, trails *trailsAudited, err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return nil, nil, err
	}
	defer closing(store, &err)
	if c.Site != "" {
		if _, err := known(ctx, store, c.Site); err != nil {
			return nil, nil, err
		}
	}
	if found, err = store.Audit(ctx, c.Site, report, kept...); err != nil || c.Site != "" {
		return found, nil, err
	}
	trails, err = auditTrails(ctx, store, found)
	return found, trails, err
}

func showAudit(t *terminal, found *consent.LedgerAudit, trails *trailsAudited, quorum consent.Quorum) error {
	if len(found.Trees) > 0 {
		trees := newTable(t, column{title: "LEDGER"}, column{title: "LEAVES", right: true}, column{title: "RECORDS", right: true},
			column{title: "GONE", right: true}, column{title: "EVENTS", right: true})
		for _, tree := range found.Trees {
			trees.add(tree.Origin, grouped(tree.Size), grouped(tree.Opened), grouped(tree.Removed), grouped(tree.Events))
		}
		if err := trees.write(); err != nil {
			return err
		}
		t.say("")
	}
	var leaves int64
	for _, tree := range found.Trees {
		if tree.Dropped.IsZero() {
			leaves += tree.Size
		} else {
			t.say("%s was dropped on %s, when no decision of its year was left: its last checkpoint holds, and its leaves are gone.", tree.Origin, dayShown(tree.Dropped))
		}
		if tree.Lost > 0 {
			last := "leaf"
			if tree.Lost > 1 {
				last = grouped(tree.Lost) + " leaves"
			}
			t.say("%s lost its last %s when the database was put back from a copy; a later part says so.", tree.Origin, last)
		}
	}
	for _, said := range found.Breaks {
		t.say("%s.", said.Why)
	}
	if err := showWitnessed(t, found, quorum); err != nil {
		return err
	}
	for _, fault := range leavesFirst(found.Faults) {
		t.say("%s", faultLine(fault))
	}
	if found.More {
		t.say("There are more faults than these %d.", len(found.Faults))
	}
	switch {
	case len(found.Faults) > trails.broken():
		t.say("\nThe ledger does NOT hold.")
	case len(found.Trees) == 0:
		t.say("There is nothing to audit: there is no ledger here. One begins with the first decision.")
	case interrupted(found):
		t.say("The ledger holds, and was interrupted as said above: every one of %s leaves opens, or a later one says why not.", grouped(leaves))
	case found.Warnings() > 0:
		t.say("The ledger holds, with %s, told below: every one of %s leaves opens, or a later one says why not.", plural(found.Warnings(), "warning"), grouped(leaves))
	case found.Withheld > 0:
		t.say("The ledger holds, as far as the pack opens it: every one of %s leaves opens or a later one says why not, but for %s that the pack leaves out.", grouped(leaves), grouped(found.Withheld))
	default:
		t.say("The ledger holds: every one of %s leaves opens, or a later one says why not.", grouped(leaves))
	}
	trails.show(t)
	for _, early := range found.Early {
		t.say("Dated too early: %s.", faultLine(early.LedgerFault))
	}
	for _, why := range found.Unsigning {
		t.say("NOT signing, so that no decision could be stored: %s.", why.Why)
	}
	for _, what := range found.Unvouched {
		t.say("Not vouched for: %s.", what)
	}
	return nil
}

// interrupted says that leaves of the ledger are missing, or may be.
func interrupted(found *consent.LedgerAudit) bool {
	return len(found.Breaks) > 0 || slices.ContainsFunc(found.Trees, func(tree consent.TreeAudit) bool { return tree.Lost > 0 })
}

// leavesFirst puts what is wrong with a place of a ledger before what is wrong
// around it: the first is what a reader came for.
func leavesFirst(faults []consent.LedgerFault) []consent.LedgerFault {
	sorted := slices.Clone(faults)
	slices.SortStableFunc(sorted, func(x, y consent.LedgerFault) int { return compareBool(x.Index < 0, y.Index < 0) })
	return sorted
}

// faultLine says where a fault is, and what.
func faultLine(fault consent.LedgerFault) string {
	where := cmp.Or(fault.Origin, string(fault.Site), "the database")
	if fault.Index >= 0 {
		where += ", index " + strconv.FormatInt(fault.Index, 10)
	}
	if fault.Repair != "" {
		return where + ": " + fault.Why + " (the statements: samtykke log verify --json)"
	}
	return where + ": " + fault.Why
}

// auditJSON is an audit as a program reads it.
type auditJSON struct {
	Holds     bool            `json:"holds"`
	Warnings  int             `json:"warnings"`           // of what is no fault and is to be looked at
	Keys      string          `json:"keys,omitempty"`     // of a pack: "given", or "pack" when its own were believed
	Withheld  int64           `json:"withheld,omitempty"` // records that a pack of some days leaves out
	Trees     []auditTreeJSON `json:"trees"`
	Faults    []auditFault    `json:"faults"`
	More      bool            `json:"more_faults,omitempty"`     // than these
	Breaks    []string        `json:"breaks,omitempty"`          // after which leaves may be missing
	Early     []auditFault    `json:"dated_early,omitempty"`     // decisions that are dated before their notice
	Unvouched []string        `json:"not_vouched_for,omitempty"` // of a pack
	Unsigning []string        `json:"not_signing,omitempty"`     // of a database
	Trails    []trailJSON     `json:"trails,omitempty"`          // of administrators, where all sites are audited
}

type auditTreeJSON struct {
	Origin     string    `json:"origin"`
	Leaves     int64     `json:"leaves"`
	Records    int64     `json:"records"`
	Gone       int64     `json:"gone"`
	Events     int64     `json:"events"`
	Lost       int64     `json:"lost"`
	Dropped    time.Time `json:"dropped,omitzero"`
	QuotedBy   string    `json:"quoted_by,omitempty"` // a later part whose witnesses stand for this one
	Checkpoint string    `json:"checkpoint"`
}

type auditFault struct {
	Site   consent.SiteKey `json:"site"`
	Origin string          `json:"origin,omitempty"`
	Index  *int64          `json:"index,omitempty"`
	Why    string          `json:"why"`
	Repair string          `json:"repair,omitempty"` // statements for the sqlite3 tool
}

func writeAudit(t *terminal, found *consent.LedgerAudit, trails *trailsAudited, keys string) error {
	out := auditJSON{Holds: len(found.Faults) == 0, Keys: keys, Withheld: found.Withheld, Trees: []auditTreeJSON{}, Faults: []auditFault{}, More: found.More, Warnings: found.Warnings(), Unvouched: found.Unvouched}
	for _, tree := range found.Trees {
		out.Trees = append(out.Trees, auditTreeJSON{tree.Origin, tree.Size, tree.Opened, tree.Removed, tree.Events, tree.Lost, tree.Dropped, tree.QuotedBy, string(tree.Checkpoint)})
	}
	for _, fault := range found.Faults {
		out.Faults = append(out.Faults, faultJSON(fault))
	}
	for _, fault := range found.Early {
		out.Early = append(out.Early, faultJSON(fault.LedgerFault))
	}
	for i := range found.Breaks {
		out.Breaks = append(out.Breaks, found.Breaks[i].Why)
	}
	for _, fault := range found.Unsigning {
		out.Unsigning = append(out.Unsigning, fault.Why)
	}
	if trails != nil {
		for _, audit := range trails.all {
			out.Trails = append(out.Trails, jsonOfTrail(audit))
		}
	}
	return json.NewEncoder(t.out).Encode(out)
}

func faultJSON(fault consent.LedgerFault) auditFault {
	one := auditFault{Site: fault.Site, Origin: fault.Origin, Why: fault.Why, Repair: fault.Repair}
	if fault.Index >= 0 {
		one.Index = &fault.Index
	}
	return one
}

// keyText gives verifier keys: those in a file of that name, or the text itself.
func keyText(given string) (string, error) {
	text, err := readWhole(given)
	if err == nil {
		return string(text), nil
	}
	if os.IsNotExist(err) {
		if !strings.Contains(given, "+") {
			return "", misusef("%q is no verifier key, and there is no such file: take the keys as they were published, those of a ledger at /SITE/log/keys", given)
		}
		return given, nil
	}
	return "", err
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
