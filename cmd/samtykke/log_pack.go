package main

import (
	"archive/zip"
	"context"
	_ "embed" // the specification
	"errors"
	"io"
	"os"
	"strings"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

type logPackCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	Out    string          `short:"o" required:"" placeholder:"FILE" help:"The ZIP file to write, which appears when it is complete."`
	From   string          `placeholder:"DATE" help:"Open only records from this day or moment on."`
	To     string          `placeholder:"DATE" help:"Open only records up to and with this day, or before this moment."`
	Resume bool            `help:"Keep the folder FILE.part when this is interrupted, and go on with it the next time."`
}

// Help says what is in it.
func (c *logPackCmd) Help() string {
	return `The pack holds every leaf of the site's ledger with the records and salts that open them, signed checkpoints, keys, every notice and every bundle as visitors got them, the page that verifies receipts, the specification with which anyone checks it by other means, and a manifest with the hash of each file and the counts of records, removed ones, events, notices and bundles. It can be audited on another machine, without this database and without trust in whoever made it.

It holds the whole log, unless you choose days. Hand it over as you would the database.

With --from or --to it opens the records of those days alone, and has the hashes of the others, so that what it opens is proven as in a whole pack: a record that was changed, or left out between two that are there, is found. That none is left out before the first or after the last of them, it does not prove. The notices and bundles are all there.

With --resume, give the same command again after an interruption: of a long log, the parts that are whole are not read again, unless something in them was erased or has expired since. Until then FILE.part holds decisions; remove it if you do not go on. It takes as much room again as the file.

Examples:

  samtykke log pack gjerdrum -o gjerdrum.zip
  samtykke log pack gjerdrum --from 2025-06-02 --to 2025-06-02 -o day.zip
  samtykke log pack gjerdrum --resume -o gjerdrum.zip
  samtykke log verify --pack gjerdrum.zip --key keys.txt`
}

// specification is also what "help specification" says.
//
//go:embed help/specification.txt
var specification []byte

// howToVerify goes into each pack.
const howToVerify = `This is an audit pack of a consent log.

Verify it with any samtykke program, on any machine, without a database:

    samtykke log verify --pack THIS-FILE.zip --key KEYS

KEYS are the verifier keys of the ledger, of all its years. Take them from somewhere
else than this pack: the site publishes them at /SITE/log/keys.

    ledger/YEAR/leaves.jsonl     each leaf: its hashes, and the record with the
                                 salt that opens it, or what an event says; of many
                                 leaves, leaves-1.jsonl and so on follow
    ledger/YEAR/checkpoint.txt   the signed head of the tree
    ledger/YEAR/witnessed.txt    an earlier head that witnesses have signed, too,
                                 where there are witnesses (--witness KEYS)
    ledger/YEAR/keys.txt         the keys that the maker of this pack names
    notices/NUMBER.json          what was published; its SHA-256 is in the records
    bundles/ID/                  the very bytes that visitors ran
    pictures/ID/                 how they looked, if pictures were taken
    verify.html                  checks one receipt, in a browser without network;
                                 the pack itself it does not check
    SPECIFICATION.txt            every byte that is hashed and signed, for whoever
                                 checks all of it without our program
    manifest.json                the SHA-256 of every file above, and how many leaves
                                 there are with a record, with a removed one, and
                                 with an event; how many notices, bundles, pictures

A pack of some days (manifest.json names them) opens the records of these days. Of
the others it has the hashes ("withheld"), so every record in it is proven as in a
whole pack. One that was changed is found, and one that is left out between two that
are there. It does not prove that none is left out before the first or after the last.

One decision's proof, for verify.html or for a court, comes out of the pack by

    samtykke log prove SITE RECEIPT --pack THIS-FILE.zip --key KEYS -o FILE
`

// Run writes the pack.
func (c *logPackCmd) Run(ctx context.Context, t *terminal) (err error) {
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	days, err := c.days(t)
	if err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	more, err := packHelp()
	if err != nil {
		return err
	}
	var shown *bar
	pack := ledger.Pack{
		Site: c.Site, Store: store, Made: t.clock(), Days: days,
		More: more,
		Report: func(done, total int64) {
			if shown == nil {
				shown = newBar(t, "Leaves", 0, total)
			}
			shown.reach(done)
		},
	}
	write := func(out io.Writer) error { return pack.Write(ctx, out) }
	if err := tellNow(ctx, t, store, c.Site, "log.exported", c.told()); err != nil {
		return err // before a file that nobody knows of
	}
	if c.Resume {
		err = resumePack(c.Out, &pack, write)
	} else {
		err = writeWhole(c.Out, write)
	}
	shown.finish()
	return err
}

// days gives those that are chosen, nil for all.
func (c *logPackCmd) days(t *terminal) (*ledger.PackDays, error) {
	if c.From == "" && c.To == "" {
		return nil, nil //nolint:nilnil // a pack of no days in particular is whole
	}
	if c.Resume {
		return nil, misusef("--resume does not go with --from and --to: a pack of some days keeps no part of a whole one")
	}
	query, err := logFilter{Site: c.Site, From: c.From, To: c.To}.query(t.clock())
	return ledger.PackDaysOf(query.From, query.To), err
}

// told says for the trail what is taken out.
func (c *logPackCmd) told() string {
	said := "form=pack"
	if c.From != "" {
		said += " from=" + c.From
	}
	if c.To != "" {
		said += " to=" + c.To
	}
	return said
}

// packHelp gives the files that help whoever gets a pack.
func packHelp() (map[string][]byte, error) {
	page, err := banner.Verifier()
	return map[string][]byte{
		ledger.VerifierFile: page, ledger.ReadMeFile: []byte(howToVerify), ledger.SpecificationFile: specification,
	}, err
}

// auditPack audits a pack against its own keys, or others.
func auditPack(file, key string, quorum consent.Quorum, kept [][]byte, report func(done, total int64)) (found *consent.LedgerAudit, err error) {
	earlier, err := ledger.NewKept(kept)
	if err != nil {
		return nil, err
	}
	more, err := packHelp()
	if err != nil {
		return nil, err
	}
	err = withPack(file, key, func(archive *zip.Reader, whole *io.SectionReader, trusted string) (err error) {
		found, err = ledger.VerifyPack(archive, ledger.PackCheck{File: whole, Trusted: trusted, Quorum: quorum, More: more, Kept: earlier, Report: report})
		return err
	})
	return found, err
}

// provePacked takes a decision's receipt out of a pack.
func provePacked(file, key string, site consent.SiteKey, id consent.DecisionID) (receipt []byte, err error) {
	err = withPack(file, key, func(archive *zip.Reader, _ *io.SectionReader, trusted string) (err error) {
		receipt, err = ledger.PackProof(archive, site, id, trusted)
		return err
	})
	return receipt, err
}

// withPack opens a pack, and the keys to believe instead of its own, if any.
func withPack(file, key string, use func(archive *zip.Reader, whole *io.SectionReader, trusted string) error) (err error) {
	trusted := ""
	if key != "" {
		if trusted, err = keyText(key); err != nil {
			return err
		}
		if strings.TrimSpace(trusted) == "" { // which would mean those of the pack
			return misusef("--key: %s holds no verifier key", key)
		}
	}
	from, err := os.Open(file) //nolint:gosec // G304: whoever runs the verb names it
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	size, err := from.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	whole := io.NewSectionReader(from, 0, size)
	archive, err := zip.NewReader(whole, size)
	if err != nil {
		return consent.Errorf(consent.Invalid, "no_pack", "%s is not a whole ZIP file: write the pack again with \"samtykke log pack\".", file)
	}
	return use(archive, whole, trusted)
}
