package sqlite

import "context"

// sealJournal has the journal trusted as it stands, unless it was sealed before.
// It is the first that is done with a new secret, so that nobody's line slips in.
func (w *writer) sealJournal(ctx context.Context) error {
	lines, err := w.journal.Seal()
	if err == nil && lines > 0 {
		w.log.WarnContext(ctx, "the journal of erasures was not sealed, and is now, as it stood: from here on only lines that this program writes are believed", "journal", w.journal.Path(), "lines", lines)
	}
	return err
}
